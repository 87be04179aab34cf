"""Times on a line of years, a bar for each: the words stand beside it, so that the bar is no more than a look.

Bars have no view box: they are as wide as the page, and their heights and dashes stay as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bri_kg.web.drawing.elements import element, joined, path

Years = tuple[float, float]

_HEIGHT: Final = 18
_LEAST: Final = 1.2  # per cent
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_MOST_TICKS: Final = 6


@dataclass(frozen=True)
class Span:
    """A time: first and last year (with fractions), None for an end that nothing tells.

    `is_within` is whether it was at some time in between; `is_firm` whether it has come about.
    """

    begin: float | None
    end: float | None
    is_within: bool
    is_firm: bool


def definitions() -> Markup:
    """Return the hatching that bars of a page share; once a page."""
    stripe = element("path", d="M0 0V7", stroke="currentColor", stroke_width=3)
    hatch = element(
        "pattern", stripe, id="bri-hatch", width=7, height=7, patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )  # fmt: skip
    fades = (
        element(
            "linearGradient",
            *(
                element("stop", offset=offset, stop_color="currentColor", stop_opacity=opacity)
                for offset, opacity in ((0, first), (1, 1 - first))
            ),
            id=name,
        )
        for name, first in (("bri-fade-out", 1), ("bri-fade-in", 0))
    )
    return element(
        "svg", element("defs", hatch, *fades), width=0, height=0, aria_hidden="true", class_="defs"
    )


def axis(years: Years) -> Markup:
    """Return the years above the bars."""
    ticks = joined(
        element("text", str(year), x=_percent(year, years), y=12, text_anchor="middle")
        for year in _ticks(years)
    )
    return element("svg", ticks, width="100%", height=_HEIGHT, aria_hidden="true", class_="axis")


def bar(span: Span, years: Years) -> Markup:
    """Return the bar of a time: hatched, solid, open at an end, or dotted over all where no date is known."""
    lines = joined(
        element("line", x1=at, x2=at, y1=0, y2=_HEIGHT, class_="tick")
        for at in (_percent(year, years) for year in _ticks(years))
    )
    return element(
        "svg", lines, *_shapes(span, years), width="100%", height=_HEIGHT, aria_hidden="true", class_="bar",
    )  # fmt: skip


def _shapes(span: Span, years: Years) -> list[Markup]:
    is_vague = span.begin is None and span.end is None
    begin = 3.0 if span.begin is None else _share(span.begin, years)
    end = 97.0 if span.end is None else _share(span.end, years)
    if end - begin < _LEAST:
        middle = min(max((begin + end) / 2, _LEAST / 2), 100 - _LEAST / 2)
        begin, end = middle - _LEAST / 2, middle + _LEAST / 2
    kind = "vague" if is_vague else "within" if span.is_within else "whole"
    fill = "none" if is_vague else "url(#bri-hatch)" if span.is_within else "currentColor"
    if not span.is_firm and kind == "whole":
        fill = "none"
    dashes = "2 3" if is_vague else "6 4" if not span.is_firm else None
    is_open = not is_vague and None in (span.begin, span.end)
    if is_open and fill == "currentColor":
        fill = "url(#bri-fade-out)" if span.end is None else "url(#bri-fade-in)"
    box = element(
        "rect", x=f"{begin:.2f}%", y=3, width=f"{end - begin:.2f}%", height=_HEIGHT - 6, fill=fill,
        stroke_dasharray=dashes, class_=f"{kind}{'' if span.is_firm else ' ahead'}{' open' if is_open else ''}",
    )  # fmt: skip
    return [box, *([_tip(end, 1) if span.end is None else _tip(begin, -1)] if is_open else [])]


def _tip(at: float, way: int) -> Markup:
    """Return the arrow at an end that nothing tells."""
    far, back = way * 14.0, way * 7.0
    steps = (
        ("M", 0.0, _HEIGHT / 2),
        ("H", far),
        ("M", back, 3.0),
        ("L", far, _HEIGHT / 2),
        ("L", back, _HEIGHT - 3.0),
    )
    return element(
        "svg", element("path", d=path(*steps), class_="tip"), x=f"{at:.2f}%", overflow="visible"
    )


def _share(year: float, years: Years) -> float:
    first, last = years
    return 100 * (year - first) / (last - first)


def _percent(year: float, years: Years) -> str:
    return f"{_share(year, years):.2f}%"


def _ticks(years: Years) -> list[int]:
    first, last = years
    step = next((s for s in _STEPS if (last - first) / s <= _MOST_TICKS), _STEPS[-1])
    begin = math.ceil(first / step) * step
    return [
        year for year in range(begin, math.floor(last) + 1, step) if 5 < _share(year, years) < 95
    ]
