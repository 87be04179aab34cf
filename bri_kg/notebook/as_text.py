"""Blocks as lines of text, two columns further in at each step; words of a source after `| `."""

from __future__ import annotations

from collections.abc import Iterator

from bri_kg.notebook.blocks import Block, Frame, Line, Table
from bri_kg.plain import visible


def text_of(block: Block) -> str:
    """Return a block as text, without a newline at its end."""
    return "\n".join(_lines(block, ""))


def _lines(block: Block | Table, indent: str) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _records(block, indent)
        return
    if block.line:
        mark = "| " if block.frame is Frame.WORDS else ""
        yield f"{indent}{mark}{_line(block.line)}"
    for one in block.inside:
        yield from _lines(one, indent + "  " if block.line else indent)


def _records(table: Table, indent: str) -> Iterator[str]:
    """Yield a row below the other, a line for each cell: a table would be wider than the screen."""
    for number, row in enumerate(table.rows, 1):
        first = f"{number}  "
        filled = ((name, cell) for name, cell in zip(table.columns, row, strict=True) if cell)
        for place, (name, cell) in enumerate(filled):
            head = first if place == 0 else " " * len(first)
            yield f"{indent}{head}{visible(name)}  {_line(cell)}"


def _line(line: Line) -> str:
    return visible("".join(run.text for run in line))
