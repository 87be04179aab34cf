"""The whole graph in a few numbers, and one fact that shows what it can tell."""

from __future__ import annotations

from dataclasses import dataclass

from bri_kg.answers.scope import Ground, Triple, iri
from bri_kg.plain import Plain


@dataclass(frozen=True)
class Totals(Plain):
    """How many there are; `ahead` are the claims among them of what has not come about."""

    claims: int = 0
    ahead: int = 0
    sources: int = 0
    passages: int = 0
    comparisons: int = 0


def totals(ground: Ground) -> Totals:
    """Return how many claims, sources, passages and comparisons there are."""
    found = {iri(row["what"]): row.value("number") for row in ground.select("totals")}
    return Totals(**{what: n for what, n in found.items() if isinstance(n, int)})


def telling_fact(ground: Ground) -> Triple | None:
    """Return a fact that several sources state and over which some differ, None where claims are not compared."""
    for row in ground.select("telling-fact"):
        subject, predicate, value = row["s"], row["p"], row["o"]
        if subject and predicate and value:
            return subject, predicate, value
    return None
