"""Validation, inference, verification and checks of ontologies as typed results, on the real graph."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from bri_kg.checking.ontology_checks import CheckReport
from bri_kg.checking.shapes_alone import ShapesReport
from bri_kg.checking.validation import STAGES, Report
from bri_kg.errors import InputError, RefusedError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BRI, PREFIXES
from bri_kg.plain import Plain
from bri_kg.rdf.terms import to_rdflib_graph
from bri_kg.texts.mismatches import CODES

PREFIX_LINES = """@prefix bri: <https://w3id.org/bri-kg/ontology#> .
@prefix bri-org: <https://w3id.org/bri-kg/id/org/> .
@prefix e: <http://e/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ONTOLOGY = """e:A rdfs:subClassOf e:B , e:U ; owl:disjointWith e:C . e:U owl:unionOf ( e:A e:B ) .
e:A a owl:Class . e:B a owl:Class . e:C a owl:Class . e:U a owl:Class ."""
DATA = "e:x a e:A , e:C . e:y a e:A ."
SHAPE = (
    "e:S a sh:NodeShape ; sh:targetClass e:A ; sh:property e:P . e:P sh:path e:p ; sh:minCount 1 ."
)


def plain(result: Plain) -> dict[str, Any]:
    """The result as JSON brings it back, the same at every call."""
    written = json.dumps(result.to_dict(), allow_nan=False, ensure_ascii=False)
    assert written == json.dumps(result.to_dict(), allow_nan=False, ensure_ascii=False)
    loaded: dict[str, Any] = json.loads(written)
    return loaded


@pytest.fixture
def ttl(tmp_path: Path) -> Any:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(PREFIX_LINES + text, encoding="utf-8")
        return path

    return write


@pytest.mark.slow
def test_the_graph_is_valid_in_every_stage(kg: KnowledgeGraph, sources: Path) -> None:
    report = kg.validate(sources=sources)
    assert isinstance(report, Report)
    assert (report.stages, report.not_run, report.conforms) == (STAGES, (), True)
    assert plain(report) == {
        "stages": list(STAGES), "not_run": [], "findings": [], "conforms": True,
    }  # fmt: skip


def test_validation_stops_at_the_first_stage_with_errors(kg: KnowledgeGraph, ttl: Any) -> None:
    file = ttl("new.ttl", 'bri-org:new a bri:Organisation ; skos:prefLabel "New"@en .')
    report = kg.validate(file)
    assert isinstance(report, Report)
    assert (report.stages, report.not_run, report.conforms) == (STAGES[:1], STAGES[1:], False)
    (finding,) = report.errors
    assert (finding.code, finding.file, finding.line) == ("unknown-term", str(file), 6)
    found = plain(report)
    assert found["findings"] == [finding.to_dict()]
    assert list(found["findings"][0]) == [
        "stage", "code", "severity", "message", "fix", "focus", "path", "value", "file", "line",
    ]  # fmt: skip
    with pytest.raises(FrozenInstanceError):
        report.stages = ()  # type: ignore[misc]


def test_validation_speaks_the_language_asked_for(kg: KnowledgeGraph, ttl: Any) -> None:
    file = ttl("new.ttl", 'bri-org:new a bri:Organization ; skos:prefLabel "New"@en .')
    english, chinese = kg.validate([file]), kg.validate([str(file)], lang="zh")
    assert english.findings
    assert {f.code for f in english.findings} == {f.code for f in chinese.findings}
    assert not {f.message for f in english.findings} & {f.message for f in chinese.findings}


def test_shapes_alone(kg: KnowledgeGraph, ttl: Any) -> None:
    report = kg.validate(ttl("data.ttl", DATA), shapes=ttl("shape.ttl", SHAPE))
    assert isinstance(report, ShapesReport)
    assert {f.focus for f in report.findings} == {"http://e/x", "http://e/y"}
    assert not report.conforms
    found = plain(report)
    assert (found["stages"], found["conforms"], len(found["findings"])) == (["shapes"], False, 2)
    assert found["engine"] in ("shacl", "pyshacl")
    assert kg.validate(ttl("empty.ttl", "e:x a e:Z ."), shapes=ttl("shape.ttl", SHAPE)).conforms


def test_imports_of_shapes_that_are_not_followed_are_told(kg: KnowledgeGraph, ttl: Any) -> None:
    shapes = ttl("shape.ttl", SHAPE + " e:o owl:imports <http://else/> .")
    found = plain(kg.validate(ttl("data.ttl", DATA), shapes=[shapes]))
    assert found["imports"][0]["object"] == {"type": "uri", "value": "http://else/"}


def test_our_shapes_on_any_data(kg: KnowledgeGraph, ttl: Any) -> None:
    file = ttl("new.ttl", 'bri-org:new a bri:Organization ; skos:prefLabel "New"@en .')
    assert not kg.validate(file, shapes="bri").conforms


def test_validation_needs_files_that_are_there(kg: KnowledgeGraph, ttl: Any) -> None:
    with pytest.raises(UsageError, match="no data"):
        kg.validate(shapes="bri")
    with pytest.raises(InputError, match="BRI210"):
        kg.validate("nowhere.ttl")
    with pytest.raises(UsageError, match="BRI153"):
        kg.validate([3])  # type: ignore[list-item]
    with pytest.raises(UsageError, match="language"):
        kg.validate(lang="fr")


def test_an_inference(kg: KnowledgeGraph, ttl: Any) -> None:
    found = kg.infer(ttl("data.ttl", DATA), ttl("onto.ttl", ONTOLOGY))
    triples = {(t.subject.value, t.object.value) for t in found.inferred}
    assert ("http://e/y", "http://e/B") in triples
    (contradiction,) = found.contradictions
    assert (contradiction.rule, found.is_consistent) == ("cax-dw", False)
    data = plain(found)
    assert list(data) == ["inferred", "contradictions", "unsupported", "imports", "is_consistent"]
    assert len(data["inferred"]) == len(found.inferred)
    assert set(data["contradictions"][0]) == {"rule", "axiom", "facts", "message"}
    assert data["contradictions"][0]["facts"][0]["subject"] == {
        "type": "uri",
        "value": "http://e/x",
    }


def test_axioms_that_no_rule_covers_are_told(kg: KnowledgeGraph, ttl: Any) -> None:
    found = kg.infer(
        ttl("data.ttl", DATA), ttl("onto.ttl", "e:A rdfs:subClassOf [ owl:unionOf ( e:A e:B ) ] .")
    )
    assert plain(found)["unsupported"]
    assert set(plain(found)["unsupported"][0]) == {"form", "node", "message"}


def test_inference_takes_files_graphs_and_triples_and_changes_none(
    kg: KnowledgeGraph, ttl: Any
) -> None:
    data, onto = ttl("data.ttl", DATA), ttl("onto.ttl", ONTOLOGY)
    wanted = kg.infer(data, onto).to_dict()["inferred"]
    quads = list(ox.parse(path=str(data)))
    graph = to_rdflib_graph(quads)
    dataset = rdflib.Dataset()
    for triple in graph:
        dataset.graph(rdflib.URIRef("http://e/g")).add(triple)
    before = set(graph)
    for given in (str(data), [data], quads, [q.triple for q in quads], graph, dataset, [graph]):
        assert kg.infer(given, onto).to_dict()["inferred"] == wanted, type(given)
    assert set(graph) == before


def test_inference_with_our_ontology_with_none_and_with_imports(
    kg: KnowledgeGraph, ttl: Any
) -> None:
    node = ox.NamedNode("http://e/x")
    data = [
        ox.Triple(node, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(BRI + "Programme"))
    ]
    assert BRI + "Undertaking" in {t.object.value for t in kg.infer(data).inferred}
    assert len(kg.infer(data, ()).inferred) == 0
    with pytest.raises(RefusedError):
        kg.infer(ttl("o.ttl", "e:o owl:imports <http://else/> ."), ())
    for odd in (3, [3], None):
        with pytest.raises(UsageError, match="no RDF data"):
            kg.infer(odd, ())


def test_a_verification(kg: KnowledgeGraph, sources: Path) -> None:
    found = kg.verify(sources)
    assert found.is_verified
    assert (len(found.sources), found.mismatches) == (5, ())
    assert found.counts == {"verified": len(found.sources) + len(found.passages)}
    data = plain(found)
    assert list(data) == ["sources", "passages", "mismatches", "counts", "is_verified"]
    assert set(data["passages"][0]) == {"passage", "source", "state"}


def test_a_verification_of_one_source(kg: KnowledgeGraph, sources: Path) -> None:
    every, one = kg.verify(sources), kg.verify(sources, "cas-decade")
    assert [s.passage for s in one.sources] == ["https://w3id.org/bri-kg/source/cas-decade"]
    assert set(one.passages) == {p for p in every.passages if "/cas-decade#" in p.passage}
    assert kg.verify(sources, "https://w3id.org/bri-kg/source/cas-decade") == one
    with pytest.raises(UsageError, match="did you mean 'cas-decade'"):
        kg.verify(sources, "cas-decad")


def test_texts_that_are_missing_or_changed(
    kg: KnowledgeGraph, sources: Path, tmp_path: Path
) -> None:
    assert set(kg.verify(tmp_path).counts) == {"source-missing"}
    for path in sources.glob("*.txt"):
        text = path.read_bytes().decode()
        (tmp_path / path.name).write_bytes(
            text.translate({ord(d): "0" for d in "123456789"}).encode()
        )
    found = kg.verify(tmp_path)
    assert not found.is_verified
    assert set(found.counts) == {"changed", "verified"}
    assert found.mismatches
    assert {"number", "year"} <= {m.kind for m in found.mismatches} <= set(CODES)
    one = kg.verify(tmp_path, "cas-decade")
    assert set(one.mismatches) < set(found.mismatches)
    assert one.mismatches


def test_the_dataset_verifies_as_the_asserted_graph_does(kg: KnowledgeGraph, sources: Path) -> None:
    from bri_kg.dataset.assembly import assert_all
    from bri_kg.stores.memory import Store
    from bri_kg.texts.verification import verification

    assert verification(Store(assert_all(kg.resources)), sources) == kg.verify(sources)


@pytest.mark.slow
def test_our_ontology_passes_its_checks(kg: KnowledgeGraph) -> None:
    report = kg.check()
    assert report.conforms
    assert (report.failed, report.findings, report.left_out) == ((), (), ())


def test_checks_of_anybodys_ontology(kg: KnowledgeGraph, ttl: Any) -> None:
    file = ttl("onto.ttl", ONTOLOGY + " e:o a owl:Ontology ; owl:imports <http://else/> .")
    report = kg.check(file)
    assert isinstance(report, CheckReport)
    assert report.missing == ("http://else/",)
    assert report.failed
    assert {f.code for f in report.findings} == set(report.failed)
    assert not set(report.passed) & set(report.failed)
    assert report.left_out, "rules of our house bind nobody else"
    found = plain(report)
    assert list(found) == ["passed", "failed", "left_out", "missing", "findings", "conforms"]
    assert found["findings"][0]["file"] == str(file)


def test_no_term_may_vanish_from_a_release(kg: KnowledgeGraph, ttl: Any) -> None:
    before = ttl("before.ttl", ONTOLOGY + " e:o a owl:Ontology . e:Gone a owl:Class .")
    after = ttl("after.ttl", ONTOLOGY + " e:o a owl:Ontology .")
    gone = {f.focus for f in kg.check(after, previous=before).findings}
    assert "http://e/Gone" in gone
    assert "http://e/Gone" not in {f.focus for f in kg.check(after).findings}
