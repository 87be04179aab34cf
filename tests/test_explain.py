"""Explanations: from a fact or claim to its passages, its rivals, and the axioms of what is inferred."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli

from bri_kg.answers.derivations import derive
from bri_kg.names import BASE, expand
from bri_kg.stores.memory import Store

Table = list[dict[str, str]]
RULES = sorted((ROOT / "queries" / "explain" / "rules").glob("*.rq"))
FOUNDERS = BASE + "claim/cas-decade-anso-founders"
PASSAGE = BASE + "source/cas-decade#char=3036,3249"


def explain(cli: Cli, *args: str, **env: str) -> Table:
    done = cli("explain", *args, "--format", "csv", **env)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def triple(row: dict[str, str]) -> tuple[str, str, str]:
    return row["subject"], row["predicate"], row["object"]


def iris(*names: str) -> tuple[str, ...]:
    found = tuple(expand(name) for name in names)
    assert all(found)
    return tuple(str(iri) for iri in found)


def reasons(table: Table) -> list[str]:
    return [row["why"] for row in table]


def test_a_claim_shows_evidence_context_and_rivals(cli: Cli) -> None:
    table = explain(cli, "bri-claim:anso-pakistan-overseas-centres-count")
    told = reasons(table)
    assert list(dict.fromkeys(told)) == ["evidence", "context", "rival"]
    assert told == sorted(told, key=["evidence", "context", "rival"].index)
    rival = next(
        row
        for row in table
        if row["why"] == "rival" and row["subject"].endswith("/overseas-centres-nine-or-ten")
    )
    assert rival["claim"] == BASE + "claim/cas-decade-overseas-centres-count"
    assert rival["passage"] == BASE + "source/cas-decade#char=708,841"
    assert rival["rank"] == BASE + "vocab/rank/normal"
    assert rival["nature"] == "contradiction"
    assert rival["reason"]


def test_a_claim_says_which_one_outranks_it_and_why(cli: Cli, copy: Path) -> None:
    path = copy / "claims" / "cas-decade.ttl"
    text, count = re.subn(
        r"(bri-claim:cas-decade-overseas-centres-count a bri:QuantityClaim ;)",
        r"\1\n    bri:outranks bri-claim:anso-pakistan-overseas-centres-count ;"
        r'\n    bri:reason "It is later."@en , "较晚。"@zh ;',
        path.read_text(encoding="utf-8"),
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    claims = [
        BASE + "claim/cas-decade-overseas-centres-count",
        BASE + "claim/anso-pakistan-overseas-centres-count",
    ]
    outranks = (claims[0], *iris("bri:outranks"), claims[1])
    for claim, rival in (claims, claims[::-1]):
        found = [row for row in explain(cli, claim, "-g", str(copy)) if triple(row) == outranks]
        assert [(row["why"], row["claim"], row["reason"]) for row in found] == [
            ("rival", rival, "It is later.")
        ]


def test_a_claimed_fact_shows_its_claims_before_their_rivals(cli: Cli) -> None:
    table = explain(cli, "bri-org:anso", "bri:isFoundedBy", "bri-org:cas")
    told = reasons(table)
    assert set(told[told.index("rival") :]) == {"rival"}
    cited = {row["claim"] for row in table if row["why"] == "evidence"}
    assert cited == {
        FOUNDERS,
        BASE + "claim/cas-decade-anso-lead",
        BASE + "claim/std-decade-anso-founder",
    }
    fact = iris("bri-org:anso", "bri:isFoundedBy", "bri-org:cas")
    assert all(triple(row) == fact for row in table if row["why"] == "evidence")
    assert len({tuple(row.values()) for row in table}) == len(table)


def test_the_founder_of_schema_org_leads_back_to_the_passage(cli: Cli) -> None:
    table = explain(cli, "bri-org:anso", "schema:founder", "bri-org:ras")
    assert reasons(table)[:3] == ["axiom", "premise", "evidence"]
    axiom, premise, evidence = table[:3]
    assert triple(axiom) == iris("bri:isFoundedBy", "rdfs:subPropertyOf", "schema:founder")
    assert triple(premise) == iris("bri-org:anso", "bri:isFoundedBy", "bri-org:ras")
    assert triple(evidence) == triple(premise)
    assert (evidence["claim"], evidence["passage"]) == (FOUNDERS, PASSAGE)


def test_every_property_that_makes_a_creator_is_named(cli: Cli) -> None:
    table = explain(cli, "bri-org:anso", "bri:isCreatedBy", "bri-org:cas")
    axioms = {triple(row) for row in table if row["why"] == "axiom"}
    assert axioms == {
        iris("bri:isFoundedBy", "rdfs:subPropertyOf", "bri:isCreatedBy"),
        iris("bri:isInitiatedBy", "rdfs:subPropertyOf", "bri:isCreatedBy"),
    }


def test_the_other_direction_of_a_cooperation(cli: Cli) -> None:
    axiom, premise, evidence = explain(
        cli, "bri-org:twas", "bri:cooperatesWith", "bri-org:cas"
    )[:3]  # fmt: skip
    assert triple(axiom) == iris("bri:cooperatesWith", "rdf:type", "owl:SymmetricProperty")
    assert triple(premise) == iris("bri-org:cas", "bri:cooperatesWith", "bri-org:twas")
    assert evidence["claim"] == BASE + "claim/cas-decade-twas-cooperation"


def test_steps_that_rest_on_inferred_premises_go_down_to_references(cli: Cli) -> None:
    table = explain(cli, "bri-place:islamabad", "bri:isWithin", "bri-place:asia")
    axioms = [triple(row) for row in table if row["why"] == "axiom"]
    assert set(axioms) == {iris("bri:isWithin", "rdf:type", "owl:TransitiveProperty")}
    given = {triple(row) for row in table if row["why"] == "reference"}
    assert given == {
        iris("bri-place:islamabad", "bri:isWithin", "bri-place:pakistan"),
        iris("bri-place:pakistan", "bri:isWithin", "bri-place:south-asia"),
        iris("bri-place:south-asia", "bri:isWithin", "bri-place:asia"),
    }
    assert {row["source"] for row in table if row["why"] == "reference"} >= {"Country codes"}


def test_a_type_is_explained_by_the_classes_between(cli: Cli) -> None:
    table = explain(cli, "bri-org:cas", "a", "prov:Agent")
    assert [triple(row) for row in table if row["why"] == "axiom"] == [
        iris("bri:Actor", "rdfs:subClassOf", "prov:Agent"),
        iris("bri:Organization", "rdfs:subClassOf", "bri:Actor"),
    ]


def test_digests_are_checked_where_the_texts_are(cli: Cli, sources: Path) -> None:
    with_texts = explain(cli, FOUNDERS, "--sources", str(sources))
    assert {row["digest"] for row in with_texts} == {"verified"}
    assert (with_texts[0]["begin"], with_texts[0]["end"]) == ("3036", "3249")
    done = cli("explain", FOUNDERS, "--format", "csv", BRI_KG_SOURCES="")
    assert "digests are not checked" in done.stderr
    assert {row["digest"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"unchecked"}


def test_what_is_no_claim_and_no_fact_is_refused(cli: Cli) -> None:
    for given in (
        ["bri-org:anso"],
        ["bri-org:anso", "bri:isFoundedBy"],
        ["bri-org:anso", "bri:isFoundedBy", "bri-org:asean"],
        ["bri-org:anso", "bri:isFundedBye", "bri-org:cas"],
    ):
        done = cli("explain", *given)
        assert done.returncode == 2, given
        assert "fix: " in done.stderr


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
