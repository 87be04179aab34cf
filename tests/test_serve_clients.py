"""The clients that people have get the rows of every stored question from `bri-kg serve`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from stores_here import RunningStore

from bri_kg.dataset.questions import as_sent, default_bindings
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.rows import Rows

pytest.importorskip("SPARQLWrapper", reason="the extra stores-test is not installed")
from serving import serving
from store_clients import CLIENTS, by_javascript, has_comunica
from test_stores import is_same

pytestmark = [pytest.mark.store, pytest.mark.slow]
# They tell no variables (docs/upstream.md), so that nobody knows of a column without a value.
OF_NODE = {"Comunica", "sparql-http-client"}
ASKED_BY = CLIENTS | {"sparql-http-client": by_javascript}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with serving(log=tmp_path_factory.mktemp("clients") / "log") as running:
        yield RunningStore("bri-kg", {"query": f"{running.url}/sparql"})


@pytest.fixture(scope="module")
def asked(kg: KnowledgeGraph) -> Mapping[str, tuple[str, Rows]]:
    found = {}
    for name, question in kg.questions.items():
        query = as_sent(question, default_bindings(question))
        rows = kg.query(query)
        assert isinstance(rows, Rows)
        found[name] = query, rows
    return found


@pytest.mark.parametrize("client", ASKED_BY)
def test_a_client_gets_the_rows_of_every_question(
    client: str, endpoint: RunningStore, asked: Mapping[str, tuple[str, Rows]]
) -> None:
    if client in OF_NODE and not has_comunica():
        pytest.skip("no client of node is installed: BRI_KG_COMUNICA names no folder with them")
    assert len(asked) > 100
    told = with_values if client in OF_NODE else whole
    answers = ASKED_BY[client](endpoint, [query for query, _ in asked.values()])
    wrong = [
        name
        for (name, (query, rows)), answer in zip(asked.items(), answers, strict=True)
        if answer is None
        or not is_same(query, told(rows), told(answer), as_text=client == "pandas")
    ]
    assert not wrong


def with_values(rows: Rows) -> Rows:
    places = [n for n in range(len(rows.columns)) if any(row[n] is not None for row in rows)]
    cells = (tuple(row[n] for n in places) for row in rows)
    return Rows(tuple(rows.columns[n] for n in places), tuple(cells))


def whole(rows: Rows) -> Rows:
    return rows
