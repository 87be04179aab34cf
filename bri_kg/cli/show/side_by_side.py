"""Blocks of lines: a label beside what it stands for, parts that stay whole, and as many items as fit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bri_kg.cli.show.layout import Page
from bri_kg.plain import display_width

_MISSES = 8  # items that do not fit before the rest is taken to be too long too
_Item = TypeVar("_Item", bound=Hashable)
Cell = Callable[[Page], list[str]]
"""What stands beside a label, as lines that fit the page that is left for it."""


def beside(page: Page, cells: Iterable[tuple[str, Cell]], *, indent: int = 2) -> list[str]:
    """Return labels and what they stand for side by side where there is room, else below each other."""
    given = [(page.safe(label), cell) for label, cell in cells]
    widest = max((display_width(label) for label, _ in given), default=0)
    lines: list[str] = []
    for label, cell in given:
        if page.is_narrow or widest > page.width // 2:
            lines += [*page.lines(label, indent=indent), *indented(page, indent + 2, cell)]
            continue
        first, *rest = indented(page, indent + widest + 2, cell) or [""]
        pad = " " * (widest - display_width(label) + 2)
        line = (" " * indent + label + pad + first.lstrip(" ")).rstrip()
        is_whole = display_width(line) <= page.columns
        lines += [line, *rest] if is_whole else [" " * indent + label, first, *rest]
    return lines


def indented(page: Page, indent: int, cell: Cell) -> list[str]:
    """Return the lines of a cell, moved to the right, where they still fit the page."""
    part = replace(page, columns=page.columns - indent, left=page.left + indent)
    # What must not be broken may be wider than its part of the page.
    return [
        " " * min(indent, page.columns - display_width(line)) + line if line else ""
        for line in cell(part)
    ]


def with_tail(page: Page, text: str, tail: str, *, first: str = "") -> list[str]:
    """Return a text and a tail that is not broken: on its last line where there is room, else on one of its own."""
    lines = page.lines(text, first=first)
    joined = f"{lines[-1]}  {page.safe(tail)}"
    if display_width(joined) <= page.width:
        return [*lines[:-1], joined]
    return lines + page.lines(tail, indent=len(first))


def packed(page: Page, parts: Iterable[str], between: str = ", ") -> list[str]:
    """Return parts one after the other, as many on a line as fit; none is broken where it fits a line."""
    lines: list[str] = []
    for part in map(page.safe, parts):
        if lines and display_width(f"{lines[-1]}{between}{part}") <= page.width:
            lines[-1] += f"{between}{part}"
            continue
        if lines:
            lines[-1] += between.rstrip()
        lines += page.lines(part)
    return lines


def fill(
    items: Sequence[_Item],
    render: Callable[[frozenset[_Item]], list[str]],
    budget: int | None,
    limit: int | None = None,
) -> list[str]:
    """Return what is rendered of as many items as fit into a number of lines; see `choose`."""
    return render(choose(items if limit is None else items[:limit], render, budget))


def choose(
    items: Sequence[_Item],
    render: Callable[[frozenset[_Item]], list[str]],
    budget: int | None,
    chosen: frozenset[_Item] = frozenset(),
) -> frozenset[_Item]:
    """Return as many items as fit into a number of lines beside those `chosen`, the first ones first.

    Whole items are taken or left, so that none is shortened; `render` says how many it was not
    given. Without a budget all are taken.
    """
    if budget is None:
        return chosen | frozenset(items)

    def fits(more: Iterable[_Item]) -> bool:
        return len(render(chosen.union(more))) <= budget

    # As long a beginning as fits is found by halves; of the rest, some may still fit in between.
    taken, beyond = 0, len(items) + 1
    while beyond - taken > 1:
        middle = (taken + beyond) // 2
        taken, beyond = (middle, beyond) if fits(items[:middle]) else (taken, middle)
    chosen |= frozenset(items[:taken])
    misses = 0
    for item in items[taken:]:
        if misses == _MISSES:
            break
        if fits([item]):
            chosen |= {item}
        else:
            misses += 1
    return chosen


def in_turn(*groups: Iterable[_Item]) -> list[_Item]:
    """Return the first of each group, then the second of each, and so on."""
    rest = [list(group) for group in groups]
    longest = max(map(len, rest), default=0)
    return [group[place] for place in range(longest) for group in rest if place < len(group)]
