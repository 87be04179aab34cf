"""Networks: things and what they are to each other, as two columns of names with lines between them.

Names stand in rows, so that none covers another, and always in the same place for the same things. Someone
who is not named is a node of its own. What each line says stands in a table beside the drawing (`links_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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

DASHES: Final[dict[str, str | None]] = {
    "said": None,
    "reference": "8 3 2 3",
    "inferred": "2 4",
    "ahead": "7 5",
}
"""How a line is broken, by what it rests on."""

_WIDTH: Final = 760.0
_NAME_COLUMNS: Final = 28
_LEFT, _RIGHT = 225.0, _WIDTH - 225.0
_LEAST: Final = 28.0  # between two names
_SWEEPS: Final = 4
_BOX: Final = 246.0


@dataclass(frozen=True)
class Node:
    """A thing: its key in this drawing, what it is called, its address, what kind of thing it is."""

    key: str
    label: str
    address: str | None = None
    kind: str = ""
    lang: str | None = None
    is_named: bool = True


@dataclass(frozen=True)
class Edge:
    """What one thing is to another in words, and what that rests on (one of `DASHES`).

    `mark` is the word for what has not come about, such as "planned"; it is drawn too.
    """

    begin: str
    end: str
    label: str
    style: str = "said"
    mark: str = ""

    @property
    def told(self) -> str:
        """The words with the mark before them."""
        return f"[{self.mark}] {self.label}" if self.mark else self.label


@dataclass(frozen=True)
class Links:
    """A row of the table: a thing, its number in the drawing, and each thing that it is linked with, with edges."""

    number: int
    node: Node
    linked: tuple[tuple[Node, tuple[Edge, ...]], ...]

    @property
    def count(self) -> int:
        """How many links there are."""
        return sum(len(edges) for _, edges in self.linked)


def links_of(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[Links, ...]:
    """Return the table: things in their order, each with the things that it is linked with."""
    known = {node.key: node for node in nodes}
    found: dict[str, dict[str, list[Edge]]] = {node.key: {} for node in nodes}
    for edge in _drawn(edges, known):
        found[edge.begin].setdefault(edge.end, []).append(edge)
        if edge.end != edge.begin:
            found[edge.end].setdefault(edge.begin, []).append(edge)
    return tuple(
        Links(
            number,
            node,
            tuple((known[key], tuple(of)) for key, of in found[node.key].items()),
        )
        for number, node in enumerate(nodes, 1)
    )


def network(nodes: Sequence[Node], edges: Sequence[Edge], heading: str) -> Markup:
    """Return a network of things, none of them in the middle."""
    known = {node.key: node for node in nodes}
    drawn = list(_drawn(edges, known))
    sides = _sides(nodes, drawn)
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
    lines = joined(_line(edge, at, known) for edge in drawn)
    words = joined(_words(drawn, at))
    names = joined(_name(known[key], at[key], numbers[key]) for side in sides for key in side)
    return _drawing(heading, (_WIDTH, tall + 16), lines, words, names, class_="drawing network")


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


def _drawn(edges: Iterable[Edge], known: Mapping[str, Node]) -> Iterable[Edge]:
    return (edge for edge in edges if edge.begin in known and edge.end in known)


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
    return max(_LEAST, LINE * len(_folded(node).split("\n")) + 10)


def _folded(node: Node, columns: int = _NAME_COLUMNS) -> str:
    return folded(" ".join(node.label.split()), columns)


def _curve(edge: Edge, at: Mapping[str, tuple[float, float]]) -> tuple[float, ...]:
    (x, y), (x2, y2) = at[edge.begin], at[edge.end]
    x, x2 = (v + (9 if v == _LEFT else -9) for v in (x, x2))
    if edge.begin == edge.end:
        y, y2 = y - 6, y + 6
    bend = 120.0 if x != x2 else 50 + abs(y2 - y) * 0.25
    turn, turn2 = (v + (bend if v < _WIDTH / 2 else -bend) for v in (x, x2))
    return x, y, turn, y, turn2, y2, x2, y2


def _line(edge: Edge, at: Mapping[str, tuple[float, float]], known: Mapping[str, Node]) -> Markup:
    x, y, *bend = _curve(edge, at)
    told = f"{known[edge.begin].label}: {edge.told}: {known[edge.end].label}"
    x2, y2 = bend[-2:]
    line = element(
        "path", d=path(("M", x, y), ("C", *bend)), fill="none", stroke_dasharray=DASHES[edge.style]
    )
    return element(
        "g", title(told), line, _head(x2, y2, x2 > _WIDTH / 2), class_=f"edge {edge.style}"
    )


def _head(x: float, y: float, to_the_right: bool) -> Markup:
    back = -7.0 if to_the_right else 7.0
    return element(
        "path", d=path(("M", x, y), ("l", back, -4.0), ("v", 8.0), ("z",)), class_="head"
    )


def _words(edges: Sequence[Edge], at: Mapping[str, tuple[float, float]]) -> Iterable[Markup]:
    """Yield the words of what has not come about, on its line where none stands yet."""
    taken: list[tuple[float, float]] = []
    for edge in edges:
        if not edge.mark:
            continue
        curve = _curve(edge, at)
        spots = [_on(curve, t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)]
        half = width_of(edge.mark) / 2 + 4
        free = (
            s
            for s in spots
            if all(abs(s[0] - x) > 2 * half or abs(s[1] - y) > LINE for x, y in taken)
        )
        x, y = next(free, spots[0])
        taken.append((x, y))
        yield element("text", edge.mark, x=x, y=y + 4, text_anchor="middle", class_="word")


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
    text = _folded(node)
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


def _wide_star(
    middle: Node,
    sides: tuple[Sequence[Node], Sequence[Node]],
    beside: Mapping[str, Sequence[Edge]],
    heading: str,
) -> Markup:
    heights = [[_box_height(node, beside[node.key]) for node in side] for side in sides]
    text = _folded(middle, 22)
    deep = LINE * (text.count("\n") + 1) + 20
    tall = max(*(sum(of) for of in heights), deep)
    centre = tall / 2 + 8
    wide = max(width_of(text) * 1.08, 60) + 24
    parts: list[Markup] = []
    for is_right, (side, of) in enumerate(zip(sides, heights, strict=True)):
        y = 8 + (tall - sum(of)) / 2
        x = _WIDTH - _BOX - 4 if is_right else 4.0
        begin = _WIDTH / 2 + (wide / 2 if is_right else -wide / 2)
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
            x=(_WIDTH - wide) / 2,
            y=centre - deep / 2,
            width=wide,
            height=deep,
            rx=8,
            class_="core",
        ),
        lines_of_text(
            text,
            _WIDTH / 2,
            centre + 4.5 - LINE * text.count("\n") / 2,
            text_anchor="middle",
            class_="core-name",
        ),
        lang=middle.lang,
        class_="node middle",
    )
    return _drawing(heading, (_WIDTH, tall + 16), *parts, core, class_="drawing network broad")


def _narrow_star(
    middle: Node, nodes: Sequence[Node], beside: Mapping[str, Sequence[Edge]], heading: str
) -> Markup:
    width, spine, x = 360.0, 14.0, 34.0
    text = _folded(middle, 40)
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
    return _drawing(heading, (width, y + 6), *parts, core, class_="drawing network slim")


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
        heads.append(_head(*end, to_the_right=is_right))
    if any(edge.end == middle.key for edge in edges):
        x, y = begin
        up = element(
            "path", d=path(("M", x, y), ("l", -4.0, 7.0), ("h", 8.0), ("z",)), class_="head"
        )
        heads.append(up if upward else _head(x, y, to_the_right=not is_right))
    line = element("path", d=curve, fill="none", stroke_dasharray=DASHES[style])
    told = "; ".join(edge.told for edge in edges)
    return element("g", title(told), line, *heads, class_=f"edge {style}")


def _told(edges: Sequence[Edge], columns: int) -> str:
    return "\n".join(folded(" ".join(edge.told.split()), columns) for edge in edges)


def _box_height(node: Node, edges: Sequence[Edge], columns: int = _NAME_COLUMNS) -> float:
    lines = _folded(node, columns).count("\n") + _told(edges, columns).count("\n") + 2
    return LINE * lines + 20


def _box(
    node: Node,
    edges: Sequence[Edge],
    x: float,
    y: float,
    height: float,
    width: float = _BOX,
    columns: int = _NAME_COLUMNS,
) -> Markup:
    name, told = _folded(node, columns), _told(edges, columns)
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


def _drawing(heading: str, size: tuple[float, float], *parts: Markup, class_: str) -> Markup:
    # A group, not an image: what stands in an image cannot be reached by keyboard.
    return element(
        "svg", title(heading), *parts, viewBox=f"0 0 {size[0]:.0f} {size[1]:.0f}", role="group",
        aria_label=heading, class_=class_,
    )  # fmt: skip
