"""Rows of one claim that differ in one thing alone, told as one; those that name what was asked about come first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.row_claims import RowsWithClaims
from bri_kg.names import PREFIXES, split_passage
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

_LABEL: Final = "Label"
# What tells two rows apart for good: how far it has come about, how exact a number is.
_APART: Final = tuple(PREFIXES[f"bri-{name}"] for name in ("factuality", "comparator", "modality"))
_KEPT: Final = frozenset(("claim", "source"))
Row = tuple[Term | None, ...]


def direct_first(found: RowsWithClaims, asked: Collection[str]) -> RowsWithClaims:
    """Return rows in their order, those first in which one of the nodes that were asked about stands itself."""
    pairs = list(zip(found.rows.rows, found.claims, strict=True))
    pairs.sort(
        key=lambda pair: not any(isinstance(t, ox.NamedNode) and t.value in asked for t in pair[0])
    )
    rows = Rows(found.rows.columns, tuple(row for row, _ in pairs), found.rows.truncated)
    return RowsWithClaims(rows, tuple(claims for _, claims in pairs))


def with_reading(found: RowsWithClaims, column: str, node: ox.NamedNode) -> RowsWithClaims:
    """Return rows with one more column, that says which reading of a name each is of."""
    rows = tuple((node, *row) for row in found.rows.rows)
    return RowsWithClaims(
        Rows((column, *found.rows.columns), rows, found.rows.truncated), found.claims
    )


def joined(parts: Collection[RowsWithClaims]) -> RowsWithClaims:
    """Return the rows of several answers that have the same columns, one after the other."""
    first, *_ = parts
    rows = tuple(row for part in parts for row in part.rows.rows)
    claims = tuple(of for part in parts for of in part.claims)
    return RowsWithClaims(Rows(first.rows.columns, rows), claims)


def together(found: RowsWithClaims) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the rows, those together that rest on the same claims and differ in one thing."""
    groups: list[_Group] = []
    of_claims: dict[tuple[str, ...], list[_Group]] = {}
    for number, (row, claims) in enumerate(zip(found.rows.rows, found.claims, strict=True)):
        known = of_claims.setdefault(claims, []) if claims else []
        differing = ((one, set(_differing(found.rows.columns, one.row, row))) for one in known)
        group = next((one for one, names in differing if one.takes(names)), None)
        if group is None:
            group = _Group(row)
            groups.append(group)
            known.append(group)
        group.numbers.append(number)
    return tuple(tuple(one.numbers) for one in groups)


@dataclass
class _Group:
    """Rows that go together: the first of them, and the one column in which the others differ from it."""

    row: Row
    column: str | None = None
    numbers: list[int] = field(default_factory=list)

    def takes(self, names: set[str]) -> bool:
        """Return whether a row that differs in some columns goes with them."""
        if not names:
            return True
        if len(names) > 1 or self.column not in (None, *names) or names & _KEPT:
            return False
        (self.column,) = names
        return True


def _differing(columns: Collection[str], one: Row, other: Row) -> Iterator[str]:
    """Yield the names of the columns in which rows differ, labels under that of their node; passages apart."""
    for name, term, own in zip(columns, one, other, strict=True):
        if term == own or _is_passage(own):
            continue
        yield name.removesuffix(_LABEL)
        if None in (term, own) or not (name.endswith(_LABEL) or _is_thing(own)):
            yield ""  # a number, a time or what is missing tells rows apart for good


def _is_thing(term: Term | None) -> bool:
    return isinstance(term, ox.NamedNode) and not term.value.startswith(_APART)


def _is_passage(term: Term | None) -> bool:
    return isinstance(term, ox.NamedNode) and split_passage(term.value) is not None
