"""The descriptions of a release: DCAT 3 for catalogues, VoID for linked data.

What they say is in the queries of `queries/description/`; none of it depends on the day or the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.dataset.resources import find
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store

RELEASE: Final = f"{BASE}release/{__version__}"
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_SIZE: Final = ox.NamedNode(PREFIXES["dcat"] + "byteSize")
_WHOLE: Final = ox.NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")
_STATISTICS: Final = ("totals", "classes", "properties", "links")


@dataclass(frozen=True)
class DataFile:
    """A file of a release: its part, and what a catalogue asks of it.

    `format` is its name among the file types of the EU's publications office.
    """

    name: str
    part: str
    media_type: str
    format: str
    is_packed: bool
    quads: int
    size: int
    sha256: str


def dcat(store: Store, files: Iterable[DataFile], place: str) -> Iterator[ox.Quad]:
    """Yield the catalogue with the release, its parts and its files, which lie at `place`, `/` behind it."""
    yield from _said(store, "dataset", version=ox.Literal(__version__))
    yield from _of_files(files, place)


def void(store: Store, files: Iterable[DataFile], place: str) -> Iterator[ox.Quad]:
    """Yield what the release holds: totals, classes, properties and links to others, with its parts and dumps."""
    for name in _STATISTICS:
        yield from _said(store, name)
    yield from _of_files(files, place, PREFIXES["void"])


def service(store: Store, endpoint: str) -> Iterator[ox.Quad]:
    """Yield what the SPARQL endpoint at an address offers over a release (SPARQL 1.1 Service Description)."""
    return _said(store, "service", endpoint=ox.NamedNode(endpoint))


def _of_files(files: Iterable[DataFile], place: str, namespace: str = "") -> Iterator[ox.Quad]:
    nothing = Store()
    found: list[ox.Quad] = []
    for part in sorted({file.part for file in files}):
        found += _said(nothing, "part", part=ox.Literal(part))
    for file in files:
        found += _said(nothing, "file", **_values(file, place))
        # In a query the engine would make another type of it.
        size = ox.Literal(str(file.size), datatype=_WHOLE)
        found.append(ox.Quad(_node(file), _SIZE, size))
    return (
        quad
        for quad in found
        if (quad.object.value if quad.predicate == _TYPE else quad.predicate.value).startswith(  # type: ignore[union-attr]
            namespace
        )
    )


def _node(file: DataFile) -> ox.NamedNode:
    return ox.NamedNode(f"{RELEASE}/file/{file.name}")


def _values(file: DataFile, place: str) -> dict[str, ox.NamedNode | ox.Literal]:
    within = "" if file.part == "all" else f"/{file.part}"
    return {
        "dataset": ox.NamedNode(RELEASE + within),
        "file": _node(file),
        "place": ox.NamedNode(place + file.name),
        "name": ox.Literal(file.name),
        "format": ox.Literal(file.format),
        "mediaType": ox.Literal(file.media_type),
        "packed": ox.Literal(file.is_packed),
        "sha256": ox.Literal(file.sha256),
    }


def _said(store: Store, query: str, /, **values: ox.NamedNode | ox.Literal) -> Iterator[ox.Quad]:
    # Ours, whatever graph is described: they say what a release is, not what stands in it.
    path = find().queries / "description" / f"{query}.rq"
    text = read_text(path, "a query of the description")
    return store.construct(text, {"release": ox.NamedNode(RELEASE), **values}, file=str(path))
