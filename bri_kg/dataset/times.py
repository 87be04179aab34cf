"""Times made from names: EDTF (ISO 8601-2) as texts state them, and the first and last moment that follow.

2018, 2018-05, 2018-05-25         a year, a month, a day
since-…  until-…  …--…            open and closed intervals
XXXX-05-25                        a date whose year the text does not give: no moments
1-year-before-2020                "last year" in a text of 2020; days, weeks, months, years, before or after
within-3-years-of-2015-05-25      an interval from the date on
within-3-years, last-year, …      the same where nothing dates them: no moments
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final

_DATE: Final = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_NO_YEAR: Final = r"XXXX-[0-9]{2}(?:-[0-9]{2})?"
_ANY: Final = rf"(?:{_DATE}|{_NO_YEAR})"
_SPAN: Final = r"(?P<count>[1-9][0-9]{0,2})-(?P<unit>day|week|month|year)s?"
_ABSOLUTE: Final = re.compile(
    rf"(?P<at>{_ANY})|since-(?P<since>{_DATE})|until-(?P<until>{_DATE})|(?P<first>{_ANY})--(?P<last>{_ANY})"
)
_SHIFTED: Final = re.compile(rf"{_SPAN}-(?P<way>before|after)-(?P<anchor>{_DATE})")
_WITHIN: Final = re.compile(rf"within-{_SPAN}(?:-of-(?P<anchor>{_DATE}))?")
_UNDATED: Final = {
    "last-year": ("XXXX", "last year", "去年"),
    "this-year": ("XXXX", "this year", "今年"),
    "next-year": ("XXXX", "next year", "明年"),
    "last-month": ("XXXX-XX", "last month", "上月"),
    "this-month": ("XXXX-XX", "this month", "本月"),
    "next-month": ("XXXX-XX", "next month", "下月"),
}
_CHINESE: Final = {
    "day": "天",
    "week": "周",
    "month": "个月",
    "year": "年",
    "before": "之前",
    "after": "之后",
}
# As many parts as a date must have for a unit to shift it, and the months of a longer unit.
_PARTS: Final = {"year": 1, "month": 2, "week": 3, "day": 3}
_LEAP_YEAR: Final = "2000"


def edtf(name: str) -> str | None:
    """Return the EDTF string of a time span's local name, or None for an unknown form."""
    if name in _UNDATED:
        return _UNDATED[name][0]
    if fault_of_time(name):
        return None
    if match := _ABSOLUTE.fullmatch(name):
        return _absolute(match)
    if match := _SHIFTED.fullmatch(name):
        return _shifted(match["anchor"], _signed(match), match["unit"])
    if match := _WITHIN.fullmatch(name):
        return _within(match)
    return None


def fault_of_time(name: str) -> str | None:
    """Return what is wrong with a local name of the right form: `no-date` or `reversed`; else None."""
    match = _ABSOLUTE.fullmatch(name)
    if not match:
        return None
    if not all(_is_date(date) for date in match.groups() if date):
        return "no-date"
    # Without a year an interval may run over the turn of the year.
    if match["first"] and "X" not in name and _days(match["first"])[0] > _days(match["last"])[1]:
        return "reversed"
    return None


def bounds(edtf_string: str) -> tuple[str | None, str | None]:
    """Return first and last second (UTC, `xsd:dateTime`) of an EDTF date or interval; None where open.

    Raises ValueError for a date that no calendar has.
    """
    first, _, last = edtf_string.partition("/")
    last = last or first
    return (
        None if _has_no_moment(first) else f"{_days(first)[0]}T00:00:00Z",
        None if _has_no_moment(last) else f"{_days(last)[1]}T23:59:59Z",
    )


def labels(name: str) -> tuple[str, str] | None:
    """Return the words, English and Chinese, of a time span that is told by its distance from another."""
    if name in _UNDATED:
        return _UNDATED[name][1:]
    match = _SHIFTED.fullmatch(name) or _WITHIN.fullmatch(name)
    if match is None:
        return None
    count, unit, anchor = match["count"], match["unit"], match["anchor"]
    span = f"{count} {unit}" + ("" if count == "1" else "s")
    chinese = count + _CHINESE[unit]
    if "way" in match.groupdict():
        way = match["way"]
        return f"{span} {way} {anchor}", f"{anchor}{chinese}{_CHINESE[way]}"
    if anchor is None:
        return f"within {span}", f"{chinese}之内"
    return f"within {span} of {anchor}", f"{anchor}起{chinese}之内"


def printed(name: str) -> str:
    """Return the part of a local name that the words of a claim print: of what is told by distance, the anchor."""
    match = _SHIFTED.fullmatch(name) or _WITHIN.fullmatch(name)
    return (match["anchor"] or "") if match else name


def _absolute(match: re.Match[str]) -> str:
    if match["at"]:
        return match["at"]
    if match["since"]:
        return match["since"] + "/.."
    if match["until"]:
        return "../" + match["until"]
    return f"{match['first']}/{match['last']}"


def _within(match: re.Match[str]) -> str | None:
    if match["anchor"] is None:
        return "../.."
    last = _shifted(match["anchor"], int(match["count"]), match["unit"])
    return last and f"{match['anchor']}/{last}"


def _signed(match: re.Match[str]) -> int:
    return int(match["count"]) * (-1 if match["way"] == "before" else 1)


def _shifted(date: str, count: int, unit: str) -> str | None:
    """Return a date moved by so many units, as exact as it was; None where the unit is finer than the date."""
    parts = date.count("-") + 1
    if parts < _PARTS[unit] or not _is_date(date):
        return None
    try:
        if unit in ("day", "week"):
            days = count * (7 if unit == "week" else 1)
            return (datetime.date.fromisoformat(date) + datetime.timedelta(days)).isoformat()
        return _in_months(date, count * (12 if unit == "year" else 1), parts)
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None


def _in_months(date: str, months: int, parts: int) -> str:
    year, month, day = (int(part) for part in (*date.split("-"), "1", "1")[:3])
    years, month = divmod(month - 1 + months, 12)
    year, month = year + years, month + 1
    last = calendar.monthrange(year, month)[1]  # 31 January and a month is the last day of February
    moved = datetime.date(year, month, min(day, last)).isoformat()
    return moved[: (4, 7, 10)[parts - 1]]


def _has_no_moment(date: str) -> bool:
    return date == ".." or "X" in date


def _is_date(date: str) -> bool:
    try:
        _days(date.replace("XXXX", _LEAP_YEAR))
    except ValueError:
        return False
    return True


def _days(date: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a year, a month or a day."""
    year, month, day = (int(part) for part in (*date.split("-"), "0", "0")[:3])
    first = datetime.date(year, month or 1, day or 1)
    if day:
        return first, first
    end_month = month or 12
    return first, datetime.date(year, end_month, calendar.monthrange(year, end_month)[1])
