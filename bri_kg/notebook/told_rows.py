"""Rows of a result: a node beside its label, passages as source and offsets, nothing shortened."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.answers.face_words import NOT_A_NO, ROWS, THEN, Both, counted, say
from bri_kg.names import COME_ABOUT, PREFIXES, citation, shorten, split_passage
from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, Table, line, marked, run
from bri_kg.rdf.rows import Row, Rows
from bri_kg.rdf.terms import Term

MOST_ROWS = 100
_WIDE = 6  # columns above which a row is a record and not a line of a table
_FACTUALITY = PREFIXES["bri-factuality"]
# The labels of the vocabulary: rows hold the node alone. A node of a user's own stands by its local name.
FACTUALITIES: dict[str, Both] = {
    "achieved": ("achieved", "已实现"),
    "ongoing": ("ongoing", "进行中"),
    "planned": ("planned", "计划中"),
    "pledged": ("pledged", "已承诺"),
    "target": ("target", "目标"),
    "expected": ("expected", "预期"),
    "proposed": ("proposed", "提议中"),
    "cancelled": ("cancelled", "已取消"),
}
_STRINGS = (
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
)

_CUT: Both = ("a limit left some out", "因限制而未列全")
_MORE: Both = (
    "{n} more rows are not shown: .to_pandas(), or a slice such as rows[100:200]",
    "另有 {n} 行未显示：用 .to_pandas()，或切片如 rows[100:200]",
)
_NONE: Both = (
    "{rows}. The graph holds nothing that matches. {no_answer}",
    "{rows}。图谱中没有相符的内容。{no_answer}",
)


@dataclass(frozen=True)
class _Column:
    """A column, and the column that labels it where there is one."""

    name: str
    label: str | None


def rows(given: Rows, lang: str) -> Block:
    """Return rows as a table, or as records where there are many columns; how many there are, and whether all."""
    if not given.rows:
        return Block(
            (run(say(lang, _NONE, rows=counted(lang, ROWS, 0), no_answer=say(lang, NOT_A_NO))),)
        )
    columns = _columns(given.columns)
    shown = tuple(given[:MOST_ROWS])
    names = tuple(column.name for column in columns)
    cells = tuple(tuple(_cell(row, column, lang) for column in columns) for row in shown)
    ahead = tuple(_ahead(row, lang) for row in shown)
    table: tuple[Block | Table, ...] = (
        (Table(names, cells, tuple(word is not None for word in ahead)),)
        if len(columns) <= _WIDE
        else _records(names, cells, ahead)
    )
    return Block((run(_how_many(given, lang), Look.QUIET),), (*table, *_left(given, lang)))


def row(given: Row, lang: str) -> Block:
    """Return one row, a line for each column."""
    columns = _columns(given.columns)
    cells = tuple(_cell(given, column, lang) for column in columns)
    return Block((), _records(tuple(c.name for c in columns), (cells,), (_ahead(given, lang),)))


def term_line(term: Term | ox.Triple | None) -> Line:
    """Return a term: a passage as its citation, another IRI as prefixed name or whole, a literal as its text."""
    match term:
        case None:
            return ()
        case ox.NamedNode() if passage := split_passage(term.value):
            return (Run(citation(*passage), look=Look.STRONG, hint=term.value),)
        case ox.NamedNode():
            short = shorten(term.value)
            address = term.value if short == term.value else None
            return (Run(short, look=Look.CODE, href=address, hint=term.value),)
        case ox.Literal() if term.language or term.datatype.value in _STRINGS:
            return (Run(term.value, term.language),)
        case ox.Literal():
            return (Run(term.value, hint=shorten(term.datatype.value)),)
    return (run(f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term), Look.CODE),)


def _columns(names: tuple[str, ...]) -> tuple[_Column, ...]:
    labels = {name + "Label" for name in names} & set(names)
    return tuple(
        _Column(name, name + "Label" if name + "Label" in labels else None)
        for name in names
        if name not in labels
    )


def _cell(given: Row, column: _Column, lang: str) -> Line:
    term = given[column.name]
    name = given[column.label] if column.label else None
    told = term_line(term) if name is None else line(term_line(name), term_line(term))
    word = _factuality(term)
    if word is None:
        return told
    look = Look.PLAIN if _FACTUALITY + word in COME_ABOUT else Look.MARK
    return line(run(_word(word, lang), look), told)


def _factuality(term: Term | None) -> str | None:
    """Return the local name of a factuality; None for anything else."""
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(_FACTUALITY):
        return None
    return term.value.removeprefix(_FACTUALITY)


def _word(name: str, lang: str) -> str:
    return say(lang, FACTUALITIES[name]) if name in FACTUALITIES else name


def _ahead(given: Row, lang: str) -> str | None:
    """Return the word for a row about what has not come about, such as `planned`."""
    found = (
        name
        for term in given
        if (name := _factuality(term)) and _FACTUALITY + name not in COME_ABOUT
    )
    return next((_word(name, lang) for name in found), None)


def _records(
    names: tuple[str, ...], cells: tuple[tuple[Line, ...], ...], ahead: tuple[str | None, ...]
) -> tuple[Block, ...]:
    found = []
    for number, (row, word) in enumerate(zip(cells, ahead, strict=True), 1):
        lines = (
            Block(line(run(name, Look.QUIET), cell)) for name, cell in zip(names, row, strict=True)
        )
        inside = marked(f"[{word}]", lines) if word else tuple(lines)
        frame = Frame.AHEAD if word else Frame.STATED
        found.append(Block((run(str(number), Look.STRONG),), inside, frame))
    return tuple(found)


def _how_many(given: Rows, lang: str) -> str:
    told = counted(lang, ROWS, len(given))
    return f"{told}{say(lang, THEN)}{say(lang, _CUT)}" if given.truncated else told


def _left(given: Rows, lang: str) -> tuple[Block, ...]:
    left = len(given) - MOST_ROWS
    return (Block((run(say(lang, _MORE, n=left), Look.QUIET),)),) if left > 0 else ()
