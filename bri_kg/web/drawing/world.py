"""A map: coasts and points, no borders. A country is a square, since no point of it is meant; a place is a dot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from markupsafe import Markup

from bri_kg.answers.folding import folded
from bri_kg.web.drawing.elements import (
    LINE,
    element,
    joined,
    lines_of_text,
    link,
    path,
    title,
    width_of,
)

Ring = Sequence[tuple[float, float]]
Box = tuple[float, float, float, float]

_WIDTH: Final = 760.0
_LOWEST, _HIGHEST = 330.0, 560.0
_COLUMNS: Final = 24
_FEW: Final = 20  # points whose numbers do not cover each other on a phone
_SIDES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
_FAR: Final = (0.0, 14.0, 30.0, 50.0)


@dataclass(frozen=True)
class Spot:
    """A place: what it is called, its address, its kind in words, where it is, whether something there came about."""

    label: str
    address: str | None
    kind: str
    longitude: float
    latitude: float
    is_country: bool = False
    is_firm: bool = True
    mark: str = ""
    lang: str | None = None


@dataclass(frozen=True)
class View:
    """What of the world is shown, and how: equirectangular, true to scale in the middle of the view."""

    west: float
    north: float
    across: float
    """Units for a degree of longitude."""
    along: float
    """Units for a degree of latitude."""
    height: float

    @classmethod
    def of(cls, bounds: Box) -> View:
        """Return the view that holds west, east, south and north."""
        west, east, south, north = bounds
        squeeze = math.cos(math.radians((south + north) / 2))
        wide, high = squeeze * (east - west), north - south
        height = max(_LOWEST, min(_HIGHEST, _WIDTH * high / wide))
        along = min(_WIDTH / wide, height / high)
        across = along * squeeze
        middle = (west + east) / 2, (south + north) / 2
        return cls(
            middle[0] - _WIDTH / across / 2, middle[1] + height / along / 2, across, along, height
        )

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is drawn."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.along


def world_map(
    spots: Sequence[Spot], bounds: Box, land: Iterable[Sequence[Ring]], heading: str
) -> Markup:
    """Return a map of places, numbered as they come."""
    view = View.of(bounds)
    ground = element("path", d="".join(_ground(land, view)), class_="land", fill_rule="evenodd")
    places = [view.at(spot.longitude, spot.latitude) for spot in spots]
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in places]
    labels: dict[int, Markup] = {}
    for number in sorted(range(len(spots)), key=lambda n: (places[n][1], places[n][0])):
        if label := _label(spots[number], places[number], view, taken):
            labels[number] = label
    marks = joined(
        _spot(spot, place, number, labels.get(number))
        for number, (spot, place) in enumerate(zip(spots, places, strict=True))
    )
    few = " few" if len(spots) <= _FEW else ""
    return element(
        "svg", title(heading), ground, marks, viewBox=f"0 0 {_WIDTH:.0f} {view.height:.0f}", role="group",
        aria_label=heading, class_=f"drawing map{few}",
    )  # fmt: skip


def _ground(land: Iterable[Sequence[Ring]], view: View) -> Iterator[str]:
    """Yield the coasts in view, in whole units."""
    edge = (-20.0, -20.0, _WIDTH + 20, view.height + 20)
    for rings in land:
        for ring in rings:
            shape = _clipped([view.at(*point) for point in ring], edge)
            points = list(dict.fromkeys((round(x), round(y)) for x, y in shape))
            if len(points) > 2:
                (x, y), *rest = points
                steps, at = [f"M{x} {y}l"], (x, y)
                for point in rest:
                    steps.append(f"{point[0] - at[0]} {point[1] - at[1]} ")
                    at = point
                yield "".join(steps).rstrip() + "z"


def _clipped(points: list[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    """Return a ring cut at the sides of a box, one side after the other (Sutherland and Hodgman)."""
    for axis, at, above in (
        (0, box[0], True),
        (0, box[2], False),
        (1, box[1], True),
        (1, box[3], False),
    ):
        kept: list[tuple[float, float]] = []
        for one, other in zip(points, points[1:] + points[:1], strict=True):
            inside, next_inside = ((p[axis] >= at) == above for p in (one, other))
            if inside:
                kept.append(one)
            if inside != next_inside:
                part = (at - one[axis]) / (other[axis] - one[axis])
                kept.append(
                    (one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1]))
                )
        points = kept
    return points


def _spot(spot: Spot, place: tuple[float, float], number: int, label: Markup | None) -> Markup:
    x, y = place
    dashes = None if spot.is_firm else "3 2"
    shape = (
        element(
            "rect", x=x - 6, y=y - 6, width=12, height=12, class_="dot", stroke_dasharray=dashes
        )
        if spot.is_country
        else element("circle", cx=x, cy=y, r=5.5, class_="dot", stroke_dasharray=dashes)
    )
    told = ", ".join(part for part in (spot.label, spot.kind, spot.mark) if part)
    classes = [
        "spot",
        *(["country"] if spot.is_country else []),
        *([] if spot.is_firm else ["ahead"]),
    ]
    return link(
        spot.address,
        title(f"{number + 1}. {told}"),
        element("circle", cx=x, cy=y, r=12, class_="focus"),
        shape,
        *(
            [label]
            if label
            else [element("text", str(number + 1), x=x + 9, y=y + 4, class_="name")]
        ),
        element("text", str(number + 1), x=x + 16, y=y + 9, class_="number"),
        lang=spot.lang,
        class_=" ".join(classes),
    )


def _label(spot: Spot, place: tuple[float, float], view: View, taken: list[Box]) -> Markup | None:
    """Return a name where it covers nothing, with a line to its point where it stands off; None for nowhere."""
    x, y = place
    told = f"{spot.label} [{spot.mark}]" if spot.mark else spot.label
    text = folded(" ".join(told.split()), _COLUMNS)
    wide, high = width_of(text), LINE * (text.count("\n") + 1)
    for far, (dx, dy) in product(_FAR, _SIDES):
        left = x + dx * (10 + far) - (wide if dx < 0 else wide / 2 if dx == 0 else 0)
        top = y + dy * (9 + far) - (high if dy < 0 else high / 2 if dy == 0 else 0)
        box = (left, top, left + wide, top + high)
        inside = left > 2 and top > 2 and box[2] < _WIDTH - 2 and box[3] < view.height - 2
        if inside and not any(_overlap(box, other) for other in taken):
            break
    else:
        return None
    taken.append(box)
    near = min(max(x, left), box[2]), min(max(y, top), box[3])
    parts = [lines_of_text(text, left, top + LINE - 4, class_="name")]
    if far:
        parts.append(element("path", d=path(("M", x, y), ("L", *near)), class_="leader"))
    return element("g", *parts, class_="label")


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
