"""Claims that bring together what several words name, an ambassador and a country, or that are said in such words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.asked_words import without_filler
from bri_kg.answers.node_lookups import claims_that_name
from bri_kg.answers.other_spellings import found_as_spelled, words_held
from bri_kg.answers.said_words import SaidWords
from bri_kg.answers.search import Hits
from bri_kg.answers.word_matching import words_of
from bri_kg.names import split_passage
from bri_kg.stores.selecting import Quads

_MOST_READ: Final = 20_000  # claims: more do not tell what is meant
_MOST_WORDS: Final = 8
Find = Callable[[str], Hits]


@dataclass(frozen=True)
class Holding:
    """A claim, or a passage left out of all claims: the words that it holds, those that it says, and whether all."""

    node: str
    held: tuple[str, ...]
    said: frozenset[str]
    holds_all: bool

    @property
    def is_left_out(self) -> bool:
        """Whether it is a passage of which no claim is made."""
        return split_passage(self.node) is not None


def claims_of_words(store: Quads, words: str, find: Find, said: SaidWords) -> tuple[Holding, ...]:
    """Return the claims that hold more of the words than one name does, or are said in some; those of most first.

    `find` gives the things and concepts whose names hold a word; a claim that names one of these holds it too.
    """
    meant = without_filler(words_of(words))[:_MOST_WORDS]
    held: dict[str, dict[str, float]] = {}
    saying: dict[str, set[str]] = {}
    most = 1
    for word in meant:
        text = "-".join(word.parts)
        own = said.holding(word)
        claims = set(own)
        for hit in found_as_spelled(find, text):
            most = max(most, len(words_held(words, hit)))
            claims |= set(claims_that_name(store, hit.node))
        if len(claims) > _MOST_READ:
            return ()
        for claim in claims:
            held.setdefault(claim, {})[text] = 1 / math.log(2 + len(claims))
        for claim in own:
            saying.setdefault(claim, set()).add(text)
    number = len({"-".join(word.parts) for word in meant})
    found = [
        Holding(node, tuple(own), frozenset(saying.get(node, ())), len(own) == number)
        for node, own in held.items()
        if len(own) > most or (node in saying and len(own) >= min(most, number))
    ]
    weights = {node: sum(own.values()) for node, own in held.items()}
    found.sort(key=lambda one: (-len(one.held), -len(one.said), -weights[one.node], one.node))
    return tuple(found)
