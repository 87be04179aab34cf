"""Pairs of claims that checks of `queries/checks/candidates/` find: each once, in the order of their worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from bri_kg.checking.checks import Check
from bri_kg.rdf.rows import Row, plain_text
from bri_kg.stores.selecting import Selecting

Pair = tuple[str, str]


@dataclass(frozen=True)
class Found:
    """A pair that a check finds, by its name, and how much the check holds it to be worth a comparison."""

    pair: Pair
    check: str
    weight: int


def find_pairs(check: Check, store: Selecting) -> Iterator[Found]:
    """Yield the pairs that a check finds; a check of a collection may give no weight."""
    for row in store.select(check.query, file=str(check.file)):
        yield Found((_name(row, "focus"), _name(row, "value")), check.name, _weight(row))


def by_pair(found: Iterable[Found]) -> dict[Pair, tuple[Found, ...]]:
    """Return each pair with the heaviest row of each check that finds it, the heaviest check first."""
    of_pair: dict[Pair, dict[str, Found]] = defaultdict(dict)
    for one in found:
        best = of_pair[one.pair]
        if one.check not in best or best[one.check].weight < one.weight:
            best[one.check] = one
    return {
        pair: tuple(sorted(best.values(), key=lambda one: (-one.weight, one.check)))
        for pair, best in of_pair.items()
    }


def ranked(weights: dict[Pair, int]) -> tuple[Pair, ...]:
    """Return pairs by their weight; one with a claim that stands higher up already gives way, each time more.

    Ten pairs of which each has its own claims tell an editor more than ten ways to pair the same few.
    """
    seen: Counter[str] = Counter()

    def worth(pair: Pair) -> float:
        return weights[pair] / (1 + sum(seen[claim] for claim in pair) / 2)

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


def _name(row: Row, column: str) -> str:
    term = row[column]
    assert term is not None
    return plain_text(term)


def _weight(row: Row) -> int:
    weight = row.get("weight")
    return int(weight.value) if weight is not None and weight.value.isdecimal() else 0
