"""Which facts of a thing are shown first, and which stand or fall together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bri_kg.answers.answer_sentences import cited_sources as sources_of
from bri_kg.answers.description_model import FactGroup
from bri_kg.answers.fact_groups import FIRST_ASKED

_WHOLE: Final = 6  # facts of one property that are shown all or not at all
_LEAST: Final = 3  # facts of a longer list that are left out together
Item = tuple[int, ...]  # the identities of what stands or falls together


def fact_items(groups: Iterable[FactGroup]) -> tuple[list[Item], list[Item]]:
    """Return the facts that most ask for, then the others: of each property the first, then the second.

    A property with few facts is one item; of one with many, so many are left out at once that it is
    worth a line. Those come first that most sources tell.
    """
    ranked: list[tuple[bool, int, int, Item]] = []
    for group in groups:
        is_later = group.inverse or group.property.iri not in FIRST_ASKED
        told = sorted(group.facts, key=lambda one: -len(sources_of(one.passages)))
        count = -len(sources_of(told[0].passages))
        ids = [id(one) for one in told]
        alone = 0 if len(ids) <= _WHOLE else len(ids) - _LEAST
        items = [*((one,) for one in ids[:alone]), tuple(ids[alone:])]
        ranked += [(is_later, turn, count, item) for turn, item in enumerate(items)]
    ranked.sort(key=lambda of: of[:3])
    first = [item for is_later, turn, _, item in ranked if not is_later and turn == 0]
    return first, [item for *_, item in ranked if item not in first]
