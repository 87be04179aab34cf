"""What the words beside a number say of it: more than, about, at least; and its currency or unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
# Every cue before a number ends with one of these, or is Chinese.
_CUE_WORDS = frozenset(
    [*re.findall("[a-z]+", " ".join(cue for _, cue in _BEFORE)), "exceeds", "exceeded", "exceeding"]
)
_LETTERS = re.compile("[a-z]+")
_BEFORE_UNIT = re.compile(r"[\s-]*(?:in |多|余)?")
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

# What words mean that can be meant in two ways, the likelier first.
_LIKELY = {"nearly": ("fewer-than", "about"), "plus": ("at-least", "more-than"), "": ("exactly",)}
_BESIDE = 48  # characters on either side of a number

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
        name for stated in stands(number, text) for name in _BORNE_OUT[_cue(stated, text)[0]]
    }  # fmt: skip


@dataclass(frozen=True)
class Qualified:
    """A number with the words that qualify it: the likeliest comparator first, and where all of it stands."""

    comparators: tuple[str, ...]
    begin: int
    end: int


def qualified(stated: Stated, text: str) -> Qualified:
    """Return a stated number with the words beside it that say more than, about, at least."""
    cue, begin, end = _cue(stated, text)
    return Qualified(_LIKELY.get(cue, (cue,)), begin, end)


def _cue(stated: Stated, text: str) -> tuple[str, int, int]:
    """Return what the words beside a number say of it, and where they and the number stand."""
    first = max(0, stated.begin - _BESIDE)
    before = text[first : stated.begin]
    if _may_hold_cue(before):
        for name, cue in _CUES_BEFORE:
            if found := cue.search(before):
                return name, first + found.start(), stated.end
    if re.search("[多余]", text[stated.begin : stated.end]):
        return "more-than", stated.begin, stated.end
    for name, cue in _CUES_BEHIND:
        if found := cue.match(text, stated.end, stated.end + _BESIDE):
            return name, stated.begin, found.end()
    return "", stated.begin, stated.end


def _may_hold_cue(before: str) -> bool:
    """Return whether words before a number can hold a cue: most do not, and are not looked at closely."""
    return not before.isascii() or not _CUE_WORDS.isdisjoint(_LETTERS.findall(before.lower()))


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
    return [units_at(stated, text, patterns) for stated in stands(number, text)]


def units_at(stated: Stated, text: str, patterns: Mapping[str, re.Pattern[str]]) -> set[str]:
    """Return the units that stand with a stated number."""
    return {unit for unit, pattern in patterns.items() if _beside(stated, text, pattern)}


def mentions(text: str, pattern: re.Pattern[str]) -> bool:
    """Return whether a text names a unit anywhere."""
    return any(_whole(text, *match.span()) for match in pattern.finditer(without_addresses(text)))


def _beside(stated: Stated, text: str, pattern: re.Pattern[str]) -> bool:
    behind = _BEFORE_UNIT.match(text, stated.end)
    match = pattern.match(text, behind.end() if behind else stated.end)
    if match and _whole(text, *match.span()):
        return True
    first = max(0, stated.begin - _BESIDE)
    end = first + len(text[first : stated.begin].rstrip())
    return any(
        match.end() == end and _whole(text, *match.span())
        for match in pattern.finditer(text, max(0, end - 12), end)
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
