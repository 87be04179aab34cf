"""Explanations as data: who says a fact, what agrees and differs, and what an inferred fact follows from."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT

import bri_kg
from bri_kg.answers.derivations import derive
from bri_kg.answers.model import Explanation, Fact, Passage
from bri_kg.answers.tabular import explanation_rows
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import expand, shorten
from bri_kg.stores.memory import Store

RULES = sorted((ROOT / "queries" / "explain" / "rules").glob("*.rq"))
FOUNDERS = "bri-claim:cas-decade-anso-founders"


def short(fact: Fact | None) -> tuple[str, ...]:
    assert fact
    value = fact.object.iri if hasattr(fact.object, "iri") else fact.object.value
    return tuple(map(shorten, (fact.subject.iri, fact.predicate.iri, value)))


def place(passage: Passage) -> tuple[str, int, int]:
    return passage.source.slug, passage.begin, passage.end


def axioms(explanation: Explanation) -> set[tuple[str, ...]]:
    return {short(step.axiom) for step in explanation.steps}


def claims(explanation: Explanation) -> list[str]:
    return [shorten(claim.iri) for claim in explanation.said_by]


@pytest.fixture(scope="module")
def founding(kg: KnowledgeGraph) -> Explanation:
    return kg.explain("bri-org:anso", "bri:isFoundedBy", "bri-org:ras")


def test_a_fact_has_its_claim_with_the_passage(founding: Explanation) -> None:
    assert short(founding.fact) == ("bri-org:anso", "bri:isFoundedBy", "bri-org:ras")
    assert founding.fact and founding.fact.predicate.label == "is founded by"
    assert claims(founding) == [FOUNDERS]
    claim = founding.said_by[0]
    assert (claim.cls.label, claim.factuality.label, claim.rank.label) == (
        "creation claim",
        "achieved",
        "normal",
    )
    assert claim.live and not claim.negated and not claim.open_list
    assert [place(p) for p in claim.evidence] == [("cas-decade", 3036, 3249)]
    assert claim.passages[0].source.title == "the Academy’s page on a decade of the initiative"
    assert founding.is_known and not founding.steps and not founding.references


def test_a_claim_tells_its_parts_and_the_facts_that_follow(founding: Explanation) -> None:
    claim = founding.said_by[0]
    agents = claim.values(str(expand("bri:hasAgent")))
    assert [shorten(agent.iri) for agent in agents] == [  # type: ignore[union-attr]
        "bri-org:cas",
        "bri-org:pas",
        "bri-org:ras",
        "bri-org:unesco",
    ]
    assert [shorten(part.property.iri) for part in claim.parts] == [
        "bri:hasSubject",
        "bri:hasAgent",
        "bri:role",
    ]
    assert (claim.times[0].label, claim.times[0].not_before) == ("2018", "2018-01-01T00:00:00Z")
    assert founding.fact in claim.facts and len(claim.facts) > 4


def test_what_agrees_is_no_rival(founding: Explanation) -> None:
    assert [shorten(c.iri) for c in founding.agrees] == ["bri-comparison:anso-cas-at-the-beginning"]
    assert {c.stance for c in founding.differs} == {"differs"}
    assert "bri-comparison:anso-founders-four-or-one" in [shorten(c.iri) for c in founding.differs]
    assert [shorten(c.iri) for c in founding.related] == [
        "bri-comparison:anso-founding-time",
        "bri-comparison:anso-launch-year",
    ]
    assert all(c.reason and len(c.claims) > 1 for c in founding.differs)


def test_a_comparison_about_the_fact_is_told_from_one_about_other_parts(
    founding: Explanation,
) -> None:
    assert [shorten(c) for c in founding.on_fact] == ["bri-comparison:anso-founders-as-members"]


def test_claims_that_do_not_name_the_founder_are_silent(founding: Explanation) -> None:
    silent = {shorten(claim.iri) for claim in founding.silent}
    assert {"bri-claim:anso-pakistan-anso-initiator", "bri-claim:std-decade-anso-founder"} <= silent
    assert FOUNDERS not in silent


def test_several_claims_say_one_fact(kg: KnowledgeGraph) -> None:
    found = kg.explain("bri-org:anso", "bri:isFoundedBy", "bri-org:cas")
    assert claims(found) == [
        FOUNDERS,
        "bri-claim:cas-decade-anso-lead",
        "bri-claim:std-decade-anso-founder",
    ]
    rows = explanation_rows(found)
    assert len(set(rows.rows)) == len(rows.rows)


def test_a_claim_shows_context_and_what_differs(kg: KnowledgeGraph) -> None:
    found = kg.explain("bri-claim:anso-pakistan-overseas-centres-count")
    assert found.fact is None
    roles = [passage.role for passage in found.said_by[0].passages]
    assert set(roles) == {"evidence", "context"} and roles == sorted(roles, reverse=True)
    named = {shorten(comparison.iri): comparison for comparison in found.differs}
    counted = named["bri-comparison:overseas-centres-nine-or-ten"]
    assert counted.stance == "differs"
    claims = [claim for claim in counted.claims if claim.quantities]
    assert [claim.quantities[0].label for claim in claims] == ["exactly 9", "exactly 10"]
    assert [place(p) for claim in claims for p in claim.evidence] == [
        ("anso-pakistan", 1503, 1546),
        ("cas-decade", 708, 841),
    ]


def test_a_claim_says_which_one_outranks_it_and_why(copy: Path) -> None:
    path = copy / "claims" / "cas-decade.ttl"
    text, count = re.subn(
        r"(bri-claim:cas-decade-overseas-centres-count a bri:QuantityClaim ;)",
        r"\1\n    bri:outranks bri-claim:anso-pakistan-overseas-centres-count ;"
        r'\n    bri:reason "It is later."@en , "较晚。"@zh ;',
        path.read_text(encoding="utf-8"),
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    kg = bri_kg.open(copy, alone=True)
    winner, loser = (
        "bri-claim:cas-decade-overseas-centres-count",
        "bri-claim:anso-pakistan-overseas-centres-count",
    )
    for claim in (winner, loser):
        found = kg.explain(claim)
        [outranking] = found.outranking
        assert (shorten(outranking.winner.iri), shorten(outranking.loser.iri)) == (winner, loser)
        assert outranking.reason and outranking.reason.value == "It is later."
        assert (outranking.winner.live, outranking.loser.live) == (True, False)
        assert outranking.loser.outranked_by == (outranking.winner.iri,)
        rows = explanation_rows(found)
        row = next(row for row in rows if str(row.value("predicate")).endswith("outranks"))
        assert (row.value("subject"), row.value("object")) == (expand(winner), expand(loser))
        assert row.value("claim") == expand(loser if claim == winner else winner)
    described = kg.describe("bri-collection:cas-overseas-science-and-education-centres")
    assert loser in {shorten(claim.iri) for claim in described.silenced}


def test_the_founder_of_schema_org_leads_back_to_the_passage(kg: KnowledgeGraph) -> None:
    found = kg.explain("bri-org:anso", "schema:founder", "bri-org:ras")
    assert not found.said_by
    assert axioms(found) == {("bri:isFoundedBy", "rdfs:subPropertyOf", "schema:founder")}
    [premise] = found.premises
    assert short(premise.fact) == ("bri-org:anso", "bri:isFoundedBy", "bri-org:ras")
    assert claims(premise) == [FOUNDERS]


def test_every_property_that_makes_a_creator_is_named(kg: KnowledgeGraph) -> None:
    assert axioms(kg.explain("bri-org:anso", "bri:isCreatedBy", "bri-org:cas")) == {
        ("bri:isFoundedBy", "rdfs:subPropertyOf", "bri:isCreatedBy"),
        ("bri:isInitiatedBy", "rdfs:subPropertyOf", "bri:isCreatedBy"),
    }


def test_the_other_direction_of_a_cooperation(kg: KnowledgeGraph) -> None:
    found = kg.explain("bri-org:twas", "bri:cooperatesWith", "bri-org:cas")
    assert axioms(found) == {("bri:cooperatesWith", "rdf:type", "owl:SymmetricProperty")}
    assert [claims(premise) for premise in found.premises] == [
        ["bri-claim:cas-decade-twas-cooperation"]
    ]


def test_steps_that_rest_on_inferred_premises_go_down_to_references(kg: KnowledgeGraph) -> None:
    found = kg.explain("bri-place:islamabad", "bri:isWithin", "bri-place:asia")
    assert axioms(found) == {("bri:isWithin", "rdf:type", "owl:TransitiveProperty")}
    assert {short(premise.fact) for premise in found.premises} == {
        ("bri-place:islamabad", "bri:isWithin", "bri-place:pakistan"),
        ("bri-place:pakistan", "bri:isWithin", "bri-place:south-asia"),
        ("bri-place:south-asia", "bri:isWithin", "bri-place:southern-asia"),
        ("bri-place:southern-asia", "bri:isWithin", "bri-place:asia"),
    }
    given = {reference.label for premise in found.premises for reference in premise.references}
    assert "Country codes" in given


def test_a_type_is_explained_by_the_classes_between(kg: KnowledgeGraph) -> None:
    found = kg.explain("bri-org:cas", "a", "prov:Agent")
    assert [short(step.axiom) for step in found.steps] == [
        ("bri:Actor", "rdfs:subClassOf", "prov:Agent"),
        ("bri:Organization", "rdfs:subClassOf", "bri:Actor"),
    ]


def test_identity_data_has_references(kg: KnowledgeGraph) -> None:
    found = kg.explain("Chinese Academy of Sciences", "bri:isBasedIn", "Beijing")
    assert not found.said_by
    assert "Research Organization Registry" in {r.label for r in found.references}


def test_words_are_there_where_the_text_is_and_the_digest_holds(
    kg: KnowledgeGraph, sources: Path, tmp_path: Path
) -> None:
    def passage(texts: Path | None) -> Passage:
        return kg.explain(FOUNDERS, texts=texts).said_by[0].passages[0]

    assert (passage(None).state, passage(None).words) == ("unchecked", None)
    assert (passage(tmp_path).state, passage(tmp_path).words) == ("source-missing", None)
    held = passage(sources)
    assert held.state == "verified" and held.words and len(held.words) == held.end - held.begin
    [name] = [p.name for p in sources.iterdir() if p.name.startswith("000_")]
    (tmp_path / name).write_bytes(b"-" + (sources / name).read_bytes())
    assert (passage(tmp_path).state, passage(tmp_path).words) == ("changed", None)


def test_a_folder_of_texts_that_is_not_there_is_refused(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="BRI231"):
        kg.explain(FOUNDERS, texts=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["bri-org:anso"], "BRI130"),
        (["bri-org:anso", "bri:isFoundedBy"], "BRI131"),
        (["bri-org:anso", "bri:isFoundedBy", "bri-org:asean"], "BRI132"),
        (["bri-org:anso", "bri:isFundedBye", "bri-org:cas"], "BRI120"),
    ],
)
def test_what_is_no_claim_and_no_fact_is_refused(
    kg: KnowledgeGraph, given: list[str], code: str
) -> None:
    with pytest.raises(UsageError) as error:
        kg.explain(*given)
    assert error.value.code == code and error.value.fix


def test_a_fact_without_its_object_names_objects(kg: KnowledgeGraph) -> None:
    with pytest.raises(
        UsageError, match=r"add one of these: .*Russian Academy of Sciences \(bri-org:ras\)"
    ):
        kg.explain("ANSO", "isFoundedBy")
    with pytest.raises(UsageError, match="the graph has nothing for bri-org:cas"):
        kg.explain("CAS", "isFoundedBy")


def test_terms_and_chinese_are_taken_and_given(kg: KnowledgeGraph) -> None:
    nodes = [ox.NamedNode(str(expand(n))) for n in ("bri-org:anso", "bri:isFoundedBy")]
    found = kg.explain(*nodes, "俄罗斯科学院", lang="zh")
    assert found.fact and found.fact.predicate.label == "由…创立"
    assert found.said_by[0].passages[0].source.lang == "zh"
    assert all(c.reason and c.reason.lang == "zh" for c in found.differs)
    with pytest.raises(UsageError, match="BRI124"):
        kg.explain(FOUNDERS, lang="fr")


# --------------------------------------------------- rules, on small stores

EX = "http://example.org/"
SMALL = """
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:part owl:inverseOf ex:whole .
ex:uncle owl:propertyChainAxiom ( ex:parent ex:brother ) .
ex:near a owl:SymmetricProperty .
ex:in a owl:TransitiveProperty .
ex:owns rdfs:domain ex:Owner ; rdfs:range ex:Goods .
ex:Owner rdfs:subClassOf ex:Person .
ex:a ex:whole ex:b ; ex:parent ex:p ; ex:near ex:b ; ex:owns ex:g ; ex:in ex:b .
ex:c ex:part ex:d .
ex:p ex:brother ex:u .
ex:b ex:in ex:c .
ex:c ex:in ex:d .
"""
CLOSED = """
@prefix ex: <http://example.org/> .
ex:b ex:part ex:a ; ex:near ex:a ; ex:in ex:d .
ex:d ex:whole ex:c .
ex:a ex:uncle ex:u ; a ex:Owner , ex:Person ; ex:in ex:c , ex:d .
ex:g a ex:Goods .
"""


def turtle(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("fact", "steps"),
    [
        ("b part a", [("inverseOf", ["a whole b"])]),
        ("d whole c", [("inverseOf", ["c part d"])]),
        ("a uncle u", [("propertyChainAxiom", ["a parent p", "p brother u"])]),
        ("b near a", [("type", ["a near b"])]),
        ("a in c", [("type", ["a in b", "b in c"])]),
        ("a in d", [("type", ["a in b", "b in d"]), ("type", ["b in c", "c in d"])]),
        ("a type Owner", [("domain", ["a owns g"])]),
        ("a type Person", [("subClassOf", ["a type Owner"]), ("domain", ["a owns g"])]),
        ("g type Goods", [("range", ["a owns g"])]),
        ("g type Owner", []),
    ],
)
def test_each_kind_of_rule_names_its_axiom_and_premises(
    fact: str, steps: list[tuple[str, list[str]]]
) -> None:
    stated = {ox.Triple(q.subject, q.predicate, q.object) for q in turtle(SMALL)}
    store = Store([*turtle(SMALL), *turtle(CLOSED)])
    subject, predicate, value = (named(part) for part in fact.split())
    found = derive(ox.Triple(subject, predicate, value), store, RULES, stated.__contains__)
    assert [(local(s.axiom.predicate), [words(p) for p in s.premises]) for s in found] == steps


def named(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(expand("rdf:type")) if name == "type" else EX + name)


def local(term: object) -> str:
    return re.split(r"[/#]", str(getattr(term, "value", term)))[-1]


def words(fact: ox.Triple) -> str:
    return " ".join(local(part) for part in (fact.subject, fact.predicate, fact.object))
