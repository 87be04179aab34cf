"""A dataset cut into pieces that travel one by one to a store at an address, and are compared there by value.

A piece is one graph there. Triples of the default graph travel as they are. A quad of a named graph, and one with
a blank node, travels as a row of four triples: quads that share a blank node stay in one piece, where it is one node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from bri_kg.names import IN_STORES, PREFIXES
from bri_kg.stores.load_faults import graph_without_name, too_many_blank

STAGING: Final = IN_STORES + "staging/"
DEFAULT: Final = IN_STORES + "default"
_ROW: Final = IN_STORES + "row/"
_CELLS: Final = ("graph", "subject", "predicate", "object")
_LINES: Final = 10_000  # of one piece, which the store keeps or loses as a whole
_MOST_BLANK: Final = 200_000
_NUMBERS: Final = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal"))


@dataclass(frozen=True)
class Piece:
    """Lines of N-Triples, plain or as rows, and the graph in which they arrive.

    `default` is how many triples of the default graph they hold.
    """

    graph: str
    lines: tuple[str, ...]
    rows: bool
    default: int

    @property
    def body(self) -> bytes:
        """The piece as N-Triples."""
        return "".join(f"{line}\n" for line in self.lines).encode()

    def is_held(self, there: Iterable[ox.Quad]) -> bool:
        """Return whether the triples of a graph are those of the piece, by value."""
        return _by_value(there) == _by_value(ox.parse(self.body, ox.RdfFormat.N_TRIPLES))


@dataclass(frozen=True)
class Load:
    """A dataset to be loaded: sorted N-Quads, each once, and what a note calls them."""

    quads: tuple[ox.Quad, ...]
    label: str

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], label: str) -> Load:
        """Return the load of these quads. Raise RefusedError where a blank node names a graph."""
        for quad in (kept := tuple(quads)):
            if isinstance(quad.graph_name, ox.BlankNode):
                raise graph_without_name(str(quad))
        return cls(tuple(sorted(set(kept), key=str)), label)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the sorted N-Quads."""
        digest = hashlib.sha256()
        for quad in self.quads:
            digest.update(f"{quad} .\n".encode())
        return digest.hexdigest()

    @cached_property
    def default(self) -> int:
        """The number of triples for the default graph."""
        return sum(isinstance(quad.graph_name, ox.DefaultGraph) for quad in self.quads)

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The names of the named graphs, sorted."""
        names = {quad.graph_name for quad in self.quads}
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces, the same ones for the same dataset. Raise RefusedError for too many blank nodes."""
        blank = [quad for quad in self.quads if _has_blank(quad)]
        if len(blank) > _MOST_BLANK:
            raise too_many_blank(len(blank), _MOST_BLANK)
        named = [quad for quad in self.quads if _is_named(quad) and not _has_blank(quad)]
        plain = [quad for quad in self.quads if not _is_named(quad) and not _has_blank(quad)]
        stem = f"{STAGING}{self.digest[:32]}/"
        found = [
            Piece(f"{stem}plain/{number}", tuple(f"{q.triple} ." for q in some), False, len(some))
            for number, some in enumerate(_cut(plain, _LINES))
        ]
        found += [
            Piece(f"{stem}rows/{number}", tuple(_rows(some)), True, 0)
            for number, some in enumerate(_cut(named, _LINES // len(_CELLS)))
        ]
        if blank:
            default = sum(not _is_named(quad) for quad in blank)
            found.append(Piece(f"{stem}rows/blank", tuple(_rows(blank)), True, default))
        return tuple(found)


def cell(name: str) -> str:
    """Return the property by which a row says its graph, subject, predicate or object."""
    return f"<{_ROW}{name}>"


def _rows(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        name = hashlib.sha256(str(quad).encode()).hexdigest()[:32]
        graph = quad.graph_name if _is_named(quad) else ox.NamedNode(DEFAULT)
        terms = (graph, quad.subject, quad.predicate, quad.object)
        for what, term in zip(_CELLS, terms, strict=True):
            yield f"<{_ROW}{name}> {cell(what)} {term} ."


def _is_named(quad: ox.Quad) -> bool:
    return not isinstance(quad.graph_name, ox.DefaultGraph)


def _has_blank(quad: ox.Quad) -> bool:
    terms = (quad.subject, quad.object, quad.graph_name)
    return any(isinstance(term, ox.BlankNode) for term in terms)


def _cut(quads: list[ox.Quad], size: int) -> Iterator[list[ox.Quad]]:
    for start in range(0, len(quads), size):
        yield quads[start : start + size]


def _by_value(quads: Iterable[ox.Quad]) -> set[str]:
    """Return triples as the engine writes them: 24.0 is 24, and a blank node is known by what stands beside it."""
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    return {
        " ".join(_text(term) for term in (quad.subject, quad.predicate, quad.object))
        for quad in store
    }


def _text(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal):
        if term.language:
            return f"{term.value}@{term.language.lower()}"
        if term.datatype.value in _NUMBERS:
            return f"{term.value}^^number"  # Virtuoso keeps an integer beyond 32 bits as a decimal
    return str(term)
