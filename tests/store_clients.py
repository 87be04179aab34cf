"""How people ask a triple store, each way as a function of the store and queries that gives their rows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas
import pyoxigraph as ox
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from running import ROOT
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from stores_here import RunningStore

from bri_kg.names import PREFIXES
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term, to_oxigraph

SECONDS = 20
_STRING = PREFIXES["xsd"] + "string"
_CSV = {"Accept": "text/csv"}
_COMUNICA = ROOT / "tests" / "comunica" / "ask.mjs"
_JAVASCRIPT = ROOT / "tests" / "comunica" / "ask_by_http.mjs"
# None where there is no whole answer, whatever exception says so in this client.
Answers = list[Rows | None]
Client = Callable[[RunningStore, Sequence[str]], Answers]


class NoAnswerError(Exception):
    """A store refused a query, or what it sent is no whole answer."""


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
    """rdflib's graph over a store of others, which declares all its prefixes before each query.

    By GET such a query is too long for Oxigraph; a query as the body of a POST is answered by no Virtuoso. For XML it
    asks for RDF/XML too, in an order that is another in each process, and Virtuoso gives what comes first.
    """
    return _of_rdflib(rdflib.Graph(_rdflib_store(store)), query)


def by_rdflib_without_prefixes(store: RunningStore, query: str) -> Rows:
    """The same, told to bind no prefixes of its own."""
    return _of_rdflib(rdflib.Graph(_rdflib_store(store), bind_namespaces="none"), query)


def _rdflib_store(store: RunningStore) -> SPARQLStore:
    return SPARQLStore(store.query, method="POST_FORM", returnFormat="json")


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


def by_comunica(store: RunningStore, queries: Sequence[str]) -> Answers:
    """One process for all queries: it takes seconds to start."""
    return _by_node(_COMUNICA, store, queries)


def by_javascript(store: RunningStore, queries: Sequence[str]) -> Answers:
    """sparql-http-client, which most programs in JavaScript ask by; one process for all queries."""
    return _by_node(_JAVASCRIPT, store, queries)


def _by_node(script: Path, store: RunningStore, queries: Sequence[str]) -> Answers:
    done = subprocess.run(
        ["node", script, store.query],
        input=json.dumps(queries).encode(),
        capture_output=True,
        timeout=SECONDS * (len(queries) + 1),
        check=True,
    )
    found = zip(queries, json.loads(done.stdout), strict=True)
    return [
        None if answer is None else _as_selected(query, _of_json(answer)) for query, answer in found
    ]


def _as_selected(query: str, rows: Rows) -> Rows:
    """Return rows with their columns in the order of the query, which neither client always keeps."""
    columns = tuple(sorted(rows.columns, key=lambda name: _place(name, query)))
    places = [rows.columns.index(name) for name in columns]
    return Rows(columns, tuple(tuple(row[place] for place in places) for row in rows))


def _place(name: str, query: str) -> int:
    found = re.search(rf"[?]{name}\b", query)
    return found.start() if found else len(query)


def has_comunica() -> bool:
    return bool(os.environ.get("BRI_KG_COMUNICA"))


def _one_by_one(ask: Callable[[RunningStore, str], Rows]) -> Client:
    def answer(store: RunningStore, query: str) -> Rows | None:
        try:
            return ask(store, query)
        except Exception as error:
            sys.stderr.write(f"{type(error).__name__}: {str(error)[:300]}\n")
            return None

    return lambda store, queries: [answer(store, query) for query in queries]


CLIENTS: dict[str, Client] = {
    "curl": _one_by_one(by_curl),
    "SPARQLWrapper": _one_by_one(by_sparqlwrapper),
    "rdflib": _one_by_one(by_rdflib),
    "rdflib without prefixes": _one_by_one(by_rdflib_without_prefixes),
    "pandas": _one_by_one(by_pandas),
    "Comunica": by_comunica,
}
