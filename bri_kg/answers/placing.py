"""Places with coordinates: what a map can show, and of what no point can stand.

The coasts (`land.json`, in degrees) are thinned from Natural Earth, which is in the public domain.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.face_words import Both
from bri_kg.answers.model import Claim, Named
from bri_kg.answers.standing import is_firm
from bri_kg.names import BRI, PREFIXES
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Quads

Ring = tuple[tuple[float, float], ...]
"""Longitudes and latitudes in degrees."""

POINTLESS: Final[Both] = (
    "Named too, but no point stands for them: {names}",
    "也提到，但没有一个点可以代表：{names}",
)
KEY_CITY: Final[Both] = ("dot: the place itself", "圆点：该地点本身")
KEY_COUNTRY: Final[Both] = (
    "square: a country; one point stands for all of it, and nobody says where in it",
    "方块：国家，一个点代表全国，文本未说明具体位置",
)
KEY_AHEAD: Final[Both] = (
    "empty, dashed: not come about, denied or silenced, as [ ] says",
    "空心虚线：尚未实现、被否认或被搁置，见 [ ]",
)
COAST_CREDIT: Final[Both] = (
    "Coasts: Natural Earth. No borders are drawn.",
    "海岸线：Natural Earth。未画国界。",
)
_LATITUDE, _LONGITUDE = (ox.NamedNode(BRI + name) for name in ("latitude", "longitude"))
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_COUNTRY: Final = ox.NamedNode(BRI + "Country")
_PLACE_KINDS: Final = (BRI + "hasPlace",)
_PLACES: Final = (PREFIXES["bri-place"],)


@dataclass(frozen=True)
class Point:
    """Where a place is drawn, in degrees; a country's is one that stands for all of it."""

    latitude: float
    longitude: float
    is_country: bool


@dataclass(frozen=True)
class Place:
    """A place, its point, and the claims that name it."""

    node: Named
    point: Point
    claims: tuple[Claim, ...]

    @property
    def is_firm(self) -> bool:
        """Whether something that is said of it has come about and stands."""
        return any(map(is_firm, self.claims))


def point_of(store: Quads, place: str) -> Point | None:
    """Return the point of a place; None where it has none on the globe."""
    latitude, longitude = (_number(store, place, prop) for prop in (_LATITUDE, _LONGITUDE))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    is_country = next(store.quads_for_pattern(ox.NamedNode(place), _TYPE, _COUNTRY), None)
    return Point(latitude, longitude, is_country is not None)


def placed(store: Quads, claims: Iterable[Claim]) -> tuple[tuple[Place, ...], tuple[Named, ...]]:
    """Return the places that claims name, by IRI: those with a point, and those without."""
    drawn: list[Place] = []
    without: list[Named] = []
    for node, of in _named(claims):
        point = point_of(store, node.iri) if not node.iri.startswith("_:") else None
        if point is None:
            without.append(node)
        else:
            drawn.append(Place(node, point, of))
    return tuple(drawn), tuple(without)


def bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return west, east, south and north of a view that holds all of them, with air for labels."""
    if not points:
        return -30.0, 150.0, -35.0, 70.0
    longitudes, latitudes = ([p.longitude for p in points], [p.latitude for p in points])
    across = max(max(longitudes) - min(longitudes), 12.0) * 0.14 + 6
    along = max(max(latitudes) - min(latitudes), 8.0) * 0.14 + 4
    west, east = min(longitudes) - across, max(longitudes) + across * 1.6
    south, north = max(min(latitudes) - along, -88.0), min(max(latitudes) + along, 88.0)
    return west, east, south, north


@cache
def coasts() -> tuple[tuple[Ring, ...], ...]:
    """Return the land: polygons, each its outer ring and the rings of inland seas."""
    text = read_text(Path(__file__).with_name("land.json"), "the coasts")
    return tuple(
        tuple(tuple(zip(ring[::2], ring[1::2], strict=True)) for ring in rings)
        for rings in json.loads(text)
    )


def _number(store: Quads, place: str, prop: ox.NamedNode) -> float | None:
    found = sorted(
        quad.object.value
        for quad in store.quads_for_pattern(ox.NamedNode(place), prop, None)
        if isinstance(quad.object, ox.Literal)
    )
    try:
        number = float(found[0])
    except (IndexError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _named(claims: Iterable[Claim]) -> list[tuple[Named, tuple[Claim, ...]]]:
    """Return the places that claims name, by IRI, each with those claims."""
    found: dict[str, tuple[Named, list[Claim]]] = {}
    for claim in claims:
        for node in _places_of(claim):
            found.setdefault(node.iri, (node, []))[1].append(claim)
    return [(node, tuple(of)) for _, (node, of) in sorted(found.items())]


def _places_of(claim: Claim) -> set[Named]:
    return {
        value
        for part in claim.parts
        for value in part.values
        if isinstance(value, Named)
        and (part.property.iri in _PLACE_KINDS or value.iri.startswith(_PLACES))
    }
