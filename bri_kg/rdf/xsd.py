"""The datatypes of XML Schema 1.1: which literal is well-formed, and which of two is the greater.

Standards: XML Schema 1.1 part 2; RDF 1.1 Concepts 5.1 (no white space is trimmed); the `<` of
SPARQL 1.1 (17.3), and, where it is silent, XPath's comparison of values of one type.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from bri_kg.names import INTEGERS, PREFIXES

XSD: Final = PREFIXES["xsd"]
_STRING: Final = XSD + "string"

_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_INTEGER = r"[+-]?[0-9]+"
_FLOAT = rf"(?:{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN)"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = (
    r"(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
    r"|(?P<midnight>24:00:00(?:\.0+)?))"
)
_ZONED = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_ZONE = f"{_ZONED}?"
_DAYS = r"(?:(?P<days>[0-9]+)D)?"
_CLOCK = (
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?"
    r"(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_MONTHS = r"(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?"
_LENGTH = r"(?P<minus>-?)P(?=[0-9T])"
_START = (
    r"A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_INNER = _START + r"\-.0-9\xB7\u0300-\u036F\u203F-\u2040"
_BASE64 = "[A-Za-z0-9+/] ?"

# What stands in a lexical space, as far as a pattern can say.
_PATTERNS: Final = {
    "boolean": "true|false|1|0",
    "decimal": _DECIMAL,
    "integer": _INTEGER,
    "double": _FLOAT,
    "float": _FLOAT,
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONED}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": _TIME + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": _YEAR + _ZONE,
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": f"{_LENGTH}{_MONTHS}{_DAYS}{_CLOCK}",
    "dayTimeDuration": f"{_LENGTH}{_DAYS}{_CLOCK}",
    "yearMonthDuration": f"{_LENGTH}{_MONTHS}",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "base64Binary": (
        f"(?:(?:{_BASE64}){{4}})*"
        f"(?:(?:{_BASE64}){{3}}[A-Za-z0-9+/]|(?:{_BASE64}){{2}}[AEIMQUYcgkosw048] ?="
        f"|{_BASE64}[AQgw] ?= ?=)?"
    ),
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^ \t\n\r]+(?: [^ \t\n\r]+)*)?",
    "language": "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "NMTOKEN": f"[:{_INNER}]+",
    "Name": f"[:{_START}][:{_INNER}]*",
    "NCName": f"[{_START}][{_INNER}]*",
}
_DATES: Final = frozenset(
    {"dateTime", "dateTimeStamp", "date", "time", "gYearMonth", "gYear", "gMonthDay", "gMonth", "gDay"}
)  # fmt: skip
_DURATIONS: Final = frozenset({"duration", "dayTimeDuration", "yearMonthDuration"})
_FORTNIGHT: Final = Fraction(14 * 3600)  # the widest time zone
# From where durations are compared (XML Schema 3.3.6).
_STARTS: Final = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
_compiled = lru_cache(maxsize=None)(lambda name: re.compile(_PATTERNS[name]))


@dataclass(frozen=True)
class Value:
    """A value that can be compared with those of its family; None is not a number.

    `exact` numbers turn into floating ones beside these. A point in time without a zone has
    `zoned` False.
    """

    family: str
    number: Fraction | float | str
    zoned: bool = True
    months: Fraction = Fraction(0)  # of a duration, whose number is in seconds
    single: bool = False  # of xsd:float, which an exact number becomes beside it


def is_ill_typed(text: str, datatype: str) -> bool:
    """Return whether the text is outside the lexical space of the datatype; False for unknown ones."""
    name = datatype.removeprefix(XSD)
    if name == datatype:
        return False
    if name in INTEGERS:
        return not _is_whole(text, *INTEGERS[name])
    if name not in _PATTERNS:
        return False
    found = _compiled(name).fullmatch(text)
    if found is None:
        return True
    if name in _DURATIONS:
        return not any(
            value is not None for part, value in found.groupdict().items() if part != "minus"
        )
    return name in _DATES and not _is_a_day(found.groupdict())


def compare(one: tuple[str, str], other: tuple[str, str]) -> int | None:
    """Return -1, 0 or 1 for two literals (text, datatype) that `<` orders, else None."""
    left, right = value_of(*one), value_of(*other)
    if left is None or right is None or left.family != right.family:
        return None
    return order(left, right)


@lru_cache(maxsize=20_000)
def value_of(text: str, datatype: str) -> Value | None:
    """Return what a literal means, as far as it can be ordered; None if not or if ill-typed."""
    name = datatype.removeprefix(XSD)
    make = _VALUES.get(name)
    if name == datatype or make is None or is_ill_typed(text, datatype):
        return None
    return make(text, name)


def _is_whole(text: str, low: int | None, high: int | None) -> bool:
    if not _compiled("integer").fullmatch(text):
        return False
    # Never int() of a long text: it is slow, and Python refuses it.
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > 20:
        return (high if not text.startswith("-") else low) is None
    number = int(digits or "0") * (-1 if text.startswith("-") else 1)
    return (low is None or number >= low) and (high is None or number <= high)


def _is_a_day(parts: dict[str, str | None]) -> bool:
    day, month, year = parts.get("day"), parts.get("month"), parts.get("year")
    if day is None or month is None:
        return True
    return int(day) <= _days_of(int(month), 4 if year is None else int(year[-4:]))


def _days_of(month: int, year: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _exact(text: str, _: str) -> Value:
    return Value("number", _fraction(text))


def _fraction(text: str) -> Fraction:
    """Return what Fraction(text) gives, for any number of digits."""
    sign = -1 if text.startswith("-") else 1
    whole, _, rest = text.lstrip("+-").partition(".")
    digits = (whole + rest).lstrip("0") or "0"
    number = 0
    for start in range(0, len(digits), 4000):
        part = digits[start : start + 4000]
        number = number * 10 ** len(part) + int(part)
    return sign * Fraction(number, 10 ** len(rest))


def _floating(text: str, name: str) -> Value:
    number = float(text)  # takes INF and NaN too
    if name == "float":
        return Value("number", _single(number), single=True)
    return Value("number", number)


def _single(number: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _boolean(text: str, _: str) -> Value:
    return Value("boolean", Fraction(text in ("true", "1")))


def _text(text: str, _: str) -> Value:
    return Value("string", text)


def _point(text: str, name: str) -> Value:
    found = _compiled(name).fullmatch(text)
    assert found is not None
    parts = found.groupdict()
    family = "dateTime" if name == "dateTimeStamp" else name
    days = _days_before(
        int(parts.get("year") or 1972), int(parts.get("month") or 12), int(parts.get("day") or 1)
    )
    seconds = Fraction(days * 86400) + (86400 if parts.get("midnight") else 0)
    seconds += int(parts.get("hour") or 0) * 3600 + int(parts.get("minute") or 0) * 60
    seconds += _fraction(parts.get("second") or "0")
    zone = parts.get("zone")
    if name == "time" and parts.get("midnight"):
        seconds -= 86400
    return Value(family, seconds - _offset(zone), zone is not None)


def _days_before(year: int, month: int, day: int) -> int:
    """Return the days since 1 January of the year 0, of the Gregorian calendar without end or beginning."""
    before = year - 1
    days = year * 365 + before // 4 - before // 100 + before // 400 + 1
    return days + sum(_days_of(m, year) for m in range(1, month)) + day


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds


def _length(text: str, name: str) -> Value:
    found = _compiled(name).fullmatch(text)
    assert found is not None
    parts = {key: value or "0" for key, value in found.groupdict().items() if key != "minus"}
    months = _fraction(parts.get("years", "0")) * 12 + _fraction(parts.get("months", "0"))
    seconds = (
        _fraction(parts.get("days", "0")) * 86400
        + _fraction(parts.get("hours", "0")) * 3600
        + _fraction(parts.get("minutes", "0")) * 60
        + _fraction(parts.get("seconds", "0"))
    )
    sign = -1 if found["minus"] else 1
    return Value("duration", sign * seconds, months=sign * months)


def order(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1 for two values of one family, None where they have no order."""
    one, other = left.number, right.number
    if left.zoned != right.zoned:
        return _order_in_doubt(left, right)
    if left.months != right.months:
        return _order_of_lengths(left, right)
    if isinstance(one, float) != isinstance(other, float):
        one, other = (_as_float(number, left.single or right.single) for number in (one, other))
    if one != one or other != other:  # not a number
        return None
    return (one > other) - (one < other)  # type: ignore[operator]


