"""What the words beside a number say of it: more than, about, at least; and its currency or unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bri_kg.texts.number_words import Stated, stated_numbers, without_addresses

# The first that matches counts: "no more than" before "more than".
_BEFORE = (
    ("at-least", r"at (?:the )?least|(?:no|not) (?:fewer|less) than|a minimum of|至少|不少于|不低于"),
    ("at-most", r"at (?:the )?most|(?:no|not) more than|up to|a maximum of|最多|至多|不超过|不多于"),
    ("more-than", r"more than|over|above|exceed(?:s|ed|ing)?|upwards of|in excess of|超过|超|逾|多于|高于|突破"),
    ("fewer-than", r"(?:fewer|less) than|under|below|不到|不足|少于|低于"),
    ("nearly", r"nearly|almost|close to|just under|将近|接近|近"),
    ("about", r"about|around|some|approximately|roughly|circa|ca\.|大约|大概|约"),
)  # fmt: skip
_BEHIND = (
    ("plus", r"\+|[\s-]+plus\b|\s+or more\b|\s+and (?:more|above)\b|\s?以上"),
    ("more-than", r"\s*[多余]"),
    ("about", r"\s+or so\b|\s?左右|\s?上下"),
    ("at-most", r"\s?以内|\s?以下"),
)
_FILLER = r"(?:\s|\b(?:an?|the|another|total of|of)\b|RMB|CNY|USD|EUR|US\$|[$€£¥￥])*$"
_CUES_BEFORE = tuple(
    (name, re.compile(rf"(?:(?<![A-Za-z])(?:{cue}))(?![A-Za-z]){_FILLER}", re.IGNORECASE))
    for name, cue in _BEFORE
)
_CUES_BEHIND = tuple((name, re.compile(cue, re.IGNORECASE)) for name, cue in _BEHIND)
_BORNE_OUT = {
    "at-least": {"at-least"},
    "at-most": {"at-most"},
    "more-than": {"more-than", "at-least"},
    "fewer-than": {"fewer-than", "at-most"},
    "nearly": {"about", "fewer-than"},
    "about": {"about"},
    "plus": {"more-than", "at-least"},
    "": {"exactly"},
}

# Signs and words of currencies, and of shares; the vocabulary of units names the others.
_MONEY = {
    "renminbi": r"RMB|CNY|renminbi|yuan|人民币|(?<![美欧日港澳加])元|[¥￥]",
    "euro": r"euros?|EUR|€|欧元",
    "US dollar": r"US\s?\$|USD|(?:US|U\.S\.|American) dollars?|dollars?|\$|美元",
    "pound sterling": r"pounds? sterling|GBP|£|英镑",
    "yen": r"yen|JPY|日元",
    "rupee": r"rupees?|PKR|INR|卢比",
    "rouble": r"rou?bles?|RUB|卢布",
    "per cent": r"%|per ?cent|percentage points?|个?百分点|百分之",
}


def stands(number: Decimal, text: str) -> list[Stated]:
    """Return the places where a text states a number."""
    return [stated for stated in stated_numbers(text) if stated.value == number]


def comparators(number: Decimal, text: str) -> set[str]:
    """Return the comparators that the words beside a number bear out, over all its places."""
    return {
        name for stated in stands(number, text) for name in _BORNE_OUT[_cue(stated, text)]
    }  # fmt: skip


def _cue(stated: Stated, text: str) -> str:
    before, behind = text[max(0, stated.begin - 48) : stated.begin], text[stated.end :]
    for name, cue in _CUES_BEFORE:
        if cue.search(before):
            return name
    if re.search("[多余]", text[stated.begin : stated.end]):
        return "more-than"
    return next((name for name, cue in _CUES_BEHIND if cue.match(behind)), "")


def unit_patterns(labels: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
    """Return how each unit is written: by its labels, and by the signs of a currency that it is.

    `labels` gives the labels of the units of the vocabulary; currencies that it lacks stand under their names.
    """
    written = {
        unit: "|".join([_literal(label) for label in sorted(known, key=len, reverse=True)])
        for unit, known in labels.items()
    }
    taken = set()
    for unit, known in labels.items():
        for name, signs in _MONEY.items():
            if any(re.fullmatch(signs, label, re.IGNORECASE) for label in known):
                written[unit] += "|" + signs
                taken.add(name)
    written |= {name: signs for name, signs in _MONEY.items() if name not in taken}
    return {unit: re.compile(f"(?:{signs})", re.IGNORECASE) for unit, signs in written.items()}


def units_beside(
    number: Decimal, text: str, patterns: Mapping[str, re.Pattern[str]]
) -> list[set[str]]:
    """Return, for each place of a number, the units that stand with it."""
    return [
        {unit for unit, pattern in patterns.items() if _beside(stated, text, pattern)}
        for stated in stands(number, text)
    ]


def mentions(text: str, pattern: re.Pattern[str]) -> bool:
    """Return whether a text names a unit anywhere."""
    return any(_whole(text, *match.span()) for match in pattern.finditer(without_addresses(text)))


def _beside(stated: Stated, text: str, pattern: re.Pattern[str]) -> bool:
    behind = re.compile(r"[\s-]*(?:in |多|余)?").match(text, stated.end)
    match = pattern.match(text, behind.end() if behind else stated.end)
    if match and _whole(text, *match.span()):
        return True
    head = text[: stated.begin].rstrip()
    return any(
        match.end() == len(head) and _whole(text, *match.span())
        for match in pattern.finditer(head, max(0, len(head) - 12))
    )


def _whole(text: str, begin: int, end: int) -> bool:
    """Return whether no letter of the same alphabet stands against the edges of a match."""
    edges = ((text[begin], text[begin - 1 : begin]), (text[end - 1], text[end : end + 1]))
    return not any(
        inner.isascii() and inner.isalpha() and outer.isascii() and outer.isalpha()
        for inner, outer in edges
    )


def _literal(label: str) -> str:
    plural = "s?" if label.isascii() and label[-1:].isalpha() else ""
    return re.escape(label) + plural
