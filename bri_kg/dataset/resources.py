"""Where the project's files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.errors import InputError

_PACKAGE = Path(__file__).parents[1]
_PACKAGED = _PACKAGE / "data"


@dataclass(frozen=True)
class Resources:
    """The folders that a graph is built from, and its ready-made release where there is one."""

    ontology: Path
    graph: Path
    queries: Path
    release: Path | None

    def data_files(self) -> list[Path]:
        """Return every Turtle file of the asserted graph: ontology and graph, without the shapes."""
        return [*self.ontology_files(), *_turtle(self.graph)]

    def ontology_files(self) -> list[Path]:
        """Return every Turtle file of the ontology, its vocabularies and alignments, without the shapes."""
        rooms = (self.ontology / name for name in ("modules", "vocabularies", "alignments"))
        umbrella = self.ontology / "bri.ttl"
        return [*([umbrella] if umbrella.is_file() else []), *_turtle(*rooms)]

    def shape_files(self) -> list[Path]:
        """Return every Turtle file of shapes."""
        return _turtle(self.ontology / "shapes")

    def last_release(self) -> Path | None:
        """Return the snapshot of the newest release of the ontology: `ontology/releases/<version>.ttl`."""
        snapshots = _turtle(self.ontology / "releases")
        return max(snapshots, key=lambda path: _version(path.stem), default=None)

    def query_files(self, room: str) -> list[Path]:
        """Return every query of one room: questions, facts, notes, links, closure, checks, answers and so on."""
        return sorted((self.queries / room).rglob("*.rq"))

    def digest(self) -> str:
        """Return SHA-256 over names and bytes of all that a release is made from, our code and engine included."""
        import hashlib  # takes long to load, and few verbs ask

        digest = hashlib.sha256(f"{__version__}\0{ox.__version__}".encode())
        for root in (self.ontology, self.graph, self.queries, _PACKAGE):
            for path in sorted(p for p in root.rglob("*") if p.suffix in {".ttl", ".rq", ".py"}):
                digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()


def find(graph: str | os.PathLike[str] | None = None) -> Resources:
    """Return the packaged resources, or those around the folder `graph`, which may be a checkout too.

    Raises InputError when neither `graph` nor a graph/ in it holds sources.ttl.
    """
    packaged = _packaged()
    if graph is None:
        return packaged
    folder = Path(graph)
    if not folder.is_dir():
        raise InputError(
            code="BRI204",
            message=f"there is no folder {str(graph)!r}"
            if not folder.exists()
            else f"{str(graph)!r} is not a folder",
            fix="give --graph a folder laid out like graph/: entities/, claims/, sources.ttl, passages.ttl",
        )
    if not holds_graph(folder) and holds_graph(folder / "graph"):
        folder /= "graph"
    if not holds_graph(folder):
        raise InputError(
            code="BRI205",
            message=f"the folder {str(graph)!r} holds no sources.ttl",
            fix="give --graph a folder laid out like graph/: entities/, claims/, sources.ttl, passages.ttl",
        )
    beside = folder.resolve().parent
    ontology, queries = beside / "ontology", beside / "queries"
    return Resources(
        ontology=ontology if ontology.is_dir() else packaged.ontology,
        graph=folder,
        queries=queries if queries.is_dir() else packaged.queries,
        release=None,
    )


def document(name: str) -> Path:
    """Return the file of a page of docs/ that the package gives to read; a wheel carries few of them."""
    return (_checkout() or _PACKAGED) / "docs" / name


def holds_graph(folder: Path) -> bool:
    """Return whether a folder is laid out like graph/."""
    return (folder / "sources.ttl").is_file()


def _packaged() -> Resources:
    if checkout := _checkout():
        return Resources(checkout / "ontology", checkout / "graph", checkout / "queries", None)
    return Resources(
        _PACKAGED / "ontology", _PACKAGED / "graph", _PACKAGED / "queries", _PACKAGED / "release"
    )


def _checkout() -> Path | None:
    pyproject = _PACKAGE.parent / "pyproject.toml"
    is_ours = pyproject.is_file() and 'name = "bri-kg"' in pyproject.read_text(encoding="utf-8")
    return _PACKAGE.parent if is_ours else None


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _turtle(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*.ttl"))]
