"""The embedded store: pyoxigraph, called directly and only through guarded queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.names import PREFIXES
from bri_kg.rows import Rows

Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Store:
    """A dataset in memory that answers SPARQL 1.1 queries and opens no door to the network."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self.oxigraph = ox.Store()
        self.add(quads)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads."""
        self.oxigraph.extend(quads)

    def load(self, path: str) -> None:
        """Add an N-Quads file."""
        self.oxigraph.load(path=path, format=ox.RdfFormat.N_QUADS)

    def select(
        self,
        query: str,
        values: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        *,
        file: str | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Return the rows of a SELECT query whose variables in `values` are bound to RDF terms.

        Stops after `limit` rows and says so in `Rows.truncated`. Raises QuerySyntaxError or RefusedError.
        """
        solutions = self.evaluate(query, values, file=file)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("a SELECT query is wanted")
        columns = tuple(variable.value for variable in solutions.variables)
        rows: list[tuple[Term | None, ...]] = []
        for solution in solutions:
            if limit is not None and len(rows) == limit:
                return Rows(columns, tuple(rows), truncated=True)
            rows.append(tuple(_term(solution[name]) for name in columns))
        return Rows(columns, tuple(rows))

    def evaluate(
        self,
        query: str,
        values: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        *,
        file: str | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a read-only query of any form; see `select` for the arguments and errors."""
        sparql.refuse_network(query, file=file)
        sparql.refuse_updates(query, file=file)
        try:
            return self.oxigraph.query(sparql.bind(query, values or {}), prefixes=PREFIXES)
        except SyntaxError as error:
            raise sparql.syntax_error(query, error, file, prefixes=PREFIXES) from None


def _term(value: object) -> Term | None:
    if value is None or isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal):
        return value
    raise TypeError(f"RDF 1.2 triple terms are not supported: {value}")
