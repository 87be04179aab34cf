"""The rules that make facts of claims: a fact has no time, so what its claim says has ended makes none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from bri_kg.dataset import projection
from bri_kg.dataset.resources import find
from bri_kg.names import BASE, PREFIXES
from bri_kg.stores.memory import Store

STATES = [
    (
        "PositionClaim",
        "bri:role bri-role:chair ; bri:hasObject bri-org:cas",
        {"holdsPostIn", "post"},
    ),
    ("MembershipClaim", "bri:hasObject bri-org:cas", {"isMemberOf"}),
    ("StructureClaim", "bri:role bri-role:part ; bri:hasObject bri-org:cas", {"isPartOf"}),
    ("LocationClaim", "bri:role bri-role:location ; bri:hasPlace bri-place:china", {"isLocatedIn"}),
    (
        "LocationClaim",
        "bri:role bri-role:location ; bri:hasPlace bri-place:china , bri-place:kenya",
        {"hasMembersIn"},
    ),
    ("SupportClaim", "bri:role bri-role:operator ; bri:hasAgent bri-org:cas", {"isOperatedBy"}),
    ("SupportClaim", "bri:role bri-role:keeper ; bri:hasAgent bri-org:cas", {"isKeptBy"}),
]
DEEDS = [
    ("SupportClaim", "bri:role bri-role:funder ; bri:hasAgent bri-org:cas", {"isSupportedBy"}),
    ("CreationClaim", "bri:role bri-role:founder ; bri:hasAgent bri-org:cas", {"isFoundedBy"}),
]
FACTS = """
bri-org:ras a bri:Collection .
bri-role:chair bri:factProperty bri:holdsPostIn .
bri-role:part bri:factProperty bri:isPartOf .
bri-role:location bri:factProperty bri:isLocatedIn .
bri-role:operator bri:factProperty bri:isOperatedBy .
bri-role:keeper bri:factProperty bri:isKeptBy .
bri-role:funder bri:factProperty bri:isSupportedBy .
bri-role:founder bri:factProperty bri:isFoundedBy .
"""


def made(kind: str, parts: str, edtf: str, more: str = "") -> set[str]:
    """Return the properties of the facts of one live claim, whose time is `edtf`."""
    head = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items())
    claim = f"""bri-claim:x a bri:{kind} ; bri:standing bri-standing:live ;
        bri:hasSubject bri-org:ras ; {parts} ; bri:hasTime bri-time:x {more} . bri-time:x bri:edtf "{edtf}" ."""
    quads = ox.parse((head + FACTS + claim).encode(), ox.RdfFormat.TURTLE)
    facts = projection.project(Store(quads), find())
    return {fact.predicate.value.removeprefix(f"{BASE}ontology#") for fact in facts}


@pytest.mark.parametrize(("kind", "parts", "properties"), STATES)
@pytest.mark.parametrize("edtf", ["../2024-05", "2019/2024"])
def test_what_has_ended_makes_no_fact(
    kind: str, parts: str, properties: set[str], edtf: str
) -> None:
    assert made(kind, parts, edtf) == set()


@pytest.mark.parametrize(("kind", "parts", "properties"), STATES)
@pytest.mark.parametrize("edtf", ["2024-05", "2019/..", "../.."])
def test_what_lasts_makes_its_fact(kind: str, parts: str, properties: set[str], edtf: str) -> None:
    assert made(kind, parts, edtf) == properties


@pytest.mark.parametrize(("kind", "parts", "properties"), DEEDS)
def test_a_deed_stays_done(kind: str, parts: str, properties: set[str]) -> None:
    assert properties <= made(kind, parts, "../2024-05")


@pytest.mark.parametrize(("kind", "parts", "properties"), STATES[:2])
def test_where_an_accession_is_told_a_stretch_is_when_it_was_decided(
    kind: str, parts: str, properties: set[str]
) -> None:
    assert (
        made(kind, parts, "2023-11-20/2023-11-21", "; bri:kind bri-accession:admitted")
        == properties
    )
    assert made(kind, parts, "../2023-11-21", "; bri:kind bri-accession:admitted") == set()


def test_those_who_take_turns_do_not_hold_a_post_together() -> None:
    kind, parts, _ = STATES[0]
    assert made(kind, parts, "2019/..", "; bri:kind bri-accession:rotating") == set()
