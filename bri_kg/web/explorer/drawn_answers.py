"""Pictures of answers for pages: what `answers/` decides, with labels and addresses, and a table or list beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bri_kg.answers.captions import Plainly, caption, marks, what, written
from bri_kg.answers.claim_words import without_gap
from bri_kg.answers.description_model import Description
from bri_kg.answers.face_words import AND, BASES, SOURCES, Both, counted
from bri_kg.answers.model import Claim, Named
from bri_kg.answers.moments import KEY, Extent, Lying, limits, timed
from bri_kg.answers.neighbours import (
    KEY_INFERRED,
    KEY_REFERENCE,
    KEY_SAID,
    KEY_UNNAMED,
    THINGS_ONLY,
    UNNAMED,
    Tie,
    ties,
)
from bri_kg.answers.placing import (
    COAST_CREDIT,
    KEY_AHEAD,
    KEY_CITY,
    KEY_COUNTRY,
    POINTLESS,
    Point,
    bounds,
    coasts,
    placed,
)
from bri_kg.answers.standing import DASHED, is_firm, sources_of
from bri_kg.stores.selecting import Quads
from bri_kg.web.drawing import timeline
from bri_kg.web.drawing.network_parts import Edge, Links, Node, links_of
from bri_kg.web.drawing.star import star
from bri_kg.web.drawing.world import Spot, world_map
from bri_kg.web.explorer.page import Page

NEIGHBOURS: Final[Both] = ("{name} and its neighbours", "{name}及其相邻事物")
PLACES: Final[Both] = ("Places that the texts name", "文本提到的地点")
TIMES: Final[Both] = ("When, as the texts say it", "时间（按文本所述）")
COUNTRY: Final[Both] = ("country", "国家")
PLACE: Final[Both] = ("place", "地点")
MOST_NODES: Final = 150
_MOST_BESIDE: Final = 24
_MORE_NODES: Final[Both] = (
    "{n} more with fewer links are not drawn.",
    "另有 {n} 个链接较少者未画出。",
)
_STYLES: Final = {"claims": "said"}
_KEYS: Final = {
    "said": KEY_SAID,
    "reference": KEY_REFERENCE,
    "inferred": KEY_INFERRED,
    "ahead": DASHED,
}


@dataclass(frozen=True)
class NetworkPicture:
    """A drawing, the table beside it, what its lines mean."""

    svg: Markup
    rows: tuple[Links, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class MapPicture:
    """A drawing, the list of places beside it, what its marks mean."""

    svg: Markup
    spots: tuple[Spot, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Moment:
    """A line of a timeline: what was, its address, when in words, how far it has come about, the bar."""

    label: str
    address: str | None
    when: str
    cited: tuple[Claim, ...]
    mark: str
    is_firm: bool
    bar: Markup
    lang: str | None = None


@dataclass(frozen=True)
class TimesPicture:
    """A list of times with their bars, the years above, what the bars mean."""

    definitions: Markup
    axis: Markup
    moments: tuple[Moment, ...]
    key: tuple[str, ...]


def neighbours_picture(
    page: Page, about: Description, most: int = _MOST_BESIDE
) -> NetworkPicture | None:
    """Return a thing with its neighbours, as many as are drawn, and all in the table; None where it has none."""
    middle = _node(page, about.thing)
    found: dict[str, Node] = {}
    edges: list[Edge] = []
    for tie in ties(about):
        node = _node(page, tie.neighbour) if tie.neighbour else _unnamed(page, tie)
        found.setdefault(node.key, node)
        ends = (middle.key, node.key) if tie.outgoing else (node.key, middle.key)
        edges.append(_edge(page, tie, *ends))
    edges = list(dict.fromkeys(edges))
    firm = {key for edge in edges if edge.style != "ahead" for key in (edge.begin, edge.end)}
    nodes = sorted(found.values(), key=lambda node: (node.key not in firm, not node.is_named))
    if not nodes:
        return None
    shown = nodes[:most]
    heading = page.say(NEIGHBOURS, name=middle.label)
    there = {middle.key, *(node.key for node in shown)}
    drawn = [edge for edge in edges if {edge.begin, edge.end} <= there]
    key = (*network_key(page, shown, drawn, len(nodes) - len(shown)), page.say(THINGS_ONLY))
    return NetworkPicture(star(middle, shown, edges, heading), links_of(nodes, edges), key)


def network_key(
    page: Page, nodes: Iterable[Node], edges: Iterable[Edge], left_out: int
) -> tuple[str, ...]:
    """Return what the lines of a network mean, and how many things are not drawn."""
    styles = {edge.style for edge in edges}
    told = [page.say(wording) for style, wording in _KEYS.items() if style in styles]
    told += [page.say(KEY_UNNAMED)] if any(not node.is_named for node in nodes) else []
    return (*told, *([page.say(_MORE_NODES, n=left_out)] if left_out > 0 else []))


def places_picture(page: Page, store: Quads, claims: Iterable[Claim]) -> MapPicture | None:
    """Return the places that claims name, on a map; None where none has a point."""
    drawn, without = placed(store, claims)
    writer = Plainly(page.lang)
    spots = [
        spot_of(
            page,
            one.node.iri,
            written(one.node, writer),
            one.point,
            None if one.is_firm else _plain_marks(one.claims, writer),
            _other(page, one.node),
        )
        for one in drawn
    ]
    return map_of(page, spots, [written(node, writer) for node in without]) if drawn else None


def map_of(page: Page, spots: Sequence[Spot], without: Sequence[str] = ()) -> MapPicture:
    """Return spots on a map; its key names what has no point."""
    key = [page.say(KEY_CITY)] if any(not spot.is_country for spot in spots) else []
    key += [page.say(KEY_COUNTRY)] if any(spot.is_country for spot in spots) else []
    key += [page.say(KEY_AHEAD)] if any(not spot.is_firm for spot in spots) else []
    if without:
        key.append(page.say(POINTLESS, names=page.say(AND).join(without)))
    view = bounds([Point(spot.latitude, spot.longitude, spot.is_country) for spot in spots])
    svg = world_map(spots, view, coasts(), page.say(PLACES))
    return MapPicture(svg, tuple(spots), (*key, page.say(COAST_CREDIT)))


def spot_of(
    page: Page, iri: str, label: str, point: Point, mark: str | None, lang: str | None = None
) -> Spot:
    """Return a place as it is drawn; `mark` is the word for what has not come about there, None where something has."""
    return Spot(
        label=label,
        address=page.at.thing(iri),
        kind=page.say(COUNTRY if point.is_country else PLACE),
        longitude=point.longitude,
        latitude=point.latitude,
        is_country=point.is_country,
        is_firm=mark is None,
        mark=mark or "",
        lang=lang,
    )


def times_picture(page: Page, claims: Iterable[Claim]) -> TimesPicture | None:
    """Return the times of claims on a line of years; None where none has a time."""
    writer = Plainly(page.lang)
    given = timed(claims)
    lines = [
        TimeLine(
            label=caption(one.claim, writer),
            address=page.at.thing(one.claim.iri),
            when=one.time.label,
            lying=one.lying,
            cited=(one.claim,),
            is_firm=is_firm(one.claim),
        )
        for one in given
    ]
    return timeline_of(page, lines) if lines else None


@dataclass(frozen=True)
class TimeLine:
    """What a timeline is drawn from: what was, when in words, and how that lies."""

    label: str
    address: str | None
    when: str
    lying: Lying
    is_firm: bool
    mark: str = ""
    cited: tuple[Claim, ...] = ()


def timeline_of(page: Page, lines: Sequence[TimeLine]) -> TimesPicture:
    """Return these times as bars on one line of years."""
    years = limits(line.lying for line in lines)
    moments = tuple(
        Moment(
            line.label,
            line.address,
            line.when,
            line.cited,
            line.mark,
            line.is_firm,
            timeline.bar(
                timeline.Span(line.lying.begin, line.lying.end, line.lying.is_within, line.is_firm),
                years,
            ),
        )
        for line in lines
    )
    there = {line.lying.extent.value for line in lines}
    there |= {
        "within" for line in lines if line.lying.is_within and line.lying.extent is Extent.OPEN
    }
    key = [page.say(wording) for name, wording in KEY.items() if name in there]
    key += [page.say(DASHED)] if any(not line.is_firm for line in lines) else []
    return TimesPicture(timeline.definitions(), timeline.axis(years), moments, tuple(key))


def _node(page: Page, thing: Named) -> Node:
    return Node(
        key=thing.iri,
        label=written(thing, Plainly(page.lang)),
        address=page.at.thing(thing.iri),
        lang=_other(page, thing),
    )


def _unnamed(page: Page, tie: Tie) -> Node:
    address = page.at.thing(tie.claims[0].iri)
    return Node(tie.key, f"? {page.say(UNNAMED)}", address, is_named=False)


def _edge(page: Page, tie: Tie, begin: str, end: str) -> Edge:
    writer = Plainly(page.lang)
    told = what(tie.claims[0], writer) if tie.relation is None else written(tie.relation, writer)
    if tie.basis in BASES:
        return Edge(begin, end, f"{told} · {page.say(BASES[tie.basis])}", tie.basis)
    label = f"{without_gap(told)} · {counted(page.lang, SOURCES, sources_of(tie.claims))}"
    mark = _plain_marks(tie.claims, writer)
    return Edge(begin, end, label, _STYLES.get(tie.basis, tie.basis), mark)


def _plain_marks(claims: Iterable[Claim], writer: Plainly) -> str:
    """Return the marks of claims without brackets, each once: `planned, reportedly`."""
    found = sorted({mark.strip("[]") for claim in claims for mark in marks(claim, writer)})
    return writer.say(AND).join(found)


def _other(page: Page, node: Named) -> str | None:
    return node.lang if node.lang and node.lang != page.lang else None
