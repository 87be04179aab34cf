"""How people ask a triple store, each way as a function of the store and a query that gives its rows."""

from __future__ import annotations

import json
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

import pandas
import pyoxigraph as ox
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from stores_here import RunningStore

from bri_kg.names import PREFIXES
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term, to_oxigraph

SECONDS = 20
_STRING = PREFIXES["xsd"] + "string"
_CSV = {"Accept": "text/csv"}
Client = Callable[[RunningStore, str], Rows]


class NoAnswerError(Exception):
    """A store refused a query, or what it sent is no whole answer."""


def by_protocol(store: RunningStore, query: str) -> Rows:
    """As SPARQL 1.1 Protocol says, with what Python has: a form by POST, JSON back."""
    request = urllib.request.Request(
        store.query,
        urllib.parse.urlencode({"query": query}).encode(),
        {"Accept": "application/sparql-results+json"},
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        # Virtuoso says so, and nothing else, where its time was over before all rows were found.
        if answer.headers.get("X-SQL-State"):
            raise NoAnswerError(answer.headers["X-SQL-State"])
        return _of_json(json.load(answer))


def by_curl(store: RunningStore, query: str) -> Rows:
    """GET, and XML back."""
    done = subprocess.run(
        [
            "curl", "-sS", "--fail-with-body", "--max-time", str(SECONDS), "--get", store.query,
            "--data-urlencode", "query@-", "--header", "Accept: application/sparql-results+xml",
        ],
        input=query.encode(),
        capture_output=True,
        timeout=2 * SECONDS,
    )  # fmt: skip
    if done.returncode:
        raise NoAnswerError((done.stderr + done.stdout).decode("utf-8", "replace"))
    found = ox.parse_query_results(done.stdout, ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return Rows(columns, tuple(tuple(row[name] for name in columns) for row in found))


def by_sparqlwrapper(store: RunningStore, query: str) -> Rows:
    """The client that most pages show."""
    client = SPARQLWrapper(store.query)
    client.setQuery(query)
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    client.setTimeout(SECONDS)
    return _of_json(client.queryAndConvert())


def by_rdflib(store: RunningStore, query: str) -> Rows:
    """rdflib's graph over a store of others, which declares all its prefixes before each query."""
    return _of_rdflib(rdflib.Graph(SPARQLStore(store.query)), query)


def by_rdflib_without_prefixes(store: RunningStore, query: str) -> Rows:
    """The same, told to bind no prefixes of its own."""
    return _of_rdflib(rdflib.Graph(SPARQLStore(store.query), bind_namespaces="none"), query)


def by_pandas(store: RunningStore, query: str) -> Rows:
    """One call, CSV back: its cells hold no types, and an empty one is no value."""
    address = f"{store.query}?{urllib.parse.urlencode({'query': query})}"
    frame = pandas.read_csv(address, storage_options=_CSV, dtype=str, keep_default_na=False)
    if not isinstance(frame.index, pandas.RangeIndex):
        raise NoAnswerError("there are more cells in the rows than columns")
    cells = (tuple(map(ox.Literal, row)) for row in frame.itertuples(index=False))
    return Rows(tuple(frame.columns), tuple(cells))


def _of_rdflib(graph: rdflib.Graph, query: str) -> Rows:
    found = graph.query(query)
    columns = tuple(map(str, found.vars or ()))
    rows = (tuple(None if t is None else to_oxigraph(t) for t in row) for row in found)
    return Rows(columns, tuple(rows))


def _of_json(answer: Mapping[str, Any]) -> Rows:
    columns = tuple(answer["head"]["vars"])
    bindings = answer["results"]["bindings"]
    return Rows(columns, tuple(tuple(_term(b.get(name)) for name in columns) for b in bindings))


def _term(found: Mapping[str, str] | None) -> Term | None:
    if found is None:
        return None
    if found["type"] == "uri":
        return ox.NamedNode(found["value"])
    if found["type"] == "bnode":
        return ox.BlankNode()
    if "xml:lang" in found:
        return ox.Literal(found["value"], language=found["xml:lang"])
    return ox.Literal(found["value"], datatype=ox.NamedNode(found.get("datatype", _STRING)))


# Besides `by_protocol`, whose answers theirs are compared with.
CLIENTS: dict[str, Client] = {
    "curl": by_curl,
    "SPARQLWrapper": by_sparqlwrapper,
    "rdflib": by_rdflib,
    "rdflib without prefixes": by_rdflib_without_prefixes,
    "pandas": by_pandas,
}
