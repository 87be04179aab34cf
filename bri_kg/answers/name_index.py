"""An index of names: which of them hold the words that somebody asks for, and how well."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bri_kg.answers.asked_words import in_pieces, without_filler
from bri_kg.answers.word_matching import Word, is_slip, words_of
from bri_kg.texts.spellings import singular

# A shorter word has too many neighbours: CAS and CIS, at and as.
_SHORTEST_SLIP: Final = 4
_SHORTEST_STEM: Final = 7
_ENDING: Final = 3
_Levels = Mapping[int, int]
_WHOLE, _BEGUN, _SLIPPED = range(3)


class Reason(StrEnum):
    """Why a name was found, the best reason first."""

    NAME = "name"
    ALIAS = "alias"
    ASKED = "asked so"
    BEGINNING = "beginning"
    WORDS = "words"
    PARTS = "parts"
    SLIP = "slip"
    SOME_WORDS = "some words"
    ABOUT = "about it"
    READS = "reads it"


RANKS: Final = {reason: rank for rank, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of something: `node` is its IRI, or the name of a question; `is_label` its first name."""

    node: str
    kind: str
    text: str
    is_label: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A name that was found, and why; `weight` is the share of the words that it holds, rare ones more.

    `is_whole` says that the words hold all of the name.
    """

    name: Name
    reason: Reason
    weight: float = 1.0
    is_whole: bool = False


class NameIndex:
    """Names by the words in them."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = tuple(names)
        self._joined: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._han: list[int] = []
        for number, name in enumerate(self._names):
            words = words_of(name.text)
            self._joined.append(" ".join(part for word in words for part in word.parts))
            if any(word.is_han for word in words):
                self._han.append(number)
            for form in {form for word in words for form in (*word.parts, word.joined)}:
                self._places.setdefault(form, []).append(number)
        self._sorted = sorted(self._places)

    def find(self, text: str) -> list[Match]:
        """Return the names that hold every word of the text, or words that begin so.

        Where there is none: those from which one word is a slip of the pen away. Where there is
        none of these either, the same of the words that do not only ask; at last those that hold
        some of these words.
        """
        words = words_of(text)
        found = self._whole_or_slipped(words)
        meant = in_pieces(without_filler(words), self._holds_han)
        if not found and meant != words:
            found = self._whole_or_slipped(meant)
        return found or self._some(meant)

    def _whole_or_slipped(self, words: tuple[Word, ...]) -> list[Match]:
        levels = [self._levels(word) for word in words]
        return self._all(words, levels) or self._slipped(words, levels)

    def _holds_han(self, text: str) -> bool:
        return any(text in self._joined[n] for n in self._han)

    def _all(self, words: tuple[Word, ...], levels: list[_Levels]) -> list[Match]:
        asked = " ".join(part for word in words for part in word.parts)
        return [
            Match(self._names[n], self._reason(n, asked, max(level[n] for level in levels)))
            for n in _shared(levels)
        ]

    def _reason(self, number: int, asked: str, level: int) -> Reason:
        known = self._joined[number]
        if known.replace(" ", "") == asked.replace(" ", ""):
            return Reason.NAME if self._names[number].is_label else Reason.ALIAS
        if known.startswith(asked):
            return Reason.BEGINNING
        return Reason.WORDS if level == _WHOLE else Reason.PARTS

    def _slipped(self, words: tuple[Word, ...], levels: list[_Levels]) -> list[Match]:
        """Return the names that hold every word but one, and of that one a neighbour."""
        found: set[int] = set()
        for place, word in enumerate(words):
            if not word.is_han and len(word.joined) >= _SHORTEST_SLIP:
                near = self._neighbours(word.joined)
                found.update(_shared([*levels[:place], near, *levels[place + 1 :]]))
        return [Match(self._names[n], Reason.SLIP) for n in sorted(found)]

    def _some(self, words: tuple[Word, ...]) -> list[Match]:
        """Return the names that are some of the words, and of those that hold other words the ones that hold most."""
        levels = [self._levels(word) or self._kin(word) for word in words]
        if len(levels) < 2:
            return []
        rarity = [math.log(1 + len(self._names) / len(level)) if level else 0.0 for level in levels]
        # A word that no name holds cannot tell names apart, and counts as the rarest would.
        whole = sum(rarity) + math.log(1 + len(self._names)) * rarity.count(0.0)
        holding: dict[int, tuple[int, ...]] = {}
        for place, level in enumerate(levels):
            for number in level:
                holding[number] = (*holding.get(number, ()), place)
        weights = {n: sum(rarity[place] for place in held) for n, held in holding.items()}
        parts = {p for word in words for p in (*word.parts, word.joined, singular(word.joined))}
        exact = {n for n in holding if parts.issuperset(self._joined[n].split())}
        named = {holding[n] for n in exact}
        others = {n for n, held in holding.items() if not any(map(set(held).issubset, named))}
        best = max((weights[n] for n in others), default=0.0)
        return [
            Match(self._names[n], Reason.SOME_WORDS, weight / whole, n in exact)
            for n, weight in sorted(weights.items())
            if n in exact or (n in others and weight > best / 2)
        ]

    def _kin(self, word: Word) -> _Levels:
        """Return the names with a word that differs in its ending alone: disagree, disagreement; founding, founded."""
        if word.is_han or len(word.joined) < _SHORTEST_STEM:
            return {}
        return dict.fromkeys(self._begun(word.joined[:-_ENDING]), _BEGUN)

    def _levels(self, word: Word) -> _Levels:
        """Return the names that hold a word, with how they hold it."""
        if word.is_han:
            return {n: _WHOLE for n in self._han if word.joined in self._joined[n]}
        one = dict.fromkeys(self._places.get(singular(word.joined), ()), _BEGUN)
        levels = {**one, **self._begun(word.joined)}
        if len(word.parts) > 1:
            parts = [self._begun(part) for part in word.parts]
            for number in _shared(parts):
                level = max(part[number] for part in parts)
                levels[number] = min(level, levels.get(number, level))
        return levels

    def _begun(self, word: str) -> dict[int, int]:
        levels: dict[int, int] = {}
        for known in self._beginning_with(word):
            level = _WHOLE if known == word else _BEGUN
            for number in self._places[known]:
                levels[number] = min(level, levels.get(number, level))
        return levels

    def _beginning_with(self, word: str) -> Iterator[str]:
        for place in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[place].startswith(word):
                return
            yield self._sorted[place]

    def _neighbours(self, word: str) -> dict[int, int]:
        near = (known for known in self._sorted if abs(len(known) - len(word)) < 2)
        return {n: _SLIPPED for known in near if is_slip(word, known) for n in self._places[known]}


def _shared(levels: Sequence[_Levels]) -> list[int]:
    """Return the numbers that stand in all, sorted."""
    if not levels:
        return []
    fewest, *others = sorted(levels, key=len)
    return sorted(n for n in fewest if all(n in other for other in others))
