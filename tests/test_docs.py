"""What the pages say of the project's files is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from test_rooms import PACKAGE, ROOMS

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PATH = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.py|(?:[\w.-]+/)+(?:[\w.-]+)?)(?:::\w+)?`")
SAVED = re.compile(r"[Ss]ave this as `([\w.-]+)`")  # a file of the reader's own
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
# Folders of the project: what begins with one of them is a path from the root.
FOLDERS = {path.name for path in (*ROOT.iterdir(), *PACKAGE.iterdir()) if path.is_dir()}


def paths_of(text: str) -> Iterator[str]:
    """Yield the paths that a page names: every module, and what begins with a folder of ours."""
    saved = SAVED.findall(text)
    for path in PATH.findall(text):
        first = path.split("/")[0]
        ours = path.endswith(".py") or first in FOLDERS
        if ours and path not in saved and "/NN-" not in path:
            yield path


def exists(path: str) -> bool:
    return any((base / path).exists() for base in (ROOT, PACKAGE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_on_a_page_is_there(page: Path) -> None:
    assert [path for path in paths_of(page.read_text(encoding="utf-8")) if not exists(path)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


def test_a_path_that_is_gone_is_found() -> None:
    text = "`store.py`, `queries/no/`, `dataset/no.ttl`, `tests/test_no.py::test_5`, `cli/verbs/` `a/b`"
    saved = "Save this as `my.py`. `my.py` is theirs, "
    wrong = [path for path in paths_of(saved + text) if not exists(path)]
    assert wrong == ["store.py", "queries/no/", "dataset/no.ttl", "tests/test_no.py"]


def test_the_page_on_architecture_lists_the_rooms_from_the_top_to_the_ground() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("## The rooms of the package")[1].split("\n## ")[0]
    listed = re.findall(r"^\| (\w+) \| [^|]+ \| `", table, re.MULTILINE)
    there = {path.stem for path in PACKAGE.iterdir()}
    assert listed == [room for room in ROOMS if room in there]
