"""Comparisons that tell of some words: by what they are called, why editors made them, and what their claims name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bri_kg.answers.asked_words import asks_number, without_filler
from bri_kg.answers.model import Comparison, Named
from bri_kg.answers.other_spellings import in_one_spelling
from bri_kg.answers.word_matching import words_of


@dataclass(frozen=True)
class _Told:
    """A comparison, and which of the words stand in its name, and in anything that it tells."""

    comparison: Comparison
    named: frozenset[str]
    told: frozenset[str]

    @property
    def counts(self) -> bool:
        return any(claim.quantities for claim in self.comparison.claims)


def comparisons_of_words(comparisons: Iterable[Comparison], words: str) -> tuple[Comparison, ...]:
    """Return the comparisons that tell of most of the words; those of numbers first only where one is asked for."""
    meant = without_filler(words_of(words))
    wanted = list(dict.fromkeys(in_one_spelling(word.joined) for word in meant))
    every = [_told(one, wanted) for one in comparisons]
    most = max((len(one.told) for one in every), default=0)
    if not most or most * 2 < len(wanted):
        return ()
    rarity = {w: math.log(1 + len(every) / (1 + sum(w in o.told for o in every))) for w in wanted}
    found = [one for one in every if len(one.told) == most]
    is_number = asks_number(words)
    found.sort(
        key=lambda one: (
            one.counts is not is_number if is_number else False,
            -sum(rarity[word] for word in one.named),
            one.counts is not is_number,
            one.comparison.iri,
        )
    )
    return tuple(one.comparison for one in found)


def _told(one: Comparison, wanted: Iterable[str]) -> _Told:
    name = _words(one.label or "")
    rest = _words(" ".join((one.reason.value if one.reason else "", *_names(one)))) | name
    return _Told(
        one,
        frozenset(word for word in wanted if any(known.startswith(word) for known in name)),
        frozenset(word for word in wanted if any(known.startswith(word) for known in rest)),
    )


def _names(comparison: Comparison) -> Iterator[str]:
    for claim in comparison.claims:
        for part in claim.parts:
            yield from (value.label or "" for value in part.values if isinstance(value, Named))


def _words(text: str) -> set[str]:
    words = words_of(text)
    parts = {part for word in words for part in (*word.parts, word.joined)}
    han = {word.joined[n:] for word in words if word.is_han for n in range(len(word.joined))}
    return {in_one_spelling(part) for part in parts} | han
