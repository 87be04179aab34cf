"""Which selected variables of a query nothing joins: each value of the one then stands beside each of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bri_kg.sparql.lexer import Reading
from bri_kg.sparql.places import Place, form_place, places_of

_BEGIN: Final = frozenset(
    ("FILTER", "BIND", "OPTIONAL", "MINUS", "GRAPH", "VALUES", "EXISTS", "NOT")
)
_CALLED: Final = ("FILTER", "BIND")
_AFTER: Final = ("GROUP", "HAVING", "ORDER", "BY", "ASC", "DESC", "LIMIT", "OFFSET")


def unjoined(query: str) -> tuple[tuple[str, ...], ...]:
    """Return the selected variables by what is joined, where that is more than one set; else nothing.

    Queries with UNION are left alone: what one branch names need not be joined with the other.
    """
    places = places_of(Reading(query, query))
    form = form_place(places)
    if form is None or form.upper != "SELECT":
        return ()
    if any(place.upper == "UNION" and place.token.kind == "word" for place in places):
        return ()
    joined = _Joined()
    for block in _blocks(places):
        joined.add(block)
    selected = dict.fromkeys(_selected(places)) or dict.fromkeys(joined.known)
    sets: dict[str, list[str]] = {}
    for name in selected:
        if name in joined.known:
            sets.setdefault(joined.of(name), []).append(name)
    return tuple(map(tuple, sets.values())) if len(sets) > 1 else ()


class _Joined:
    """Variables, and which of them are joined."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the one that stands for all that a variable is joined with."""
        while self.known[name] != name:
            name = self.known[name]
        return name

    def add(self, names: Sequence[str]) -> None:
        """Hold these variables to be joined, all with each other."""
        for name in names:
            self.known.setdefault(name, name)
            self.known[self.of(name)] = self.of(names[0])


def _selected(places: Sequence[Place]) -> Iterator[str]:
    is_head = False
    for place in places:
        if place.upper == "SELECT" and not place.depth:
            is_head = True
        elif place.token.text == "{" or place.upper == "WHERE":
            return
        elif is_head and _is_variable(place):
            yield _name(place)


def _blocks(places: Sequence[Place]) -> Iterator[list[str]]:
    """Yield the variables of each statement or call; those within GRAPH with the name of the graph."""
    block: list[str] = []
    graphs: list[list[str]] = [[]]
    is_called = False
    for place in places:
        text = place.token.text
        if place.header or (not place.depth and place.clause in _AFTER):
            if text == "{" and not place.depth:
                graphs.append([])
            continue
        is_word = place.token.kind == "word"
        ends = text in ("{", "}", ".") or (is_word and place.upper in _BEGIN)
        if ends or (is_called and text == ")" and place.inner == "{"):
            if block and text != "{":
                yield [*block, *graphs[-1]]
            elif block:
                yield block
            named = block if text == "{" and _opens_graph(place, places) else []
            if text == "{":
                graphs.append([*graphs[-1], *named])
            elif text == "}" and len(graphs) > 1:
                graphs.pop()
            block, is_called = [], False
        if is_word and place.upper in _CALLED:
            is_called = True
        # What is made from constants or from EXISTS is one value for each row, and multiplies none.
        if _is_variable(place) and (block or place.previous != "AS"):
            block.append(_name(place))
    if block:
        yield block


def _opens_graph(place: Place, places: Sequence[Place]) -> bool:
    number = places.index(place)
    return number > 1 and places[number - 2].upper == "GRAPH"


def _is_variable(place: Place) -> bool:
    return place.token.kind == "var" or place.token.text.startswith("_:")


def _name(place: Place) -> str:
    return place.token.text.replace("$", "?", 1)
