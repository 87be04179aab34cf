"""Which pictures suit an answer, decided from its columns and values: a network, a map, a line of years.

Only what the rows tell is drawn. A thing that a row leaves unnamed stands alone; what has not come about is told
apart by each row's factuality.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.answer_layout import Headed, headed, lacks_name, not_told
from bri_kg.answers.cells import EVIDENCE, Cell, Record
from bri_kg.answers.column_names import column_name
from bri_kg.answers.face_words import Speaker
from bri_kg.answers.model import Named
from bri_kg.answers.moments import Lying, lying
from bri_kg.answers.neighbours import is_thing
from bri_kg.answers.placing import Point, point_of
from bri_kg.answers.stored_answers import Answer, tells_of_moments
from bri_kg.dataset.times import bounds
from bri_kg.names import AT_ONE_TIME, BRI, CLAIM, PREFIXES, SOURCE, split_passage
from bri_kg.stores.selecting import Quads

NETWORK: Final = "network"
MAP: Final = "map"
TIMES: Final = "times"
_LEAST: Final = 2  # links, places or times that make a picture
_SAYING: Final = ("role", "relation", "deed")  # what one thing is to another, in a row's own words
# Who tells of a thing, and what is told elsewhere, is nothing that one thing is to another.
_NOT_LINKED: Final = ("speaker", "elsewhere", "same")
_TIME: Final = "time"
_NO_THINGS: Final = (CLAIM, SOURCE, BRI, PREFIXES["bri-comparison"])


@dataclass(frozen=True)
class Link:
    """What a row tells of two things; `begin` is None where the row leaves the first unnamed.

    `number` is that of the answer.
    """

    begin: Cell | None
    end: Cell
    label: str
    number: int
    record: Record


@dataclass(frozen=True)
class Placed:
    """A place in an answer, its point, and the answers that name it."""

    cell: Cell
    point: Point
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Dated:
    """An answer with its time: what it is called, when in words, how that lies."""

    label: str
    cell: Cell | None
    when: str
    lying: Lying
    record: Record


@dataclass(frozen=True)
class Pictures:
    """What can be drawn of an answer; empty what does not suit it."""

    links: tuple[Link, ...]
    places: tuple[Placed, ...]
    times: tuple[Dated, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The pictures that suit the answer."""
        given = ((NETWORK, self.links), (MAP, self.places), (TIMES, self.times))
        return tuple(kind for kind, parts in given if parts)


def pictures_of(
    speaker: Speaker, store: Quads, answer: Answer, found: Sequence[Record]
) -> Pictures:
    """Return what can be drawn of an answer."""
    by = headed(answer, found)
    links = tuple(_links(speaker, found, by))
    places = tuple(_places(store, found))
    times = tuple(_times(speaker, answer, found, by))
    return Pictures(
        links if len({link.end.term for link in links}) >= _LEAST else (),
        places if len(places) >= _LEAST else (),
        times if len(times) >= _LEAST else (),
    )


def _links(speaker: Speaker, found: Sequence[Record], by: Headed) -> Iterator[Link]:
    """Yield what each row tells of its first thing and every other one."""
    for number, record in enumerate(found, 1):
        things = {
            name: cells
            for name in record.cells
            if name not in _NOT_LINKED and (cells := _things(record.cells[name]))
        }
        said = next((record.cells[name].text for name in _SAYING if name in record.cells), None)
        is_unnamed = lacks_name(record, by) and by.head not in things
        begins = (None,) if is_unnamed else things.pop(next(iter(things), ""), ())
        for name, cells in things.items():
            label = said if said and len(things) == 1 else column_name(speaker, name)
            for begin in begins:
                yield from (Link(begin, end, label, number, record) for end in cells)


def _things(cell: Cell) -> tuple[Cell, ...]:
    """Return what a cell names of things: no kinds, claims, sources, terms or passages."""
    several = cell.several or (cell,)
    return tuple(
        one
        for one in several
        if isinstance(one.term, ox.NamedNode)
        and is_thing(Named(one.term.value))
        and not one.term.value.startswith(_NO_THINGS)
        and not split_passage(one.term.value)
    )


def _places(store: Quads, found: Sequence[Record]) -> Iterator[Placed]:
    cells: dict[str, tuple[Cell, list[Record]]] = {}
    for record in found:
        for cell in record.cells.values():
            for one in _things(cell):
                cells.setdefault(one.term.value if one.term else "", (one, []))[1].append(record)
    for place, (cell, records) in cells.items():
        if point := point_of(store, place):
            yield Placed(cell, point, tuple(records))


def _times(
    speaker: Speaker, answer: Answer, found: Sequence[Record], by: Headed
) -> Iterator[Dated]:
    cls = min(AT_ONE_TIME) if tells_of_moments(answer.query) else None
    dated = []
    for record in found:
        cell = record.cells.get(_TIME)
        if cell is None or cell.term is None:
            continue
        first, last = _bounds(cell.term.value)
        named = record.cells.get(by.head) if by.head not in (_TIME, EVIDENCE) else None
        label = named.text if named else not_told(speaker, by.head)
        dated.append(
            Dated(label, named, cell.text, lying(cell.term.value, first, last, cls), record)
        )
    return iter(sorted(dated, key=lambda one: one.lying.order))


def _bounds(edtf: str) -> tuple[str | None, str | None]:
    try:
        return bounds(edtf)
    except ValueError:  # of a store of the user's
        return None, None
