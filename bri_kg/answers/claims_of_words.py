"""Claims that bring together what several words name: an ambassador and a country, a centre and a theme."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from bri_kg.answers.asked_words import without_filler
from bri_kg.answers.node_lookups import claims_that_name
from bri_kg.answers.other_spellings import found_as_spelled, words_held
from bri_kg.answers.search import Hits
from bri_kg.answers.word_matching import words_of
from bri_kg.stores.selecting import Quads

_MOST_READ: Final = 20_000  # claims: more do not tell what is meant
_MOST_WORDS: Final = 8
Find = Callable[[str], Hits]
Held = tuple[str, ...]


def claims_of_words(store: Quads, words: str, find: Find) -> tuple[tuple[str, Held], ...]:
    """Return the claims whose things hold more of the words than one name does, with these; those of most first.

    `find` gives the things and concepts whose names hold a word.
    """
    asked = ["-".join(word.parts) for word in without_filler(words_of(words))][:_MOST_WORDS]
    held: dict[str, dict[str, float]] = {}
    most = 1
    for word in asked:
        claims: set[str] = set()
        for hit in found_as_spelled(find, word):
            most = max(most, len(words_held(words, hit)))
            claims |= set(claims_that_name(store, hit.node))
        if len(claims) > _MOST_READ:
            return ()
        for claim in claims:
            held.setdefault(claim, {})[word] = 1 / math.log(2 + len(claims))
    found = [(claim, own) for claim, own in held.items() if len(own) > most]
    found.sort(key=lambda one: (-len(one[1]), -sum(one[1].values()), one[0]))
    return tuple((claim, tuple(own)) for claim, own in found)
