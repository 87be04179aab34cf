"""The datatypes of OWL 2 RL: which literal is well formed, which value lies in which datatype.

Rules dt-type2 and dt-not-type (OWL 2 Profiles §4.3, table 8), told from lexical forms as XML
Schema 1.1 Part 2 gives them. What is not known to be wrong is not called wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

import pyoxigraph as ox

from bri_kg.names import INTEGERS, PREFIXES

_XSD: Final = PREFIXES["xsd"]
_SPACE = re.compile(r"[ \t\n\r]+")
_INTEGER = r"[+-]?[0-9]+"
_DATE_TIME = (
    r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"T(?:(?P<hour>[01][0-9]|2[0-3]|24(?=:00:00(?:\.0+)?(?![0-9.])))"
    r":(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?))"
    r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_START = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_CHARS = _START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_BASE64 = r"[A-Za-z0-9+/] ?"
_FLOAT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_LEXICAL: Final = {
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "integer": _INTEGER,
    "double": _FLOAT,
    "float": _FLOAT,
    "boolean": r"true|false|1|0",
    "dateTime": _DATE_TIME,
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": (
        rf"(?:(?:{_BASE64}){{4}})*"
        rf"(?:(?:{_BASE64}){{2}}[AEIMQUYcgkosw048] ?=|{_BASE64}[AQgw] ?= ?=)?"
    ),
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^ \t\n\r]+(?: [^ \t\n\r]+)*)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "Name": rf"[{_START}][{_CHARS}]*",
    "NCName": rf"(?!:)[{_START}](?:(?!:)[{_CHARS}])*",
    "NMTOKEN": rf"[{_CHARS}]+",
    "PlainLiteral": r"(?s:.*)@(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?",
}  # fmt: skip
# Datatypes between which no value is shared; texts with a language are no strings.
_SPACES: Final = {
    **dict.fromkeys(("decimal", *INTEGERS), "decimal"),
    **dict.fromkeys(
        ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"), "string"),
    "dateTime": "dateTime", "dateTimeStamp": "dateTime", "boolean": "boolean", "double": "double",
    "float": "float", "anyURI": "anyURI", "hexBinary": "hexBinary", "base64Binary": "base64Binary",
    "langString": "langString", "PlainLiteral": "PlainLiteral", "XMLLiteral": "XMLLiteral",
}  # fmt: skip
_OF_RDF: Final = frozenset({"langString", "PlainLiteral", "XMLLiteral"})
_SUPER: Final = {
    "integer": "decimal", "long": "integer", "int": "long", "short": "int", "byte": "short",
    "nonNegativeInteger": "integer", "positiveInteger": "nonNegativeInteger",
    "unsignedLong": "nonNegativeInteger", "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt", "unsignedByte": "unsignedShort",
    "nonPositiveInteger": "integer", "negativeInteger": "nonPositiveInteger",
    "normalizedString": "string", "token": "normalizedString", "language": "token",
    "Name": "token", "NMTOKEN": "token", "NCName": "Name", "dateTimeStamp": "dateTime",
}  # fmt: skip
_NAMES: Final = {PREFIXES["rdf" if name in _OF_RDF else "xsd"] + name: name for name in _SPACES}


def datatypes_of(literal: ox.Literal) -> list[str]:
    """Return the IRIs of the datatypes that a literal is in by its own datatype (dt-type2)."""
    name = name_of(literal.datatype.value)
    found = []
    while name and name not in _OF_RDF:
        found.append(_XSD + name)
        name = _SUPER.get(name)
    return found


def name_of(iri: str) -> str | None:
    """Return the local name of a datatype that is known here, else None."""
    return _NAMES.get(iri)


def space_of(name: str) -> str:
    """Return the datatype in whose value space a datatype lies."""
    return _SPACES[name]


def trimmed(text: str, name: str) -> str:
    """Return a text without the white space that XML Schema takes away before it looks at it."""
    if _SPACES[name] in ("string", "PlainLiteral", "langString", "XMLLiteral"):
        return text
    if _SPACES[name] in ("anyURI", "base64Binary"):
        text = _SPACE.sub(" ", text)
    return text.strip(" \t\n\r")


def has_form(text: str, name: str) -> bool:
    """Return whether a text has a value in a datatype."""
    if _SPACES[name] == "decimal":
        text = trimmed(text, name)
        form = lexical_form("decimal" if name == "decimal" else "integer")
        return form.fullmatch(text) is not None and _fits(Decimal(text), name)
    if _SPACES[name] == "dateTime":
        match = lexical_form("dateTime").fullmatch(trimmed(text, name))
        if match is None or not _is_a_day(match):
            return False
        return name != "dateTimeStamp" or match["zone"] is not None
    return name not in _LEXICAL or lexical_form(name).fullmatch(trimmed(text, name)) is not None


@cache
def lexical_form(name: str) -> re.Pattern[str]:
    """Return the pattern of what a datatype is written like, compiled when it is first asked for: some take long."""
    return re.compile(_LEXICAL[name])


def is_ill_formed(literal: ox.Literal) -> bool:
    """Return whether a literal surely has no value in its own datatype (dt-not-type)."""
    name = name_of(literal.datatype.value)
    return name is not None and not has_form(literal.value, name)


def cannot_be_in(literal: ox.Literal, datatype: str) -> bool:
    """Return whether the value of a literal surely lies outside a datatype (dt-not-type)."""
    wanted, own = name_of(datatype), name_of(literal.datatype.value)
    if wanted is None or own is None:
        return False
    text = literal.value
    if own == "PlainLiteral":
        text, _, language = text.rpartition("@")
        own = "langString" if language else "string"
    spaces = _SPACES[wanted], _SPACES[own]
    if spaces[0] == "PlainLiteral":
        return spaces[1] not in ("string", "langString")
    if spaces[0] != spaces[1]:
        return True
    if spaces[0] == "decimal":
        text = trimmed(text, own)
        return lexical_form("decimal").fullmatch(text) is not None and not _fits(
            Decimal(text), wanted
        )
    return spaces[0] in ("string", "dateTime") and not has_form(text, wanted)


def whole_number(literal: ox.Literal) -> Decimal | None:
    """Return the value of an integer literal, else None."""
    name = name_of(literal.datatype.value)
    if (
        name is None
        or _SPACES[name] != "decimal"
        or not lexical_form("integer").fullmatch(literal.value)
    ):
        return None
    return Decimal(literal.value)


def _is_a_day(match: re.Match[str]) -> bool:
    return int(match["day"]) <= days_in(match["year"], int(match["month"]))


def days_in(year: str, month: int) -> int:
    """Return the days of a month; four digits of the year are enough to tell a leap year."""
    last = int(year[-4:])
    is_leap = last % 4 == 0 and (last % 100 != 0 or last % 400 == 0)
    return _DAYS[month - 1] + (month == 2 and is_leap)


def _fits(number: Decimal, name: str) -> bool:
    if name == "decimal":
        return True
    low, high = INTEGERS[name]
    return (
        number == number.to_integral_value()
        and (low is None or number >= low)
        and (high is None or number <= high)
    )
