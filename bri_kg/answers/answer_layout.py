"""What of an answer stands together: answers below one heading, what is told of all of them, and each one's parts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bri_kg.answers.cells import EVIDENCE, MARKS, Cell, Record, before, columns_of, heading
from bri_kg.answers.column_names import column_name
from bri_kg.answers.face_words import Both, Number, Speaker
from bri_kg.answers.stored_answers import Answer

NOT_TOLD: Final[Both] = ("({column}: not told)", "（{column}：未提及）")
_ABOUT: Final[Number] = (
    ("{count} about 1 thing", "{count}，均关于同一事物"),
    ("{count} about {things} things", "{count}，关于 {things} 个事物"),
)
_DEED: Final = "deed"  # says of the thing what the first of these columns completes
_DONE: Final = ("kind", "object")
_TOGETHER: Final = 12  # records at most above the passages that they share: half a screen
PLAIN: Final = ("summary", _DEED)
"""The columns that need no label."""


@dataclass(frozen=True)
class Headed:
    """Which column names the answers, and which stands before it, as a role or a time does."""

    head: str
    first: str | None


@dataclass(frozen=True)
class Part:
    """What is told of an answer beside its name: the column, what that is called here, what it says."""

    column: str
    label: str
    cell: Cell


def headed(answer: Answer, found: Sequence[Record]) -> Headed:
    """Return which column names the answers."""
    columns = [name for name in columns_of(answer.rows, found) if name != answer.groups]
    head = heading(columns, found)
    return Headed(head, before(columns, found, head))


def lacks_name(record: Record, by: Headed) -> bool:
    """Return whether an answer has nothing in the column that names the answers."""
    return by.head not in record.cells and by.head != EVIDENCE


def parts_of(speaker: Speaker, record: Record, by: Headed) -> tuple[Part, ...]:
    """Return what is told of an answer beside its name, what was done under the name of the deed."""
    rest = [column for column in record.cells if column not in (by.head, by.first)]
    rest.sort(key=lambda column: column == "claim")
    deed = record.cells.get(_DEED)
    done = next((column for column in rest if deed and column in _DONE), None)
    if done:
        rest.remove(_DEED)
    return tuple(
        Part(
            column,
            deed.text if deed and column == done else column_name(speaker, column),
            record.cells[column],
        )
        for column in rest
    )


def not_told(speaker: Speaker, column: str) -> str:
    """Return that a column has nothing."""
    return speaker.say(NOT_TOLD, column=column_name(speaker, column))


def groups_of(found: Sequence[Record]) -> list[tuple[int, ...]]:
    """Return the numbers of the answers that stand below one heading, for each heading."""
    groups: dict[Cell | None, list[int]] = {}
    for number, record in enumerate(found):
        groups.setdefault(record.group, []).append(number)
    return [tuple(numbers) for numbers in groups.values()]


def shared_columns(found: Sequence[Record], groups: Sequence[Sequence[int]]) -> frozenset[str]:
    """Return the columns that say the same of all answers below a heading, whichever heading it is."""
    if all(len(numbers) == 1 for numbers in groups):
        return frozenset()
    return frozenset(
        column
        for column in {name for record in found for name in record.cells}
        if all(len({found[number].cells.get(column) for number in of}) == 1 for of in groups)
    )


def with_columns(record: Record, columns: Container[str]) -> Record:
    """Return a record with these of its cells only."""
    kept = {name: cell for name, cell in record.cells.items() if name in columns}
    return replace(record, cells=kept)


def size_of(
    speaker: Speaker, answer: Answer, found: Sequence[Record], numbers: Sequence[int], head: str
) -> str:
    """Return how many answers stand below a heading, and about how many things where these are fewer."""
    count = len(numbers)
    if f"{head}Label" not in answer.rows.columns:
        return str(count)
    things = len({found[number].cells.get(head) for number in numbers})
    if things == count:
        return str(count)
    return speaker.say(_ABOUT[things != 1], count=count, things=things)


def heading_of(speaker: Speaker, answer: Answer, record: Record) -> Cell:
    """Return the heading that an answer stands below."""
    cell = record.group or Cell(not_told(speaker, answer.groups or ""))
    return replace(cell, text=cell.text.upper()) if answer.groups in MARKS else cell


def runs_of(
    answer: Answer, found: Sequence[Record], numbers: Iterable[int], by: Headed
) -> list[list[int]]:
    """Return answers by their numbers, those together that are short and have the same passages."""
    runs: list[list[int]] = []
    for number in numbers:
        record = found[number]
        last = found[runs[-1][-1]] if runs else None
        near = last is not None and len(runs[-1]) < _TOGETHER
        same = near and record.passages and last and last.passages == record.passages
        if same and last and _is_short(record, by) and _is_short(last, by):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in _split(answer, found, run)]


def _split(answer: Answer, found: Sequence[Record], run: list[int]) -> list[list[int]]:
    """Return a run whole where telling its passages once saves lines, else its records apart."""
    passages = [answer.passages[iri] for _, iri in found[run[0]].passages]
    lines = len(passages) + sum(2 for passage in passages if passage.words)
    return [run] if (len(run) - 1) * lines > 1 else [[number] for number in run]


def _is_short(record: Record, by: Headed) -> bool:
    return not set(record.cells) - {by.head, by.first}
