"""How the rows of a SELECT query are taken from a store, whatever engine finds them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import islice

import pyoxigraph as ox

from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

Bindings = Mapping[str, ox.NamedNode | ox.Literal]


class Selecting(ABC):
    """A store that answers SELECT queries."""

    def select(
        self,
        query: str,
        values: Bindings | None = None,
        *,
        file: str | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Return the rows of a SELECT query whose variables in `values` are bound to RDF terms.

        Stops after `limit` rows and says so in `Rows.truncated`. Raises QuerySyntaxError,
        RefusedError, or InputError for another form of query.
        """
        columns, found = self._found(query, values, file)
        rows = tuple(islice(found, limit))
        return Rows(columns, rows, truncated=next(found, None) is not None)

    @abstractmethod
    def _found(
        self, query: str, values: Bindings | None, file: str | None
    ) -> tuple[tuple[str, ...], Iterator[tuple[Term | None, ...]]]:
        """Return the columns and the rows, which are found as they are taken. Raise as `select` does."""
