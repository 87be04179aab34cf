"""Where files are: ours beside the package in a checkout, inside it in a wheel; those of collections over them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.dataset.markers import MARKER, marked
from bri_kg.errors import InputError, UsageError
from bri_kg.names import BASE, know_collection

if TYPE_CHECKING:
    from bri_kg.dataset.collections import Collection

_PACKAGE = Path(__file__).parents[1]
_PACKAGED = _PACKAGE / "data"


@dataclass(frozen=True)
class Layer:
    """One graph of a stack with its folders: ours, or that of a collection that lies over it.

    `left_out` are files of its graph that do not count, such as one that is to be written anew.
    """

    ontology: Path
    graph: Path
    queries: Path
    collection: Collection | None = None
    left_out: tuple[Path, ...] = ()

    @property
    def namespace(self) -> str:
        """What its own names begin with."""
        return self.collection.namespace if self.collection else BASE

    def slug(self, name: str) -> str:
        """Return what a source of this layer is called everywhere: a collection's has its prefix before it."""
        return f"{self.collection.prefix}:{name}" if self.collection and ":" not in name else name

    def ontology_files(self) -> list[Path]:
        """Return every Turtle file of its ontology, vocabularies and alignments, without the shapes."""
        rooms = (self.ontology / name for name in ("modules", "vocabularies", "alignments"))
        umbrella = self.ontology / "bri.ttl"
        return [*([umbrella] if umbrella.is_file() else []), *_turtle(*rooms)]

    def data_files(self) -> list[Path]:
        """Return every Turtle file that it adds to the asserted graph."""
        files = [*self.ontology_files(), *_turtle(self.graph)]
        return [path for path in files if path not in self.left_out]

    def shape_files(self) -> list[Path]:
        """Return every Turtle file of its shapes."""
        return _turtle(self.ontology / "shapes")

    def query_files(self, room: str) -> list[Path]:
        """Return its queries of one room."""
        return sorted((self.queries / room).rglob("*.rq"))


