"""How a number is told: one that is aimed at is no count."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import Both, Speaker
from bri_kg.names import COME_ABOUT, PREFIXES

_EXACTLY: Final = PREFIXES["bri-comparator"] + "exactly"
_AIMED_AT: Final[Both] = ("{value} ({factuality})", "{value}（{factuality}）")
Node = tuple[str, str]  # an IRI, and what it is called


def amount(page: Speaker, comparator: Node, value: str, factuality: Node | None) -> str:
    """Return a number with its comparator: "exactly 67"; where nothing is counted yet "100 (target)"."""
    if factuality and comparator[0] == _EXACTLY and factuality[0] not in COME_ABOUT:
        return page.say(_AIMED_AT, value=value, factuality=factuality[1])
    return f"{comparator[1]} {value}"
