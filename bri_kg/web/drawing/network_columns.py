"""Networks: things and what they are to each other, as two columns of names with lines between them.

Names stand in rows, so that none covers another, and always in the same place for the same things. Someone
who is not named is a node of its own. What each line says stands in a table beside the drawing (`links_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

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
    WIDTH,
    Edge,
    Node,
    drawing,
    drawn,
    folded_name,
    head,
)

_LEFT, _RIGHT = 225.0, WIDTH - 225.0
_LEAST: Final = 28.0  # between two names
_SWEEPS: Final = 4


def network(nodes: Sequence[Node], edges: Sequence[Edge], heading: str) -> Markup:
    """Return a network of things, none of them in the middle."""
    known = {node.key: node for node in nodes}
    lines_of = list(drawn(edges, known))
    sides = _sides(nodes, lines_of)
    numbers = {node.key: number for number, node in enumerate(nodes, 1)}
    tall = max(sum(_height(known[key]) for key in side) for side in sides) if nodes else LINE
    at: dict[str, tuple[float, float]] = {}
    for side, x in zip(sides, (_LEFT, _RIGHT), strict=True):
        heights = [_height(known[key]) for key in side]
        air = (tall - sum(heights)) / max(len(side), 1)
        y = 8.0
        for key, height in zip(side, heights, strict=True):
            at[key] = x, y + (height + air) / 2
            y += height + air
    lines = joined(_line(edge, at, known) for edge in lines_of)
    words = joined(_words(lines_of, at))
    names = joined(_name(known[key], at[key], numbers[key]) for side in sides for key in side)
    return drawing(heading, (WIDTH, tall + 16), lines, words, names, class_="drawing network")


def _sides(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[list[str], list[str]]:
    """Return the keys of the left and the right column: things that are linked stand across from each other."""
    near: dict[str, list[str]] = {node.key: [] for node in nodes}
    for edge in edges:
        near[edge.begin].append(edge.end)
        near[edge.end].append(edge.begin)
    side: dict[str, int] = {}
    for node in nodes:
        waiting = [node.key]
        while waiting:
            key = waiting.pop(0)
            if key in side:
                continue
            across = [side[other] for other in near[key] if other in side and other != key]
            begins = any(edge.begin == key for edge in edges)
            side[key] = (0 if 2 * sum(across) > len(across) else 1) if across else int(not begins)
            waiting += [other for other in near[key] if other not in side]
    columns = (
        [node.key for node in nodes if side[node.key] == 0],
        [node.key for node in nodes if side[node.key] == 1],
    )
    return _untangled(columns, near)


def _untangled(
    columns: tuple[list[str], list[str]], near: Mapping[str, Sequence[str]]
) -> tuple[list[str], list[str]]:
    """Return the columns, each name moved to the middle of those that it is linked with."""
    for sweep in range(_SWEEPS):
        rank = {
            key: place / max(len(column) - 1, 1)
            for column in columns
            for place, key in enumerate(column)
        }
        moved = columns[1 - sweep % 2]
        moved.sort(
            key=lambda key: (
                sum(map(rank.__getitem__, near[key])) / len(near[key]) if near[key] else rank[key]
            )
        )
    return columns


def _height(node: Node) -> float:
    return max(_LEAST, LINE * len(folded_name(node).split("\n")) + 10)


def _curve(edge: Edge, at: Mapping[str, tuple[float, float]]) -> tuple[float, ...]:
    (x, y), (x2, y2) = at[edge.begin], at[edge.end]
    x, x2 = (v + (9 if v == _LEFT else -9) for v in (x, x2))
    if edge.begin == edge.end:
        y, y2 = y - 6, y + 6
    bend = 120.0 if x != x2 else 50 + abs(y2 - y) * 0.25
    turn, turn2 = (v + (bend if v < WIDTH / 2 else -bend) for v in (x, x2))
    return x, y, turn, y, turn2, y2, x2, y2


def _line(edge: Edge, at: Mapping[str, tuple[float, float]], known: Mapping[str, Node]) -> Markup:
    x, y, *bend = _curve(edge, at)
    told = f"{known[edge.begin].label}: {edge.told}: {known[edge.end].label}"
    x2, y2 = bend[-2:]
    line = element(
        "path", d=path(("M", x, y), ("C", *bend)), fill="none", stroke_dasharray=DASHES[edge.style]
    )
    return element(
        "g", title(told), line, head(x2, y2, x2 > WIDTH / 2), class_=f"edge {edge.style}"
    )


def _words(edges: Sequence[Edge], at: Mapping[str, tuple[float, float]]) -> Iterable[Markup]:
    """Yield the words of what has not come about, once for two things, on a line where there is room for it."""
    taken: list[tuple[float, float, float]] = []
    for edge in {(edge.begin, edge.end, edge.word): edge for edge in edges if edge.word}.values():
        half = width_of(edge.word) / 2 + 4
        spots = (_on(_curve(edge, at), t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2))
        free = (
            (x, y)
            for x, y in spots
            if all(
                abs(x - other) > half + wide or abs(y - high) > LINE for other, high, wide in taken
            )
        )
        # Where lines run close together the table beside the drawing says it.
        if (spot := next(free, None)) is not None:
            x, y = spot
            taken.append((x, y, half))
            yield element("text", edge.word, x=x, y=y + 4, text_anchor="middle", class_="word")


def _on(curve: tuple[float, ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    xs, ys = curve[::2], curve[1::2]
    return (
        sum(w * x for w, x in zip(weights, xs, strict=True)),
        sum(w * y for w, y in zip(weights, ys, strict=True)),
    )


def _name(node: Node, spot: tuple[float, float], number: int) -> Markup:
    x, y = spot
    is_left = x == _LEFT
    text = folded_name(node)
    beside = x - 10 if is_left else x + 10
    anchor = "end" if is_left else "start"
    first = y + 4.5 - LINE * text.count("\n") / 2
    wide = width_of(text) + 14
    ring = element(
        "rect", x=x - wide if is_left else x - 6, y=first - LINE + 2, width=wide + 6,
        height=LINE * (text.count("\n") + 1) + 4, rx=4, class_="focus",
    )  # fmt: skip
    return link(
        node.address,
        title(f"{number}. {node.label}" + (f" ({node.kind})" if node.kind else "")),
        ring,
        element(
            "circle",
            cx=x,
            cy=y,
            r=5,
            class_="dot",
            stroke_dasharray=None if node.is_named else "2 2",
        ),
        lines_of_text(text, beside, first, text_anchor=anchor, class_="name"),
        element("text", str(number), x=beside, y=y + 8, text_anchor=anchor, class_="number"),
        lang=node.lang,
        class_="node" if node.is_named else "node unnamed",
    )
