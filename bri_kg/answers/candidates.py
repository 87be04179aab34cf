"""Pairs of claims that wait for a comparison, those first that are most worth an editor's time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import pyoxigraph as ox

from bri_kg.answers.claims import read_claims
from bri_kg.answers.model import Candidate
from bri_kg.answers.scope import Ground, iri
from bri_kg.checking.checks import Check, read_checks
from bri_kg.plain import Several
from bri_kg.rdf.rows import Row

Pair = tuple[str, str]


@dataclass(frozen=True)
class _Found:
    """A pair that a query finds, and how much the query holds it to be worth a comparison."""

    pair: Pair
    check: Check
    weight: int


def candidates(ground: Ground, thing: ox.NamedNode | None = None) -> tuple[Candidate, ...]:
    """Return the pairs of claims that the queries of `queries/checks/candidates/` find, the weightiest first.

    A pair is there once, with all the reasons for it. With a thing, only those of which it is one side,
    or named by one side.
    """
    naming: set[str] | None = None
    if thing is not None:
        naming = {*ground.column("claims-naming", "claim", thing=thing), thing.value}
    by_pair: dict[Pair, list[_Found]] = defaultdict(list)
    for found in _found(ground):
        if naming is None or not naming.isdisjoint(found.pair):
            by_pair[found.pair].append(found)
    claims = read_claims(ground, {claim for pair in by_pair for claim in pair})
    known = {pair: _heaviest(of) for pair, of in by_pair.items() if claims.keys() >= set(pair)}
    return Several(
        Candidate(
            check=known[pair][0].check.name,
            summary=known[pair][0].check.wording(ground.lang),
            claims=(claims[pair[0]], claims[pair[1]]),
            weight=known[pair][0].weight,
            also=tuple(found.check.wording(ground.lang) for found in known[pair][1:]),
        )
        for pair in ranked({pair: of[0].weight for pair, of in known.items()})
    )


def ranked(weights: dict[Pair, int]) -> tuple[Pair, ...]:
    """Return pairs by their weight; one with a claim that stands higher up already gives way, each time more.

    Ten pairs of which each has its own claims tell an editor more than ten ways to pair the same few.
    """
    seen: Counter[str] = Counter()

    def worth(pair: Pair) -> float:
        return weights[pair] / (1 + sum(seen[claim] for claim in pair) / 3)

    waiting = [(-float(weight), pair) for pair, weight in weights.items()]
    heapify(waiting)
    order: list[Pair] = []
    while waiting:
        before, pair = heappop(waiting)
        # What a pair is worth only falls, so that the first one whose worth still holds is the best.
        if -before > worth(pair):
            heappush(waiting, (-worth(pair), pair))
            continue
        seen.update(pair)
        order.append(pair)
    return tuple(order)


def _found(ground: Ground) -> Iterator[_Found]:
    for check in read_checks(ground.resources, "candidates"):
        rows = ground.store.select(check.query, file=str(check.file))
        yield from (
            _Found((iri(row["focus"]), iri(row["value"])), check, _weight(row)) for row in rows
        )


def _weight(row: Row) -> int:
    """Return the weight that a row gives; a query of a collection may give none."""
    weight = row.get("weight")
    return int(weight.value) if weight is not None and weight.value.isdecimal() else 0


def _heaviest(found: Iterable[_Found]) -> list[_Found]:
    """Return the heaviest row of each check, the heaviest check first."""
    best: dict[str, _Found] = {}
    for one in found:
        if one.check.name not in best or best[one.check.name].weight < one.weight:
            best[one.check.name] = one
    return sorted(best.values(), key=lambda one: (-one.weight, one.check.name))
