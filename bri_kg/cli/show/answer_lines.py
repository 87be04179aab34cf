"""The answer to a stored question: its wording, its rows with their passages, and the sources of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode

from bri_kg.answers.face_words import AND, COLON, COMMA, ROWS, SOURCES, Both, Number, counted
from bri_kg.cli.show.cells import (
    MARKS,
    Cell,
    Reading,
    Record,
    columns_of,
    heading,
    records,
)
from bri_kg.cli.show.column_names import column_name
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.listing import Answer, Listing, marks_of, not_told
from bri_kg.cli.show.passages import cite, source_entries, sources_of
from bri_kg.cli.show.row_layout import (
    packed,
    pair_lines,
    table_lines,
)
from bri_kg.cli.show.side_by_side import fill, in_turn, with_tail
from bri_kg.names import COME_ABOUT
from bri_kg.rdf.rows import Rows

_FACTS: Final = ("GRAPH ?claim ", "bri-standing:live")  # how a query reads live claims only
_LIVE: Final[Both] = ("{one} or {other}", "{one}或{other}")
_ANSWERS: Final[Number] = (("1 answer", "共 1 个答案"), ("{count} answers", "共 {count} 个答案"))
_COMPLETE: Final[Both] = ("complete", "完整")
_MORE: Final[Both] = ("and there are more (--limit)", "还有更多（--limit）")
_LEFT_OPEN: Final[Both] = (
    "An open list is one that the text does not end: there may be more than it names.",
    "“清单未完”指原文没有列全：可能还有未提到的。",
)
_STOP: Final[Both] = (" ", "")
_GAP: Final = "  "
_AHEAD: Final[Both] = (
    "As these passages tell it, none of this has come about yet.",
    "按所引原文，以下各项均尚未实现。",
)
_ELSEWHERE: Final[Number] = (
    ("Other passages tell that {numbers} has.", "但其中第 {numbers} 项，另有原文称已实现。"),
    ("Other passages tell that {numbers} have.", "但其中第 {numbers} 项，另有原文称已实现。"),
)
_ABOUT: Final[Number] = (
    ("{count} about 1 thing", "{count}，均关于同一事物"),
    ("{count} about {things} things", "{count}，关于 {things} 个事物"),
)
_SHOWN: Final[Both] = ("{n} of them shown", "显示其中 {n} 个")
_FURTHER: Final[Both] = ("{n} more", "另有 {n} 项")
_EVERY: Final[Both] = ("all of them", "全部列出")
_SEE_ALSO: Final[Both] = ("see also", "另见")


def head_lines(page: Page, answer: Answer, found: Sequence[Record] = ()) -> list[str]:
    """Return the question in words, how far its answers have come about, and its parameters."""
    live = _status(page, answer)
    ahead = page.lines(_ahead(page, found)) if _is_ahead(answer.rows) else []
    lines = packed(page, (answer.wording, f"[{live}]" if live else ""), _GAP)
    for label, cell in answer.parameters:
        lines += page.lines(f"{label}{page.say(COLON)}{cell.whole}", indent=2, rest="  ")
    return lines + ahead


def answer_lines(page: Page, answer: Answer, *, budget: int | None = None) -> list[str]:
    """Return the answer: all of it, or so many lines of one that stands in groups."""
    found = records(answer.rows, Reading(page, answer.label), answer.lists, answer.groups)
    table = None if answer.groups else _table(page, answer, found)
    if table is not None:
        return _page(page, answer, found, table)
    every = frozenset(range(len(found)))
    if not answer.groups:
        return _page(page, answer, found, Listing.of(page, answer, found).lines(sorted(every)))
    groups = _groups(found)
    told_once = _shared(found, groups)
    own = [_with(record, record.cells.keys() - told_once) for record in found]
    shared = [_with(found[numbers[0]], told_once) for numbers in groups]

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
    closing = _count(page, answer, found, told)
    if len(told) < len(found):
        closing += packed(
            page, (page.say(_EVERY), command_line(page.lang, *answer.asked, "--all")), _GAP
        )
    closing += source_entries(page, sources_of(cited))
    if answer.see_also or answer.compared:
        near = [command_line(page.lang, "ask", name) for name in answer.see_also]
        near += [command_line(page.lang, "conflicts", name) for name in answer.compared]
        closing += packed(page, (page.say(_SEE_ALSO), *near), _GAP)
    return [*head_lines(page, answer, found), "", *body, "", *closing]


def _groups(found: Sequence[Record]) -> list[tuple[int, ...]]:
    """Return the numbers of the answers that stand below one heading, for each heading."""
    groups: dict[Cell | None, list[int]] = {}
    for number, record in enumerate(found):
        groups.setdefault(record.group, []).append(number)
    return [tuple(numbers) for numbers in groups.values()]


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


def _shared(found: Sequence[Record], groups: Sequence[Sequence[int]]) -> frozenset[str]:
    """Return the columns that say the same of all answers below a heading, whichever heading it is."""
    if all(len(numbers) == 1 for numbers in groups):
        return frozenset()
    return frozenset(
        column
        for column in {name for record in found for name in record.cells}
        if all(len({found[number].cells.get(column) for number in of}) == 1 for of in groups)
    )


def _with(record: Record, columns: Container[str]) -> Record:
    kept = {name: cell for name, cell in record.cells.items() if name in columns}
    return replace(record, cells=kept)


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
    names = [_heading(page, listing.answer, record) for record in shared]
    lines = []
    if all(name.name is None for name in names):
        counts = (f"{name.text} {len(of)}" for name, of in zip(names, groups, strict=True))
        lines = [*packed(page, counts, page.say(COMMA)), ""]
    for name, record, numbers in zip(names, shared, groups, strict=True):
        kept = [number for number in numbers if number in shown]
        told = [(column_name(page, column), cell.whole) for column, cell in record.cells.items()]
        lines += with_tail(page, name.whole, _size(listing, numbers))
        lines += [*pair_lines(page, told, indent=2, in_one=True), *listing.lines(kept)]
        if left_out := len(numbers) - len(kept):
            lines += page.lines(page.say(_FURTHER, n=left_out), indent=listing.gutter)
        lines.append("")
    return lines[:-1]


def _size(listing: Listing, numbers: Sequence[int]) -> str:
    """Return how many answers there are, and about how many things where these are fewer."""
    count = len(numbers)
    if f"{listing.head}Label" not in listing.answer.rows.columns:
        return str(count)
    things = len({listing.found[number].cells.get(listing.head) for number in numbers})
    if things == count:
        return str(count)
    return listing.page.say(_ABOUT[things != 1], count=count, things=things)


def _heading(page: Page, answer: Answer, record: Record) -> Cell:
    cell = record.group or Cell(not_told(page, answer.groups or ""))
    return Cell(cell.text.upper(), cell.name) if answer.groups in MARKS else cell


def _status(page: Page, answer: Answer) -> str | None:
    """Return what holds of all rows where they are read from facts; each row tells it elsewhere."""
    live = any(words in answer.query for words in _FACTS)
    if "factuality" in answer.rows.columns or not live:
        return None
    one, other = (answer.label(iri) for iri in COME_ABOUT)
    return page.say(_LIVE, one=one, other=other) if one and other else None


def _ahead(page: Page, found: Sequence[Record]) -> str:
    """Return that nothing has come about as it is told here, and what has as it is told elsewhere."""
    told = [str(number) for number, one in enumerate(found, 1) if "elsewhere" in one.cells]
    if not told:
        return page.say(_AHEAD)
    numbers = page.say(AND).join(told)
    if page.lang != "zh" and len(told) > 1:
        numbers = f"{', '.join(told[:-1])} and {told[-1]}"
    more = page.say(_ELSEWHERE[len(told) > 1], numbers=numbers)
    return f"{page.say(_AHEAD)}{page.say(_STOP)}{more}"


def _is_ahead(rows: Rows) -> bool:
    """Return whether rows tell how far they have come about, and none has."""
    if "factuality" not in rows.columns or not rows.rows:
        return False
    at = rows.columns.index("factuality")
    return all(
        isinstance(term, NamedNode) and term.value not in COME_ABOUT
        for term in (terms[at] for terms in rows.rows)
    )


def _count(
    page: Page, answer: Answer, found: Sequence[Record], shown: Sequence[Record]
) -> list[str]:
    rows = len(answer.rows)
    told = [counted(page.lang, ROWS if len(found) == rows else _ANSWERS, len(found))]
    if answer.rows.truncated or len(shown) == len(found):
        told.append(page.say(_MORE if answer.rows.truncated else _COMPLETE))
    if len(shown) < len(found):
        told.append(page.say(_SHOWN, n=len(shown)))
    if sources := len(sources_of(answer.passages.values())):
        told.append(counted(page.lang, SOURCES, sources))
    lines = page.lines(page.say(COMMA).join(told))
    open_lists = "openList" in answer.rows.columns and any(
        row.value("openList") is True for row in answer.rows
    )
    return lines + (page.lines(page.say(_LEFT_OPEN)) if open_lists else [])


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
