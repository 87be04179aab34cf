"""What an import says looks alike: the pairs that the queries find, however many rows are about one thing."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from bri_kg.checking.candidates_of_import import candidates_of
from bri_kg.checking.checks import read_checks, run_check
from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import find
from bri_kg.names import BRI, PREFIXES, source_iri
from bri_kg.stores.memory import Store

Pairs = set[frozenset[str | None]]
_STATED, _COMPARES = ox.NamedNode(BRI + "isStatedIn"), ox.NamedNode(BRI + "compares")


def pairs_found(store: Store, quads: list[ox.Quad], claims: set[str]) -> Pairs:
    """Return the pairs of a claim of an import and one of others that it tells of."""
    found = candidates_of(store, find(), quads, claims, "en")
    return {
        frozenset((one.focus, one.value))
        for one in found
        if (one.focus in claims) != (one.value in claims)
    }


@pytest.fixture(scope="module")
def asserted() -> tuple[ox.Quad, ...]:
    # Comparisons would answer most pairs, so that little were left to find.
    return tuple(quad for quad in assert_all(find()) if quad.predicate != _COMPARES)


@pytest.fixture(scope="module")
def pairs(asserted: tuple[ox.Quad, ...]) -> Pairs:
    """Every pair that the queries find."""
    store, checks = Store(asserted), read_checks(find(), "candidates")
    found = (one for check in checks for one in run_check(check, store, "candidates"))
    return {frozenset((one.focus, one.value)) for one in found}


def test_an_import_finds_what_all_queries_find(asserted: tuple[ox.Quad, ...], pairs: Pairs) -> None:
    told = ox.NamedNode(source_iri("std-decade"))
    claims = {q.subject.value for q in asserted if (q.predicate, q.object) == (_STATED, told)}
    quads = [quad for quad in asserted if getattr(quad.subject, "value", "") in claims]
    store = Store(asserted)
    before = set(store.quads)
    wanted = {pair for pair in pairs if len(pair & claims) == 1}
    assert len(wanted) > 10
    assert pairs_found(store, quads, claims) == wanted
    assert set(store.quads) == before


@pytest.mark.slow
def test_many_rows_about_one_thing_take_time_by_their_number() -> None:
    few, many = (seconds(1_000), seconds(2_000))
    assert many < 2.8 * few + 0.2, (few, many)


def seconds(count: int) -> float:
    """Return the CPU time of looking at so many memberships of one body, of which another source tells one."""
    of = ox.NamedNode
    bri, body = BRI, of("https://example.org/id/org/heron")

    def membership(name: str, source: str, year: int) -> list[ox.Quad]:
        claim, time_ = of(f"https://example.org/claim/{name}"), of(f"{PREFIXES['bri-time']}{year}")
        said = [
            (PREFIXES["rdf"] + "type", of(bri + "MembershipClaim")),
            (bri + "hasSubject", body),
            (bri + "hasObject", of(f"https://example.org/id/org/{name}")),
            (bri + "hasTime", time_),
            (bri + "isStatedIn", of(source_iri(source))),
            (bri + "standing", of(PREFIXES["bri-standing"] + "live")),
        ]
        return [ox.Quad(claim, of(prop), value) for prop, value in said]

    quads = [q for n in range(count) for q in membership(f"row-{n}", "notes", 1950 + n % 60)]
    store = Store([*quads, *membership("other", "elsewhere", 2000)])
    claims = {q.subject.value for q in quads}
    begun = time.process_time()
    pairs_found(store, quads, claims)
    return time.process_time() - begun
