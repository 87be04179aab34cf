"""The ontology is OWL 2 RL and OWL 2 DL, consistent, and every kind of axiom in it bites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from dl_reasoners import CONTRADICTORY, FINE, Verdict, ask_hermit, ask_rustdl
from owl_oracle import close_by_owlrl

from bri_kg.checking.checks import read_check, run_check
from bri_kg.checking.ontologies import given, packaged
from bri_kg.dataset.resources import find
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES
from bri_kg.reasoner import infer
from bri_kg.stores.memory import Store

CHECKS = sorted((ROOT / "queries" / "checks" / "ontology").glob("1[345]-*.rq"))
TWINS = ROOT / "tests" / "check_twins"
_OWL = PREFIXES["owl"]
_TYPE = PREFIXES["rdf"] + "type"
Quads = list[ox.Quad]


SOME_MEMBER = "[ a owl:Restriction ; owl:onProperty bri:isMemberOf ; owl:someValuesFrom bri:Actor ]"


# What is proved: the imports of bri.ttl as one document, and that with the alignments.


def import_closure(with_alignments: bool) -> dict[Path, tuple[ox.Quad, ...]]:
    """The files that bri.ttl imports, found by their own ontology IRIs, and itself."""
    files = packaged(find()).files
    headers = {
        quad.subject: path
        for path, quads in files.items()
        for quad in quads
        if quad.predicate.value == _TYPE and quad.object == ox.NamedNode(_OWL + "Ontology")
    }
    waiting: list[object] = [ox.NamedNode(BASE + "ontology")]
    if with_alignments:
        waiting += [iri for iri, path in headers.items() if path.parent.name == "alignments"]
    found: dict[Path, tuple[ox.Quad, ...]] = {}
    while waiting:
        path = headers[waiting.pop()]  # type: ignore[index]
        if path not in found:
            found[path] = files[path]
            waiting += [q.object for q in files[path] if q.predicate.value == _OWL + "imports"]
    return found


def merged(with_alignments: bool) -> Quads:
    return [quad for quads in import_closure(with_alignments).values() for quad in quads]


BOTH = pytest.mark.parametrize("with_alignments", [False, True], ids=["closure", "alignments too"])


def test_the_import_closure_is_every_module() -> None:
    rooms = ROOT / "ontology"
    assert set(import_closure(False)) == {rooms / "bri.ttl", *(rooms / "modules").glob("*.ttl")}
    assert set(import_closure(True)) - set(import_closure(False)) == set(
        (rooms / "alignments").glob("*.ttl")
    )


@BOTH
def test_a_profile_checker_finds_nothing_outside_rl_and_dl(with_alignments: bool) -> None:
    store = ox.Store()
    store.extend(merged(with_alignments))
    found = _profiles(store)
    assert found == {"rl": {}, "dl": {}}
    broken = f"bri:isMemberOf a owl:DatatypeProperty . bri:Actor rdfs:subClassOf {SOME_MEMBER} ."
    store.extend(parse(broken))
    assert all(_profiles(store).values())


def _profiles(store: ox.Store) -> dict[str, dict[str, int]]:
    tool = pytest.importorskip("pyowl2_profiles")
    result = tool.detect_profiles(store)
    return {name: result[name]["violations_by_axiom_type"] for name in ("rl", "dl")}


@BOTH
@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_our_own_checks_find_nothing_that_the_tool_overlooks(
    check: Path, with_alignments: bool
) -> None:
    ontology = given(sorted(import_closure(with_alignments)))
    assert ontology.missing == ()
    assert list(run_check(read_check(check), ontology.store, "ontology")) == []


@pytest.fixture(scope="session")
def document() -> Store:
    """Ontology, vocabularies, alignments and the whole graph: what a user of DL tools would load."""
    return given(find().data_files()).store


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_the_graph_keeps_to_dl_too(check: Path, document: Store) -> None:
    """Only OWL 2 DL lets a reasoner read the facts: no literal for a thing, no year for a number."""
    assert list(run_check(read_check(check), document, "graph")) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_each_check_finds_all_that_is_wrong_in_its_twin_and_no_more(check: Path) -> None:
    """What is wrong in a twin is named so."""
    twin = TWINS / f"{check.stem}.ttl"
    ontology = given([twin])
    terms = {term for quad in ontology.files[twin] for term in (quad.subject, quad.object)}
    wrong = {
        term.value
        for term in terms
        if isinstance(term, ox.NamedNode) and re.search(r"#wrong", term.value)
    }
    found = {finding.focus for finding in run_check(read_check(check), ontology.store, "twin")}
    assert found == (wrong or set(ontology.names))


# Consistent, and no class is empty.

Ask = Callable[[Iterable[ox.Quad], Path], Verdict]
REASONERS = pytest.mark.parametrize(
    "ask", [pytest.param(ask_hermit, marks=pytest.mark.slow), ask_rustdl], ids=["HermiT", "rustdl"]
)


@REASONERS
@BOTH
def test_the_ontology_is_consistent_and_no_class_is_empty(
    ask: Ask, with_alignments: bool, tmp_path: Path
) -> None:
    assert ask(merged(with_alignments), tmp_path) == FINE


@REASONERS
def test_an_empty_class_is_found(ask: Ask, tmp_path: Path) -> None:
    empty = parse(":Empty a owl:Class ; rdfs:subClassOf bri:City , bri:Person .")
    assert ask([*merged(False), *empty], tmp_path) == Verdict(True, frozenset({_NS + "Empty"}))


@REASONERS
def test_the_real_graph_is_consistent(ask: Ask, kg: KnowledgeGraph, tmp_path: Path) -> None:
    """Everything asserted and every fact; with one wrong fact more it no longer is."""
    parts = (kg.release.part(name) for name in ("asserted", "facts"))
    quads = [q for part in parts for q in ox.parse(path=str(part), format=ox.RdfFormat.N_QUADS)]
    assert len(quads) > 10_000
    assert ask(quads, tmp_path) == FINE
    wrong = parse("<id/org/cas> a bri:Place .")
    assert ask([*quads, *wrong], tmp_path) == CONTRADICTORY


# One planted contradiction for each kind of axiom in use; only axioms of that kind set it off.

_NS = "http://example.org/"
_PROLOGUE = f"@base <{BASE}> . @prefix : <{_NS}> . " + "".join(
    f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("bri", "owl", "rdfs", "skos", "xsd")
)
ONLY = "a [ a owl:Restriction ; owl:onProperty {} ; owl:allValuesFrom {} ] ."
PLANTS = {
    "rdfs:subClassOf": ":x a bri:City , bri:Actor .",
    "owl:disjointWith": ":x a bri:Actor , bri:Place .",
    "rdfs:domain of object property": ":x bri:isBasedIn :y ; a bri:Person .",
    "rdfs:domain of data property": ':x bri:isoAlpha2 "PK" ; a bri:Region .',
    "rdfs:range of object property": ":x bri:isBasedIn :y . :y a bri:Actor .",
    "rdfs:range of data property": ':x bri:latitude "north" .',
    "rdfs:subPropertyOf": ":x bri:isFundedBy :y ; a bri:City . :y a bri:Person . :x "
    + ONLY.format("bri:isSupportedBy", "bri:Organization"),
    "owl:TransitiveProperty": ":x bri:isWithin :y . :y bri:isWithin :z . :z a bri:City . :x "
    + ONLY.format("bri:isWithin", "bri:Region"),
    "owl:SymmetricProperty": ":x bri:cooperatesWith :y ; a bri:Person . :y "
    + ONLY.format("bri:cooperatesWith", "bri:Organization"),
    "owl:FunctionalProperty": ":x bri:isPassageOf :y , :z . :y owl:differentFrom :z .",
}
# What one of the four cannot find, and why.
BLIND = {
    ("owlrl", "rdfs:range of data property"): "it does not hold literals against a range",
}

_KINDS = """
SELECT DISTINCT ?kind WHERE {
  { ?term ?axiom ?object
    FILTER (?axiom NOT IN (rdf:type, rdf:first, rdf:rest, rdfs:domain, rdfs:range, rdfs:label, rdfs:comment,
            rdfs:seeAlso, rdfs:isDefinedBy, owl:imports, owl:versionIRI, owl:versionInfo, owl:priorVersion,
            owl:deprecated)) }
  UNION
  { ?term a ?axiom
    FILTER (?axiom NOT IN (owl:Ontology, owl:Class, owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty,
            owl:NamedIndividual, owl:Restriction)) }
  UNION
  { ?term a ?sort ; ?axiom ?object
    VALUES ?axiom { rdfs:domain rdfs:range }
    VALUES (?sort ?of) { (owl:ObjectProperty " of object property") (owl:DatatypeProperty " of data property") } }
  FILTER (STRSTARTS(STR(?axiom), STR(owl:)) || STRSTARTS(STR(?axiom), STR(rdfs:)))
  BIND (CONCAT(REPLACE(REPLACE(STR(?axiom), STR(owl:), "owl:"), STR(rdfs:), "rdfs:"), COALESCE(?of, "")) AS ?kind)
}"""


def parse(turtle: str) -> Quads:
    return list(ox.parse((_PROLOGUE + turtle).encode(), ox.RdfFormat.TURTLE))


def test_every_kind_of_axiom_in_use_has_a_planted_contradiction() -> None:
    kinds = {str(row.value("kind")) for row in Store(merged(True)).select(_KINDS)}
    assert kinds == set(PLANTS)


def logic() -> Quads:
    """The axioms and declarations without headers and annotations: all that a reasoner reads."""
    quads = merged(False)
    silent = {q.subject for q in quads if q.object == ox.NamedNode(_OWL + "AnnotationProperty")}
    return [
        q for q in quads
        if q.predicate not in silent
        and not q.predicate.value.endswith(("#isDefinedBy", "#imports", "#versionIRI", "#versionInfo"))
    ]  # fmt: skip


def _without(kind: str, quads: Quads) -> Quads:
    """The same without the axioms of a kind."""
    axiom, _, sort = kind.partition(" of ")
    prefix, _, name = axiom.partition(":")
    iri = ox.NamedNode(PREFIXES[prefix] + name)
    of = {"object property": "ObjectProperty", "data property": "DatatypeProperty", "": ""}[sort]
    about = {q.subject for q in quads if not of or q.object == ox.NamedNode(_OWL + of)}
    return [q for q in quads if q.subject not in about or iri not in (q.predicate, q.object)]


def _owlrl_is_fine(quads: Quads, _: Path) -> Verdict:
    return CONTRADICTORY if close_by_owlrl(quads)[1] else FINE


def _own_is_fine(quads: Quads, _: Path) -> Verdict:
    return CONTRADICTORY if infer(quads).contradictions else FINE


@pytest.mark.parametrize("kind", PLANTS)
@pytest.mark.parametrize(
    ("name", "ask"),
    [
        pytest.param("HermiT", ask_hermit, marks=pytest.mark.slow),
        ("rustdl", ask_rustdl),
        pytest.param("owlrl", _owlrl_is_fine, marks=pytest.mark.slow),
        ("bri-kg", _own_is_fine),
    ],
    ids=["HermiT", "rustdl", "owlrl", "bri-kg"],
)
def test_a_planted_contradiction_is_found(name: str, ask: Ask, kind: str, tmp_path: Path) -> None:
    found = ask([*logic(), *parse(PLANTS[kind])], tmp_path)
    assert found == (FINE if (name, kind) in BLIND else CONTRADICTORY)


@pytest.mark.parametrize("kind", PLANTS)
def test_a_plant_is_set_off_by_axioms_of_its_kind(kind: str) -> None:
    quads = logic()
    assert not infer([*_without(kind, quads), *parse(PLANTS[kind])]).contradictions
