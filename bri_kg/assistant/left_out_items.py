"""Passages of which no claim is made, as items: where they stand, and why they are left out."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.left_out import left_out
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.result_items import Item, called, passage_item


def left_out_items(desk: Desk, lang: str, things: Iterable[str]) -> list[Item]:
    """Return the passages left out of all claims: of sources, for a reason, or these passages themselves."""
    return [
        {
            "section": "left_out",
            "passage": one.passage.iri,
            "reason": called(one.reason),
            "means": one.meaning.value if one.meaning else "",
            "passages": [passage_item(one.passage)],
        }
        for one in left_out(desk.ground(lang), things)
    ]
