"""What others take: the ontology as one ontology, and what a format leaves out."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from java_programs import owlapi

from bri_kg.dataset.questions import as_sent, default_bindings
from bri_kg.dataset.resources import find
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES
from bri_kg.publishing.one_ontology import one_ontology
from bri_kg.publishing.parts import asks_in_graphs

_UMBRELLA = ox.NamedNode(BASE + "ontology")
_HEADER = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_CATALOGUE = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>\n'


def _of(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


@pytest.fixture(scope="module")
def ontology() -> ox.Store:
    store = ox.Store()
    store.extend(one_ontology(find()))
    return store


def test_it_has_one_header_and_imports_nothing(ontology: ox.Store) -> None:
    headers = [q.subject for q in ontology.quads_for_pattern(None, None, _HEADER)]
    assert headers == [_UMBRELLA]
    assert not list(ontology.quads_for_pattern(None, _of("owl", "imports"), None))
    defining = {q.object for q in ontology.quads_for_pattern(None, _of("rdfs", "isDefinedBy"), None)}  # fmt: skip
    assert defining == {_UMBRELLA}
    assert list(ontology.quads_for_pattern(_UMBRELLA, _of("owl", "versionIRI"), None))
    parts = {q.subject for q in ontology} & {q.object for q in ontology}
    assert not [node for node in parts if str(node).startswith(f"<{BASE}ontology/")]


def test_what_knows_no_skos_finds_labels_and_comments(ontology: ox.Store) -> None:
    for theirs, plain in (("prefLabel", "label"), ("definition", "comment")):
        said = {(q.subject, q.object) for q in ontology.quads_for_pattern(None, _of("skos", theirs), None)}  # fmt: skip
        again = {(q.subject, q.object) for q in ontology.quads_for_pattern(None, _of("rdfs", plain), None)}  # fmt: skip
        assert len(said) > 500
        assert {subject for subject, _ in again - said} == {_UMBRELLA} and said <= again


def test_no_axiom_is_lost_on_the_way(kg: KnowledgeGraph, ontology: ox.Store) -> None:
    axioms = [
        quad
        for quad in kg.release.quads(["asserted"])
        if quad.predicate
        in (_of("rdfs", "subClassOf"), _of("rdfs", "range"), _of("skos", "broader"))
    ]
    assert len(axioms) > 200 and all(quad in ontology for quad in axioms)


@pytest.mark.slow
def test_the_library_of_protege_opens_the_one_ontology(cli: Cli, tmp_path: Path) -> None:
    assert cli("export", "--part", "ontology", "-o", str(tmp_path / "one.ttl")).returncode == 0
    (tmp_path / "catalog-v001.xml").write_text(_CATALOGUE, encoding="utf-8")
    done = owlapi(tmp_path / "one.ttl")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().split("\t") == ["one.ttl", "1", "OWL 2 DL 0", "OWL 2 RL 0"]


def test_a_format_without_graphs_says_what_is_lost(kg: KnowledgeGraph, cli: Cli) -> None:
    named = [quad for quad in kg.store if quad.graph_name != ox.DefaultGraph()]
    graphs = {quad.graph_name for quad in named}
    done = cli("export", "--part", "facts", "-f", "nt")
    assert done.returncode == 0
    assert f"{len(named)} quads in {len(graphs)} graphs" in done.stderr
    assert "cofounders" in done.stderr and "more (-v names them)" in done.stderr
    assert "sole-tellings" in cli("export", "--part", "facts", "-f", "nt", "-v").stderr
    for whole in (("--part", "facts", "-f", "nq"), ("--part", "shapes", "-f", "ttl")):
        assert "left out" not in cli("export", *whole).stderr
    assert "left out" not in cli("export", "--part", "facts", "-f", "nt", "-q").stderr


def test_a_store_with_the_release_names_them_too(
    kg: KnowledgeGraph, cli: Cli, tmp_path: Path
) -> None:
    graph = next(q.graph_name for q in kg.store if q.graph_name != ox.DefaultGraph())
    file = tmp_path / "claims.nq"
    file.write_text(f"<urn:a> <urn:p> <urn:b> {graph} .\n", encoding="utf-8")
    assert cli("load", str(file), "--store", str(tmp_path / "s")).returncode == 0
    for place in (file, tmp_path / "s"):
        assert "cofounders" in cli("export", "--store", str(place), "-f", "ttl").stderr


def test_the_questions_named_are_those_that_go_wrong(kg: KnowledgeGraph) -> None:
    flat = ox.Store()
    flat.extend(quad for quad in kg.store if quad.graph_name == ox.DefaultGraph())
    wrong = []
    for question in kg.questions.values():
        query = as_sent(question, default_bindings(question))
        rows, left = (sorted(map(str, store.query(query))) for store in (kg.store, flat))
        assert rows == left or asks_in_graphs(question), question.name
        wrong += [bool(left)] if rows != left else []
    page = " ".join((ROOT / "docs" / "stores.md").read_text(encoding="utf-8").split())
    given = f"{wrong.count(False)} then give nothing, and {wrong.count(True)} other rows"
    assert f"of {len(kg.questions)} questions, {given}" in page


def test_a_store_says_so_too(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "two.nq"
    file.write_text("<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> <urn:g> .\n", "utf-8")
    done = cli("export", "--store", str(file), "-f", "ttl")
    assert "1 quads in 1 graphs" in done.stderr and "questions" not in done.stderr
    assert cli("load", str(file), "--store", str(tmp_path / "s")).returncode == 0
    done = cli("export", "--store", str(tmp_path / "s"), "-f", "ttl")
    assert "left out" in done.stderr and "1 graphs" in done.stderr
    assert "left out" not in cli("export", "--store", str(tmp_path / "s"), "-f", "nq").stderr