@dataclass(frozen=True)
class Resources:
    """A stack of layers, the lowest first, and the ready-made release where there is one.

    The lowest is ours, or another whole graph in its place; what lies over it adds to it. Without
    `below`, the graph of the lowest is left out: its ontology, shapes and queries serve those above.
    """

    layers: tuple[Layer, ...]
    release: Path | None = None
    below: bool = True

    @property
    def base(self) -> Layer:
        """The layer on which the others lie."""
        return self.layers[0]

    @property
    def top(self) -> Layer:
        """The layer that is worked on: what is sealed and stored goes there."""
        return self.layers[-1]

    @property
    def over(self) -> tuple[Layer, ...]:
        """The layers that lie over the lowest."""
        return self.layers[1:]

    @property
    def ontology(self) -> Path:
        """The folder of the lowest layer's ontology."""
        return self.base.ontology

    @property
    def queries(self) -> Path:
        """The folder of the queries of which answers are made: the lowest layer's."""
        return self.base.queries

    @property
    def collections(self) -> tuple[Collection, ...]:
        """The collections in the stack, the lowest first."""
        return tuple(layer.collection for layer in self.layers if layer.collection)

    @property
    def is_installed(self) -> bool:
        """Whether the lowest layer lies inside the installed package, and not in a checkout."""
        return self.base.graph.is_relative_to(_PACKAGED)

    @property
    def stands_on_ours(self) -> bool:
        """Whether the whole of our own graph is the lowest layer."""
        return self.below and self.base_is_ours

    def over_ours_here(self) -> Resources:
        """Return the same stack over our own graph as this process has it, wherever that lies."""
        return replace(self, layers=(_packaged().base, *self.over))

    @property
    def base_is_ours(self) -> bool:
        """Whether the lowest layer is our own, with its graph or without."""
        return self.base == _packaged().base

    def in_layer(self, path: Path) -> Path:
        """Return a path as seen from the folder of the layer in which it lies; another path as it is."""
        roots = (layer.graph.parent for layer in reversed(self.layers))
        return next((path.relative_to(root) for root in roots if path.is_relative_to(root)), path)

    def under_top(self) -> Resources:
        """Return the stack without its top layer: what a collection lies over."""
        return replace(self, layers=self.layers[:-1], release=self._packaged_release())

    def leaving_out(self, path: Path) -> Resources:
        """Return the stack without a file of its top layer."""
        top = replace(self.top, left_out=(*self.top.left_out, path))
        return replace(self, layers=(*self.layers[:-1], top), release=None)

    def _packaged_release(self) -> Path | None:
        packaged = _packaged()
        return packaged.release if self.below and self.layers[:-1] == packaged.layers else None

    def data_files(self) -> list[Path]:
        """Return every Turtle file of the asserted graph: ontology and graph, without the shapes."""
        lowest = self.base.data_files() if self.below else self.base.ontology_files()
        return [*lowest, *self.data_files_over()]

    def data_files_over(self) -> list[Path]:
        """Return every Turtle file of the layers that lie over the lowest."""
        return [path for layer in self.over for path in layer.data_files()]

    def ontology_files(self) -> list[Path]:
        """Return every Turtle file of the ontology, its vocabularies and alignments, without the shapes."""
        return [path for layer in self.layers for path in layer.ontology_files()]

    def shape_files(self) -> list[Path]:
        """Return every Turtle file of shapes."""
        return [path for layer in self.layers for path in layer.shape_files()]

    def last_release(self) -> Path | None:
        """Return the snapshot of the newest release of the ontology: `ontology/releases/<version>.ttl`."""
        snapshots = _turtle(self.ontology / "releases")
        return max(snapshots, key=lambda path: _version(path.stem), default=None)

    def query_files(self, room: str) -> list[Path]:
        """Return every query of one room: questions, facts, notes, links, closure, checks, answers and so on."""
        return [path for layer in self.layers for path in layer.query_files(room)]

    def digest(self) -> str:
        """Return SHA-256 over names and bytes of all that a release is made from, our code and engine included."""
        import hashlib  # takes long to load, and few verbs ask

        digest = hashlib.sha256(f"{__version__}\0{ox.__version__}\0{_digest_of_code()}".encode())
        if not self.below:
            digest.update(b"\0alone")
        for layer in self.layers:
            for root in (layer.ontology, layer.graph, layer.queries):
                digest.update(_digest_of(root, (".ttl", ".rq")).encode())
        for collection in self.collections:
            digest.update(f"\0{collection.prefix}\0{collection.namespace}".encode())
        return digest.hexdigest()


@cache
def _digest_of_code() -> str:
    """Return the digest of our code, read once: what runs here stays as it is."""
    return _digest_of(_PACKAGE, (".py", ".rq", ".ttl"))


def _digest_of(root: Path, endings: tuple[str, ...]) -> str:
    """Return SHA-256 over names and bytes of the files below a folder whose names end so."""
    import hashlib

    digest = hashlib.sha256()
    # Strings, since paths of pathlib take longer to make and sort than their files to read.
    top = os.fspath(root)
    for path in sorted(
        f"{folder}{os.sep}{name}"
        for folder, _, names in os.walk(top)
        for name in names
        if name.endswith(endings)
    ):
        data = Path(path).read_bytes()
        digest.update(os.fsencode(f"\0{path[len(top) :]}\0{len(data)}\0"))
        digest.update(data)
    return digest.hexdigest()


Folder = str | os.PathLike[str]


