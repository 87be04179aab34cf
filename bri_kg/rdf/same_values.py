"""What two engines gave, compared by value: they spell booleans, numbers and times differently."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pyoxigraph import BlankNode, Literal

from bri_kg.rdf.rows import Rows, plain_text, python_value
from bri_kg.rdf.terms import Term

Key = tuple[object, ...]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_ZONE_OF_DATE = re.compile(r"[+-]00:00$")


def value_key(term: Term | None) -> Key:
    """Return what a term has in common with those of the same value, and with no other.

    Numbers are the same whatever their type and spelling, times whatever their zone, language
    tags whatever their case; blank nodes are all alike, since their labels mean nothing.
    """
    if term is None:
        return ()
    if isinstance(term, BlankNode):
        return ("blank",)
    if not isinstance(term, Literal):
        return ("iri", term.value)
    if term.language:
        return ("text", term.value, term.language.lower())
    value = python_value(term)
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, int | float | Decimal):
        return ("number", _number(value))
    kind = term.datatype.value.removeprefix(_XSD)
    if kind in ("dateTime", "dateTimeStamp"):
        return ("time", _instant(term.value))
    if kind in ("date", "time", "gYear", "gYearMonth"):
        return (kind, _ZONE_OF_DATE.sub("Z", term.value))
    return ("literal", term.value, term.datatype.value)


def _number(value: int | float | Decimal) -> Decimal | str:
    if not math.isfinite(value):
        return str(value)
    # Engines keep different numbers of digits behind the point: a third is 0.333 to each.
    return Decimal(value) if value == int(value) else Decimal(f"{value:.12g}")


def _instant(text: str) -> object:
    match = _TIME.fullmatch(text)
    if match is None or match[3] is None:
        return text
    try:
        whole = datetime.fromisoformat(match[1] + match[3].replace("Z", "+00:00")).astimezone(UTC)
    except (ValueError, OverflowError):
        return text
    return whole.isoformat(), Decimal(match[2] or 0)


@dataclass(frozen=True)
class RowDifference:
    """How rows differ: those that only one side has, repeated ones counted, or else their order."""

    only_first: tuple[tuple[Term | None, ...], ...] = ()
    only_second: tuple[tuple[Term | None, ...], ...] = ()
    columns: bool = False
    order: bool = False

    def __bool__(self) -> bool:
        """Return whether there is any difference."""
        return bool(self.only_first or self.only_second or self.columns or self.order)


def compare_rows(first: Rows, second: Rows, ordered_by: Sequence[str] = ()) -> RowDifference:
    """Return how rows differ by value; their order counts in the columns that they are sorted by."""
    if first.columns != second.columns:
        return RowDifference(columns=True)
    one, other = _keyed(first), _keyed(second)
    ones, others = (Counter(key for key, _ in rows) for rows in (one, other))
    if ones != others:
        return RowDifference(_left(one, ones - others), _left(other, others - ones))
    places = [first.columns.index(name) for name in ordered_by if name in first.columns]
    in_turn = ([[key[place] for place in places] for key, _ in rows] for rows in (one, other))
    return RowDifference(order=next(in_turn) != next(in_turn))


def said(row: Iterable[Term | None]) -> str:
    """Return a row in one line, as a person reads it."""
    return " | ".join("" if term is None else plain_text(term) for term in row)


def _keyed(rows: Rows) -> list[tuple[tuple[Key, ...], tuple[Term | None, ...]]]:
    return [(tuple(map(value_key, row)), row) for row in rows.rows]


def _left(
    rows: list[tuple[tuple[Key, ...], tuple[Term | None, ...]]], count: Counter[tuple[Key, ...]]
) -> tuple[tuple[Term | None, ...], ...]:
    left = Counter(count)
    found = []
    for key, row in rows:
        if left[key] > 0:
            left[key] -= 1
            found.append(row)
    return tuple(found)
