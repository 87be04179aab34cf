"""A suggestion: exact words of a text, where they stand, and what they seem to mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bri_kg.plain import Plain


class Kind(StrEnum):
    """What words are taken for."""

    ENTITY = "entity"
    NEW = "new"
    DATE = "date"
    AMOUNT = "amount"
    SPEAKER = "speaker"


class Note(StrEnum):
    """What a reader should know of a suggestion."""

    SEVERAL = "several"
    INTRODUCED = "introduced"
    NEAR = "near"
    UNLOOKED = "unlooked"
    MODEL = "model"


@dataclass(frozen=True)
class Suggestion(Plain):
    """Words of a text and what they seem to mean.

    `nodes` are the known things, times or quantities that can be meant, all of them. `name` is that of what is not
    known yet, `cls` its likely class (local name), `aliases` what the text calls it besides, `near` what is known
    under nearly this name, `holds` the known names within it. `unit` is a concept or the name of a currency,
    `counted` a concept. `by` is the command that suggests it; empty is this package.
    """

    kind: Kind
    begin: int
    end: int
    words: str
    nodes: tuple[str, ...] = ()
    name: str | None = None
    cls: str | None = None
    aliases: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    unit: str | None = None
    counted: str | None = None
    notes: tuple[Note, ...] = ()
    by: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Where the words begin and end."""
        return self.begin, self.end


def stands(text: str, one: Suggestion) -> bool:
    """Return whether the words of a suggestion are those of the text at its place."""
    return 0 <= one.begin < one.end <= len(text) and text[one.begin : one.end] == one.words


def apart(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Return suggestions of one kind of which none overlaps another: the first counts, of those the longest."""
    return list(_apart(sorted(found, key=lambda one: (one.begin, -one.end))))


def _apart(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    end = 0
    for one in found:
        if one.begin >= end:
            yield one
            end = one.end
