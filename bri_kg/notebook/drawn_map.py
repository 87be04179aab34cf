"""A map of places that claims name: coasts and no borders; what a point cannot say is said in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from bri_kg.answers.captions import enumerated, marks, written
from bri_kg.answers.face_words import SOURCES, Both, counted, say
from bri_kg.answers.folding import folded
from bri_kg.answers.model import Named
from bri_kg.answers.placing import (
    COAST_CREDIT,
    KEY_AHEAD,
    KEY_CITY,
    KEY_COUNTRY,
    POINTLESS,
    Place,
    bounds,
    coasts,
    placed,
)
from bri_kg.answers.standing import claims_of, sources_of
from bri_kg.names import BRI
from bri_kg.notebook.blocks import Block, Line, Look, line, listed, run, section
from bri_kg.notebook.language import language_of
from bri_kg.notebook.pictures import (
    ACHIEVED,
    AHEAD,
    INK,
    SOFT,
    Pen,
    Picture,
    figure,
    matplotlib,
    pen,
)
from bri_kg.notebook.told_claims import claim as told_claim
from bri_kg.notebook.told_passages import label

if TYPE_CHECKING:
    from bri_kg.knowledge import KnowledgeGraph

_TITLE: Both = ("Places that the texts name", "文本提到的地点")
_NONE: Both = ("no claim names a place with coordinates", "没有说法提到有坐标的地点")
_ROLE = BRI + "role"
_LABEL_COLUMNS = 26
_WIDTH = 11.0  # inches


def places(
    kg: KnowledgeGraph, about: object, *, lang: str | None = None, title: str | None = None
) -> Picture:
    """Return the places that claims name, as a map.

    `about` is a thing's name, or what `kg.claims`, `kg.describe` or `kg.explain` gives; coordinates
    are those of the graph. Raises UsageError where matplotlib is not installed.
    """
    if isinstance(about, str):
        about = kg.claims(about, lang=lang or "en")
    spoken = lang or language_of(about)
    drawn, without = placed(kg.guarded.quads, claims_of(about))
    pencil = pen(spoken)
    notes = pencil.notes(*(node.label for node in (*(one.node for one in drawn), *without)))
    heading = title or say(spoken, _TITLE)
    picture = _draw(drawn, without, pencil, pencil.name(heading, _TITLE[0]))
    return Picture(picture, heading, spoken, (*notes, *_told(drawn, without, spoken)))


def _told(drawn: Iterable[Place], without: Iterable[Named], lang: str) -> Iterator[Block]:
    for place in drawn:
        where = f"{place.point.latitude:.2f}, {place.point.longitude:.2f}"
        head: Line = line(label(place.node, Look.STRONG), run(where, Look.QUIET))
        yield Block(head, tuple(told_claim(claim, lang) for claim in place.claims))
    nodes = tuple(without)
    if nodes:
        names = Block(listed((label(node),) for node in nodes))
        yield section(say(lang, POINTLESS, names=""), (names,))


def _draw(drawn: Sequence[Place], without: Sequence[Named], pencil: Pen, title: str) -> Any:
    notes = _notes(drawn, without, pencil)
    west, east, south, north = bounds([place.point for place in drawn])
    squeeze = math.cos(math.radians((south + north) / 2))
    wide = _WIDTH * 0.92
    high = max(3.5, min(7.5, wide * (north - south) / (squeeze * (east - west))))
    # A degree of latitude is as long as one of longitude in the middle of the map.
    degree = max(squeeze * (east - west) / wide, (north - south) / high)
    across, along = degree * wide / squeeze / 2, degree * high / 2
    below = 0.35 + 0.19 * (notes.count("\n") + 1)
    total = high + below + 0.75
    fig = figure(_WIDTH, total)
    axes = fig.add_axes((0.06, (below + 0.25) / total, 0.92, high / total))
    axes.set_xlim((west + east) / 2 - across, (west + east) / 2 + across)
    axes.set_ylim((south + north) / 2 - along, (south + north) / 2 + along)
    axes.set_facecolor("#eef3f6")
    _land(axes)
    _graticule(axes)
    _marks(fig, axes, drawn, pencil)
    pencil.title(fig, 1 - 0.25 / total, title)
    pencil.key(fig, (below / 2 + 0.02) / total, notes)
    if not drawn:
        pencil.text(
            axes, 0.5, 0.5, pencil.say(_NONE), transform=axes.transAxes, ha="center", color=INK
        )
    return fig


def _notes(drawn: Sequence[Place], without: Sequence[Named], pencil: Pen) -> str:
    key = [pencil.say(KEY_CITY)] if any(not p.point.is_country for p in drawn) else []
    key += [pencil.say(KEY_COUNTRY)] if any(p.point.is_country for p in drawn) else []
    key += [pencil.say(KEY_AHEAD)] if any(not p.is_firm for p in drawn) else []
    lines = [*key, pencil.say(COAST_CREDIT)]
    if without:
        names = enumerated((written(node, pencil) for node in without), pencil)
        lines.append(folded(pencil.say(POINTLESS, names=names), 150))
    return "\n".join(lines)


def _land(axes: Any) -> None:
    path = matplotlib("path").Path
    for rings in coasts():
        points = [point for ring in rings for point in ring]
        codes = [
            path.MOVETO if place == 0 else path.LINETO
            for ring in rings
            for place in range(len(ring))
        ]
        shape = path(points, codes)
        axes.add_patch(
            matplotlib("patches").PathPatch(
                shape, facecolor="#dcd9d0", edgecolor="#b5b0a3", linewidth=0.6, zorder=1
            )
        )


def _graticule(axes: Any) -> None:
    ticker = matplotlib("ticker")
    for axis, letters in ((axes.xaxis, "WE"), (axes.yaxis, "SN")):
        axis.set_major_locator(ticker.MaxNLocator(nbins=8, steps=[1, 2, 3, 5, 10]))
        axis.set_major_formatter(ticker.FuncFormatter(lambda d, _, of=letters: _degrees(d, of)))
    axes.grid(color="#c3cdd4", linewidth=0.5, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=7.5, colors=SOFT, length=0)
    for spine in axes.spines.values():
        spine.set_color("#c3cdd4")


def _degrees(value: float, letters: str) -> str:
    side = "" if value == 0 else letters[int(value > 0)]
    return f"{abs(value):g}°{side}"


def _marks(fig: Any, axes: Any, drawn: Sequence[Place], pencil: Pen) -> None:
    taken = []
    for place in drawn:
        ink = ACHIEVED if place.is_firm else AHEAD
        axes.scatter(
            [place.point.longitude], [place.point.latitude], marker="s" if place.point.is_country else "o",
            s=70 if place.point.is_country else 34, linewidths=1.4, edgecolors=ink, zorder=4,
            linestyles="-" if place.is_firm else "--",
            facecolors="none" if not place.is_firm else "#1f5a8c55" if place.point.is_country else ink,
            label=place.node.iri,
        )  # fmt: skip
        x, y = axes.transData.transform((place.point.longitude, place.point.latitude))
        taken.append((x - 7, y - 7, x + 7, y + 7))
    for place in sorted(drawn, key=lambda p: (-p.point.latitude, p.point.longitude)):
        _labelled(fig, axes, place, pencil, taken)


def _labelled(
    fig: Any, axes: Any, place: Place, pencil: Pen, taken: list[tuple[float, float, float, float]]
) -> None:
    """Write a place's label where it covers no other, with a line to its point where that is not beside it."""
    text = axes.annotate(
        _label(place, pencil), (place.point.longitude, place.point.latitude), xytext=(0, 0),
        textcoords="offset points", fontsize=7.5, linespacing=1.2, zorder=5, parse_math=False,
        fontfamily=list(pencil.family), color=INK if place.is_firm else AHEAD,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
        arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3},
    )  # fmt: skip
    box = text.get_window_extent(fig.canvas.get_renderer())
    frame = axes.get_window_extent()
    x, y = axes.transData.transform((place.point.longitude, place.point.latitude))
    pixel = 72 / fig.dpi
    best: tuple[float, float, float] | None = None
    for far, (dx, dy) in product((0, 14, 30, 50, 75, 105, 140, 180), _SIDES):
        left = x + dx * (9 + far) - (box.width if dx < 0 else box.width / 2 if dx == 0 else 0)
        low = y + dy * (7 + far) - (box.height if dy < 0 else box.height / 2 if dy == 0 else 0)
        spot = (left - 2, low - 2, left + box.width + 2, low + box.height + 2)
        inside = (
            frame.x0 < spot[0] and spot[2] < frame.x1 and frame.y0 < spot[1] and spot[3] < frame.y1
        )
        covered = sum(_shared(spot, other) for other in taken) + (0 if inside else 1e5)
        if best is None or covered < best[0]:
            best = covered, left, low
        if covered == 0:
            break
    assert best is not None
    _, left, low = best
    text.set_position(((left - x) * pixel, (low - y) * pixel))
    taken.append((left, low, left + box.width, low + box.height))


_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))


def _shared(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _label(place: Place, pencil: Pen) -> str:
    """Return the name, the mark of what has not come about, how many sources name it, and as what."""
    found = sorted({mark for claim in place.claims for mark in marks(claim, pencil)})
    count = sources_of(place.claims)
    roles = {written(role, pencil) for claim in place.claims for role in claim.values(_ROLE)}
    told = enumerated([*sorted(roles), counted(pencil.lang, SOURCES, count)], pencil)
    told = " ".join([*found, told])
    return f"{written(place.node, pencil)}\n{folded(told, _LABEL_COLUMNS)}"
