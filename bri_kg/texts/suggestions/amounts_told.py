"""Amounts that a text states: the number as the words beside it qualify it, its unit, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bri_kg.names import QUANTITY
from bri_kg.texts.number_words import Stated, stated_numbers
from bri_kg.texts.quantity_words import Qualified, qualified, units_at

Span = tuple[int, int]
Units = Mapping[str, re.Pattern[str]]
_WINDOW: Final = 64
_NEAR: Final = 24  # characters, within which a unit stands
_TO: Final = re.compile(r"\s?(?:to|[-–—~至到])\s?(?:RMB|US\$|[$€£¥])?\s?", re.IGNORECASE)
_AND: Final = re.compile(r"\s(?:and)\s(?:RMB|US\$|[$€£¥])?\s?", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"between\s{1,3}(?:RMB|US\$|[$€£¥])?\s?$", re.IGNORECASE)
# What is no amount: a telephone, a number of a list, of a document or a page; "one of", "the two".
_NAMED: Final = re.compile(
    r"(?:\b(?:no|nos|nr|tel|fax|article|art|section|chapter|page|pp|item|vol|phase|version|grade|round|session|copyright)\b[.:]?|[#№§©]|第)\s?$",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(r"[.)、．](?:\s|$)")
_PHONE: Final = re.compile(r"(?<![\w-])\+?[0-9]{1,4}(?:[- ][0-9]{2,9}){2,5}(?![\w-])")
_ONE: Final = re.compile(r"(?:one|two|一|both)", re.IGNORECASE)
_UNDER_THE: Final = re.compile(
    r"(?:under|over|above|about|around)\sthe\s", re.IGNORECASE
)  # the 4 pillars
_THESE: Final = re.compile(r"\b(?:the|these|those|both|all|its|their)\s$", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """Where an amount stands, the names of the quantities that can be meant, and its unit."""

    begin: int
    end: int
    names: tuple[str, ...]
    unit: str | None


class _Beside:
    """The units that stand beside numbers; most numbers have none, which one look tells."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._any = re.compile("|".join(one.pattern for one in units.values()) or "$^", re.I)

    def unit(self, number: Stated, window: str) -> str | None:
        """Return the unit of a number, None where it has none."""
        near = max(0, number.begin - _NEAR), number.end + _NEAR
        if not self._any.search(window, *near):
            return None
        found = sorted(units_at(number, window, self._units))
        return found[0] if found else None


def amounts_told(text: str, units: Units, dates: Iterable[Span] = ()) -> list[Amount]:
    """Return the amounts of a text outside its dates, from the left. `units` is of `unit_patterns`."""
    taken = sorted([*dates, *(match.span() for match in _PHONE.finditer(text))])
    beside = _Beside(units)
    stated = list(_outside(_numbers(text), taken))
    ranges = dict(_ranges(text, stated))
    found: list[Amount] = []
    end = 0
    for number in stated:
        if number.begin < end:
            continue
        other = ranges.get(number.begin)
        amount = _range(text, number, other, beside) if other else _amount(text, number, beside)
        if amount:
            found.append(amount)
            end = amount.end
    return found


def _numbers(text: str) -> list[Stated]:
    """Return each number once; in a range the first has the scale of the second."""
    return sorted(
        {(one.begin, one.end): one for one in stated_numbers(text)}.values(),
        key=lambda one: (one.begin, -one.end),
    )


def _outside(stated: Iterable[Stated], taken: list[Span]) -> Iterator[Stated]:
    place = 0
    for number in stated:
        while place < len(taken) and taken[place][1] <= number.begin:
            place += 1
        if place == len(taken) or taken[place][0] >= number.end:
            yield number


def _ranges(text: str, stated: list[Stated]) -> Iterator[tuple[int, Stated]]:
    for one, other in pairwise(stated):
        if other.begin - one.end > _WINDOW or one.value >= other.value:
            continue
        is_between = _BETWEEN.search(text, max(0, one.begin - 16), one.begin)
        link = _AND if is_between else _TO
        if link.fullmatch(text, one.end, other.begin):
            yield one.begin, other


def _amount(text: str, number: Stated, units: _Beside) -> Amount | None:
    window, here = _beside(text, number)
    before, behind = window[: here.begin], window[here.end :]
    words = window[here.begin : here.end]
    unit = units.unit(here, window)
    if _NAMED.search(before) or (before[-1:] in ("", "\n") and _LISTED.match(behind)):
        return None
    if _ONE.fullmatch(words) and not unit and (number.value == 1 or _THESE.search(before)):
        return None
    said, value, first = qualified(here, window), _written(number.value), number.begin - here.begin
    if _UNDER_THE.match(window, said.begin):
        said = Qualified(("exactly",), here.begin, here.end)
    names = tuple(f"{QUANTITY}{comparator}-{value}" for comparator in said.comparators)
    return Amount(first + said.begin, first + said.end, names, unit)


def _range(text: str, one: Stated, other: Stated, units: _Beside) -> Amount:
    window, here = _beside(text, other)
    name = f"between-{_written(one.value)}-and-{_written(other.value)}"
    return Amount(one.begin, other.end, (QUANTITY + name,), units.unit(here, window))


def _beside(text: str, number: Stated) -> tuple[str, Stated]:
    """Return the text around a number, and the number in it."""
    first = max(0, number.begin - _WINDOW)
    here = replace(number, begin=number.begin - first, end=number.end - first)
    return text[first : number.end + _WINDOW], here


def _written(value: Decimal) -> str:
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
