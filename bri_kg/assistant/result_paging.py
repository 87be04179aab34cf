"""Results of a bounded size: items are cut into pieces that fit, and a cursor says where the next page begins."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from bri_kg.assistant.neutral_text import LONGEST, cleaned, fitting, weight
from bri_kg.assistant.result_items import Item
from bri_kg.errors import UsageError

LIMIT: Final = 16_000
"""Characters of a result's text at most."""
DATA_LIMIT: Final = 24_000
"""Characters of its data as JSON at most: the same, and what programs need beside it."""
LARGEST: Final = (
    5_000  # characters of one piece as JSON; a page has room for one and its line of text
)
_ROOM: Final = LARGEST - 500  # what names a piece takes the rest
_CHARACTERS: Final = 700  # of a text that continues: as escapes, they take six times as many
_AT_ONCE: Final = 40  # items that are made together
_CURSOR: Final = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?-([0-9a-f]{12})")


@dataclass(frozen=True)
class Size:
    """Characters of a text, and of data as JSON."""

    text: int
    data: int

    def __sub__(self, other: Size) -> Size:
        return Size(self.text - other.text, self.data - other.data)

    def holds(self, other: Size) -> bool:
        """Return whether there is room for another."""
        return other.text <= self.text and other.data <= self.data

    def is_half_of(self, other: Size) -> bool:
        """Return whether it is less than half of another, in its text or in its data."""
        return self.text < other.text // 2 or self.data < other.data // 2


@dataclass(frozen=True)
class Items:
    """The items of a result: how many there are, and how those from one to another are made.

    `together` are those that stand on one page where they fit, such as the values of one property.
    """

    total: int
    made: Callable[[int, int], Sequence[Item]]
    together: tuple[range, ...] = ()

    @classmethod
    def of(cls, items: Sequence[Item]) -> Items:
        """Return items that are made already; those of one property, and sides of one comparison, stay together."""
        return cls(len(items), lambda begin, end: items[begin:end], tuple(_groups(items)))

    def together_from(self, place: int) -> range:
        """Return the items that stay together and of which this is the first; empty where it is none."""
        return next((one for one in self.together if one.start == place), range(0))

    def begin_at(self, place: int) -> Iterator[Item]:
        """Yield the items from one on, made a few at a time."""
        for begin in range(place, self.total, _AT_ONCE):
            yield from self.made(begin, min(begin + _AT_ONCE, self.total))


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: an item, and a piece of it. `of` stands for the release and what was asked."""

    item: int = 0
    piece: int = 0
    of: str = ""

    def __str__(self) -> str:
        piece = f".{self.piece}" if self.piece else ""
        return f"{self.item}{piece}-{self.of}"


def _groups(items: Sequence[Item]) -> Iterator[range]:
    numbers = enumerate(items)
    for key, of in groupby(numbers, lambda one: _group_of(one[1])):
        places = [place for place, _ in of]
        if key and len(places) > 1:
            yield range(places[0], places[-1] + 1)


def _group_of(item: Item) -> tuple[str, ...]:
    if "stance" in item:
        return ("comparison", item["id"])
    if item.get("section") == "side":
        return ("comparison", item["of"])
    if "property" in item and "subject" in item:
        return (item["section"], str(item["property"].get("id")))
    return ()


def asked_digest(release: str, tool: str, arguments: dict[str, Any]) -> str:
    """Return what tells a call from another, its cursor apart."""
    asked = {
        n: value for n, value in arguments.items() if n != "cursor" and value not in (None, {})
    }
    text = json.dumps([release, tool, asked], sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:12]


def cursor_of(text: str | None, of: str) -> Cursor:
    """Return the cursor that a call gives, else the beginning. Raise UsageError for one of another answer."""
    if text is None:
        return Cursor(of=of)
    match = _CURSOR.fullmatch(text)
    if match is None or match[3] != of:
        raise UsageError(
            "BRI851",
            "the cursor is not of this answer",
            why="it goes with the very arguments it was given for, and with the release of then",
            fix="call without cursor, and continue with what that gives",
        )
    return Cursor(int(match[1]), int(match[2] or 0), of)


def pieces(item: Item, number: int) -> list[Item]:
    """Return an item as pieces of a bounded size: itself, and what of it had to be left for later.

    A piece that continues says of what (`of`, the number of the item), where (`at`, a JSON pointer) and from
    which character or element on; set together, the pieces are the whole item.
    """
    texts: list[Item] = []
    lists: list[Item] = []
    head = _with_short_texts(cleaned(item), "", number, texts)
    while weight(head) > LARGEST:
        sizes = {name: weight(value) for name, value in head.items() if isinstance(value, list)}
        if not sizes:
            break
        name = max(sizes, key=sizes.__getitem__)
        kept, rest = _up_to(head[name], LARGEST - (weight(head) - sizes[name]))
        if not rest:
            break
        place = len(kept)
        head[name] = kept
        while rest:
            some, rest = _up_to(rest, _ROOM)
            lists.append(_continued(number, f"/{name}", place, {"values": some}))
            place += len(some)
    # What stands in an element is continued when the element is there.
    return [head, *lists, *texts]


def _with_short_texts(value: Any, at: str, number: int, rests: list[Item]) -> Any:
    if isinstance(value, str):
        kept = fitting(value, LONGEST)
        for place in range(len(kept), len(value), _CHARACTERS):
            text = value[place : place + _CHARACTERS]
            said = {"text": text, "of_characters": len(value)}
            rests.append(_continued(number, at, place, said))
        return kept
    if isinstance(value, dict):
        return {
            name: _with_short_texts(one, f"{at}/{name}", number, rests)
            for name, one in value.items()
        }
    if isinstance(value, list):
        each = enumerate(value)
        return [_with_short_texts(one, f"{at}/{place}", number, rests) for place, one in each]
    return value


def _continued(number: int, at: str, place: int, rest: Item) -> Item:
    return {"section": "continued", "of": number, "at": at, "from": place, **rest}


def _up_to(values: list[Any], room: int) -> tuple[list[Any], list[Any]]:
    """Return the first values that take no more than so many characters, one at least, and the others."""
    taken, used = 0, 0
    for value in values:
        used += weight(value) + 1
        if taken and used > room:
            break
        taken += 1
    return values[:taken], values[taken:]
