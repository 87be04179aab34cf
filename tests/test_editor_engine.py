"""The engine of a written SPARQL editor answers as the server does: run by node, as a worker of a browser runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from written_editors import Beside

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.stores.memory import Store, embedded
from bri_kg.web.explorer.editor_described import as_example
from bri_kg.web.explorer.editor_files import DATA, ENGINE, editor_files
from bri_kg.web.written_answers import Most, written_answer

pytestmark = pytest.mark.slow
FORMS = (
    "SELECT * WHERE { ?thing a bri:Organization ; skos:prefLabel ?name } ORDER BY ?thing ?name",
    "ASK { bri-org:anso bri:isFoundedBy bri-org:cas }",
    "ASK { bri-org:cas bri:isFoundedBy bri-org:anso }",
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?claim { ?s ?p ?o } }",
    "SELECT ?s (1/3 AS ?third) (1e0/3 AS ?double) WHERE { ?s bri:sha256 ?d } ORDER BY ?s LIMIT 3",
)
PREFIXES = (
    "PREFIX bri: <https://w3id.org/bri-kg/ontology#> PREFIX bri-org: <https://w3id.org/bri-kg/id/org/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
REFUSED = {
    "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }": "not supported",
    "INSERT DATA { <http://a.example/a> <http://a.example/b> 1 }": "error at",
    "LOAD <http://127.0.0.1:9/x>": "error at",
    "DROP ALL": "error at",
    "SELECT * WHERE { ?s ?p }": "error at 1:",
}


@pytest.fixture(scope="module")
def files(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("engine")
    made = dict(editor_files(kg, Beside("en")))
    places = [folder / Path(name).name for name in (ENGINE, DATA)]
    for place, name in zip(places, (ENGINE, DATA), strict=True):
        place.write_bytes(made[name])
    return places


def in_browser(files: list[Path], queries: list[str]) -> list[dict[str, Any]]:
    """Return what the worker says to each query."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no `node` is on the path")
    ran = subprocess.run(
        [node, ROOT / "tests" / "editor_answers.mjs", *files],
        input=json.dumps(queries).encode(),
        capture_output=True,
        timeout=300,
        check=True,
    )
    loaded, *said = json.loads(ran.stdout)
    assert loaded == {"text": ""}
    return list(said)


def on_server(store: Store, query: str) -> Any:
    formats = {"rows": "json", "triples": "ttl"}
    answer = written_answer(store, query, None, None, formats, Most(10**6, 10**8))
    return json.loads(answer.body)


def test_stored_questions_are_answered_as_by_the_server(
    kg: KnowledgeGraph, files: list[Path]
) -> None:
    queries = [as_example(one, lang) for one in kg.questions.values() for lang in ("en", "zh")]
    queries += [PREFIXES + query for query in FORMS]
    store = embedded(kg.guarded)
    for query, said in zip(queries, in_browser(files, queries), strict=True):
        here, there = json.loads(said["text"]), on_server(store, query)
        assert here.get("boolean") == there.get("boolean"), query
        assert here.get("results") == there.get("results"), query
        # Columns of `SELECT *` are put in order by the page.
        assert sorted(here["head"].get("vars", ())) == sorted(there["head"].get("vars", ())), query


def test_nothing_is_changed_and_nothing_is_fetched(files: list[Path]) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    before, *said, after = in_browser(files, [count, *REFUSED, count])
    assert before == after
    for (query, why), one in zip(REFUSED.items(), said, strict=True):
        assert why in one["failed"], query
        assert not one["isTrap"]


def test_triples_come_as_turtle(files: list[Path]) -> None:
    query = PREFIXES + "CONSTRUCT WHERE { bri-org:anso bri:isFoundedBy ?who }"
    (said,) = in_browser(files, [query])
    assert json.loads(said["text"])[0]["@id"].endswith("/anso")