def _order_in_doubt(left: Value, right: Value) -> int | None:
    """Return the order of two of which one has no time zone: None unless it is the same in every zone."""
    gap = left.number - right.number  # type: ignore[operator]
    assert isinstance(gap, Fraction)
    if abs(gap) <= _FORTNIGHT:
        return None
    return 1 if gap > 0 else -1


def _order_of_lengths(left: Value, right: Value) -> int | None:
    """Return a month is 28 to 31 days: durations are in order where they are from every start."""
    gaps = set()
    for year, month in _STARTS:
        ends = []
        for length in (left, right):
            assert isinstance(length.number, Fraction)
            later = year * 12 + month - 1 + int(length.months)
            ends.append(_days_before(later // 12, later % 12 + 1, 1) * 86400 + length.number)
        gaps.add((ends[0] > ends[1]) - (ends[0] < ends[1]))
    return gaps.pop() if len(gaps) == 1 else None


def _as_float(number: Fraction | float | str, single: bool) -> float:
    try:
        made = float(number)
    except OverflowError:
        made = float("inf") if number > 0 else float("-inf")  # type: ignore[operator]
    return _single(made) if single else made


_VALUES: Final[dict[str, Callable[[str, str], Value | None]]] = {
    **dict.fromkeys(["decimal", *INTEGERS], _exact),
    **dict.fromkeys(["double", "float"], _floating),
    **dict.fromkeys(_DATES, _point),
    **dict.fromkeys(_DURATIONS, _length),
    "boolean": _boolean,
    "string": _text,
}
