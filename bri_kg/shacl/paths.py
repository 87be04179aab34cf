"""SHACL property paths: read from a graph, said as SPARQL says them, written again.

Standard: SHACL 2.3.1, SPARQL 1.1 property paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import RDF, SH, LookUp, Node

_REPEATED: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_SIGNS: Final = {"inversePath": "^", **_REPEATED}
_FIRST, _REST = ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest")
_NIL = ox.NamedNode(RDF + "nil")
_DEEPEST, _MOST = 50, 1000


@dataclass(frozen=True)
class Path:
    """A path: of kind `predicate` with its IRI, or of another kind with the paths in it."""

    kind: str
    parts: tuple[Path, ...] = ()
    iri: str = ""

    def __str__(self) -> str:
        """Return the path as SPARQL writes it; a lone property is its bare IRI."""
        return self.iri if self.kind == "predicate" else self._written()

    def iris(self) -> Iterator[str]:
        """Yield the properties in it."""
        if self.kind == "predicate":
            yield self.iri
        for part in self.parts:
            yield from part.iris()

    def _written(self) -> str:
        parts = [part._written() for part in self.parts]
        match self.kind:
            case "predicate":
                return f"<{self.iri}>"
            case "sequence":
                return f"({'/'.join(parts)})"
            case "alternativePath":
                return f"({'|'.join(parts)})"
            case "inversePath":
                return f"^{parts[0]}"
            case _:
                return f"({parts[0]}){_REPEATED[self.kind]}"


def read_path(graph: LookUp, node: Term) -> Path | None:
    """Return the path that stands at `node`, None where none does, or one of more than 1,000 parts."""
    return _read(graph, node, (), [_MOST])


def _read(graph: LookUp, node: Term, above: tuple[Term, ...], left: list[int]) -> Path | None:
    left[0] -= 1
    if isinstance(node, ox.NamedNode) and left[0] >= 0:
        return Path("predicate", iri=node.value)
    if isinstance(node, ox.Literal) or node in above or len(above) > _DEEPEST or left[0] < 0:
        return None

    def read(part: Term) -> Path | None:
        return _read(graph, part, (*above, node), left)

    if graph.values(node, RDF + "first"):
        return _compound("sequence", [read(member) for member in graph.members(node)])
    for kind in _SIGNS:
        for inner in graph.values(node, SH + kind):
            return _compound(kind, [read(inner)])
    for inner in graph.values(node, SH + "alternativePath"):
        return _compound("alternativePath", [read(member) for member in graph.members(inner)])
    return None


def _compound(kind: str, parts: list[Path | None]) -> Path | None:
    whole = tuple(part for part in parts if part is not None)
    return Path(kind, whole) if whole and len(whole) == len(parts) else None


def write_path(path: Path, fresh: Callable[[], ox.BlankNode]) -> tuple[Node, list[ox.Quad]]:
    """Return the node of the path, and the triples that say it, on nodes that `fresh` makes."""
    if path.kind == "predicate":
        return ox.NamedNode(path.iri), []
    if path.kind == "sequence":
        return _write_list(path.parts, fresh)
    node = fresh()
    if path.kind == "alternativePath":
        inner, quads = _write_list(path.parts, fresh)
    else:
        inner, quads = write_path(path.parts[0], fresh)
    return node, [ox.Quad(node, ox.NamedNode(SH + path.kind), inner), *quads]


def _write_list(
    parts: tuple[Path, ...], fresh: Callable[[], ox.BlankNode]
) -> tuple[Node, list[ox.Quad]]:
    cells = [fresh() for _ in parts]
    rests: list[Node] = [*cells[1:], _NIL]
    quads: list[ox.Quad] = []
    for cell, part, rest in zip(cells, parts, rests, strict=True):
        inner, said = write_path(part, fresh)
        quads += [ox.Quad(cell, _FIRST, inner), ox.Quad(cell, _REST, rest), *said]
    return (cells[0] if cells else _NIL), quads
