"""The answers that stored questions are known to give: where they lie, and how a new answer differs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bri_kg.dataset.questions import Question
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.rdf.row_formats import write_rows
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.text_files import read_text


@dataclass(frozen=True)
class Difference:
    """The rows, as csv writes them, that an answer lacks and that it has beyond; repeated rows count."""

    missing: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        """Return the difference in words, with a row of each kind."""
        parts = [
            f"{len(rows)} rows are {what}, such as {list(rows[0])}"
            for rows, what in ((self.missing, "missing"), (self.new, "new"))
            if rows
        ]
        return "; ".join(parts)


def expected_file(resources: Resources, question: str) -> Path:
    """Return the file that holds the expected answer of a question of this name."""
    return resources.queries / "questions" / f"{question}.csv"


def difference(expected: str, rows: Rows) -> Difference | None:
    """Return how rows differ from an expected answer in csv, whatever their order; None where they agree."""
    wanted = [tuple(row) for row in csv.reader(io.StringIO(expected, newline=""))]
    found = [tuple(row) for row in csv.reader(io.StringIO(write_rows(rows, "csv"), newline=""))]
    missing, new = _left(wanted, found), _left(found, wanted)
    return Difference(missing, new) if missing or new else None


def passing(
    resources: Resources, questions: Iterable[Question], answer: Callable[[Question], Rows]
) -> Iterator[Question]:
    """Yield, by name, the questions whose answer is the expected one; those without one do not pass."""
    for question in sorted(questions, key=lambda question: question.name):
        try:
            expected = read_text(expected_file(resources, question.name), "the rows of an answer")
        except InputError:
            continue
        if difference(expected, answer(question)) is None:
            yield question


def _left(
    rows: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """Return the rows that are not matched one to one by the others, sorted."""
    return tuple(sorted((Counter(rows) - Counter(others)).elements()))
