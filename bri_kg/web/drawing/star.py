"""A thing with its neighbours round it: what leads to it on the left, what it leads to on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from bri_kg.web.drawing.network_parts import (
    DASHES,
    NAME_COLUMNS,
    WIDTH,
    Edge,
    Node,
    drawing,
    folded_name,
    head,
)

_BOX: Final = 246.0


def star(middle: Node, nodes: Sequence[Node], edges: Sequence[Edge], heading: str) -> Markup:
    """Return a thing with its neighbours round it: from the left what leads to it, to the right what it leads to.

    For a narrow page it is drawn a second time, the neighbours one below the other.
    """
    beside = {node.key: [e for e in edges if node.key in (e.begin, e.end)] for node in nodes}
    left = [node for node in nodes if all(e.end == middle.key for e in beside[node.key])]
    right = [node for node in nodes if node not in left]
    return joined(
        (
            _wide_star(middle, (left, right), beside, heading),
            _narrow_star(middle, nodes, beside, heading),
        )
    )


def _wide_star(
    middle: Node,
    sides: tuple[Sequence[Node], Sequence[Node]],
    beside: Mapping[str, Sequence[Edge]],
    heading: str,
) -> Markup:
    heights = [[_box_height(node, beside[node.key]) for node in side] for side in sides]
    text = folded_name(middle, 22)
    deep = LINE * (text.count("\n") + 1) + 20
    tall = max(*(sum(of) for of in heights), deep)
    centre = tall / 2 + 8
    wide = max(width_of(text) * 1.08, 60) + 24
    parts: list[Markup] = []
    for is_right, (side, of) in enumerate(zip(sides, heights, strict=True)):
        y = 8 + (tall - sum(of)) / 2
        x = WIDTH - _BOX - 4 if is_right else 4.0
        begin = WIDTH / 2 + (wide / 2 if is_right else -wide / 2)
        for node, height in zip(side, of, strict=True):
            edges = beside[node.key]
            row = y + height / 2 - 3
            end = x if is_right else x + _BOX
            bend = (begin + end) / 2
            curve = path(("M", begin, centre), ("C", bend, centre, bend, row, end, row))
            parts.append(_spoke(edges, curve, (begin, centre), (end, row), middle, bool(is_right)))
            parts.append(_box(node, edges, x, y, height - 6))
            y += height
    core = link(
        middle.address,
        title(middle.label),
        element(
            "rect",
            x=(WIDTH - wide) / 2,
            y=centre - deep / 2,
            width=wide,
            height=deep,
            rx=8,
            class_="core",
        ),
        lines_of_text(
            text,
            WIDTH / 2,
            centre + 4.5 - LINE * text.count("\n") / 2,
            text_anchor="middle",
            class_="core-name",
        ),
        lang=middle.lang,
        class_="node middle",
    )
    return drawing(heading, (WIDTH, tall + 16), *parts, core, class_="drawing network broad")


def _narrow_star(
    middle: Node, nodes: Sequence[Node], beside: Mapping[str, Sequence[Edge]], heading: str
) -> Markup:
    width, spine, x = 360.0, 14.0, 34.0
    text = folded_name(middle, 40)
    deep = LINE * (text.count("\n") + 1) + 14
    y = deep + 14
    parts: list[Markup] = []
    for node in nodes:
        edges = beside[node.key]
        height = _box_height(node, edges, 40)
        row = y + height / 2 - 3
        curve = path(
            ("M", spine, deep + 2), ("V", row - 8), ("Q", spine, row, spine + 8, row), ("H", x)
        )
        outgoing = any(edge.begin == middle.key for edge in edges)
        parts.append(
            _spoke(edges, curve, (spine, deep + 4), (x, row), middle, outgoing, upward=True)
        )
        parts.append(_box(node, edges, x, y, height - 6, width - x - 4, 40))
        y += height
    core = link(
        middle.address,
        title(middle.label),
        element("rect", x=2, y=2, width=width - 4, height=deep, rx=8, class_="core"),
        lines_of_text(text, width / 2, 2 + LINE + 3, text_anchor="middle", class_="core-name"),
        lang=middle.lang,
        class_="node middle",
    )
    return drawing(heading, (width, y + 6), *parts, core, class_="drawing network slim")


def _spoke(
    edges: Sequence[Edge],
    curve: str,
    begin: tuple[float, float],
    end: tuple[float, float],
    middle: Node,
    is_right: bool,
    *,
    upward: bool = False,
) -> Markup:
    """Return the line to a neighbour, as firm as the firmest of what is said, with heads where it leads."""
    style = next((s for s in DASHES if any(edge.style == s for edge in edges)), "said")
    heads = []
    if any(edge.begin == middle.key for edge in edges):
        heads.append(head(*end, to_the_right=is_right))
    if any(edge.end == middle.key for edge in edges):
        x, y = begin
        up = element(
            "path", d=path(("M", x, y), ("l", -4.0, 7.0), ("h", 8.0), ("z",)), class_="head"
        )
        heads.append(up if upward else head(x, y, to_the_right=not is_right))
    line = element("path", d=curve, fill="none", stroke_dasharray=DASHES[style])
    told = "; ".join(edge.told for edge in edges)
    return element("g", title(told), line, *heads, class_=f"edge {style}")


def _told(edges: Sequence[Edge], columns: int) -> str:
    return "\n".join(folded(" ".join(edge.told.split()), columns) for edge in edges)


def _box_height(node: Node, edges: Sequence[Edge], columns: int = NAME_COLUMNS) -> float:
    lines = folded_name(node, columns).count("\n") + _told(edges, columns).count("\n") + 2
    return LINE * lines + 20


def _box(
    node: Node,
    edges: Sequence[Edge],
    x: float,
    y: float,
    height: float,
    width: float = _BOX,
    columns: int = NAME_COLUMNS,
) -> Markup:
    name, told = folded_name(node, columns), _told(edges, columns)
    is_ahead = all(edge.style == "ahead" for edge in edges)
    dashes = "2 3" if not node.is_named else "7 5" if is_ahead else None
    first = y + LINE + 2
    return link(
        node.address,
        title(node.label + (f" ({node.kind})" if node.kind else "")),
        element(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            rx=6,
            class_="box",
            stroke_dasharray=dashes,
        ),
        lines_of_text(name, x + 10, first, class_="name"),
        lines_of_text(told, x + 10, first + LINE * (name.count("\n") + 1), class_="told"),
        lang=node.lang,
        class_="node ahead" if is_ahead else "node",
    )
