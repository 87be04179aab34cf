"""Nodes made from names: quantities, time spans and passages.

Authors write `bri-quantity:more-than-80`, `bri-time:until-2023-06` and a passage's IRI;
what machines need (bounds, first and last moments, offsets) follows from the name.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.names import BRI, PREFIXES, QUANTITY, TIME, VOCABULARY, source_iri, split_passage

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_NUMBER: Final = r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"
_STATED = re.compile(rf"(exactly|at-least|more-than|at-most|fewer-than|about)-({_NUMBER})")
_BETWEEN = re.compile(rf"between-({_NUMBER})-and-({_NUMBER})")
_VAGUE = re.compile(r"vague-[a-z]+(?:-[a-z]+)*")
_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_TIME = re.compile(
    rf"(?P<at>{_DATE})|since-(?P<since>{_DATE})|until-(?P<until>{_DATE})|(?P<first>{_DATE})--(?P<last>{_DATE})"
)

# comparator -> (has a lower bound, it is inclusive, has an upper bound, it is inclusive)
_BOUNDS: Final = {
    "exactly": (True, True, True, True),
    "at-least": (True, True, False, False),
    "more-than": (True, False, False, False),
    "at-most": (False, False, True, True),
    "fewer-than": (False, False, True, False),
    "about": (False, False, False, False),
}


def value_triples(nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    """Yield the triples of every quantity, time span and passage among `nodes`.

    A name that follows no pattern yields nothing; validation then reports the node as unknown.
    """
    for node in sorted(set(nodes), key=lambda n: n.value):
        for predicate, value in _properties(node.value):
            yield ox.Quad(node, predicate, value)


def edtf(name: str) -> str | None:
    """Return the EDTF string (ISO 8601-2) of a time span's local name, or None for an unknown form."""
    match = _TIME.fullmatch(name)
    if not match or fault_of_time(name):
        return None
    if match["at"]:
        return match["at"]
    if match["since"]:
        return match["since"] + "/.."
    if match["until"]:
        return "../" + match["until"]
    return f"{match['first']}/{match['last']}"


def fault_of_time(name: str) -> str | None:
    """Return what is wrong with a local name of the right form: `no-date` or `reversed`; else None."""
    match = _TIME.fullmatch(name)
    if not match:
        return None
    if not all(_is_date(date) for date in match.groups() if date):
        return "no-date"
    if match["first"] and _days(match["first"])[0] > _days(match["last"])[1]:
        return "reversed"
    return None


def time_bounds(edtf_string: str) -> tuple[str | None, str | None]:
    """Return first and last second (UTC, `xsd:dateTime`) of an EDTF date or interval; None where open.

    Raises ValueError for a date that no calendar has.
    """
    first, _, last = edtf_string.partition("/")
    last = last or first
    return (
        None if first == ".." else f"{_days(first)[0]}T00:00:00Z",
        None if last == ".." else f"{_days(last)[1]}T23:59:59Z",
    )


def _properties(iri: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    if iri.startswith(QUANTITY):
        return _quantity(iri.removeprefix(QUANTITY))
    if iri.startswith(TIME):
        return _time(iri.removeprefix(TIME))
    if passage := split_passage(iri):
        return _passage(*passage)
    return []


def _quantity(name: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    if match := _STATED.fullmatch(name):
        comparator, number = match[1], match[2]
        lower, lower_in, upper, upper_in = _BOUNDS[comparator]
        bounds = (
            _bound("lower", number, lower_in) * lower + _bound("upper", number, upper_in) * upper
        )
        return [
            _a("Quantity"),
            _comparator(comparator),
            (_bri("statedValue"), _number(number)),
            *bounds,
        ]
    if match := _BETWEEN.fullmatch(name):
        bounds = _bound("lower", match[1], True) + _bound("upper", match[2], True)
        return [_a("Quantity"), _comparator("between"), *bounds]
    if _VAGUE.fullmatch(name):
        return [_a("Quantity"), _comparator("vague")]
    return []


def _time(name: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    string = edtf(name)
    if string is None:
        return []
    first, last = time_bounds(string)
    moments = [(_bri("notBefore"), first), (_bri("notAfter"), last)]
    return [
        _a("TimeSpan"),
        (_bri("edtf"), ox.Literal(string)),
        *(
            (p, ox.Literal(m, datatype=ox.NamedNode(PREFIXES["xsd"] + "dateTime")))
            for p, m in moments
            if m
        ),
    ]


def _passage(
    slug: str, begin: int, end: int
) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    return [
        _a("Passage"),
        (_bri("isPassageOf"), ox.NamedNode(source_iri(slug))),
        (_bri("begin"), ox.Literal(begin)),
        (_bri("end"), ox.Literal(end)),
    ]


def _bound(
    side: str, number: str, inclusive: bool
) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    return [
        (_bri(f"{side}Bound"), _number(number)),
        (_bri(f"{side}BoundInclusive"), ox.Literal(inclusive)),
    ]


def _a(name: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    return _TYPE, _bri(name)


def _bri(name: str) -> ox.NamedNode:
    return ox.NamedNode(BRI + name)


def _comparator(name: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    return _bri("comparator"), ox.NamedNode(f"{VOCABULARY}comparator/{name}")


def _number(number: str) -> ox.Literal:
    """Return a whole number as xsd:integer and any other as xsd:decimal in canonical form, which every store writes."""
    whole, _, rest = number.partition(".")
    fraction = rest.rstrip("0")
    if not fraction:
        return ox.Literal(int(whole))
    return ox.Literal(
        f"{int(whole)}.{fraction}", datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal")
    )


def _is_date(date: str) -> bool:
    try:
        _days(date)
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
