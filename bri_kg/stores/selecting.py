"""How a store is asked, whatever engine finds the answer and wherever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

import pyoxigraph as ox

from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term
from bri_kg.stores.time_limits import in_time

Bindings = Mapping[str, ox.NamedNode | ox.Literal]


class Quads(Protocol):
    """Quads that are looked up by pattern, as in a store of pyoxigraph; nothing is written by it."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, value: Any, graph_name: Any = None, /
    ) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern; None stands for any term, and for any graph."""
        ...

    def named_graphs(self) -> Iterator[Any]:
        """Yield the names of the graphs."""
        ...

    def __contains__(self, quad: Any, /) -> bool: ...

    def __iter__(self) -> Iterator[ox.Quad]: ...


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
        columns, every = self._found(query, values, file)
        found = in_time(every)
        rows = tuple(islice(found, limit))
        return Rows(columns, rows, truncated=next(found, None) is not None)

    @abstractmethod
    def _found(
        self, query: str, values: Bindings | None, file: str | None
    ) -> tuple[tuple[str, ...], Iterator[tuple[Term | None, ...]]]:
        """Return the columns and the rows, which are found as they are taken. Raise as `select` does."""


class Guarded(Selecting):
    """A dataset behind read-only queries of every form: in memory, on disk, or at an address."""

    @property
    def kind(self) -> str:
        """The kind of `bri_kg.stores.addresses.KINDS` that it is; empty for the embedded engine."""
        return ""

    @property
    def server(self) -> str:
        """The name and version that its server gives; empty for none."""
        return ""

    @property
    @abstractmethod
    def quads(self) -> Quads:
        """Its quads, looked up by pattern."""

    @abstractmethod
    def construct(self, query: str, *, file: str | None = None) -> Iterator[ox.Quad]:
        """Yield the triples of a CONSTRUCT or DESCRIBE query. Raises as `select` does."""

    @abstractmethod
    def evaluate(
        self, query: str, values: Bindings | None = None, *, file: str | None = None
    ) -> Any:
        """Evaluate a read-only query; the truth of an ASK query is that of its result."""
