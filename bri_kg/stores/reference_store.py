"""The reference store: the same questions answered by rdflib, in memory, through the same guards.

Terms come from pyoxigraph's parsers, so that rdflib reads no file, and with it no JSON-LD context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import rdflib
from pyparsing import ParseBaseException
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.query import Result

from bri_kg import sparql
from bri_kg.errors import BriKgError, InputError, QuerySyntaxError, RefusedError
from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term, to_oxigraph, to_quads, to_rdflib, unlogged
from bri_kg.sparql.prologue import with_prefixes
from bri_kg.stores.memory import wrong_form
from bri_kg.stores.selecting import Bindings, Selecting

_ROWS = ("SelectQuery",)
_GRAPHS = ("ConstructQuery", "DescribeQuery")


class ReferenceStore(Selecting):
    """A dataset in rdflib's memory whose default graph is not the union of the named ones.

    It answers as `bri_kg.stores.memory.Store` does, by rdflib; nothing in it is changed.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        with unlogged():
            self.dataset = _dataset(quads)

    def with_prefixes(self, prefixes: Mapping[str, str]) -> rdflib.Dataset:
        """Return the dataset, which then knows these prefixes."""
        for prefix, namespace in prefixes.items():
            self.dataset.bind(prefix, namespace, replace=True)
        return self.dataset

    def _found(
        self, query: str, values: Bindings | None, file: str | None
    ) -> tuple[tuple[str, ...], Iterator[tuple[Term | None, ...]]]:
        result = self._of_form(_ROWS, "SELECT", query, values, file)
        return tuple(str(variable) for variable in result.vars or ()), _rows(result, file)

    def construct(self, query: str, *, file: str | None = None) -> Iterator[ox.Quad]:
        """Yield the triples of a CONSTRUCT or DESCRIBE query; see `Store.construct`."""
        result = self._of_form(_GRAPHS, "CONSTRUCT or DESCRIBE", query, None, file)
        assert result.graph is not None
        with _told(file):
            quads = tuple(to_quads(result.graph))
        yield from quads

    def evaluate(
        self,
        query: str,
        values: Bindings | None = None,
        *,
        file: str | None = None,
    ) -> Result:
        """Evaluate a read-only query of any form; the truth of an ASK query is that of its result."""
        return self._evaluate(self._prepared(query, values, file), file)

    def _of_form(
        self, forms: tuple[str, ...], wanted: str, query: str, values: Any, file: str | None
    ) -> Result:
        prepared = self._prepared(query, values, file)
        if prepared.algebra.name not in forms:
            raise wrong_form(wanted, file)
        return self._evaluate(prepared, file)

    def _prepared(self, query: str, values: Any, file: str | None) -> Any:
        sparql.refuse_deep(query, file=file)
        sparql.refuse_network(query, file=file)
        sparql.refuse_updates(query, file=file)
        text = with_prefixes(sparql.bind(query, values or {}), PREFIXES)
        with _told(file):
            prepared = prepareQuery(text)
        _refuse_doors(prepared.algebra, file)
        return prepared

    def _evaluate(self, prepared: Any, file: str | None) -> Result:
        with _told(file):
            return self.dataset.query(prepared)


def _dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=False)
    graphs: dict[object, Any] = {ox.DefaultGraph(): dataset.default_graph}
    for quad in quads:
        graph = graphs.get(quad.graph_name)
        if graph is None:
            graph = dataset.graph(to_rdflib(quad.graph_name))  # type: ignore[arg-type]
            graphs[quad.graph_name] = graph
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))  # type: ignore[arg-type]
    return dataset


def _rows(result: Result, file: str | None) -> Iterator[tuple[Term | None, ...]]:
    with _told(file):
        for row in result:
            yield tuple(None if term is None else to_oxigraph(term) for term in row)  # type: ignore[union-attr]


def _refuse_doors(algebra: Any, file: str | None) -> None:
    """Refuse what rdflib would fetch, told from its own reading of the query."""
    names: set[str] = set()
    traverse(algebra, visitPre=lambda node: names.add(getattr(node, "name", "")))
    if algebra.datasetClause or "ServiceGraphPattern" in names:
        raise RefusedError(
            code="BRI101",
            message="the query names a dataset or a server that rdflib would ask",
            why="rdflib fetches a graph of FROM that is not there, and what SERVICE names",
            fix="leave it out, or leave out --engine reference",
            file=file,
        )


@contextmanager
def _told(file: str | None) -> Iterator[None]:
    """Say what rdflib raises in words of ours: it has no class of its own for most of it."""
    try:
        with unlogged():
            yield
    except BriKgError:
        raise
    except ParseBaseException as error:
        raise QuerySyntaxError(
            code="BRI103",
            message="the query does not follow the grammar of SPARQL, as rdflib reads it",
            why=str(error),
            fix="ask without --engine reference, which says more",
            file=file,
        ) from None
    except Exception as error:
        raise InputError(
            code="BRI126",
            message="rdflib cannot answer the query",
            why=f"{type(error).__name__}: {error}",
            fix="ask without --engine reference",
            file=file,
        ) from None
