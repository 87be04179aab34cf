"""The quads of a store at an address, looked up by pattern: a query for each pattern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Protocol

import pyoxigraph as ox

from bri_kg.names import IN_STORES
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

# Most look-ups take the first quad or a few: more are asked for when these are used up.
_STEPS: Final = (1000, 200_000, None)
_ANYWHERE: Final = (
    "SELECT DISTINCT {head} WHERE {{ {{ {triple} }} UNION {{ GRAPH ?g {{ {triple} }} }} }}"
)
_IN_DEFAULT: Final = "SELECT DISTINCT {head} WHERE {{ {triple} }}"
_IN_GRAPH: Final = "SELECT DISTINCT {head} WHERE {{ GRAPH {graph} {{ {triple} }} }}"
_A_GRAPH: Final = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_GRAPHS: Final = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


class _Select(Protocol):
    def __call__(self, query: str, /, *, limit: int | None = None) -> Rows: ...


class RemoteQuads:
    """Quads as `bri_kg.stores.selecting.Quads` has them; a blank node is another one in each answer."""

    def __init__(self, select: _Select) -> None:
        self._select = select

    def quads_for_pattern(
        self, subject: Any, predicate: Any, value: Any, graph_name: Any = None, /
    ) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern; None stands for any term, and for any graph."""
        given = {"?s": subject, "?p": predicate, "?o": value}
        if any(isinstance(term, ox.BlankNode) for term in given.values()):
            return  # no query can name one
        triple = " ".join(name if term is None else str(term) for name, term in given.items())
        free = [name for name, term in given.items() if term is None]
        if graph_name is None:
            query = _ANYWHERE.format(head=" ".join([*free, "?g"]), triple=triple)
        elif isinstance(graph_name, ox.DefaultGraph):
            query = _IN_DEFAULT.format(head=" ".join(free) or "(1 AS ?x)", triple=triple)
        else:
            head = " ".join(free) or "(1 AS ?x)"
            query = _IN_GRAPH.format(head=head, graph=graph_name, triple=triple)
        for row in self._rows(query):
            found = {**{name: term for name, term in given.items() if term is not None}, **row}
            if "?g" not in found:
                graph = graph_name if isinstance(graph_name, ox.NamedNode) else ox.DefaultGraph()
            else:
                graph = found["?g"] or ox.DefaultGraph()
            yield ox.Quad(found["?s"], found["?p"], found["?o"], graph)

    def named_graphs(self) -> Iterator[Any]:
        """Yield the names of the graphs that hold something."""
        # Virtuoso takes minutes to list them, and most who ask want to know whether there is one.
        first = {row[0] for row in self._select(_A_GRAPH, limit=1).rows}
        yield from first
        if first:
            yield from (row["?g"] for row in self._rows(_GRAPHS) if row["?g"] not in first)

    def __contains__(self, quad: Any, /) -> bool:
        """Return whether the store holds a quad."""
        pattern = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        return next(self.quads_for_pattern(*pattern), None) is not None

    def __iter__(self) -> Iterator[ox.Quad]:
        """Yield every quad."""
        return self.quads_for_pattern(None, None, None, None)

    def everything(self) -> Iterator[ox.Quad]:
        """Yield every quad of one answer, in which a blank node stays the same, but for what load notes there."""
        head, triple = "?s ?p ?o ?g", "?s ?p ?o"
        rows = self._select(_ANYWHERE.format(head=head, triple=triple)).rows
        return (
            ox.Quad(s, p, o, g or ox.DefaultGraph())  # type: ignore[arg-type]
            for s, p, o, g in rows
            # Where the default graph is the union of all, the note stands in it too.
            if not any(term and str(term.value).startswith(IN_STORES) for term in (s, g))
        )

    def _rows(self, query: str) -> Iterator[dict[str, Any]]:
        seen: set[tuple[Term | None, ...]] = set()
        for limit in _STEPS:
            rows = self._select(query, limit=limit)
            for cells in rows.rows:
                if cells not in seen:
                    yield {f"?{name}": term for name, term in zip(rows.columns, cells, strict=True)}
            if not rows.truncated:
                return
            seen.update(rows.rows)
