"""Real triple stores give the certificates behind docs/stores.md, and real clients the answers of the embedded engine.

`python tests/certify.py` writes the certificates anew. With BRI_KG_EVERY_QUESTION set, clients ask every question.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

import pyoxigraph as ox
import pytest
import rdflib
from running import ROOT, Cli
from stores_here import RunningStore

from bri_kg.dataset.questions import as_sent, default_bindings
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.same_values import compare_rows, value_key
from bri_kg.sparql.ordering import sorted_by
from bri_kg.stores.known_stores import known_stores

pytest.importorskip("SPARQLWrapper", reason="the extra stores-test is not installed")
from store_clients import CLIENTS, has_comunica

pytestmark = pytest.mark.store
CERTIFICATES = ROOT / "docs" / "certificates"
_DOUBLE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")


@pytest.fixture(scope="session")
def asked(kg: KnowledgeGraph) -> Mapping[str, tuple[str, Rows]]:
    """Questions as any engine is asked, and the embedded answers: of each feature the shortest and the longest."""
    shortest: dict[str, tuple[int, str, str, Rows]] = {}
    longest: dict[str, tuple[int, str, str, Rows]] = {}
    for name, question in kg.questions.items():
        query = as_sent(question, default_bindings(question))
        rows = kg.query(query)
        assert isinstance(rows, Rows)
        features = [name] if os.environ.get("BRI_KG_EVERY_QUESTION") else _features(rows)
        each = len(rows), name, query, rows
        for feature in {*features, f"a query of {len(query) // 500 / 2:g} thousand letters"}:
            shortest[feature] = min(shortest.get(feature, each), each, key=lambda e: e[:2])
            longest[feature] = max(longest.get(feature, each), each, key=lambda e: e[:2])
    chosen = (*shortest.values(), *longest.values())
    return {name: (query, rows) for _, name, query, rows in chosen}


def test_a_store_answers_as_certified_whoever_asks(
    filled_store: RunningStore, cli: Cli, asked: Mapping[str, tuple[str, Rows]]
) -> None:
    done = cli("compare", "--store", filled_store.address, "-f", "csv")
    committed = CERTIFICATES / f"{filled_store.name}.csv"
    assert done.stdout.splitlines() == committed.read_text(encoding="utf-8").splitlines()
    assert done.returncode == 0
    kind = filled_store.name.partition("-")[0]
    told = cli("ask", "partners", "--store", filled_store.address).stderr
    assert ("warning: Virtuoso answers partners otherwise" in told) == (kind == "virtuoso")
    departing = {name for each in known_stores()[kind].departures for name in each.questions}
    right = {name: each for name, each in asked.items() if name not in departing}
    assert len(right) > 10
    for client, ask in CLIENTS.items():
        if client == "Comunica" and not has_comunica():
            pytest.skip("Comunica is not installed: BRI_KG_COMUNICA names no folder with it")
        answers = ask(filled_store, [query for query, _ in right.values()])
        wrong = {
            name
            for (name, (query, rows)), answer in zip(right.items(), answers, strict=True)
            if not is_same(query, rows, answer, as_text=client == "pandas")
        }
        at_fault = FAULTS.get((kind, client), _nowhere)
        expected = {name for name, (query, rows) in right.items() if at_fault(query, rows)}
        assert (client, wrong) == (client, expected)


def _features(rows: Rows) -> Iterator[str]:
    """Yield what a client or a store might trip over in an answer."""
    for term in (term for row in rows for term in row):
        if term is None:
            yield "an empty cell"
        elif isinstance(term, ox.NamedNode):
            yield "a comma in an IRI" if "," in term.value else "an IRI"
        elif isinstance(term, ox.Literal):
            yield f"a {term.datatype.value.partition('#')[2]} {term.language or ''}".strip()
            yield from (f"{sign!r} in a text" for sign in ',"\n' if sign in term.value)
            if not term.value.isascii():
                yield "letters beyond ASCII"


def is_same(query: str, expected: Rows, found: Rows | None, *, as_text: bool) -> bool:
    if found is None:
        return False
    one, other = (map(_text, (expected, found))) if as_text else (expected, found)
    return not compare_rows(one, other, sorted_by(query))


def _text(rows: Rows) -> Rows:
    """Return rows as CSV has them, where nothing and the empty text are the same and numbers are digits."""
    return Rows(rows.columns, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> ox.Literal:
    text = "" if term is None else plain_text(term)
    number = value_key(ox.Literal(text, datatype=_DOUBLE))
    return ox.Literal(str(number[1]) if number[0] == "number" else text)


def _nowhere(query: str, rows: Rows) -> bool:
    return False


def _declares_what_rdflib_declares(query: str, rows: Rows) -> bool:
    """A prefix is then declared twice in one prologue: SPARQL 1.1 allows it, RDF4J does not."""
    return any(f"PREFIX {prefix}:" in query for prefix, _ in rdflib.Graph().namespaces())


def _has_a_comma_in_an_iri(query: str, rows: Rows) -> bool:
    """Oxigraph's CSV does not quote it, so that a cell becomes two."""
    return "a comma in an IRI" in _features(rows)


def _has_a_truth(query: str, rows: Rows) -> bool:
    """Virtuoso's CSV writes 1 for true."""
    return "a boolean" in _features(rows)


# Questions that a client gets wrong from a store that answers them: docs/upstream.md.
FAULTS: dict[tuple[str, str], Callable[[str, Rows], bool]] = {
    ("rdf4j", "rdflib"): _declares_what_rdflib_declares,
    ("oxigraph", "pandas"): _has_a_comma_in_an_iri,
    ("virtuoso", "pandas"): _has_a_truth,
}
