"""Documents that nobody had modelled: laid over our graph they validate, and give their facts back."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

import bri_kg
from bri_kg.checking.question_coverage import reach as reach_of
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES

FOLDER = ROOT / "tests" / "unseen"
INVENTED = ("newsletter", "agreement", "minutes")
EXAMPLES = ("hungary", "scholarship", "data-centre")
OWN = "https://example.org/unseen/"
NOTES = ("inScheme", "broader", "prefLabel", "altLabel", "definition")


class Fact(NamedTuple):
    """A line of facts.tsv: a fact of a document, and the pattern that asks for it."""

    document: str
    number: int
    ask: str


class Listed(NamedTuple):
    """A line of the list that a reader made from the text alone."""

    weight: str
    words: str


@cache
def facts() -> tuple[Fact, ...]:
    with (FOLDER / "facts.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert tuple(next(rows)) == ("document", "fact", "ask")
        return tuple(Fact(row[0], int(row[1]), row[2]) for row in rows)


@cache
def listed(document: str) -> dict[int, Listed]:
    text = (FOLDER / f"{document}.facts.md").read_text(encoding="utf-8")
    lines = re.findall(r"^([0-9]+)\. \[(essential|detail)\] (.+)$", text, re.MULTILINE)
    return {int(number): Listed(weight, words) for number, weight, words in lines}


def asking(fact: Fact) -> str:
    return f"BASE <{BASE}>\nPREFIX x: <{OWN}>\nASK {{ {fact.ask} }}"


@cache
def parsed(document: str) -> Graph:
    return Graph().parse(turtle(document))


def terms_of_claims(document: str) -> Iterator[Node]:
    for subject, predicate, term in parsed(document):
        if str(subject).startswith(f"{BASE}claim/"):
            yield from (predicate, term)


def short(term: Node) -> str:
    """Return the prefixed name of a term or concept of the ontology, or nothing."""
    for prefix, namespace in PREFIXES.items():
        if namespace.startswith((f"{BASE}ontology#", f"{BASE}vocab/")) and str(term).startswith(
            namespace
        ):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return ""


def own_concepts() -> set[str]:
    return {
        str(node)
        for document in INVENTED
        for node in parsed(document).subjects(RDF.type, SKOS.Concept)
    }


def turtle(document: str) -> Path:
    return FOLDER / f"{document}.ttl"


@pytest.fixture(scope="module")
def laid_over(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> KnowledgeGraph:
    """Our graph with the six documents in it."""
    folder = tmp_path_factory.mktemp("unseen")
    for room in ("graph", "ontology", "queries"):
        shutil.copytree(ROOT / room, folder / room)
    for document in (*INVENTED, *EXAMPLES):
        shutil.copy(turtle(document), folder / "graph" / "claims")
    return bri_kg.open(folder / "graph", alone=True)


@pytest.mark.parametrize("document", [*INVENTED, *EXAMPLES])
def test_a_document_validates_over_our_graph(
    kg: KnowledgeGraph, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    report = kg.validate([turtle(document)])
    assert [finding.code for finding in report.findings] == []
    assert report.stages == ("terms", "shapes", "claims", "facts", "closure")


@pytest.mark.parametrize("document", [*INVENTED, *EXAMPLES])
def test_its_passages_are_the_words_of_its_text(laid_over: KnowledgeGraph, document: str) -> None:
    found = laid_over.verify(FOLDER, document)
    assert set(found.counts) == {"verified"}
    assert len(found.passages) > 3
    beyond = [m for m in found.mismatches if m.kind in ("year", "number", "speaker")]
    # Chinese number words and scales are beyond the reader of numbers: 两, 万.
    assert [m.value for m in beyond if document != "minutes" or m.kind != "number"] == []


@pytest.mark.parametrize(
    "fact",
    [fact for fact in facts() if fact.document in EXAMPLES],
    ids=lambda fact: f"{fact.document}-{fact.number}",
)
def test_a_fact_is_given_back(laid_over: KnowledgeGraph, kg: KnowledgeGraph, fact: Fact) -> None:
    assert laid_over.query(asking(fact)) is True
    assert kg.query(asking(fact)) is False, "it is none of ours"


def test_nearly_all_facts_enter_and_no_essential_one_is_lost(
    laid_over: KnowledgeGraph, kg: KnowledgeGraph
) -> None:
    """A fact without a pattern has not entered; one whose pattern finds nothing is lost."""
    invented = [fact for fact in facts() if fact.document in INVENTED]
    for document in INVENTED:
        assert [fact.number for fact in invented if fact.document == document] == list(
            listed(document)
        )
    lost = [fact for fact in invented if not fact.ask or laid_over.query(asking(fact)) is False]
    told = [
        f"{fact.document} {fact.number}: {listed(fact.document)[fact.number].words}"
        for fact in lost
    ]
    assert 1 - len(lost) / len(invented) >= 0.95, told
    assert [
        line
        for fact, line in zip(lost, told, strict=True)
        if listed(fact.document)[fact.number].weight == "essential"
    ] == []
    assert [fact for fact in invented if fact.ask and kg.query(asking(fact)) is True] == [], (
        "none is ours"
    )


@pytest.mark.parametrize("document", INVENTED)
def test_a_fact_is_asked_from_what_the_text_names(document: str) -> None:
    """No pattern names a set, a group or a claim, which only carry a fact, and none reads a label or a summary."""
    bri = f"{BASE}ontology#"
    carriers = {
        str(node).removeprefix(OWN)
        for carrier in ("ActorGroup", "Collection")
        for node in parsed(document).subjects(RDF.type, URIRef(bri + carrier))
    }
    for fact in facts():
        if fact.document == document:
            named = re.findall(r"\bx:([\w-]+)", fact.ask)
            assert named or f"<source/{document}>" in fact.ask
            assert not carriers & set(named), (fact, carriers & set(named))
            assert not re.search(
                r"bri-claim:|prefLabel|altLabel|definition|summary|REGEX|CONTAINS", fact.ask
            )


@pytest.mark.parametrize(
    ("document", "body"), list(zip(INVENTED, ("ashn", "laboratory", "alliance"), strict=True))
)
def test_claims_tie_everything_to_the_body(
    laid_over: KnowledgeGraph, document: str, body: str
) -> None:
    """What shares no more than a label with the body that a text is about stands on an island."""
    ties = laid_over.query(f"""BASE <{BASE}>
        SELECT ?claim ?thing WHERE {{
          ?claim bri:isStatedIn <source/{document}> .
          {{ ?claim bri:involves ?thing }} UNION {{ ?claim bri:hasSubject|bri:hasObject ?thing }}
        }}""")
    islands: list[set[str]] = []
    claims: dict[str, set[str]] = {}
    for row in ties:
        claims.setdefault(str(row.value("claim")), set()).add(str(row.value("thing")))
    for things in claims.values():
        met = [island for island in islands if island & things]
        islands = [island for island in islands if not island & things]
        islands.append(things.union(*met))
    assert [sorted(island) for island in islands if f"{OWN}{body}" not in island] == []


def test_classes_and_properties_are_those_of_the_ontology() -> None:
    """What a document brings is its own things, and concepts under the schemes that the ontology has."""
    ontology = Graph()
    for file in sorted((ROOT / "ontology").rglob("*.ttl")):
        if "releases" not in file.parts:
            ontology.parse(file)
    for document in (*INVENTED, *EXAMPLES):
        graph = parsed(document)
        terms = set(graph.predicates()) | set(graph.objects(None, RDF.type))
        ours = {term for term in terms if str(term).startswith(BASE)}
        assert [term for term in ours if (term, RDFS.isDefinedBy, None) not in ontology] == []
        assert terms - ours <= {RDF.type, SKOS.Concept, *(SKOS[n] for n in NOTES), DCTERMS.source}
        described = {
            str(node) for node in graph.subjects(RDF.type, None) if isinstance(node, URIRef)
        }
        assert [
            node
            for node in described
            if not node.startswith((OWN, f"{BASE}claim/", f"{BASE}source/"))
        ] == []
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            scheme = graph.value(concept, SKOS.inScheme, any=False)
            assert (scheme, RDF.type, SKOS.ConceptScheme) in ontology
            assert graph.value(concept, URIRef(f"{BASE}ontology#factProperty")) in {
                None,
                *ontology.objects(None, URIRef(f"{BASE}ontology#factProperty")),
            }


def test_the_page_names_their_own_concepts_and_what_only_they_use() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(x:[\w-]+)`", page))
    assert named == {f"x:{node.removeprefix(OWN)}" for node in own_concepts()}
    files = [*sorted((ROOT / "graph").rglob("*.ttl")), *map(turtle, EXAMPLES)]
    elsewhere = "".join(file.read_text(encoding="utf-8") for file in files)
    used = {short(term) for document in INVENTED for term in terms_of_claims(document)} - {""}
    alone = {name for name in used if not re.search(rf"\b{name}\b(?!-)", elsewhere)}
    assert [name for name in sorted(alone) if f"`{name}`" not in page] == []


def test_what_the_findings_asked_for_is_used_by_data(laid_over: KnowledgeGraph) -> None:
    """A term enters the ontology when data uses it: these six documents are data beside the five."""
    terms = reach_of(laid_over.release.store(), ())
    assert [term.term for term in terms if not term.populated] == []
    for scheme in ("accession", "role"):
        rows = laid_over.query(f"""SELECT ?concept WHERE {{
            ?concept skos:inScheme <{BASE}vocab/{scheme}>
            FILTER NOT EXISTS {{ ?narrower skos:broader ?concept }}
            FILTER NOT EXISTS {{ ?claim ?part ?concept . FILTER (?part IN (bri:role, bri:kind)) }} }}""")
        assert [str(row.value("concept")) for row in rows] == []
