"""Things that texts call by one name though they are several: a country, its state, its government, its side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bri_kg.answers.search import Hit
from bri_kg.answers.word_matching import words_of
from bri_kg.texts.spellings import singular

# What tells such things apart, and what they are called by otherwise does not.
_APART: Final = frozenset(
    ("the", "of", "state", "government", "side", "not", "named", "further", "country", "republic")
)


def common_name(label: str) -> str:
    """Return the name that a thing shares with others of its kind; empty where it has none."""
    return " ".join(singular(w.joined) for w in words_of(label) if w.joined not in _APART)


def namesakes(node: str, label: str, found: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return those of what a search for the common name found that share it with a thing, without the thing."""
    wanted = common_name(label)
    return tuple(
        hit for hit in found if wanted and hit.node != node and common_name(hit.label) == wanted
    )
