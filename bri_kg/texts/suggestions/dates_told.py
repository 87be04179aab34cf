"""Dates and periods that a text tells, in English and Chinese, by the names that the graph gives to times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from bri_kg.dataset import times
from bri_kg.texts.date_words import month_named
from bri_kg.texts.number_words import numbers_in

_B: Final = r"\s{1,3}"
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR: Final = r"(?:1[89]|20|21)[0-9]{2}"
_DAY: Final = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_ZH_YEAR: Final = r"(?:[0-9]{4}|[〇零一二三四五六七八九]{4})\s?年"
_ZH_DAY: Final = r"[0-9]{1,2}\s?[日号]"
_ZH_MONTH: Final = r"[0-9]{1,2}\s?月(?:份|底|初|末)?"
_DATE: Final = "|".join(
    (
        rf"{_DAY}{_B}(?:of{_B})?{_MONTH},?{_B}{_YEAR}",
        rf"{_MONTH}{_B}{_DAY},?{_B}{_YEAR}",
        rf"{_MONTH},?{_B}(?:of{_B})?{_YEAR}",
        rf"{_YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}",
        rf"{_YEAR}-[0-9]{{2}}",
        rf"[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.]{_YEAR}",
        rf"{_DAY}{_B}(?:of{_B})?{_MONTH}",
        rf"{_MONTH}{_B}{_DAY}",
        rf"{_ZH_YEAR}(?:\s?{_ZH_MONTH}(?:\s?{_ZH_DAY})?)?",
        rf"{_ZH_MONTH}\s?{_ZH_DAY}",
        _YEAR,
    )
)
_BEFORE: Final = r"(?<![A-Za-z0-9.,/$€£¥-])"
_BEHIND: Final = r"(?![A-Za-z0-9/]|[.,][0-9]|-[0-9])"
_POINT: Final = rf"(?:{_DATE}){_BEHIND}"
_DASH: Final = r"\s?[-–—~]\s?"
_END: Final = r"(?:the\s)?(?:(?:end|close|beginning|middle)\sof\s)?(?:the\syear\s)?"
_COUNT: Final = r"(?:[1-9][0-9]{0,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an)"
_UNIT: Final = r"(day|week|month|year)s?\b"
_ZH_UNITS: Final = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "年": "year",
}
_RELATIVE: Final = {
    "last year": "last-year", "this year": "this-year", "next year": "next-year",
    "last month": "last-month", "this month": "this-month", "next month": "next-month",
    "去年": "last-year", "今年": "this-year", "明年": "next-year",
    "上月": "last-month", "上个月": "last-month", "本月": "this-month", "下月": "next-month", "下个月": "next-month",
}  # fmt: skip
# A year alone is one behind these words, at the start of a line or in brackets; "2000 students" are none.
_SURE: Final = re.compile(
    r"(?:\b(?:in|since|during|year|early|late|mid|by|until|till|before|after)[\s-]|(?:^|\n)[ \t•*-]{0,4}|[(（])$",
    re.I,
)
_MAYBE: Final = re.compile(r"\b(?:of|to|and|or|the|for|around|from)\s$", re.I)
_COUNTS: Final = re.compile(r"[^\S\n][a-z]+s\b")
_COUNTS_PERHAPS: Final = re.compile(
    r"\s(?!(?:and|to|or|in|the|with|by|on|at|was|is|has|had|as)\b)[a-z]"
)
_LONE_YEAR: Final = re.compile(_YEAR)
# Where a date can begin: nothing else is looked at.
_START: Final = re.compile(
    _BEFORE
    + r"(?:[0-9]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|since|from|until|till|by|up|as"
    r"|between|within|in|over|last|this|next|one|two|three|four|five|six|seven|eight|nine|ten|twelve|an?)"
    r"|[自从截到未今去明上下本〇零一二两三四五六七八九十])",
    re.IGNORECASE,
)
_ZH_DIGITS: Final = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0"
}
_NAMED_DAY: Final = re.compile(
    rf"(?:(\d+)(?:st|nd|rd|th)?{_B}(?:of{_B})?)?({_MONTH})(?:{_B}(\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?"
    rf"(?:,?{_B}(?:of{_B})?(\d{{4}}))?",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(
    r"(?:(.{4})\s?年)?(?:\s?([0-9]{1,2})\s?月(?:份|底|初|末)?)?(?:\s?([0-9]{1,2})\s?[日号])?"
)
_FIGURES: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_SHORT_FIGURES: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
Read = Callable[[re.Match[str], str | None], Iterable[str]]


@dataclass(frozen=True)
class Told:
    """Where a date stands, and the names of the times that can be meant."""

    begin: int
    end: int
    names: tuple[str, ...]


def dates_told(text: str, written: str | None = None) -> list[Told]:
    """Return the dates and periods of a text, from the left, the longest at each place.

    `written` is the date of the text (2022-06-29), from which "last year" is counted; without one it has no bounds.
    Dates that no calendar has are left out; one that can be read in two ways has both names.
    """
    found, place = [], 0
    while start := _START.search(text, place):
        end, names = _told_at(text, start.start(), written)
        if names:
            found.append(Told(start.start(), end, names))
        place = max(end, start.end())
    return found


def _told_at(text: str, begin: int, written: str | None) -> tuple[int, tuple[str, ...]]:
    """Return where the longest date at a place ends, and its names; none where no calendar has it."""
    letter = text[begin].lower()
    is_figure = letter.isdigit() and letter.isascii()
    point = _POINT_HERE.match(text, begin) if is_figure or letter in _OF_MONTHS else None
    names: tuple[str, ...] = ()
    if is_figure and point and _LONE_YEAR.fullmatch(point[0]):
        names = (point[0],) if _is_year(text, *point.span()) else ()
    elif point:
        names = _existing(_one(point, written))
    end = point.end() if point else begin
    for pattern, read in _FORMS["date" if point and is_figure else "0" if is_figure else letter]:
        match = pattern.match(text, begin)
        if match and match.end() > end and (longer := _existing(read(match, written))):
            end, names = match.end(), longer
    return end, names


def _is_year(text: str, begin: int, end: int) -> bool:
    before = text[max(0, begin - 8) : begin]
    if not before or _SURE.search(before):
        return not _COUNTS.match(text, end)
    return bool(_MAYBE.search(before)) and not _COUNTS_PERHAPS.match(text, end)


def _existing(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if times.edtf(name))


def _points(text: str) -> list[str]:
    """Return the names of the days, months or years that a date can be."""
    plain = " ".join(text.split())
    if match := _NAMED_DAY.fullmatch(plain):
        month = month_named(match[2]) if match[2][0].isupper() else None  # "may" is a verb as well
        day = match[1] or match[3]
        return [_joined(match[4] or "XXXX", month, day)] if month else []
    if match := _SHORT_FIGURES.fullmatch(plain):
        one, other, year = int(match[1]), int(match[2]), match[3]
        pairs = {(one, other), (other, one)}
        return sorted(_joined(year, month, day) for day, month in pairs)
    if match := _FIGURES.fullmatch(plain):
        return [_joined(*match.groups())]
    if (match := _CHINESE.fullmatch(plain)) and plain:
        year = "".join(_ZH_DIGITS.get(char, char) for char in match[1] or "XXXX")
        return [_joined(year, match[2], match[3])]
    return []


def _joined(year: str, month: str | int | None = None, day: str | int | None = None) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _one(match: re.Match[str], written: str | None) -> Iterator[str]:
    return iter(_points(match[0]))


def _open(word: str) -> Read:
    return lambda match, written: (f"{word}-{name}" for name in _points(match[1]))


def _range(match: re.Match[str], written: str | None) -> Iterator[str]:
    first, last = match[1], match[2]
    for one, other in product(_points(first), _points(last)):
        if "X" in one and "X" not in other:  # from 17 May to 3 June 2023
            one = one.replace("XXXX", other[:4])
        yield f"{one}--{other}"


def _days(match: re.Match[str], written: str | None) -> Iterator[str]:
    """Yield the days of one month: 17-18 Oct., 2023; October 17 to 19."""
    days = [match[name] for name in ("a", "b", "c", "d") if match.groupdict().get(name)]
    month = month_named(match["month"])
    year = match["year"] or "XXXX"
    if month and len(days) == 2:
        yield f"{_joined(year, month, days[0])}--{_joined(year, month, days[1])}"


def _chinese_range(match: re.Match[str], written: str | None) -> Iterator[str]:
    for first in _points(match[1]):
        parts = first.split("-")
        month = match[2] or (parts[1] if len(parts) > 1 else None)
        yield f"{first}--{_joined(parts[0], month, match[3])}"


def _within(match: re.Match[str], written: str | None) -> Iterator[str]:
    count, unit = _count(match[1]), match[2].lower()
    anchor = next(iter(_points(match[3])), None) if match[3] else None
    yield f"within-{count}-{_several(count, unit)}" + (f"-of-{anchor}" if anchor else "")


def _within_chinese(match: re.Match[str], written: str | None) -> Iterator[str]:
    count = _count(match[1] + "年")
    yield f"within-{count}-{_several(count, _ZH_UNITS[match[2].removeprefix('个')])}"


def _ago(match: re.Match[str], written: str | None) -> Iterator[str]:
    count, unit = _count(match[1]), match[2].lower()
    if written:
        parts = {"year": 4, "month": 7}.get(unit, 10)
        yield f"{count}-{_several(count, unit)}-before-{written[:parts]}"


def _relative(match: re.Match[str], written: str | None) -> Iterator[str]:
    name = _RELATIVE[" ".join(match[0].lower().split())]
    way, unit = name.split("-")
    anchor = (written or "")[: 4 if unit == "year" else 7]
    if len(anchor) < (4 if unit == "year" else 7):
        yield name
    elif way == "this":
        yield anchor
    else:
        yield f"1-{unit}-{'before' if way == 'last' else 'after'}-{anchor}"


def _count(text: str) -> int:
    if text.lower() in ("a", "an"):
        return 1
    return int(next(iter(numbers_in(text)), 0))


def _several(count: int, unit: str) -> str:
    return unit if count == 1 else f"{unit}s"


def _is_range(match: re.Match[str], written: str | None) -> Iterable[str]:
    """Yield the names of a range; "and" stands between two ends only behind "between"."""
    words = match[0].lower()
    return _range(match, written) if " and " not in words or words.startswith("between") else ()


def _ahead(match: re.Match[str], written: str | None) -> Iterable[str]:
    words = match[0].lower()
    return _within(match, written) if words.startswith("within") or " the " in words else ()


def _days_named(*names: str) -> str:
    ends = [rf"(?P<{name}>[0-3]?[0-9])(?:st|nd|rd|th)?" for name in names]
    return rf"(?:{_DASH}|\s(?:to|and)\s)".join(ends)


_OF_YEAR: Final = rf"(?:,?{_B}(?P<year>{_YEAR}))?{_BEHIND}"
_ZH_DATE: Final = rf"{_ZH_YEAR}(?:\s?{_ZH_MONTH}(?:\s?{_ZH_DAY})?)?"
_ZH_TO: Final = r"(?:至|到|[-–—~]{1,2})"
_RANGES: Final = (
    rf"(?:from\s|between\s)?({_POINT}|{_YEAR})\s(?:to|until|and|through)\s({_POINT})",
    _is_range,
)
_OF_DAYS: Final = (
    rf"(?:from\s)?{_days_named('a', 'b')}{_B}(?:of\s)?(?P<month>{_MONTH}){_OF_YEAR}",
    _days,
)
_DAYS_BEHIND: Final = (
    rf"(?:from\s)?(?P<month>{_MONTH}){_B}{_days_named('c', 'd')}{_OF_YEAR}",
    _days,
)
_AGO: Final = (rf"({_COUNT})\s{_UNIT}\sago\b", _ago)
_ZH_SINCE: Final = (rf"自?从?({_POINT})(?:以来|起|开始)", _open("since"))
_ZH_WITHIN: Final = (
    r"(?:未来|今后)?([0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?(个月|年|周|天|日)(?:之内|以内|内)",
    _within_chinese,
)
_SINCE: Final = (rf"since\s{_END}({_POINT})", _open("since"))
_FROM: Final = (rf"from\s({_POINT})\s(?:on|onwards?)\b", _open("since"))
_UNTIL: Final = (rf"(?:until|till|by|up\sto|as\sof)\s{_END}({_POINT})", _open("until"))
_IN: Final = (
    rf"(?:with)?in\s(?:the\s(?:next|coming|following)\s)?({_COUNT})\s{_UNIT}(?:\sof\s({_POINT}))?",
    _ahead,
)
_OVER: Final = (rf"over\sthe\s(?:next|coming|following)\s({_COUNT})\s{_UNIT}()", _within)
_BESIDE_NOW: Final = (
    r"(?:last|this|next)\s(?:year|month)\b|[上下]个?月|本月|[去今明]年",
    _relative,
)
_ZH_UNTIL: Final = (rf"(?:截至|截止到?|到)({_POINT})(?:底|末)?", _open("until"))
_ZH_RANGE: Final = (rf"({_ZH_DATE}){_ZH_TO}({_ZH_DATE})", _range)
_ZH_DAYS: Final = (
    rf"((?:{_ZH_YEAR}\s?)?{_ZH_MONTH}\s?[0-9]{{1,2}}\s?[日号]?){_ZH_TO}(?:([0-9]{{1,2}})\s?月)?([0-9]{{1,2}})\s?[日号]",
    _chinese_range,
)
_YEARS: Final = (rf"({_YEAR}){_DASH}({_YEAR}){_BEHIND}", _range)
_HAN_COUNTS: Final = "〇零一二两三四五六七八九十"
# Which forms can begin with a letter; with a figure, whether or not a date begins there.
_BY_START: Final[dict[str, tuple[tuple[str, Read], ...]]] = {
    "date": (_RANGES, _ZH_SINCE, _ZH_DAYS, _ZH_RANGE, _YEARS),
    "0": (_OF_DAYS, _AGO, _ZH_WITHIN, _ZH_DAYS, _YEARS),
    **dict.fromkeys("jmd", (_RANGES, _DAYS_BEHIND)),
    "f": (_RANGES, _OF_DAYS, _DAYS_BEHIND, _FROM, _AGO),
    "a": (_RANGES, _DAYS_BEHIND, _UNTIL, _AGO),
    "s": (_RANGES, _DAYS_BEHIND, _SINCE, _AGO),
    "o": (_RANGES, _DAYS_BEHIND, _OVER, _AGO),
    "n": (_RANGES, _DAYS_BEHIND, _BESIDE_NOW, _AGO),
    "b": (_RANGES, _UNTIL),
    "u": (_UNTIL,),
    "t": (_UNTIL, _BESIDE_NOW, _AGO),
    "l": (_BESIDE_NOW,),
    "e": (_AGO,),
    **dict.fromkeys("wi", (_IN,)),
    **dict.fromkeys("自从", (_ZH_SINCE,)),
    **dict.fromkeys("截到", (_ZH_UNTIL,)),
    **dict.fromkeys("去今明上下本", (_BESIDE_NOW, _ZH_WITHIN)),
    "未": (_ZH_WITHIN,),
    **dict.fromkeys(_HAN_COUNTS, ((_ZH_DATE, _one), _ZH_WITHIN, _ZH_SINCE, _ZH_RANGE)),
}
_FORMS: Final = {
    start: [(re.compile(pattern, re.IGNORECASE), read) for pattern, read in forms]
    for start, forms in _BY_START.items()
}
_OF_MONTHS: Final = "jfmasond"
_POINT_HERE: Final = re.compile(_POINT, re.IGNORECASE)
