"""Documents that nobody had modelled: laid over our graph they validate, and give their facts back."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

import bri_kg
from bri_kg.checking.question_coverage import reach as reach_of
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES

FOLDER = ROOT / "tests" / "unseen"
INVENTED = ("newsletter", "agreement", "minutes")
EXAMPLES = ("hungary", "scholarship", "data-centre")
OWN = "https://example.org/unseen/"


class Fact(NamedTuple):
    """A line of facts.tsv: a fact of a document, how well it entered, and the pattern that asks for it."""

    document: str
    number: int
    entered: str
    ask: str


@cache
def facts() -> tuple[Fact, ...]:
    with (FOLDER / "facts.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert tuple(next(rows)) == ("document", "fact", "entered", "ask")
        return tuple(Fact(row[0], int(row[1]), row[2], row[3]) for row in rows)


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
    return bri_kg.open(folder / "graph")


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


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact.document}-{fact.number}")
def test_a_fact_is_given_back(laid_over: KnowledgeGraph, kg: KnowledgeGraph, fact: Fact) -> None:
    ask = f"BASE <{BASE}>\nPREFIX x: <{OWN}>\nASK {{ {fact.ask} }}"
    assert laid_over.query(ask) is True
    assert kg.query(ask) is False, "it is none of ours"


@pytest.mark.parametrize("document", INVENTED)
def test_the_list_is_the_one_that_was_made_before(document: str) -> None:
    text = (FOLDER / f"{document}.facts.md").read_text(encoding="utf-8")
    listed = [int(number) for number in re.findall(r"^([0-9]+)\. ", text, re.MULTILINE)]
    assert listed == [fact.number for fact in facts() if fact.document == document]
    assert listed == list(range(1, len(listed) + 1))


def test_nearly_all_enters_and_nothing_with_a_serious_loss() -> None:
    entered = Counter(fact.entered for fact in facts() if fact.document in INVENTED)
    assert set(entered) <= {"whole", "small-loss"}
    assert entered["whole"] / entered.total() >= 0.95


def test_no_term_was_added_for_them() -> None:
    """What a document brings is its own things and concepts: no class, no property."""
    for document in (*INVENTED, *EXAMPLES):
        text = turtle(document).read_text(encoding="utf-8")
        assert not re.search(r"\ba (?:owl|rdfs|rdf):|subClassOf|subPropertyOf", text)
        described = re.findall(r"^([\w-]+):[\w-]+ a ", text, re.MULTILINE)
        assert set(described) == {"bri-claim", "x"}
        for prefix, namespace in re.findall(r"@prefix ([\w-]+): <([^>]+)>", text):
            assert {**PREFIXES, "x": OWN}[prefix] == namespace


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