def find(graph: Folder | Sequence[Folder] | None = None, *, alone: bool = False) -> Resources:
    """Return the packaged resources, with the collections in the folders `graph` over them.

    `alone` leaves our graph out: of collections, its ontology, shapes and queries still serve them;
    a folder that is no collection is read as a whole graph in place of ours. The names of the
    collections are found and shortened from then on. Raise InputError for what is no such folder, and
    UsageError where nothing is left.
    """
    packaged = _packaged()
    folders = _folders(graph)
    if not folders:
        if alone:
            raise UsageError(
                "BRI877",
                "--alone leaves our graph out, and no other is named",
                fix="add --graph DIR, or stand in the folder of a collection",
            )
        return packaged
    places = [_collection_in(folder) for folder in folders]
    if len(places) == 1 and places[0] is None:
        return _whole(folders[0], packaged, alone=alone)
    from bri_kg.dataset.collections import read_marker, refuse_clashes

    collections = [
        read_marker(_refuse_no_collection(folder, place))
        for folder, place in zip(folders, places, strict=True)
    ]
    refuse_clashes(collections)
    for collection in collections:
        know_collection(collection.prefix, collection.namespace)
    over = tuple(map(_layer, collections))
    return Resources((*packaged.layers, *over), None, below=not alone)


def _folders(graph: Folder | Sequence[Folder] | None) -> list[Path]:
    if graph is None:
        return []
    given = [graph] if isinstance(graph, str | os.PathLike) else graph
    return list(dict.fromkeys(map(Path, given)))


def _collection_in(folder: Path) -> Path | None:
    """Return the folder of a collection. Raise InputError where there is no folder at all."""
    if folder.is_dir():
        return marked(folder)
    raise InputError(
        code="BRI204",
        message=f"there is no folder {str(folder)!r}"
        if not folder.exists()
        else f"{str(folder)!r} is not a folder",
        fix="give --graph the folder of a collection; `bri-kg init DIR` makes one",
    )


def _layer(collection: Collection) -> Layer:
    root = collection.folder
    return Layer(root / "ontology", root / "graph", root / "queries", collection)


def _refuse_no_collection(folder: Path, place: Path | None) -> Path:
    if place is not None:
        return place
    is_graph = holds_graph(folder) or holds_graph(folder / "graph")
    raise InputError(
        code="BRI883",
        message=f"the folder {str(folder)!r} is no collection",
        why=f"it holds no {MARKER}",
        fix="add --alone to read it in place of our graph; to lay it over ours, "
        "`bri-kg init DIR` makes a collection"
        if is_graph
        else f"`bri-kg init {folder}` makes a collection there",
    )


def _whole(folder: Path, packaged: Resources, *, alone: bool) -> Resources:
    """Return the whole graph in a folder, in place of ours; the folder may be a checkout too."""
    given = folder
    if not holds_graph(folder) and holds_graph(folder / "graph"):
        folder /= "graph"
    if holds_graph(folder) and folder.resolve() == packaged.base.graph.resolve():
        return packaged
    if not alone:
        _refuse_no_collection(given, None)
    if not holds_graph(folder):
        raise InputError(
            code="BRI205",
            message=f"the folder {str(given)!r} holds no sources.ttl",
            fix="with --alone, give a folder laid out like graph/: entities/, claims/, sources.ttl, passages.ttl",
        )
    beside = folder.resolve().parent
    ontology, queries = beside / "ontology", beside / "queries"
    layer = Layer(
        ontology=ontology if ontology.is_dir() else packaged.ontology,
        graph=folder,
        queries=queries if queries.is_dir() else packaged.queries,
    )
    return Resources((layer,))


def document(name: str) -> Path:
    """Return the file of a page of docs/ that the package gives to read; a wheel carries few of them."""
    return (_checkout() or _PACKAGED) / "docs" / name


def holds_graph(folder: Path) -> bool:
    """Return whether a folder is laid out like graph/."""
    return (folder / "sources.ttl").is_file()


def _packaged() -> Resources:
    if checkout := _checkout():
        return Resources((_rooms(checkout),))
    return Resources((_rooms(_PACKAGED),), _PACKAGED / "release")


def _rooms(root: Path) -> Layer:
    return Layer(root / "ontology", root / "graph", root / "queries")


def _checkout() -> Path | None:
    pyproject = _PACKAGE.parent / "pyproject.toml"
    is_ours = pyproject.is_file() and 'name = "bri-kg"' in pyproject.read_text(encoding="utf-8")
    return _PACKAGE.parent if is_ours else None


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _turtle(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*.ttl"))]
