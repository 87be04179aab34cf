"""Rows as a pandas DataFrame whose columns have types: what is unbound is missing, and nothing is rounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from pyoxigraph import Literal

from bri_kg.errors import UsageError, how_to_install
from bri_kg.rdf.terms import Term

Value = Callable[[Term | None], int | float | Decimal | bool | str | None]
"""What makes a term a Python value."""

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_LARGEST = 2**63


def data_frame(names: Sequence[str], rows: Sequence[Sequence[Term | None]], value: Value) -> Any:
    """Return rows of terms as a DataFrame with these names of columns.

    Columns of whole numbers are `Int64` (of larger ones and of decimals: objects, since a float
    would round), of doubles `Float64`, of booleans `boolean`, of `xsd:dateTime` with an offset
    `datetime64` in UTC, of those without one and of `xsd:date` `datetime64`. IRIs and all other
    literals, and mixtures, are `string`. Raises UsageError (BRI201) where pandas is not installed.
    """
    pandas = _pandas()
    columns = {
        place: _series(pandas, [terms[place] for terms in rows], value)
        for place in range(len(names))
    }
    frame = pandas.DataFrame(columns)
    return frame.set_axis(list(names), axis="columns")


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError as error:
        raise UsageError(
            "BRI201", "pandas is not installed", why=str(error), fix=how_to_install("pandas")
        ) from None


def _series(pandas: Any, terms: Sequence[Term | None], value: Value) -> Any:
    times = [_time(term) for term in terms]
    given = [term is not None for term in terms]
    if any(given) and all(
        time is not None or not there for time, there in zip(times, given, strict=True)
    ):
        zoned = {time.tzinfo is not None for time in times if time is not None}
        if len(zoned) == 1:
            return pandas.Series(pandas.to_datetime(times, utc=zoned == {True}))
    values = [value(term) for term in terms]
    kinds = {type(one) for one in values if one is not None}
    if kinds == {int} and all(one is None or -_LARGEST <= int(one) < _LARGEST for one in values):
        return pandas.Series(values, dtype="Int64")
    if kinds == {bool}:
        return pandas.Series(values, dtype="boolean")
    if kinds == {float}:
        return pandas.Series(values, dtype="Float64")
    if kinds and kinds <= {int, Decimal}:
        exact = [one if one is None or kinds == {int} else Decimal(one) for one in values]
        return pandas.Series(exact, dtype="object")
    return pandas.Series(
        [_text(term, one) for term, one in zip(terms, values, strict=True)], dtype="string"
    )


def _text(term: Term | None, value: object) -> str | None:
    if isinstance(term, Literal):
        return term.value
    return None if value is None else str(value)


def _time(term: Term | None) -> datetime | None:
    """Return the moment of an xsd:dateTime, or the midnight of an xsd:date; None for what Python has no date for."""
    if not isinstance(term, Literal):
        return None
    text, kind = term.value, term.datatype.value.removeprefix(_XSD)
    try:
        if kind == "dateTime" and _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
        if kind == "date" and _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), datetime.min.time())
    except ValueError:
        return None
    return None
