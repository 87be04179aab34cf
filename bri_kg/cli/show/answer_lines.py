"""The answer to a stored question: its wording, its rows with their passages, and the sources of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bri_kg.answers.face_words import COLON, ROWS, SOURCES, THEN, Both, counted
from bri_kg.cli.show.cells import (
    EVIDENCE,
    Cell,
    Reading,
    Record,
    before,
    columns_of,
    heading,
    records,
)
from bri_kg.cli.show.column_names import column_name
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.passages import cite, cite_with_state, source_entries, sources_of, word_lines
from bri_kg.cli.show.row_layout import (
    numbered,
    packed,
    pair_lines,
    spread,
    table_lines,
)
from bri_kg.names import COME_ABOUT
from bri_kg.plain import display_width
from bri_kg.rdf.rows import Rows

if TYPE_CHECKING:
    from bri_kg.answers.passage_model import Passage

_FACTS: Final = ("GRAPH ?claim ", "bri-standing:live")  # how a query reads live claims only
_LIVE: Final[Both] = ("{one} or {other}", "{one}或{other}")
_ANSWER: Final[Both] = ("1 answer in {rows} rows", "{rows} 行中有 1 个答案")
_ANSWERS: Final[Both] = ("{n} answers in {rows} rows", "{rows} 行中有 {n} 个答案")
_COMPLETE: Final[Both] = ("complete", "完整")
_MORE: Final[Both] = ("and there are more (--limit)", "还有更多（--limit）")
_LEFT_OPEN: Final[Both] = (
    "An open list is one that the text does not end: there may be more than it names.",
    "“清单未完”指原文没有列全：可能还有未提到的。",
)
_NOT_TOLD: Final[Both] = ("({column}: not told)", "（{column}：未提及）")
_WORDS_AT: Final[Both] = ("words at {n}", "原句见 {n}")
_COMMA: Final[Both] = (", ", "，")
_GAP: Final = "  "
_TOGETHER: Final = 12  # records at most above the passages that they share: half a screen


@dataclass(frozen=True)
class Answer:
    """What is shown of an answer: the question, its parameters as they were taken, and what was found.

    `label` gives the label of a node, `passage` what a passage IRI cites.
    """

    wording: str
    query: str
    parameters: tuple[tuple[str, Cell], ...]
    rows: Rows
    label: Callable[[str], str | None]
    passages: Mapping[str, Passage]


def head_lines(page: Page, answer: Answer) -> list[str]:
    """Return the question in words, how far its answers have come about, and its parameters."""
    live = _status(page, answer)
    lines = packed(page, (answer.wording, f"[{live}]" if live else ""), _GAP)
    for label, cell in answer.parameters:
        lines += page.lines(f"{label}{page.say(COLON)}{cell.whole}", indent=2, rest="  ")
    return lines


def answer_lines(page: Page, answer: Answer) -> list[str]:
    """Return the whole answer."""
    found = records(answer.rows, Reading(page, answer.label))
    table = _table(page, answer, found)
    body = table if table is not None else _listed(page, answer, found)
    closing = [*_count(page, answer, found), *source_entries(page, sources_of(_cited(answer)))]
    return [*head_lines(page, answer), "", *body, "", *closing]


def _status(page: Page, answer: Answer) -> str | None:
    """Return what holds of all rows where they are read from facts; each row tells it elsewhere."""
    live = any(words in answer.query for words in _FACTS)
    if "factuality" in answer.rows.columns or not live:
        return None
    one, other = (answer.label(iri) for iri in COME_ABOUT)
    return page.say(_LIVE, one=one, other=other) if one and other else None


def _cited(answer: Answer) -> Iterable[Passage]:
    return answer.passages.values()


def _count(page: Page, answer: Answer, found: Sequence[Record]) -> list[str]:
    rows = len(answer.rows)
    if len(found) != rows:
        count = page.say(_ANSWER if len(found) == 1 else _ANSWERS, n=len(found), rows=rows)
    else:
        count = counted(page.lang, ROWS, rows)
    told = [count, page.say(_MORE if answer.rows.truncated else _COMPLETE)]
    if sources := len(sources_of(_cited(answer))):
        told.append(counted(page.lang, SOURCES, sources))
    lines = page.lines(page.say(_COMMA).join(told))
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
    missing = Cell(_not_told(page, named))
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
            *([_marks(page, record)] if marked else []),
            *(_citations(answer, record, name) for name in cited),
        ]
        for record in found
    ]
    return table_lines(page, head, body)


def _not_told(page: Page, column: str) -> str:
    return page.say(_NOT_TOLD, column=column_name(page, column))


def _citations(answer: Answer, record: Record, column: str) -> str:
    return ", ".join(cite(answer.passages[iri]) for name, iri in record.passages if name == column)


def _marks(page: Page, record: Record) -> str:
    return f"[{page.say(THEN).join(record.marks)}]" if record.marks else ""


def _listed(page: Page, answer: Answer, found: Sequence[Record]) -> list[str]:
    columns = columns_of(answer.rows, found)
    head = heading(columns, found)
    first = before(columns, found, head)
    gutter = len(str(len(found))) + 2
    named: set[str] = set()
    words: dict[str, str] = {}
    blocks: list[list[str]] = []
    for run in _runs(answer, found, head, first):
        block: list[str] = []
        for number in run:
            told = _told(page, found[number], head, first, gutter, named)
            block += numbered(page, str(number + 1), gutter, told)
        span = f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else ""
        cited = _passages(page, answer, found[run[0]], gutter, span, words)
        blocks.append(block + cited)
        for _, iri in found[run[0]].passages:
            words.setdefault(iri, span or str(run[0] + 1))
    return spread(blocks)


def _told(
    page: Page, record: Record, head: str, first: str | None, gutter: int, named: set[str]
) -> list[str]:
    """Return a record without its passages; the name of a thing stands where it is first told."""

    def name(cell: Cell) -> str:
        known = cell.name is None or cell.name in named
        named.update([cell.name] if cell.name else [])
        return "" if known else cell.name or ""

    def text(cell: Cell) -> str:
        return _GAP.join(filter(None, (cell.text, name(cell))))

    top: tuple[str, ...] = ()
    if head not in record.cells and head != EVIDENCE:
        top = (_not_told(page, head),)
    elif head in record.cells:
        cell = record.cells[head]
        role = f"{record.cells[first].text}{page.say(COLON)}" if first else ""
        top = (role + cell.text, name(cell))
    rest = [column for column in record.cells if column not in (head, first)]
    rest.sort(key=lambda column: column == "claim")
    pairs = [(column_name(page, column), text(record.cells[column])) for column in rest]
    return [
        *packed(page, (*top, _marks(page, record)), _GAP, indent=gutter),
        *pair_lines(page, pairs, indent=gutter, in_one=True),
    ]


def _runs(answer: Answer, found: Sequence[Record], head: str, first: str | None) -> list[list[int]]:
    """Return records by their numbers, those together that are short and have the same passages."""
    runs: list[list[int]] = []
    for number, record in enumerate(found):
        last = found[runs[-1][-1]] if runs else None
        near = last is not None and len(runs[-1]) < _TOGETHER
        same = near and record.passages and last and last.passages == record.passages
        if same and last and _is_short(record, head, first) and _is_short(last, head, first):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in _split(answer, found, run)]


def _split(answer: Answer, found: Sequence[Record], run: list[int]) -> list[list[int]]:
    """Return a run whole where telling its passages once saves lines, else its records apart."""
    passages = [answer.passages[iri] for _, iri in found[run[0]].passages]
    lines = len(passages) + sum(2 for passage in passages if passage.words)
    return [run] if (len(run) - 1) * lines > 1 else [[number] for number in run]


def _is_short(record: Record, head: str, first: str | None) -> bool:
    return not set(record.cells) - {head, first}


def _passages(
    page: Page, answer: Answer, record: Record, gutter: int, span: str, words: Mapping[str, str]
) -> list[str]:
    lead = f"{span}  " if span else ""
    indent = gutter + display_width(lead)
    cited: list[str] = []
    loose: list[str] = []
    for name, iri in record.passages:
        passage = answer.passages[iri]
        told = cite_with_state(page, passage)
        if name != EVIDENCE:
            told = f"{column_name(page, name)}{page.say(COLON)}{told}"
        if not passage.words:
            loose.append(told)
            continue
        seen = words.get(iri)
        told += f"  ({page.say(_WORDS_AT, n=seen)})" if seen else ""
        cited += page.lines(told, indent=indent)
        cited += [] if seen else word_lines(page, passage, indent=indent)
    lines = cited + packed(page, loose, ", ", indent=indent)
    return [" " * gutter + lead + lines[0][indent:], *lines[1:]] if lines else []
