"""Long lists, a page at a time: pages are numbered from 1, so that each has an address that can be written too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")
PART_KEY = "part"


@dataclass(frozen=True)
class Paged(Generic[_T]):
    """The items of one page of a list: its number, and how many pages and items there are.

    `left_out` are those behind the last page, where no more pages are made.
    """

    items: tuple[_T, ...]
    number: int
    last: int
    total: int
    left_out: int = 0


def paged(
    items: Sequence[_T], asked: Mapping[str, str], at_once: int, most: int | None = None
) -> Paged[_T]:
    """Return the page that was asked for, of `most` at most; for a number that no page has, the nearest."""
    last = pages(len(items), at_once)
    last = last if most is None else min(last, most)
    text = asked.get(PART_KEY, "")
    wanted = int(text) if text.isdecimal() and len(text) < 10 else 1
    number = min(max(wanted, 1), last)
    begin = (number - 1) * at_once
    left_out = max(0, len(items) - last * at_once)
    return Paged(tuple(items[begin : begin + at_once]), number, last, len(items), left_out)


def pages(items: int, at_once: int) -> int:
    """Return how many pages so many items fill: one where there is none."""
    return max(1, -(-items // at_once))
