"""Advice to install an extra names what it holds, so that no index need know the package."""

from __future__ import annotations

import tomllib
from importlib import metadata

import pytest
from conftest import ROOT

from bri_kg.errors import how_to_install

LISTED = [
    "rdflib<8,>=7.6",
    "pandas<4,>=2.2; extra == 'pandas'",
    'jinja2<4,>=3.1 ; extra == "docs"',
    "oxigraph<0.6,>=0.5.6; (sys_platform != 'win32') and extra == 'bench'",
    "pandas<4,>=2.2; extra == 'bench'",
]


@pytest.mark.parametrize(
    ("extra", "command"),
    [
        ("pandas", 'pip install "pandas<4,>=2.2"'),
        ("docs", 'pip install "jinja2<4,>=3.1"'),
        ("bench", 'pip install "oxigraph<0.6,>=0.5.6" "pandas<4,>=2.2"'),
    ],
)
def test_the_command_names_what_the_extra_holds(
    monkeypatch: pytest.MonkeyPatch, extra: str, command: str
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: LISTED)
    assert how_to_install(extra) == command


def test_a_checkout_that_is_not_installed_is_installed_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)
    assert how_to_install("docs") == 'pip install ".[docs]" in the folder of pyproject.toml'


def test_an_extra_younger_than_the_metadata_is_installed_from_the_checkout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: LISTED)
    assert how_to_install("remote") == 'pip install ".[remote]" in the folder of pyproject.toml'


def test_no_message_asks_an_index_for_the_package() -> None:
    for path in (ROOT / "bri_kg").rglob("*.py"):
        assert "bri-kg[" not in path.read_text(encoding="utf-8"), path


def test_every_extra_that_a_message_names_is_there() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"completion", "docs", "documents", "notebook", "pandas", "workbook"} <= declared[
        "project"
    ]["optional-dependencies"].keys()
