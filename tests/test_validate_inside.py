"""Validation inside a store gives the report that the same data has as a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import pyoxigraph as ox
import pytest
from conftest import Cli
from hypothesis import HealthCheck, given, settings
from shacl_random import PROLOGUE, graphs

from bri_kg import sparql
from bri_kg.checking import store_data, store_shapes
from bri_kg.checking.ontology_checks import check_ontology, check_store
from bri_kg.checking.store_shapes import validate_inside
from bri_kg.checking.store_validation import validate_store
from bri_kg.checking.validation import validate
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, PREFIXES
from bri_kg.rdf.parsing import parse_rdf, read_rdf
from bri_kg.shacl import ShaclReport, validate_shapes
from bri_kg.sparql import lexer, places
from bri_kg.stores.memory import Store

_BLANK = re.compile(r"_:[\w-]+")
TWINS = Path(__file__).parent / "check_twins"


def quads(text: str) -> list[ox.Quad]:
    return list(parse_rdf(text, ox.RdfFormat.TURTLE, "it"))


def said(report: ShaclReport) -> Counter[tuple[str, ...]]:
    """The results, counted; blank nodes have other labels in each."""
    return Counter(
        tuple(_BLANK.sub("_:", part) for part in (*result.key, *map(str, result.messages)))
        for result in report.results
    )


def in_small_batches(store: Store, shapes: list[ox.Quad]) -> ShaclReport:
    with mock.patch.object(store_shapes, "NODES", 2), mock.patch.object(store_data, "_PAGE", 3):
        return validate_inside(store, shapes)


@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(graphs())
def test_random_graphs(texts: tuple[str, str]) -> None:
    store, shapes = Store(quads(texts[0])), quads(texts[1])
    here = said(validate_shapes(store.quads, shapes))
    assert said(validate_inside(store, shapes)) == here
    assert said(in_small_batches(store, shapes)) == here


CHAIN = " ".join(f"ex:n{i} ex:next ex:n{i + 1} ." for i in range(30))
CASES = {
    "a shape is closed": (
        "ex:a a ex:Class ; ex:p 1 ; ex:q 2 , [ ex:r 1 ] . [] a ex:Class ; ex:q 3 .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:Class ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"
        " sh:property [ sh:path ex:p ] .",
        3,
    ),
    "a path goes on and on": (
        CHAIN + " ex:n30 ex:p 1 .",
        "ex:S sh:targetNode ex:n0 ; sh:property"
        " [ sh:path ( [ sh:zeroOrMorePath ex:next ] ex:p ) ; sh:minInclusive 2 ] .",
        1,
    ),
    "a path goes back and back": (
        CHAIN,
        "ex:S sh:targetNode ex:n30 ; sh:property"
        " [ sh:path [ sh:oneOrMorePath [ sh:inversePath ex:next ] ] ; sh:in ( ex:n29 ex:n28 ) ] .",
        28,
    ),
    "classes stand above classes": (
        "ex:C rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A . ex:x a ex:C ; ex:p ex:y , ex:z . ex:y a ex:C .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:class ex:A ] .",
        1,
    ),
    "a class without a name stands between": (
        "ex:C rdfs:subClassOf _:b . _:b rdfs:subClassOf ex:A . ex:x a ex:C .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:nodeKind sh:Literal .",
        1,
    ),
    "a shape is its own target": (
        "ex:x a ex:S . ex:y a ex:T . ex:T rdfs:subClassOf ex:S .",
        "ex:S a rdfs:Class , sh:NodeShape ; sh:nodeKind sh:Literal .",
        2,
    ),
    "focus nodes are texts": (
        'ex:x ex:p "a" , "a"@en , 5 , ex:y .',
        "ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:datatype rdf:langString .",
        3,
    ),
    "siblings must not fit": (
        "ex:h ex:p ex:a , ex:b . ex:a ex:q 1 ; ex:r 1 . ex:b ex:q 2 .",
        "ex:S sh:targetNode ex:h ; sh:property"
        " [ sh:path ex:p ; sh:qualifiedValueShape [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ;"
        "   sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 2 ] ,"
        " [ sh:path ex:other ; sh:qualifiedValueShape [ sh:property [ sh:path ex:r ; sh:minCount 1 ] ] ;"
        "   sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] .",
        2,
    ),
    "a query stands in a node shape": (
        "ex:a a ex:Class ; ex:p 1 . ex:b a ex:Class ; ex:p 1 ; ex:q 2 . ex:c a ex:Class .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:Class ; sh:message 'no q: {$this}' ; sh:severity sh:Warning ;"
        " sh:sparql [ sh:select 'SELECT $this ?value WHERE { $this <http://example.org/p> ?value"
        " FILTER NOT EXISTS { $this <http://example.org/q> ?any } }' ] .",
        1,
    ),
    "a query stands in a property shape": (
        "ex:a a ex:Class ; ex:p 1 , 2 . ex:b a ex:Class ; ex:p 1 .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:Class ; sh:property ex:P . ex:P sh:path ex:p ;"
        " sh:sparql [ sh:select 'SELECT $this ?value WHERE { $this $PATH ?value FILTER (?value > 1) }' ] .",
        1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_report_is_that_of_a_file(name: str) -> None:
    data, wanted, count = CASES[name]
    store, shapes = Store(quads(PROLOGUE + data)), quads(PROLOGUE + wanted)
    here = validate_shapes(store.quads, shapes)
    report = in_small_batches(store, shapes)
    assert (len(report.results), said(report)) == (count, said(here))
    assert [n for n in report.notices if n.leaves_out] == []


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:sparql [ sh:select 'SELECT $this WHERE { { $this a ?x } UNION { FILTER ($this = ex:a) } }' ]",
        "sh:sparql [ sh:select 'SELECT $this WHERE { $this a ?x } LIMIT 1' ]",
        "sh:not [ sh:sparql [ sh:select 'SELECT $this WHERE { $this a ?x }' ] ]",
        "ex:most 1 . ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;"
        " sh:nodeValidator [ sh:select 'SELECT $this WHERE { $this a ?x }' ]",
    ],
)
def test_a_query_for_one_node_at_a_time_is_told_as_left_out(constraint: str) -> None:
    shapes = quads(f"{PROLOGUE} ex:S a sh:NodeShape ; sh:targetNode ex:a ; {constraint} .")
    report = validate_inside(Store(quads(PROLOGUE + "ex:a a ex:Class .")), shapes)
    assert [n.kind for n in report.notices if n.leaves_out] == ["not-in-store"]


def test_a_query_is_not_asked_of_nodes_without_a_name_and_this_is_told() -> None:
    shapes = quads(
        f"{PROLOGUE} ex:S a sh:NodeShape ; sh:targetClass ex:Class ;"
        " sh:sparql [ sh:select 'SELECT $this WHERE { $this a ?x }' ] ."
    )
    report = validate_inside(Store(quads(PROLOGUE + "ex:a a ex:Class . [] a ex:Class .")), shapes)
    assert len(report.results) == 1
    assert [str(n) for n in report.notices if "without a name" in str(n)]


def test_a_batch_that_reaches_too_much_is_divided() -> None:
    data = " ".join(f"ex:n{i} ex:p ex:v{j} ." for i in range(8) for j in range(i))
    store = Store(quads(PROLOGUE + data))
    shapes = quads(
        PROLOGUE + "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:maxCount 3 ] ."
    )
    with mock.patch.object(store_shapes, "_TRIPLES", 5):
        assert said(validate_inside(store, shapes)) == said(validate_shapes(store.quads, shapes))


def test_more_nodes_without_a_name_than_can_be_held_are_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRI_KG_MAX_UNNAMED", "2")
    store = Store(quads(PROLOGUE + "ex:a ex:p [ ex:p 1 ] , [ ex:p 2 ] ."))
    shapes = quads(
        PROLOGUE + "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ."
    )
    with pytest.raises(InputError) as caught:
        validate_inside(store, shapes)
    assert (caught.value.code, caught.value.exit_code) == ("BRI616", 3)


def test_the_release_has_no_findings(kg: KnowledgeGraph) -> None:
    report = validate_store(kg.resources, kg.guarded)
    assert (report.stages, report.findings) == (("terms", "shapes", "claims", "facts"), ())
    assert report.not_run == ("words", "closure", "questions")


MISTAKES = {
    "terms": "<urn:x:c1> a bri:StatmentClaim ; bri:hasSubject bri-org:anzo .",
    "shapes": "bri-claim:anso-pakistan-anso-alliance bri:rank bri-rank:preferred .",
    "claims": "bri-org:cas bri:isFoundedBy bri-org:twas .",
}


@pytest.mark.parametrize(
    "stage",
    [
        pytest.param("terms", marks=pytest.mark.slow),
        "shapes",
        pytest.param("claims", marks=pytest.mark.slow),
    ],
)
def test_a_mistake_laid_over_the_release_is_found_as_in_a_file(
    kg: KnowledgeGraph, tmp_path: Path, stage: str
) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    file = tmp_path / "mine.ttl"
    file.write_text(prefixes + MISTAKES[stage], encoding="utf-8")
    store = Store([*kg.guarded.quads, *read_rdf(file)])
    here, there = validate(kg.resources, [file]), validate_store(kg.resources, store)
    assert there.stages[-1] == stage == here.stages[-1]
    assert bare(there.findings) == bare(here.findings) != []


def bare(findings: Iterable[Finding]) -> list[tuple[str | None, ...]]:
    return sorted(
        (f.code, f.severity, f.message, f.fix, f.focus, f.path, f.value) for f in findings
    )  # type: ignore[type-var]


def test_a_fact_of_a_silenced_claim_is_found_in_the_store(kg: KnowledgeGraph) -> None:
    (row, *_) = kg.guarded.select(
        "SELECT ?c WHERE { GRAPH ?c { ?s ?p ?o } ?c bri:evidence ?e } ORDER BY ?c", limit=1
    )
    claim = ox.NamedNode(str(row.value("c")))
    gone = ox.Quad(
        claim, ox.NamedNode(BRI + "factuality"), ox.NamedNode(BASE + "vocab/factuality/planned")
    )
    kept = [q for q in kg.guarded.quads if (q.subject, q.predicate) != (claim, gone.predicate)]
    other = ox.Quad(claim, claim, claim, ox.NamedNode("urn:a-graph-of-the-users"))
    report = validate_store(kg.resources, Store([*kept, gone, other]))
    assert "fact-of-unrealized-claim" in {f.code for f in report.findings if f.focus == claim.value}
    assert "fact-without-claim" not in {f.code for f in report.findings}


def about(findings: Iterable[Finding]) -> Counter[tuple[str, ...]]:
    """What findings say, without those of a file itself, which a store has none of."""
    return Counter(
        (f.code, f.severity, *(_BLANK.sub("_:", text or "") for text in (f.focus, f.value)))
        for f in findings
        if not (f.focus or "").startswith("file:")
    )


# Twins whose mistakes are those of instances, which are not fetched; or found at another place of the same list.
_OF_INSTANCES = {
    "13-individual-without-name", "13-value-of-other-kind", "14-subclass-outside-rl", "15-address-ill-formed",
    "15-literal-ill-formed", "15-literal-without-datatype",
}  # fmt: skip
_TWINS = sorted(path for path in TWINS.glob("*.ttl") if path.stem not in _OF_INSTANCES)
_QUICK = {"03-blank-node", "07-untyped", "12-unconnected"}


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """The queries of the checks are the same for each twin: each is read, and found fit to be asked, once."""
    lex = cache(lambda reading: tuple(lexer.lex(reading)))
    fit = cache(sparql.refuse_unfit)
    with mock.patch.object(places, "lex", lex), mock.patch.object(sparql, "refuse_unfit", fit):
        yield


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path.stem in _QUICK else pytest.mark.slow, id=path.stem)
        for path in _TWINS
    ],
)
@pytest.mark.usefixtures("read_once")
def test_an_ontology_in_a_store_is_checked_as_in_a_file(path: Path) -> None:
    resources = find()
    here = check_ontology(resources, [path])
    assert about(check_store(resources, Store(read_rdf(path))).findings) == about(here.findings)


def test_instances_are_not_fetched_for_the_checks(kg: KnowledgeGraph) -> None:
    read = 0
    store = Store(kg.guarded.quads)
    select = store.select

    def counted(*args: object, **named: object) -> object:
        nonlocal read
        rows = select(*args, **named)  # type: ignore[arg-type]
        read += len(rows)
        return rows

    with mock.patch.object(store, "select", counted):
        report = check_store(kg.resources, store)
    assert report.findings == ()
    assert read < len(store.quads) / 2


@pytest.mark.parametrize("verb", ["validate", "check"])
def test_files_beside_a_store_are_refused(cli: Cli, tmp_path: Path, verb: str) -> None:
    done = cli(verb, "mine.ttl", "--store", str(tmp_path))
    assert (done.returncode, "BRI723" in done.stderr) == (2, True)


def test_a_file_is_a_store_too(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(PROLOGUE + "ex:a a ex:Class .", encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(
        PROLOGUE + "ex:S a sh:NodeShape ; sh:targetClass ex:Class ; sh:nodeKind sh:Literal .",
        encoding="utf-8",
    )
    data, shapes = str(tmp_path / "data.ttl"), ("--shapes", str(tmp_path / "shapes.ttl"))
    here, there = cli("validate", data, *shapes), cli("validate", "--store", data, *shapes)
    assert (there.returncode, there.stdout) == (1, here.stdout)
