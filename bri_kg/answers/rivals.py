"""What is told otherwise than a fact or a count of a thing: the comparisons that concern it and differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bri_kg.answers.description_model import Count, Description, StatedFact
from bri_kg.answers.explanations import is_on
from bri_kg.answers.model import Comparison

_GRAVEST_FIRST = ("contradicts", "differs", "agrees", "related")


def all_compared(about: Description) -> tuple[Comparison, ...]:
    """Return the comparisons that concern a thing, what it made and what is part of it; the gravest first."""
    compared = (*about.compared, *about.nearby)
    return tuple(sorted(compared, key=lambda one: _GRAVEST_FIRST.index(one.stance)))


def differing(about: Description) -> tuple[Comparison, ...]:
    """Return those of them in which claims contradict each other or differ."""
    return tuple(one for one in all_compared(about) if one.stance in _GRAVEST_FIRST[:2])


def rivals_of_fact(about: Description, stated: StatedFact) -> tuple[Comparison, ...]:
    """Return the comparisons that differ over both ends of a fact."""
    return tuple(
        one
        for one in _holding(differing(about), {claim.iri for claim in stated.claims})
        if is_on(stated.fact, one)
    )


def in_tension(comparisons: Iterable[Comparison]) -> bool:
    """Return whether one of the comparisons is of claims that cannot both hold."""
    return any(one.stance == _GRAVEST_FIRST[0] for one in comparisons)


def rivals_of_count(about: Description, count: Count) -> tuple[Comparison, ...]:
    """Return the comparisons in which the claim of a count is told otherwise."""
    return tuple(_holding(differing(about), {count.claim.iri}))


def _holding(compared: Iterable[Comparison], claims: Collection[str]) -> Iterable[Comparison]:
    return (one for one in compared if any(claim.iri in claims for claim in one.claims))
