"""Months and days as texts print them, in English and Chinese, in words and in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bri_kg.texts.number_words import without_addresses

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)} | {
    name[:length]: number for number, name in enumerate(_NAMES, 1) for length in (3, 4)
}
_ZH = {name: number for number, name in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
_NAMED = re.compile(r"\b(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?", re.I)
# "may" is a verb as well: as a month it has its capital letter.
_MAY = re.compile(r"may")
_FIGURES = re.compile(
    r"(?<![0-9])([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?(?![0-9])"
    r"|(?<![0-9])([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{4}(?![0-9])"
)
_ZH_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九]|[0-9]{1,2})\s*月(份)?")
_ZH_DAYS = re.compile(
    r"(?:[至到—–~-]?\s*(?:[0-9]{1,2}|[一二三]?十?[一二三四五六七八九十])\s*[日号]?)+"
)
_DAYS_BEFORE = re.compile(
    r"((?:(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)?(?:\s*(?:-|–|—|to|and|,)\s*)?)+)\s*(?:of\s+)?$", re.I
)
_DAYS_BEHIND = re.compile(
    r"\s*((?:(?<![0-9])[0-9]{1,2}(?![0-9])(?:st|nd|rd|th)?(?:\s*(?:-|–|—|to|and)\s*)?)+)", re.I
)


def month_named(word: str) -> int | None:
    """Return the number of a month by its name or abbreviation; None for any other word."""
    return _MONTHS.get(word.rstrip(".").lower())


def dates_in(text: str) -> Iterator[tuple[int, int | None]]:
    """Yield the months that stand in `text`, each with each day that stands with it, or None.

    Figures that can be read two ways (05/06/2023) are read both ways.
    """
    text = without_addresses(text)
    yield from _named(text)
    yield from _in_figures(text)
    yield from _in_chinese(text)


def _named(text: str) -> Iterator[tuple[int, int | None]]:
    for match in _NAMED.finditer(text):
        if _MAY.fullmatch(match[1]):
            continue
        month = _MONTHS[match[1].lower()]
        yield month, None
        before = _DAYS_BEFORE.search(text, max(0, match.start() - 24), match.start())
        behind = _DAYS_BEHIND.match(text, match.end())
        for days in (before, behind):
            for day in re.findall(r"[0-9]{1,2}", days[1]) if days else ():
                yield month, int(day)


def _in_figures(text: str) -> Iterator[tuple[int, int | None]]:
    for match in _FIGURES.finditer(text):
        if match[1]:
            yield int(match[2]), int(match[3]) if match[3] else None
        else:
            one, other = int(match[4]), int(match[5])
            yield from ((one, other), (other, one))


def _in_chinese(text: str) -> Iterator[tuple[int, int | None]]:
    for match in _ZH_MONTH.finditer(text):
        month = _number(match[1])
        yield month, None
        if days := _ZH_DAYS.match(text, match.end()):
            for day in re.findall(r"[0-9]{1,2}|[一二三四五六七八九十]+", days[0]):
                yield month, _number(day)


def _number(figures: str) -> int:
    if figures.isdigit() and figures.isascii():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    return (_ZH.get(tens, 1) * 10 if ten else 0) + _ZH.get(ones, 0)
