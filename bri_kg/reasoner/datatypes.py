"""The datatypes of OWL 2 RL: which literal is well formed, which value lies in which datatype.

Rules dt-type2, dt-not-type and dt-diff (OWL 2 Profiles §4.3, table 8), as far as they can be told
from lexical forms. What is not known to be wrong is not called wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_INTEGER = re.compile(r"[+-]?[0-9]+")
_LEXICAL: Final = {
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "integer": _INTEGER,
    "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
    "boolean": re.compile(r"true|false|1|0"),
    "dateTime": re.compile(
        r"-?[0-9]{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
        r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
        r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
    ),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*"),
}
# Datatypes between which no value is shared, and what each is derived from.
_SPACES: Final = {
    **dict.fromkeys(
        ("decimal", "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
         "negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt",
         "unsignedShort", "unsignedByte"), "decimal"),
    **dict.fromkeys(
        ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"), "string"),
    "dateTime": "dateTime", "dateTimeStamp": "dateTime", "boolean": "boolean", "double": "double",
    "float": "float", "anyURI": "anyURI", "hexBinary": "hexBinary", "base64Binary": "base64Binary",
}  # fmt: skip
_SUPER: Final = {
    "integer": "decimal", "long": "integer", "int": "long", "short": "int", "byte": "short",
    "nonNegativeInteger": "integer", "positiveInteger": "nonNegativeInteger",
    "unsignedLong": "nonNegativeInteger", "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt", "unsignedByte": "unsignedShort",
    "nonPositiveInteger": "integer", "negativeInteger": "nonPositiveInteger",
    "normalizedString": "string", "token": "normalizedString", "language": "token",
    "Name": "token", "NMTOKEN": "token", "NCName": "Name", "dateTimeStamp": "dateTime",
}  # fmt: skip
_BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "nonNegativeInteger": (0, None), "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1), "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1), "unsignedByte": (0, 255),
}  # fmt: skip


def datatypes_of(literal: ox.Literal) -> list[str]:
    """Return the IRIs of the datatypes that a literal is in by its own datatype (dt-type2)."""
    name = _name(literal.datatype.value)
    found = []
    while name:
        found.append(_XSD + name)
        name = _SUPER.get(name)
    return found


def is_ill_formed(literal: ox.Literal) -> bool:
    """Return whether a literal surely has no value in its own datatype (dt-not-type)."""
    name = _name(literal.datatype.value)
    return name is not None and not _can_hold(literal.value, name)


def cannot_be_in(literal: ox.Literal, datatype: str) -> bool:
    """Return whether the value of a literal surely lies outside a datatype (dt-not-type)."""
    wanted, own = _name(datatype), _name(literal.datatype.value)
    if wanted is None or own is None:
        # A text with a language is in no datatype of XML Schema.
        return wanted is not None and literal.language is not None
    if _SPACES[wanted] != _SPACES[own]:
        return True
    if _SPACES[wanted] != "decimal":
        return False
    number = _number(literal.value)
    return number is not None and not _fits(number, wanted)


def surely_differ(one: ox.Literal, other: ox.Literal) -> bool:
    """Return whether two literals surely have different values (dt-diff)."""
    names = _name(one.datatype.value), _name(other.datatype.value)
    if one.language or other.language:
        return one.language != other.language or one.value != other.value
    if names[0] is None or names[1] is None:
        return False
    spaces = {_SPACES[name] for name in names if name}
    if len(spaces) > 1:
        return True
    if spaces == {"decimal"}:
        numbers = _number(one.value), _number(other.value)
        return None not in numbers and numbers[0] != numbers[1]
    if spaces == {"boolean"}:
        return (one.value in ("true", "1")) != (other.value in ("true", "1"))
    return spaces <= {"string", "anyURI"} and one.value != other.value


def whole_number(literal: ox.Literal) -> int | None:
    """Return the value of an integer literal, else None."""
    name = _name(literal.datatype.value)
    if name is None or _SPACES[name] != "decimal" or not _INTEGER.fullmatch(literal.value):
        return None
    return int(literal.value)


def _name(iri: str) -> str | None:
    name = iri.removeprefix(_XSD)
    return name if name != iri and name in _SPACES else None


def _can_hold(text: str, name: str) -> bool:
    if _SPACES[name] == "decimal":
        pattern = _LEXICAL["decimal" if name == "decimal" else "integer"]
        if not pattern.fullmatch(text.strip()):
            return False
        number = _number(text)
        return number is None or _fits(number, name)
    lexical = _LEXICAL.get("double" if name == "float" else _SPACES[name])
    return lexical is None or lexical.fullmatch(text.strip()) is not None


def _fits(number: Decimal, name: str) -> bool:
    if name == "decimal":
        return True
    low, high = _BOUNDS.get(name, (None, None))
    return (
        number == number.to_integral_value()
        and (low is None or number >= low)
        and (high is None or number <= high)
    )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
