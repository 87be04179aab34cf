"""Result rows: what a SELECT query gives, by column and as plain Python values.

Nothing here asks a store; ``row_formats`` writes rows out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

from pyoxigraph import BlankNode, Literal

from bri_kg.errors import InputError
from bri_kg.names import INTEGERS
from bri_kg.plain import Shown
from bri_kg.rdf.terms import Term

if TYPE_CHECKING:
    from rdflib.term import Node

Value = int | float | Decimal | bool | str

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_BOOLEAN = re.compile("true|false|0|1")
_Maker = tuple[re.Pattern[str], Callable[[str], Value]]
_MAKERS: dict[str, _Maker] = {
    "boolean": (_BOOLEAN, lambda text: text in ("true", "1")),
    "decimal": (_DECIMAL, Decimal),
    "double": (_DOUBLE, float),
    "float": (_DOUBLE, float),
    **dict.fromkeys(INTEGERS, (_INTEGER, int)),
}


def python_value(term: Term | None) -> Value | None:
    """Return a term as a plain Python value.

    In: a term or None. Out: int, Decimal, float or bool for literals of the XSD types
    that these stand for (XML Schema 1.1, part 2), the text of any other literal, the
    IRI, or the blank node's label with ``_:``; None for None. A literal whose text does
    not fit its type comes out as that text.
    """
    if not isinstance(term, Literal):
        return None if term is None else plain_text(term)
    datatype = term.datatype.value
    maker = _MAKERS.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    text = term.value.strip(" \t\r\n")
    if maker is None or not maker[0].fullmatch(text):
        return term.value
    try:
        return maker[1](text)
    except ValueError:  # Python refuses integers of thousands of digits
        return term.value


def plain_text(term: Term) -> str:
    """Return a term as bare text: the IRI, the text of a literal, or a blank node's label with ``_:``."""
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


@dataclass(frozen=True, slots=True, eq=False)
class Row(Shown):
    """One row: terms by column name (or position), None where a variable is unbound.

    Iterates over its terms, and equals a tuple of them; ``dict(row)`` works too.
    """

    columns: tuple[str, ...]
    terms: tuple[Term | None, ...]

    def __getitem__(self, key: str | int) -> Term | None:
        """Return the term of a column by name or position; KeyError for a name that is no column."""
        if isinstance(key, int):
            return self.terms[key]
        if key not in self.columns:
            raise KeyError(f"there is no column {key!r}; the columns are {', '.join(self.columns)}")
        return self.terms[self.columns.index(key)]

    def get(self, key: str, default: Term | None = None) -> Term | None:
        """Return the term of a column; ``default`` where there is no such column or no term."""
        if key not in self.columns:
            return default
        term = self[key]
        return default if term is None else term

    def value(self, key: str) -> Value | None:
        """Return the Python value of a column (see ``python_value``); KeyError where there is none."""
        return python_value(self[key])

    def keys(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return self.columns

    def __iter__(self) -> Iterator[Term | None]:
        """Return the terms in the order of the columns."""
        return iter(self.terms)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        """Return whether the other is a row of the same columns and terms, or a tuple of its terms."""
        if isinstance(other, Row):
            return self.columns == other.columns and self.terms == other.terms
        return self.terms == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the tuple of terms."""
        return hash(self.terms)


@dataclass(frozen=True)
class Rows(Shown):
    """The rows of a result, in order.

    ``columns`` are the names of the variables, without ``?``; ``rows`` hold a term or
    None (unbound) for each; ``truncated`` says that a limit cut rows off.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __iter__(self) -> Iterator[Row]:
        """Return the rows in order."""
        return (Row(self.columns, terms) for terms in self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> "Row | Rows":
        """Return the row at a position, or the rows of a slice."""
        if isinstance(index, slice):
            return Rows(self.columns, self.rows[index], self.truncated)
        return Row(self.columns, self.rows[index])

    def up_to(self, limit: int | None) -> "Rows":
        """Return the first rows, ``truncated`` where that leaves some out; all for None."""
        if limit is None or len(self.rows) <= limit:
            return self
        return Rows(self.columns, self.rows[:limit], truncated=True)

    def once_each(self) -> "Rows":
        """Return the rows without those that repeat an earlier one, term by term."""
        return Rows(self.columns, tuple(dict.fromkeys(self.rows)), self.truncated)

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame with typed columns; see `bri_kg.rdf.data_frames`.

        Raises UsageError (BRI201) where pandas is not installed.
        """
        from bri_kg.rdf.data_frames import data_frame

        return data_frame(self.columns, self.rows, python_value)

    def to_rdflib(self) -> "list[dict[str, Node]]":
        """Return the rows as dictionaries of rdflib terms by column name; unbound ones are left out."""
        from bri_kg.rdf.terms import to_rdflib

        return [
            {name: to_rdflib(term) for name, term in pairs if term is not None}
            for pairs in (zip(self.columns, terms, strict=True) for terms in self.rows)
        ]


def require_columns(rows: Rows, names: Sequence[str], file: str) -> Rows:
    """Return the same rows, where they have these columns.

    In: the rows of a stored query; the columns that its place asks for; its file. Raises
    InputError (BRI109) for one that is missing.
    """
    missing = [name for name in names if name not in rows.columns]
    if missing:
        raise InputError(
            "BRI109",
            f"the query gives no column {missing[0]!r}",
            file=file,
            why=f"its columns are: {', '.join(rows.columns) or 'none'}",
            fix="SELECT " + " ".join(f"?{name}" for name in names),
        )
    return rows
