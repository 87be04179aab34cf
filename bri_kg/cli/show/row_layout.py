"""Rows as a table where each fits whole, else as records one under the other; nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import east_asian_width

from pyoxigraph import NamedNode

from bri_kg.answers.face_words import COLON, THEN
from bri_kg.cli.show.layout import Page
from bri_kg.names import citation, shorten, split_passage
from bri_kg.plain import display_width
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.terms import Term

_GAP: Final = "  "
_READABLE: Final = 100  # columns that an eye follows through several facts in one line


def row_lines(page: Page, rows: Rows) -> list[str]:
    """Return the rows of any query: IRIs as prefixed names, passages as citations."""
    if not rows.columns:
        return []
    body = [[_shown(term) for term in terms] for terms in rows.rows]
    table = table_lines(page, rows.columns, body)
    return table if table is not None else _listed(page, rows.columns, body)


def table_lines(page: Page, head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str] | None:
    """Return a table; None where it is wider than the page, or where what it aligns may be.

    Characters of ambiguous width (UAX #11) are one or two columns wide, so only the last column has them.
    """
    cells = [[page.safe(text) for text in line] for line in (head, *body)]
    if any(not _is_firm(text) for line in cells for text in line[:-1]):
        return None
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > page.width:
        return None
    rule = ["-" * width for width in widths]
    return [_line(line, widths) for line in (cells[0], rule, *cells[1:])]


def packed(page: Page, parts: Iterable[str], gap: str, *, indent: int = 0) -> list[str]:
    """Return parts side by side, with a gap between; one is broken only where it is wider than a line."""
    lines: list[str] = []
    for part in filter(None, map(page.safe, parts)):
        if lines and display_width(lines[-1] + gap + part) <= page.width:
            lines[-1] += gap + part
            continue
        if lines:
            lines[-1] = (lines[-1] + gap).rstrip()
        lines += page.lines(part, indent=indent)
    return lines


def pair_lines(
    page: Page, pairs: Sequence[tuple[str, str]], *, indent: int, in_one: bool = False
) -> list[str]:
    """Return labels with their texts: `in_one` line where that holds all, else one below the other.

    Where there is no room for two columns, a colon stands between.
    """
    joined = [f"{label}{page.say(COLON)}{text}" for label, text in pairs]
    line = page.say(THEN).join(joined)
    if in_one and line and indent + display_width(page.safe(line)) <= min(page.width, _READABLE):
        return page.lines(line, indent=indent)
    if not page.is_narrow:
        return page.pairs(pairs, indent=indent)
    return [each for told in joined for each in page.lines(told, indent=indent, rest="  ")]


def numbered(page: Page, number: str, gutter: int, lines: Sequence[str]) -> list[str]:
    """Return lines that stand at a gutter, with a number in it before the first."""
    first, *rest = lines or [""]
    return [page.safe(number).ljust(gutter) + first[gutter:], *rest]


def spread(blocks: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of blocks, apart from each other where one is long enough to be lost among them."""
    apart = len(blocks) > 1 and max(map(len, blocks)) > 2
    lines = [line for block in blocks for line in (*block, *([""] if apart else []))]
    return lines[:-1] if apart else lines


def _listed(page: Page, head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    if not body:
        return page.lines(_GAP.join(head))
    gutter = len(str(len(body))) + len(_GAP)
    blocks = []
    for number, line in enumerate(body, 1):
        told = [(name, text) for name, text in zip(head, line, strict=True) if text]
        blocks.append(numbered(page, str(number), gutter, pair_lines(page, told, indent=gutter)))
    return spread(blocks)


def _shown(term: Term | None) -> str:
    if term is None:
        return ""
    text = plain_text(term)
    if not isinstance(term, NamedNode):
        return text
    span = split_passage(text)
    return citation(*span) if span else shorten(text)


def _is_firm(text: str) -> bool:
    return text.isascii() or all(east_asian_width(char) != "A" for char in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - display_width(cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    return _GAP.join(padded).rstrip()
