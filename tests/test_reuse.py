"""The page for those who reuse the ontology: every snippet works as it stands, for somebody new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

_PAGE = ROOT / "docs" / "reuse.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"as `([\w.-]+)`[^`]*\Z")


def _blocks() -> Iterator[tuple[str, str, str]]:
    """Every block of the page in order: its language, the file that it is to be saved as, its text."""
    text = _PAGE.read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        name = _NAME.search(text[: block.start()])
        yield block[1], name[1] if name else "", block[2]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with bri-kg installed from the checkout and nothing else."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = subprocess.run(
        [str(programs / "python"), "-m", "pip", "install", "-q", f"{ROOT}[docs]"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        pytest.skip(f"bri-kg cannot be installed here: {done.stderr[-300:]}")
    return programs


@pytest.mark.slow
def test_every_snippet_works_in_an_empty_folder(fresh: Path, tmp_path: Path) -> None:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("BRI_KG", "PYTHON"))},
        "PATH": f"{fresh}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
    }
    kinds: list[str] = []
    printed = ""
    for kind, name, text in _blocks():
        kinds.append(kind)
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        if kind == "text":  # what the snippet before prints
            assert printed == text
            continue
        command = {"sh": ["bash", "-euo", "pipefail", "-c", text], "python": ["python", "-c", text]}
        done = subprocess.run(
            command[kind],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        printed = done.stdout
    assert {"sh", "python", "turtle", "text"} <= set(kinds)
