"""Rows for people: a table in plain text, as wide as its rows, and a table of Markdown.

Control characters never reach the terminal, and columns line up in any script.
"""

import re
from collections.abc import Callable, Sequence

from pyoxigraph import NamedNode

from bri_kg.plain import display_width, encodable, visible
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.terms import Term

Shorten = Callable[[str], str] | None

_GAP = "  "


def table(rows: Rows, shorten: Shorten, encoding: str | None) -> str:
    """Return rows as columns that line up; the arguments are those of ``write_rows``."""
    if not rows.columns:
        return ""
    cells = _cells(rows, shorten, encoding)
    widths = [max(display_width(cell) for cell in column) for column in zip(*cells, strict=True)]
    head, *body = (_line(line, widths) for line in cells)
    rule = _GAP.join("-" * size for size in widths)
    return "".join(line + "\n" for line in (head, rule, *body))


def markdown(rows: Rows, shorten: Shorten, encoding: str | None) -> str:
    """Return rows as a table of Markdown; the arguments are those of ``write_rows``."""
    head, *body = _cells(rows, shorten, encoding)
    lines = [head, ["---"] * len(head), *([_markdown_text(cell) for cell in line] for line in body)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(rows: Rows, shorten: Shorten, encoding: str | None) -> list[list[str]]:
    head = [encodable(name, encoding) for name in rows.columns]
    return [head, *([_shown(term, shorten, encoding) for term in row] for row in rows.rows)]


def _shown(term: Term | None, shorten: Shorten, encoding: str | None) -> str:
    if term is None:
        return ""
    text = shorten(term.value) if shorten and isinstance(term, NamedNode) else plain_text(term)
    return encodable(visible(text), encoding)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (size - display_width(cell)) for cell, size in zip(cells, widths, strict=True)
    )
    return _GAP.join(padded).rstrip(" ")


def _markdown_text(text: str) -> str:
    # What would end a cell, or turn into markup or HTML, is shown as it is.
    escaped = re.sub(r"([\\|`*<\[])", r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", "&amp;", escaped)
