"""What a command does not need it does not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

HEAVY = ("argcomplete", "rdflib", "pyshacl", "owlrl", "pandas", "yaml")


PEOPLE = ("bri_kg.cli.show.layout", "bri_kg.cli.show.row_layout", "bri_kg.answers.model")


@pytest.mark.parametrize("args", [["--help"], ["questions"], ["ask", "cofounders"]])
def test_light_commands_stay_light(kg: object, tmp_path: Path, args: list[str]) -> None:
    assert loaded(args, HEAVY, tmp_path) == []


@pytest.mark.parametrize("args", [["--help"], ["ask", "cofounders", "-f", "csv"]])
def test_what_shows_answers_is_loaded_for_people_only(
    kg: object, tmp_path: Path, args: list[str]
) -> None:
    assert loaded(args, PEOPLE, tmp_path) == []


def loaded(args: list[str], modules: tuple[str, ...], folder: Path) -> list[str]:
    """Return which of the modules a command loads; it must print something."""
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from bri_kg.cli.main import main
try:
    main({args!r})
except SystemExit:
    pass
print("LOADED", *[name for name in {modules!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=True,
    )
    assert len(done.stdout.splitlines()) > 3
    return done.stdout.splitlines()[-1].removeprefix("LOADED").split()


def test_input_graphs_are_not_changed(kg: object) -> None:
    import rdflib

    from bri_kg.dataset.closure import close
    from bri_kg.knowledge import KnowledgeGraph
    from bri_kg.shacl import validate_shapes

    assert isinstance(kg, KnowledgeGraph)
    quads = list(kg.store)[:50]
    before = list(quads)
    close(quads)
    validate_shapes(quads, ())
    assert list(quads) == before
    assert isinstance(kg.graph(), rdflib.Dataset)
