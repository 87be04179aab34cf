"""Things of an answer that the editors presume to be one, told so that nobody adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from bri_kg.answers.answer_sentences import numbers_together
from bri_kg.answers.cells import Record
from bri_kg.answers.face_words import Both, Speaker
from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.scope import Ground, iri

_MOST: Final = 200  # things: of more, nobody adds them up by eye
_PRESUMED: Final[Both] = (
    "{numbers} are presumed to be the same thing.",
    "第 {numbers} 项推定为同一事物。",
)
_SO_MANY: Final[Both] = (
    "{names} names, presumed to be of {things}",
    "{names} 个名称，推定涉及 {things}",
)
_THING: Final[tuple[Both, Both]] = (("1 thing", "1 个事物"), ("{count} things", "{count} 个事物"))


@dataclass(frozen=True)
class PresumedOne:
    """Answers about things that are presumed to be one: that they are, and the comparison that says so."""

    sentence: str
    comparison: str
    label: str | None
    things: frozenset[str]


def presumed_one(
    speaker: Speaker, ground: Ground, found: Sequence[Record], head: str
) -> tuple[PresumedOne, ...]:
    """Return which of the things that head answers are presumed to be one, in the order of the answers."""
    things = _things(found, head)
    if not 1 < len(set(things.values())) <= _MOST:
        return ()
    known = set(things.values())
    joined: dict[str, tuple[frozenset[str], str]] = {}
    for row in ground.select_each("presumed-same", "thing", known):
        one, other, comparison = (iri(row[name]) for name in ("thing", "other", "comparison"))
        if other not in known or one == other:
            continue
        of = [joined[each][0] for each in (one, other) if each in joined]
        together = frozenset((one, other)).union(*of)
        joined |= dict.fromkeys(together, (together, comparison))
    return tuple(
        PresumedOne(
            speaker.say(
                _PRESUMED,
                numbers=numbers_together(speaker, [n for n, one in things.items() if one in of]),
            ),
            comparison,
            label_of(ground.store.quads, comparison, speaker.lang),
            of,
        )
        for of, comparison in dict.fromkeys(joined[one] for one in things.values() if one in joined)
    )


def names_and_things(
    speaker: Speaker, found: Sequence[Record], head: str, presumed: Sequence[PresumedOne]
) -> str | None:
    """Return how many names answers have, and of how many things these are presumed to be; None where of as many."""
    if not presumed:
        return None
    names = len(set(_things(found, head).values()))
    count = names - sum(len(one.things) - 1 for one in presumed)
    things = speaker.say(_THING[count != 1], count=count)
    return speaker.say(_SO_MANY, names=names, things=things)


def _things(found: Sequence[Record], head: str) -> dict[int, str]:
    """Return the thing that heads each answer, by the number of the answer."""
    cells = {number: one.cells.get(head) for number, one in enumerate(found, 1)}
    return {
        number: cell.term.value
        for number, cell in cells.items()
        if cell and isinstance(cell.term, NamedNode)
    }
