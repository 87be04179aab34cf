"""The numbers around a thing: of what it made, hosts or signed, and of those with whom it did so; those of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bri_kg.answers.claims import read_claims
from bri_kg.answers.description_model import Count
from bri_kg.answers.descriptions import counts_of
from bri_kg.answers.model import Named
from bri_kg.answers.node_lookups import claims_that_name
from bri_kg.answers.scope import Ground, iri, names_of
from bri_kg.plain import Plain


@dataclass(frozen=True)
class NearbyCount(Plain):
    """A count as stated, and the things that it is near to; its claim says how far it has come about."""

    near: tuple[Named, ...]
    count: Count


def nearby_counts(ground: Ground, things: Iterable[str]) -> tuple[NearbyCount, ...]:
    """Return the counts around things, what has come about first; none that is about one of them itself."""
    return _counts(ground, "counts-nearby", things)


def counts_that_name(ground: Ground, things: Iterable[str]) -> tuple[NearbyCount, ...]:
    """Return the counts that have come about and name one of some things, in whatever part."""
    near: dict[str, list[str]] = {}
    for thing in things:
        for claim in claims_that_name(ground.store.quads, thing):
            near.setdefault(claim, []).append(thing)
    return tuple(one for one in _read(ground, near) if one.count.claim.live)


def counts_of_kinds(ground: Ground, kinds: Iterable[str]) -> tuple[NearbyCount, ...]:
    """Return the counts of what is of some kinds or narrower ones, from all sources, what has come about first."""
    return _counts(ground, "counts-of-kinds", kinds)


def _counts(ground: Ground, query: str, things: Iterable[str]) -> tuple[NearbyCount, ...]:
    near: dict[str, list[str]] = {}
    for row in ground.select_each(query, "thing", things):
        near.setdefault(iri(row["claim"]), []).append(iri(row["thing"]))
    return _read(ground, near)


def _read(ground: Ground, near: Mapping[str, list[str]]) -> tuple[NearbyCount, ...]:
    """Return the counts of claims, each with the things that it is near to."""
    names = names_of(ground, (thing for of in near.values() for thing in of))
    claims = read_claims(ground, near)
    ordered = sorted(claims.values(), key=lambda claim: (not claim.live, claim.iri))
    return tuple(
        NearbyCount(tuple(map(names.named, near[claim.iri])), count)
        for claim in ordered
        for count in counts_of(claim)
    )
