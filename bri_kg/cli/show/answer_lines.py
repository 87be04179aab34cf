"""The answer to a stored question: its wording, its rows with their passages, and the sources of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bri_kg.answers.answer_layout import (
    groups_of,
    heading_of,
    not_told,
    shared_columns,
    size_of,
    with_columns,
)
from bri_kg.answers.answer_sentences import (
    cited_sources,
    how_many,
    none_come_about,
    of_open_lists,
    status,
)
from bri_kg.answers.cells import Cell, Record, columns_of, heading
from bri_kg.answers.column_names import column_name
from bri_kg.answers.face_words import COLON, COMMA, Both
from bri_kg.answers.stored_answers import Answer, records_of
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.listing import Listing, marks_of
from bri_kg.cli.show.passages import cite, source_entries
from bri_kg.cli.show.row_layout import (
    packed,
    pair_lines,
    table_lines,
)
from bri_kg.cli.show.side_by_side import fill, in_turn, with_tail

_GAP: Final = "  "
_MORE: Final[Both] = ("and there are more (--limit)", "还有更多（--limit）")
_FURTHER: Final[Both] = ("{n} more", "另有 {n} 项")
_EVERY: Final[Both] = ("all of them", "全部列出")
_SEE_ALSO: Final[Both] = ("see also", "另见")


def head_lines(page: Page, answer: Answer, found: Sequence[Record] = ()) -> list[str]:
    """Return the question in words, how far its answers have come about, and its parameters."""
    live = status(page, answer)
    ahead = none_come_about(page, answer, found)
    lines = packed(page, (answer.wording, f"[{live}]" if live else ""), _GAP)
    for label, cell in answer.parameters:
        lines += page.lines(f"{label}{page.say(COLON)}{cell.whole}", indent=2, rest="  ")
    return lines + (page.lines(ahead) if ahead else [])


def answer_lines(page: Page, answer: Answer, *, budget: int | None = None) -> list[str]:
    """Return the answer: all of it, or so many lines of one that stands in groups."""
    found = records_of(page, answer)
    table = None if answer.groups else _table(page, answer, found)
    if table is not None:
        return _page(page, answer, found, table)
    every = frozenset(range(len(found)))
    if not answer.groups:
        return _page(page, answer, found, Listing.of(page, answer, found).lines(sorted(every)))
    groups = groups_of(found)
    told_once = shared_columns(found, groups)
    own = [with_columns(record, record.cells.keys() - told_once) for record in found]
    shared = [with_columns(found[numbers[0]], told_once) for numbers in groups]

    def told(shown: frozenset[int]) -> list[str]:
        body = _grouped(Listing.of(page, answer, own), groups, shared, shown)
        return _page(page, answer, found, body, None if shown == every else shown)

    head = Listing.of(page, answer, own).head
    return fill(_most_things_first(own, groups, head), told, budget)


def _page(
    page: Page,
    answer: Answer,
    found: Sequence[Record],
    body: list[str],
    shown: frozenset[int] | None = None,
) -> list[str]:
    """Return head, body and what closes the page; `shown` are the numbers of the answers where these are not all."""
    told = [one for number, one in enumerate(found) if shown is None or number in shown]
    cited = (answer.passages[iri] for one in told for _, iri in one.passages)
    closing = page.lines(how_many(page, answer, found, told, _MORE))
    if note := of_open_lists(page, answer):
        closing += page.lines(note)
    if len(told) < len(found):
        closing += packed(
            page, (page.say(_EVERY), command_line(page.lang, *answer.asked, "--all")), _GAP
        )
    closing += source_entries(page, cited_sources(cited))
    if answer.see_also or answer.compared:
        near = [command_line(page.lang, "ask", name) for name in answer.see_also]
        near += [command_line(page.lang, "conflicts", name) for name in answer.compared]
        closing += packed(page, (page.say(_SEE_ALSO), *near), _GAP)
    return [*head_lines(page, answer, found), "", *body, "", *closing]


def _most_things_first(
    found: Sequence[Record], groups: Iterable[Sequence[int]], head: str
) -> list[int]:
    """Return the numbers of answers: one about each thing in each group, then a second, and so on."""
    turns: dict[int, list[list[int]]] = {}
    for numbers in groups:
        seen: Counter[Cell | None] = Counter()
        of: dict[int, list[int]] = {}
        for number in numbers:
            thing = found[number].cells.get(head)
            of.setdefault(seen[thing], []).append(number)
            seen[thing] += 1
        for turn, some in of.items():
            turns.setdefault(turn, []).append(some)
    return [number for turn in sorted(turns) for number in in_turn(*turns[turn])]


def _grouped(
    listing: Listing,
    groups: Sequence[tuple[int, ...]],
    shared: Sequence[Record],
    shown: frozenset[int],
) -> list[str]:
    """Return answers below their headings, with how many there are and how many are left out.

    `shared` holds what is told of all below a heading.
    """
    page = listing.page
    names = [heading_of(page, listing.answer, record) for record in shared]
    lines = []
    if all(name.name is None for name in names):
        counts = (f"{name.text} {len(of)}" for name, of in zip(names, groups, strict=True))
        lines = [*packed(page, counts, page.say(COMMA)), ""]
    for name, record, numbers in zip(names, shared, groups, strict=True):
        kept = [number for number in numbers if number in shown]
        told = [(column_name(page, column), cell.whole) for column, cell in record.cells.items()]
        lines += with_tail(
            page, name.whole, size_of(page, listing.answer, listing.found, numbers, listing.head)
        )
        lines += [*pair_lines(page, told, indent=2, in_one=True), *listing.lines(kept)]
        if left_out := len(numbers) - len(kept):
            lines += page.lines(page.say(_FURTHER, n=left_out), indent=listing.gutter)
        lines.append("")
    return lines[:-1]


def _table(page: Page, answer: Answer, found: Sequence[Record]) -> list[str] | None:
    """Return the answer as a table where that can hold all of it; words stand in records only."""
    if len(found) < 2 or any(passage.words for passage in answer.passages.values()):
        return None
    columns = columns_of(answer.rows, found)
    named, empty = heading(columns, found), Cell("")
    missing = Cell(not_told(page, named))
    marked = any(record.marks for record in found)
    cited = list(dict.fromkeys(name for record in found for name, _ in record.passages))
    head = [column_name(page, name) for name in columns]
    head += [column_name(page, "factuality")] if marked else []
    head += [column_name(page, name) for name in cited]
    body = [
        [
            *(
                record.cells.get(name, missing if name == named else empty).whole
                for name in columns
            ),
            *([marks_of(page, record)] if marked else []),
            *(_citations(answer, record, name) for name in cited),
        ]
        for record in found
    ]
    return table_lines(page, head, body)


def _citations(answer: Answer, record: Record, column: str) -> str:
    return ", ".join(cite(answer.passages[iri]) for name, iri in record.passages if name == column)
