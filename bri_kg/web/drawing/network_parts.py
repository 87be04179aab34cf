"""Things and what they are to each other, and how both kinds of network draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bri_kg.answers.folding import folded
from bri_kg.web.drawing.elements import element, path, title

DASHES: Final[dict[str, str | None]] = {
    "said": None,
    "reference": "8 3 2 3",
    "inferred": "2 4",
    "ahead": "7 5",
}
"""How a line is broken, by what it rests on."""

WIDTH: Final = 760.0
NAME_COLUMNS: Final = 28


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

    `mark` is what keeps it from being read as plain fact, such as "planned; hoped for".
    """

    begin: str
    end: str
    label: str
    style: str = "said"
    mark: str = ""
    word: str = ""
    """What stands on the line in the drawing: the mark in one word."""

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
    for edge in drawn(edges, known):
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


def drawn(edges: Iterable[Edge], known: Mapping[str, Node]) -> Iterable[Edge]:
    """Return the edges between things that are drawn."""
    return (edge for edge in edges if edge.begin in known and edge.end in known)


def folded_name(node: Node, columns: int = NAME_COLUMNS) -> str:
    """Return the name of a thing in lines."""
    return folded(" ".join(node.label.split()), columns)


def head(x: float, y: float, to_the_right: bool) -> Markup:
    """Return the head of an arrow."""
    back = -7.0 if to_the_right else 7.0
    return element(
        "path", d=path(("M", x, y), ("l", back, -4.0), ("v", 8.0), ("z",)), class_="head"
    )


def drawing(heading: str, size: tuple[float, float], *parts: Markup, class_: str) -> Markup:
    """Return a drawing of this size, with a name for those who do not see it."""
    # A group, not an image: what stands in an image cannot be reached by keyboard.
    return element(
        "svg", title(heading), *parts, viewBox=f"0 0 {size[0]:.0f} {size[1]:.0f}", role="group",
        aria_label=heading, class_=class_,
    )  # fmt: skip
