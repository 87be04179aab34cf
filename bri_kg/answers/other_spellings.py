"""Words as others spell them, for a search: in the singular, in British or American English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from bri_kg.answers.asked_words import without_filler
from bri_kg.answers.name_index import RANKS, Reason
from bri_kg.answers.search import Hit, Hits
from bri_kg.answers.word_matching import Word, words_of
from bri_kg.texts.spellings import AMERICAN, PAIRS, singular

_BRITISH: Final = {american: british for british, american in PAIRS}
_ENDING: Final = re.compile(r"(?<=[a-z]{3})i([sz])(e|ed|es|ing|ation|ations)$")
_SHORT: Final = 3  # letters: CAS is no plural
_LONG: Final = 5
_LONGEST: Final = 200
_LETTER: Final = re.compile(r"[^\W\d_]+")
Find = Callable[[str], Hits]


def found_as_spelled(find: Find, words: str) -> Hits:
    """Return what a search finds by words in any spelling, those of the words as they are given first.

    Where no name holds all of them: those that hold some, by how many they hold and how rare these are.
    """
    given = find(words)
    if any(RANKS[hit.reason] <= RANKS[Reason.ALIAS] for hit in given):
        return given
    found = [given, *map(find, _spellings(words))]
    whole = [one for one in found if holds_all(one)]
    best: dict[tuple[str, str], Hit] = {}
    if whole:
        for hit in (hit for one in whole for hit in one):
            known = best.setdefault((hit.kind, hit.node), hit)
            if RANKS[hit.reason] < RANKS[known.reason]:  # centres, where centers was a slip
                best[hit.kind, hit.node] = hit
        return Hits(words, tuple(best.values()), max(len(best), whole[0].total))
    for hit in sorted((hit for one in found for hit in one), key=lambda hit: -_share(hit)):
        best.setdefault((hit.kind, hit.node), hit)
    return Hits(words, tuple(best.values()), len(best))


def holds_all(found: Hits) -> bool:
    """Return whether a name among hits holds all the words, or all with a slip of the pen."""
    return any(RANKS[hit.reason] <= RANKS[Reason.SLIP] for hit in found)


def words_held(words: str, hit: Hit) -> tuple[str, ...]:
    """Return the words, in small letters, that stand in the name that was found, in any spelling."""
    known = {
        in_one_spelling(part)
        for word in words_of(hit.matched)
        for part in (*word.parts, word.joined)
    }
    held = (
        "-".join(word.parts)
        for word in without_filler(words_of(words))
        if any(_is_in(word, one) for one in known)
    )
    return tuple(dict.fromkeys(held))


def is_named_by(name: str, words: str) -> bool:
    """Return whether words hold all of a name, in any spelling; a name in Chinese within longer runs."""
    given = {
        in_one_spelling(part) for word in words_of(words) for part in (*word.parts, word.joined)
    }
    return all(
        any(word.joined in one for one in given)
        if word.is_han
        else in_one_spelling(word.joined) in given
        for word in words_of(name)
    )


def _is_in(word: Word, known: str) -> bool:
    if word.is_han:
        return word.joined in known
    plain = in_one_spelling(word.joined)
    return known == plain if len(plain) < _SHORT else known.startswith(plain)


def _share(hit: Hit) -> float:
    return hit.weight if hit.reason is Reason.SOME_WORDS else 0.0


def _spellings(words: str) -> Iterator[str]:
    """Yield the words in other spellings, each once; none of what is long, and no name."""
    if len(words) > _LONGEST:
        return
    given = words.casefold()
    seen = {given}
    for known, letter in ((_BRITISH, "s"), (AMERICAN, "z"), (_BRITISH, "z"), (AMERICAN, "s")):
        for in_singular in (False, True):
            spelled = partial(_other, known=known, letter=letter, in_singular=in_singular)
            other = _LETTER.sub(spelled, given)
            if other not in seen:
                seen.add(other)
                yield other


def _other(found: re.Match[str], known: dict[str, str], letter: str, *, in_singular: bool) -> str:
    word = found[0]
    one = singular(word) if len(word) > _SHORT else word
    if in_singular and len(one) > _LONG and one.endswith("y"):
        return one[:-1]  # begins laboratory and laboratories
    if in_singular and word == one and one.endswith("y"):
        return f"{one[:-1]}ies"
    ending = "" if in_singular or one == word else word[len(one) :]
    told = known.get(one, one) + ending if not word.endswith("ies") or in_singular else word
    return _ENDING.sub(rf"i{letter}\2", told)


def in_one_spelling(word: str) -> str:
    """Return a word in the singular, and as Americans spell it."""
    one = singular(word)
    return _ENDING.sub(r"iz\2", AMERICAN.get(one, one))
