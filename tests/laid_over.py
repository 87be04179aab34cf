"""Collections made for tests: `bri-kg init`, and the files of tests/collections/ put into their places."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT

from bri_kg.dataset.new_collection import new_collection

FILES = ROOT / "tests" / "collections"
TEXTS = ROOT / "tests" / "unseen"
BOARD, GRANT = "https://example.org/board/", "https://example.org/grant/"


def make_board(parent: Path) -> Path:
    """Return a collection with names by kind: one source, six claims, entities and concepts."""
    folder = new_collection(parent / "board", "Seats on boards", BOARD).folder
    place(folder, "board/entities.ttl", "graph/entities")
    place(folder, "board/claims.ttl", "graph/claims")
    place(folder, "board/sources.ttl", "graph")
    place(folder, "board/passages.ttl", "graph")
    place(folder, "board/concepts.ttl", "ontology/vocabularies")
    shutil.copy(TEXTS / "hungary.txt", folder / "texts")
    return folder


def make_grant(parent: Path) -> Path:
    """Return a collection that names everything directly under its namespace."""
    folder = new_collection(parent / "grant", "Grants", GRANT).folder
    place(folder, "grant/scholarship.ttl", "graph/claims")
    place(folder, "grant/kinds.ttl", "ontology/vocabularies")
    shutil.copy(TEXTS / "scholarship.txt", folder / "texts")
    return folder


def place(folder: Path, name: str, room: str) -> None:
    """Put a file of tests/collections/ into a room of a collection."""
    shutil.copy(FILES / name, folder / room)


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file of a collection."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
