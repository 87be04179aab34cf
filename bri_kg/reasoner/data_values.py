"""The value that a literal stands for: what dt-eq calls the same and dt-diff calls different.

Two data values are the same where they are identical, which in XML Schema is narrower than equal
(OWL 2 Structural Specification §4; XML Schema 1.1 Part 2 §2.2): +0 and -0 of a floating point
type are two values, and so is one moment in two time zones. NaN is the same as itself. Value
spaces of different primitive types share nothing: 1 as a decimal, a float and a double are three.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Hashable
from decimal import Context, Decimal
from math import inf, nextafter
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.reasoner.datatypes import (
    days_in,
    has_form,
    lexical_form,
    name_of,
    space_of,
    trimmed,
)

_STRING: Final = PREFIXES["xsd"] + "string"


def value_of(literal: ox.Literal) -> Hashable | None:
    """Return what is equal for two literals exactly where their values are the same, else None.

    None is returned for an unknown datatype, a text that has no value in its datatype, and XML.
    """
    if literal.language:
        return "text", literal.value, literal.language.lower()
    name = name_of(literal.datatype.value)
    if name == "string":
        return "text", literal.value, ""
    if name is None or not has_form(literal.value, name):
        return None
    space, text = space_of(name), trimmed(literal.value, name)
    if space == "string":
        return "text", text, ""
    if space == "PlainLiteral":
        value, _, language = text.rpartition("@")
        return "text", value, language.lower()
    read = _READERS.get(space)
    return None if read is None else (space, read(text))


def is_plain_text(literal: ox.Literal) -> bool:
    """Return whether a literal is a string or has a language: its value is what it is written like.

    Another literal has that value only where `writes_text` says so; the engine writes languages in one way.
    """
    return literal.language is not None or literal.datatype.value == _STRING


def writes_text(literal: ox.Literal) -> bool:
    """Return whether a literal has the value of a plain text, written with a datatype of its own."""
    name = name_of(literal.datatype.value)
    return name is not None and space_of(name) in ("string", "PlainLiteral")


def surely_differ(one: ox.Literal, other: ox.Literal) -> bool:
    """Return whether two literals surely have different values (dt-diff)."""
    values = value_of(one), value_of(other)
    if None not in values:
        return values[0] != values[1]
    names = name_of(one.datatype.value), name_of(other.datatype.value)
    spaces = {space_of(name) for name in names if name}
    texts = {"string", "langString", "PlainLiteral"}
    return None not in names and len(spaces) > 1 and not spaces <= texts


def _double(text: str) -> bytes:
    return struct.pack(">d", _float(text))


def _single(text: str) -> bytes:
    """Round once: what lies between two doubles is made odd, so that rounding it again is right."""
    value = _float(text)
    if abs(value) not in (0.0, inf) and value == value:
        exact, rounded = Decimal(text), Decimal(value)
        is_odd = struct.pack(">d", value)[-1] & 1
        if exact != rounded and not is_odd:
            value = nextafter(value, inf if exact > rounded else -inf)
    try:
        return struct.pack(">f", value)
    except OverflowError:
        return struct.pack(">f", inf if value > 0 else -inf)


def _float(text: str) -> float:
    value = float(text)
    return value if value == value else float("nan")


def _date_time(text: str) -> Hashable:
    """Return the seven parts of a time; hour 24 is the beginning of the next day."""
    match = lexical_form("dateTime").fullmatch(text)
    assert match
    year, month, day = Decimal(match["year"]), int(match["month"]), int(match["day"])
    hour, minute, second = int(match["hour"]), int(match["minute"]), Decimal(match["second"])
    if hour == 24:
        hour, day = 0, day + 1
        if day > days_in(match["year"], month):
            day, month = 1, month + 1
        if month > 12:
            month, year = 1, Context(prec=len(text)).add(year, Decimal(1))
    return year, month, day, hour, minute, second, _offset(match["zone"])


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    return -minutes if zone[0] == "-" else minutes


_READERS: Final[dict[str, Callable[[str], Hashable]]] = {
    "decimal": Decimal,
    "double": _double,
    "float": _single,
    "boolean": lambda text: text in ("true", "1"),
    "dateTime": _date_time,
    "hexBinary": bytes.fromhex,
    "base64Binary": lambda text: base64.b64decode(text.replace(" ", "")),
    "anyURI": str,
}
