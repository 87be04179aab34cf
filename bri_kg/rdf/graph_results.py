"""The graph that a CONSTRUCT or DESCRIBE query gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bri_kg.errors import UsageError
from bri_kg.plain import Plain
from bri_kg.rdf.graphs import in_order, write_graph
from bri_kg.rdf.syntaxes import FORMATS

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True)
class Graph(Plain):
    """Triples, each once, sorted by subject, types first; `truncated` says that a limit cut some off."""

    triples: tuple[ox.Triple, ...]
    truncated: bool = False

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Graph:
        """Return the graph of these quads."""
        return cls(tuple(quad.triple for quad in in_order(quads, "nt")))

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def __contains__(self, triple: object) -> bool:
        return triple in self.triples

    def up_to(self, limit: int | None) -> Graph:
        """Return the first triples, `truncated` where that leaves some out; all for None."""
        if limit is None or len(self) <= limit:
            return self
        return replace(self, triples=self.triples[:limit], truncated=True)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the triples as quads of the default graph."""
        return (ox.Quad(t.subject, t.predicate, t.object) for t in self.triples)

    def serialize(self, format_name: str = "ttl") -> str:
        """Return the graph as text: ttl, nt, nq, trig, jsonld or rdfxml, the same for the same triples.

        Raises UsageError for another format.
        """
        if format_name not in FORMATS:
            raise UsageError(
                code="BRI152",
                message=f"a graph is not written as {format_name!r}",
                fix="use one of " + ", ".join(FORMATS),
            )
        return write_graph(self.quads(), format_name).decode()

    def to_rdflib(self) -> rdflib.Graph:
        """Return the triples as a new rdflib Graph."""
        from bri_kg.rdf.terms import to_rdflib_graph

        return to_rdflib_graph(self.triples)
