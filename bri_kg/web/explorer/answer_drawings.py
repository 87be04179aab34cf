"""The pictures of an answer on its page: what `answers/answer_pictures.py` holds, drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bri_kg.answers.answer_pictures import Dated, Link, Placed
from bri_kg.answers.cells import Cell, Record
from bri_kg.answers.face_words import THEN
from bri_kg.answers.neighbours import UNNAMED
from bri_kg.web.drawing.network_columns import network
from bri_kg.web.drawing.network_parts import Edge, Node, links_of
from bri_kg.web.explorer.drawn_answers import (
    MOST_NODES,
    MapPicture,
    NetworkPicture,
    TimeLine,
    TimesPicture,
    map_of,
    network_key,
    spot_of,
    timeline_of,
)
from bri_kg.web.explorer.page import Page

_MOST_TIMES: Final = 60


def network_picture(page: Page, links: Sequence[Link], heading: str) -> NetworkPicture:
    """Return what the rows tell of things as a network, those with most links where there are too many."""
    found: dict[str, Node] = {}
    edges: list[Edge] = []
    for link in links:
        begin = _node(page, link.begin) if link.begin else _unnamed(page, link.number)
        end = _node(page, link.end)
        for node in (begin, end):
            found.setdefault(node.key, node)
        edges.append(_edge(page, link, begin, end))
    edges = list(dict.fromkeys(edges))
    count = Counter(key for edge in edges for key in {edge.begin, edge.end})
    kept = sorted(found, key=lambda key: -count[key])[:MOST_NODES]
    nodes = [found[key] for key in found if key in set(kept)]
    key = network_key(page, nodes, edges, len(found) - len(nodes))
    return NetworkPicture(network(nodes, edges, heading), links_of(nodes, edges), key)


def map_picture(page: Page, places: Sequence[Placed]) -> MapPicture:
    """Return the places of an answer on a map."""
    return map_of(
        page,
        [
            spot_of(page, _iri(one.cell), one.cell.text, one.point, _mark_of_all(page, one.records))
            for one in places
        ],
    )


def times_picture_of(page: Page, times: Sequence[Dated]) -> TimesPicture:
    """Return the times of an answer on a line of years."""
    return timeline_of(
        page,
        [
            TimeLine(
                label=one.label,
                address=page.at.thing(_iri(one.cell)) if one.cell and _iri(one.cell) else None,
                when=one.when,
                lying=one.lying,
                is_firm=not one.record.is_ahead,
                mark=mark_of(page, one.record),
            )
            for one in times[:_MOST_TIMES]
        ],
    )


def mark_of(page: Page, record: Record) -> str:
    """Return the marks of an answer in one text."""
    return page.say(THEN).join(record.marks)


def _mark_of_all(page: Page, records: Sequence[Record]) -> str | None:
    if any(not record.is_ahead for record in records):
        return None
    return page.say(THEN).join(dict.fromkeys(mark_of(page, record) for record in records))


def _iri(cell: Cell) -> str:
    return cell.term.value if cell.term is not None else ""


def _edge(page: Page, link: Link, begin: Node, end: Node) -> Edge:
    marks = link.record.marks
    if not link.record.is_ahead:
        return Edge(begin.key, end.key, link.label)
    return Edge(begin.key, end.key, link.label, "ahead", mark_of(page, link.record), marks[0])


def _node(page: Page, cell: Cell) -> Node:
    return Node(_iri(cell), cell.text, page.at.thing(_iri(cell)))


def _unnamed(page: Page, number: int) -> Node:
    return Node(f"? {number}", f"? {page.say(UNNAMED)}", f"#a{number}", is_named=False)
