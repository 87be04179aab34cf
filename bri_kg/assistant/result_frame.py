"""A result as a client gets it: the frame that is the same for every tool, and a text that tells it in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from bri_kg.answers.face_words import NOT_A_NO, STATES, say
from bri_kg.assistant.neutral_text import address, brief, quoted
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_paging import DATA_LIMIT, LIMIT, Cursor, Items, Size, pieces
from bri_kg.assistant.result_words import (
    CONTINUE,
    DATA,
    NEAREST,
    OPEN,
    PASSAGES_ARE,
    SECTIONS,
    SHOWN,
    SOURCES,
    WHOLE,
)

ANSWERED: Final = "answered"
PARTIAL: Final = "partial"
NOT_KNOWN: Final = "not_known"
AMBIGUOUS: Final = "ambiguous"
ERROR: Final = "error"
STATUSES: Final = (ANSWERED, PARTIAL, NOT_KNOWN, AMBIGUOUS, ERROR)
_MOST_NEAR: Final = 8
_LONGEST_ID: Final = 300  # of something near: what is longer is no help
_SENTENCES: Final = 600  # characters of what stands in a page that has items, and in no other


@dataclass(frozen=True)
class Answer:
    """What a tool has found, whole: its sentences, its items, how many stand in each section, what is near."""

    told: tuple[str, ...]
    items: Items = field(default_factory=lambda: Items.of(()))
    status: str = ANSWERED
    sections: dict[str, int] = field(default_factory=dict)
    near: tuple[Item, ...] = ()
    open_list: bool = False


@dataclass(frozen=True)
class Result:
    """A page of an answer: text for people and models, data for programs."""

    text: str
    data: dict[str, Any]

    @property
    def size(self) -> Size:
        """The characters of both."""
        return Size(len(self.text), _length(self.data))


def page_of(answer: Answer, release: str, lang: str, cursor: Cursor) -> Result:
    """Return the page of an answer that begins at a cursor: as many pieces as have room, one at least."""
    longest = Cursor(answer.items.total, 1, cursor.of)
    least = _result(answer, release, lang, [], longest).size
    whole = room = Size(LIMIT - _SENTENCES, DATA_LIMIT - _SENTENCES) - least
    taken: list[tuple[Cursor, Item]] = []
    after = None
    for at, piece in _from(answer, cursor):
        cost = _cost([(at, piece)], [one for _, one in taken], lang)
        together = at.piece == 0 and taken and answer.items.together_from(at.item)
        needed = _cost(_pieces_of(answer, together), [], lang) if together else cost
        # Values of a property wait for a page that holds them all; other groups only where this one is half full.
        waits = piece.get("section") == "facts" or room.is_half_of(whole)
        fits_elsewhere = waits and not room.holds(needed) and whole.holds(needed)
        if taken and (not room.holds(cost) or fits_elsewhere):
            after = at
            break
        taken.append((at, piece))
        room = room - cost
    return _result(answer, release, lang, taken, after)


def _cost(added: list[tuple[Cursor, Item]], shown: list[Item], lang: str) -> Size:
    """Return the characters that pieces take after others: their data, their lines, the sources that are new."""
    usual = _usual_state(shown or [piece for _, piece in added])
    known = {one["source"] for one in _cited_sources(shown)}
    new = [one for one in _cited_sources(piece for _, piece in added) if one["source"] not in known]
    lines = sum(len(_line(piece, at.item, lang, usual)) + 1 for at, piece in added)
    return Size(lines + _length(new), sum(_length(piece) for _, piece in added) + _length(new))


def _pieces_of(answer: Answer, numbers: range) -> list[tuple[Cursor, Item]]:
    items = answer.items.made(numbers.start, numbers.stop)
    return [
        (Cursor(number), piece)
        for number, item in zip(numbers, items, strict=True)
        for piece in pieces(item, number + 1)
    ]


def _usual_state(shown: list[Item]) -> str:
    """Return the state of the first passage, which is told once; others tell their own."""
    return next((str(one["digest"]) for piece in shown for one in _cited_passages(piece)), "")


def _from(answer: Answer, cursor: Cursor) -> Iterator[tuple[Cursor, Item]]:
    for number, item in enumerate(answer.items.begin_at(cursor.item), cursor.item):
        for place, piece in enumerate(pieces(item, number + 1)):
            if number > cursor.item or place >= cursor.piece:
                yield Cursor(number, place, cursor.of), piece


def _length(data: Any) -> int:
    return len(json.dumps(data, ensure_ascii=False, separators=(",", ":"))) + 1


def _result(
    answer: Answer,
    release: str,
    lang: str,
    taken: list[tuple[Cursor, Item]],
    after: Cursor | None,
) -> Result:
    shown = [piece for _, piece in taken]
    is_part = after is not None or bool(taken and (taken[0][0].item or taken[0][0].piece))
    data: dict[str, Any] = {
        "status": PARTIAL if is_part and answer.status == ANSWERED else answer.status,
        "told": " ".join(answer.told),
        "release": release,
        "lang": lang,
        "total": answer.items.total,
        "next": str(after) if after else None,
        "open_list": answer.open_list or any(piece.get("open_list") is True for piece in shown),
        "sections": answer.sections,
        "near": list(_near(answer.near)),
        "sources": _cited_sources(shown),
        "items": shown,
    }
    return Result("\n".join(_text(data, taken, lang, after)), data)


def _near(given: Iterable[Item]) -> Iterator[Item]:
    short = (one for one in given if len(str(one.get("id", ""))) <= _LONGEST_ID)
    for one in islice(short, _MOST_NEAR):
        yield {name: brief(v) if isinstance(v, str) else v for name, v in one.items()}


def _cited_sources(shown: Iterable[Item]) -> list[Item]:
    """Return the sources that the items cite, with the address of each where it is known."""
    found = {
        str(one["source"]): one.get("address") for item in shown for one in _cited_passages(item)
    }
    return [
        {"source": slug, **({"address": page} if page else {})}
        for slug, page in sorted(found.items())
    ]


def _cited_passages(item: Item) -> list[Item]:
    given = item.get("passages") or item.get("values") or []
    return [one for one in given if isinstance(one, dict) and "cite" in one]


def _text(
    data: dict[str, Any], taken: list[tuple[Cursor, Item]], lang: str, after: Cursor | None
) -> Iterator[str]:
    head = f"[{data['status']}] {data['told']}"
    if data["status"] == NOT_KNOWN:
        head += f" {say(lang, NOT_A_NO)}"
    yield head
    if data["open_list"]:
        yield say(lang, OPEN)
    if taken or data["near"]:
        yield say(lang, DATA)
    usual = _usual_state([piece for _, piece in taken])
    for cursor, piece in taken:
        yield _line(piece, cursor.item, lang, usual)
    if data["near"]:
        near = "; ".join(_value(one) for one in data["near"])
        yield f"{say(lang, NEAREST)}: {near}"
    if data["sources"]:
        told = "; ".join(
            " ".join(address(one[name]) for name in ("source", "address") if name in one)
            for one in data["sources"]
        )
        yield f"{say(lang, SOURCES)}: {told}"
    if usual:
        yield say(lang, PASSAGES_ARE, state=_state(usual, lang))
    if taken:
        first, last = taken[0][0].item + 1, taken[-1][0].item + 1
        told = say(lang, SHOWN, first=first, last=last, total=data["total"])
        rest = say(lang, CONTINUE, cursor=after) if after else say(lang, WHOLE)
        yield f"{told}; {rest}"


def _line(piece: Item, number: int, lang: str, usual: str) -> str:
    """Return a piece of an item in one line; the usual state of passages is not said in it."""
    section = piece.get("section", "")
    word = say(lang, SECTIONS[section]) if section in SECTIONS else address(section)
    shades = [*piece.get("factuality", ()), *piece.get("modality", ())]
    mark = f" [{', '.join(quoted(one)[1:-1] for one in shades)}]" if shades else ""
    told = "; ".join(
        f"{name}: {_value(value)}"
        for name, value in piece.items()
        if name not in _IN_MARK and value not in ("", [], None)
    )
    said = f"{number + 1}. {word}{mark}: {told}"
    cites = ", ".join(_cited(one, lang, usual) for one in piece.get("passages", ()))
    return f"{said} -- {cites}" if cites else said


_IN_MARK: Final = ("section", "factuality", "modality", "passages", "open_list", "come_about")


def _cited(passage: Item, lang: str, usual: str) -> str:
    told, state = address(passage["cite"]), passage["digest"]
    if state != usual:
        told += f" ({_state(state, lang)})"
    return f"{told} {quoted(passage['words'])}" if "words" in passage else told


def _state(state: str, lang: str) -> str:
    return say(lang, STATES[state]) if state in STATES else state


def _value(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        if value.keys() <= {"name", "id"}:
            told = [quoted(str(value["name"]))] if "name" in value else []
            return " ".join([*told, *([address(value["id"])] if "id" in value else [])])
        if value.keys() <= {"part", "name", "id", "column", "value"}:
            rest = {n: v for n, v in value.items() if n in ("name", "id")} or value.get("value")
            return f"{quoted(str(value.get('part', value.get('column'))))} {_value(rest)}"
        return "; ".join(f"{name} {_value(one)}" for name, one in value.items())
    return str(value)


def said_brief(text: str) -> str:
    """Return what a user wrote, or a name, as it may stand in a sentence of ours."""
    return quoted(brief(text))
