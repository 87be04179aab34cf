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
from bri_kg.names import citation, shorten, split_passage
from bri_kg.rdf.row_formats import write_rows
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.text_files import read_text


@dataclass(frozen=True)
class Difference:
    """The rows, as csv writes them, that an answer lacks and that it has beyond; repeated rows count."""

    missing: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        """Return how many rows are removed and added."""
        counts = ((len(self.missing), "removed"), (len(self.new), "added"))
        told = (f"{n} {'row' if n == 1 else 'rows'} {what}" for n, what in counts if n)
        return ", ".join(told) or "the same rows in another order"

    def lines(self) -> Iterator[str]:
        """Yield each row, with `-` where it is removed and `+` where it is added; rows alike stand together."""
        signed = [(row, 0, "-") for row in self.missing] + [(row, 1, "+") for row in self.new]
        for row, _, sign in sorted(signed):
            yield f"{sign} {' | '.join(_cell(text) for text in row if text)}"


@dataclass(frozen=True)
class NewAnswer:
    """An answer that is not the stored one; `difference` is None where none is stored."""

    question: str
    file: Path
    content: str
    difference: Difference | None

    def lines(self) -> Iterator[str]:
        """Yield the rows that are removed and added; all of them where none was stored."""
        shown = self.difference or Difference((), tuple(_read(self.content)[1:]))
        return shown.lines()


def expected_file(resources: Resources, question: str) -> Path:
    """Return the file that holds, or would hold, the answer stored with the top layer."""
    return resources.top.queries / "questions" / f"{question}.csv"


def difference(expected: str, rows: Rows) -> Difference | None:
    """Return how rows differ from an expected answer in csv, whatever their order; None where they agree."""
    wanted, found = _read(expected), _read(write_rows(rows, "csv"))
    missing, new = _left(wanted, found), _left(found, wanted)
    return Difference(missing, new) if missing or new else None


def new_answers(
    resources: Resources, questions: Iterable[Question], answer: Callable[[Question], Rows]
) -> Iterator[NewAnswer]:
    """Yield the answers that are not stored, or stored otherwise; an answer has an order too."""
    for question in questions:
        rows, file = answer(question), expected_file(resources, question.name)
        content = write_rows(rows, "csv")
        if not file.is_file():
            yield NewAnswer(question.name, file, content, None)
            continue
        expected = read_text(file, "the rows of an answer")
        if _read(expected) != _read(content):
            found = difference(expected, rows) or Difference((), ())
            yield NewAnswer(question.name, file, content, found)


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


def _cell(text: str) -> str:
    """Return a cell as people read it: a passage as it is cited, another name in short."""
    passage = split_passage(text)
    return citation(*passage) if passage else shorten(text)


def _read(text: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]


def _left(
    rows: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """Return the rows that are not matched one to one by the others, sorted."""
    return tuple(sorted((Counter(rows) - Counter(others)).elements()))
