"""Comparisons that tell of some words: by what they are called, why the editors made them, and what their claims name."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.asked_words import asks_number, without_filler
from bri_kg.answers.model import Claim, Comparison, Named
from bri_kg.answers.other_spellings import in_one_spelling
from bri_kg.answers.word_matching import words_of


def comparisons_of_words(comparisons: Iterable[Comparison], words: str) -> tuple[Comparison, ...]:
    """Return the comparisons that hold most of the words; those of numbers last, unless a number is asked for."""
    meant = [word for word in without_filler(words_of(words)) if any(map(str.isalnum, word.joined))]
    wanted = list(dict.fromkeys(in_one_spelling(word.joined) for word in meant))
    held = [(one, _held(wanted, one)) for one in comparisons]
    most = max((max(of) for _, of in held), default=0)
    if not most or most * 2 < len(wanted):
        return ()
    found = [(one, of) for one, of in held if max(of) == most]
    is_number = asks_number(words)
    found.sort(key=lambda each: (_counts(each[0]) is not is_number, -each[1][0], each[0].iri))
    return tuple(one for one, _ in found)


def _held(wanted: list[str], comparison: Comparison) -> tuple[int, int]:
    """Return how many of the words its name holds, and how many its name and what it is about."""
    named = _words(comparison.label or "")
    about = _words(
        " ".join((comparison.reason.value if comparison.reason else "", *_names(comparison)))
    )
    own = sum(any(known.startswith(word) for known in named) for word in wanted)
    return own, sum(any(known.startswith(word) for known in named | about) for word in wanted)


def _names(comparison: Comparison) -> Iterable[str]:
    for claim in comparison.claims:
        yield from (
            value.label or ""
            for part in claim.parts
            for value in part.values
            if isinstance(value, Named)
        )


def _words(text: str) -> set[str]:
    words = words_of(text)
    parts = {part for word in words for part in (*word.parts, word.joined)}
    han = {word.joined[n:] for word in words if word.is_han for n in range(len(word.joined))}
    return {in_one_spelling(part) for part in parts} | han


def _counts(comparison: Comparison) -> bool:
    return any(map(_is_count, comparison.claims))


def _is_count(claim: Claim) -> bool:
    return bool(claim.quantities)
