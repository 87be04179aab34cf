"""The claims behind the rows of a stored question: what each row rests on, whatever columns it has."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.questions import Question, answered
from bri_kg.names import CLAIM
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Selecting

_CLAIM: Final = "claim"
_SELECT: Final = re.compile(r"^\s*SELECT\s+DISTINCT\b", re.IGNORECASE | re.MULTILINE)
_AGGREGATE: Final = re.compile(
    r"\bGROUP\s+BY\b|\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE
)


@dataclass(frozen=True)
class RowsWithClaims:
    """Rows, and for each the IRIs of the claims that it rests on; none where the query does not tell."""

    rows: Rows
    claims: tuple[tuple[str, ...], ...]

    def with_cells(self, terms: Collection[Term]) -> RowsWithClaims:
        """Return those of the rows in which one of some terms stands, with their claims."""
        pairs = zip(self.rows.rows, self.claims, strict=True)
        kept = [(row, claims) for row, claims in pairs if any(term in row for term in terms)]
        rows = Rows(self.rows.columns, tuple(row for row, _ in kept), self.rows.truncated)
        return RowsWithClaims(rows, tuple(claims for _, claims in kept))


def rows_with_claims(
    store: Selecting, question: Question, values: Mapping[str, ox.NamedNode | ox.Literal]
) -> RowsWithClaims:
    """Return the rows that `answered` gives, each once, with the claims that its query found them by.

    A stored question calls them `?claim`; where it does not select them, they are selected beside what it does.
    """
    columns = question.columns
    is_hidden = f"?{_CLAIM}" in question.query and _CLAIM not in columns
    asked = question
    if is_hidden and not _AGGREGATE.search(question.query):
        query = _SELECT.sub(f"SELECT DISTINCT ?{_CLAIM}", question.query, count=1)
        plain = {each.name: getattr(question, each.name) for each in fields(Question)}
        asked = Question(**{**plain, "query": query})
    return _sorted_out(answered(asked, store, values, None), hides_claim=asked is not question)


def _sorted_out(found: Rows, *, hides_claim: bool) -> RowsWithClaims:
    columns = tuple(name for name in found.columns if not (hides_claim and name == _CLAIM))
    claims: dict[tuple[Term | None, ...], dict[str, None]] = {}
    for row in found:
        shown = tuple(row[name] for name in columns)
        own = claims.setdefault(shown, {})
        for term in row:
            if isinstance(term, ox.NamedNode) and term.value.startswith(CLAIM):
                own[term.value] = None
    return RowsWithClaims(Rows(columns, tuple(claims)), tuple(map(tuple, claims.values())))
