"""Real triple stores and real clients give the answers of the embedded engine, but for what is pinned as theirs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from running import ROOT
from store_clients import CLIENTS, Client, by_pandas, by_protocol, by_rdflib
from stores_here import SCRIPTS, RunningStore, started

from bri_kg.dataset.questions import Question, as_sent, default_bindings
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.same_values import compare_rows, value_key
from bri_kg.sparql.ordering import sorted_by

pytestmark = pytest.mark.store

# Questions as they are sent, by name.
Sent = Mapping[str, str]
# The kind of each difference, by question.
Differences = dict[str, str]


@pytest.fixture(scope="session")
def sent(kg: KnowledgeGraph) -> Sent:
    """Every stored question with its defaults as constants, as any engine is asked."""
    stored = map(Question.from_json, kg.release.index().values())
    return {each.name: as_sent(each, default_bindings(each)) for each in stored}


@pytest.fixture(scope="session")
def embedded(kg: KnowledgeGraph, sent: Sent) -> Mapping[str, Rows]:
    """What the embedded engine answers."""
    return {name: kg.query(query) for name, query in sent.items()}


def test_a_store_and_its_clients_answer_as_the_embedded_engine(
    filled_store: RunningStore, sent: Sent, embedded: Mapping[str, Rows]
) -> None:
    """Every question; the store first, then each client, whose answers must be the store's."""
    of_store: Differences = {}
    of_clients: dict[str, Differences] = defaultdict(dict)
    for name, query in sent.items():
        # Question by question: the store plans each once.
        answer = _answer(by_protocol, filled_store, query)
        _note(of_store, name, _difference(query, embedded[name], answer))
        for client, ask in CLIENTS.items():
            found = _answer(ask, filled_store, query)
            if ask is by_pandas:
                found, expected = _text(found), _text(answer)
            else:
                expected = answer
            _note(of_clients[client], name, _difference(query, expected, found))
    assert of_store == _departures(filled_store.name)
    for client, seen in of_clients.items():
        at_fault = FAULTS.get((filled_store.name, client), _nowhere)
        expected = {name for name, query in sent.items() if at_fault(query, embedded[name])}
        assert (client, seen.keys()) == (client, expected)


def _answer(ask: Client, store: RunningStore, query: str) -> Rows | None:
    """None where there is no whole answer, whatever exception says so in this client."""
    try:
        return ask(store, query)
    except Exception:
        return None


def _difference(query: str, expected: Rows | None, found: Rows | None) -> str:
    if expected is None or found is None:
        return "" if expected is found else "no answer"
    seen = compare_rows(expected, found, sorted_by(query))
    if not seen:
        return ""
    return "columns" if seen.columns else "order" if seen.order else "rows"


def _note(differences: Differences, name: str, difference: str) -> None:
    if difference:
        differences[name] = difference


def _text(rows: Rows | None) -> Rows | None:
    """Return rows as CSV has them, where nothing and the empty text are the same and numbers are digits."""
    if rows is None:
        return None
    return Rows(rows.columns, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> ox.Literal:
    text = "" if term is None else plain_text(term)
    number = value_key(ox.Literal(text, datatype=_DOUBLE))
    return ox.Literal(str(number[1]) if number[0] == "number" else text)


_DOUBLE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")


def _departures(store: str) -> Differences:
    listed = tomllib.loads((ROOT / "tests" / "store_departures.toml").read_text(encoding="utf-8"))
    return {
        question: each["difference"]
        for each in listed["departure"]
        if each["store"] == store
        for question in each["questions"]
    }


def _nowhere(query: str, rows: Rows) -> bool:
    return False


def _declares_what_rdflib_declares(query: str, rows: Rows) -> bool:
    """A prefix is then declared twice in one prologue: SPARQL 1.1 allows it, RDF4J does not."""
    return any(f"PREFIX {prefix}:" in query for prefix, _ in rdflib.Graph().namespaces())


def _has_a_comma_in_an_iri(query: str, rows: Rows) -> bool:
    """Oxigraph's CSV does not quote it, so that a cell becomes two."""
    iris = (term for row in rows for term in row if isinstance(term, ox.NamedNode))
    return any("," in iri.value for iri in iris)


# Questions that a client gets wrong from a store that answers them: docs/upstream.md.
FAULTS: dict[tuple[str, str], Callable[[str, Rows], bool]] = {
    ("rdf4j", "rdflib"): _declares_what_rdflib_declares,
    ("oxigraph", "pandas"): _has_a_comma_in_an_iri,
}
