"""Where a variable stands in a query, and whether a constant may stand there instead.

A value bound in the outermost group reaches a place inside another group only by a join
(SPARQL 1.1, section 18.2: groups are evaluated from the inside out). A constant written there
is seen at once. The two give the same rows where the groups on the way only join; elsewhere
they can differ, and then no constant is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from bri_kg.sparql.places import Place, form_place

_CLOSING = {"(": ")", "{": "}", "[": "]"}
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
# What may follow an object, beside the words of another element.
_AFTER_OBJECT = frozenset((".", ";", ",", "}", "]", ")", "{"))


# What a variable is at its place. A node is a subject, a predicate or the name of a graph: where
# only an IRI may stand. A value is an object or an operand. BOUND stands with its argument. A spare
# column is that of a subquery: where the constant is known outside too, it need not come out.
NODE: Final = "node"
VALUE: Final = "value"
BOUND: Final = "bound"
COLUMN: Final = "column"
GROUP_KEY: Final = "group key"
SPARE: Final = "spare column"
ORDER_KEY: Final = "order key"

# The first and the last of the places that a constant replaces, and what the variable is there.
# Plain tuples, since a class of Python's own kinds takes longer to make than a query to read.
Occurrence = tuple[int, int, str]


def occurrences(
    places: Sequence[Place], name: str, given: Collection[str]
) -> list[Occurrence] | None:
    """Return where a variable of the outermost scope stands; `given` are all that have values.

    Out: every occurrence, none where there is none; None where a constant could not take the
    place of all of them and mean the same as a value bound at the start of the outermost group.
    """
    form = form_place(places)
    if form is None:
        return None
    reader = _Reader(places, name, given)
    try:
        reader.query(places.index(form))
    except _KeepError:
        return None
    return reader.found


class _KeepError(Exception):
    """No constant may stand for the variable somewhere."""


class _Group:
    """A group while it is read: whether the value is known in what stands in it.

    ``known`` is so for the outermost group and for one in EXISTS, and after a pattern that
    holds the variable; ``filters`` also directly inside an OPTIONAL of such a group.
    """

    __slots__ = ("filters", "known")

    def __init__(self, *, known: bool, filters: bool) -> None:
        self.known = known
        self.filters = filters


class _Reader:
    """Reads a query once, from place to place, for one variable."""

    def __init__(self, places: Sequence[Place], name: str, given: Collection[str]) -> None:
        self.places = places
        self.name = name
        self.given = given
        self.found: list[Occurrence] = []

    # The parts of a query

    def query(self, start: int) -> None:
        """Read from the word that gives the query its form to the end."""
        form = self._upper(start)
        at = start + 1
        if form == "CONSTRUCT" and self._upper(at) == "{":
            at = self._template(at)
        opening = self._opening(at)
        if form == "SELECT":
            self._projection(at, opening)
        elif form == "DESCRIBE":
            self._refuse(at, opening)  # a constant would be described where nothing is found
        end = self._group(opening, _Group(known=True, filters=True))
        self._solution_modifiers(end, len(self.places))

    def _template(self, opening: int) -> int:
        end = self._end(opening)
        for at in self._variables(opening, end):
            self._add(at, self._node_or_value(at))
        return end

    def _projection(self, start: int, end: int) -> None:
        at = start
        while at < end:
            text = self._upper(at)
            if text == "*":
                raise _KeepError
            if text == "(":
                last = self._end(at)
                self._expression(at, last, known=True)
                at = last
                continue
            if self._is_it(at):
                self._add(at, COLUMN)
            at += 1

    def _solution_modifiers(self, start: int, end: int) -> None:
        at, clause, is_key, stays = start, "", False, False
        while at < end:
            text, token = self._upper(at), self.places[at].token
            in_group = clause == "GROUP"
            if text in _MODIFIERS:
                clause = text
            elif text == "(":
                last = self._end(at)
                self._expression(at, last, known=True)
                stays = stays or in_group
                at = last
                continue
            elif clause == "VALUES":
                self._refuse(at, at + 1)
            elif self._is_it(at):
                is_key = is_key or in_group
                self._add(at, GROUP_KEY if in_group else ORDER_KEY)
            elif token.kind == "var" and in_group:
                stays = stays or token.text[1:] not in self.given
            at += 1
        if is_key and not stays:
            raise _KeepError  # without a key there would be one group, also of nothing

    # Groups and what stands in them

    def _group(self, opening: int, group: _Group) -> int:
        """Read a group from its brace; return the place after its end."""
        end = self._end(opening)
        if self._upper(opening + 1) == "SELECT":
            self._subquery(opening + 1, end - 1)
            return end
        waiting: list[tuple[int, int]] = []
        at = opening + 1
        while at < end - 1:
            at = self._element(at, group, waiting)
        for start, last in waiting:  # a filter counts for the whole of its group
            self._expression(start, last, known=group.filters or group.known)
        return end

    def _element(self, at: int, group: _Group, waiting: list[tuple[int, int]]) -> int:
        """Read one element, or one token of a triple pattern; return the place after it."""
        text, next_ = self._upper(at), self._upper(at + 1)
        if text == "OPTIONAL" and next_ == "{":
            return self._optional(at + 1, group)
        if text == "MINUS" and next_ == "{":
            # Whether MINUS takes anything away depends on the variables that both sides share.
            end = self._end(at + 1)
            self._refuse(at, end)
            return end
        if text == "SERVICE":
            end = self._end(self._opening(at))
            self._refuse(at, end)
            return end
        if text == "FILTER":
            end = self._end_of_filter(at + 1)
            waiting.append((at + 1, end))
            return end
        if text == "BIND" and next_ == "(":
            end = self._end(at + 1)
            self._expression(at + 1, end, known=group.known)
            return end
        if text == "VALUES":
            end = self._end(self._opening(at))
            self._refuse(at, end)
            return end
        if text == "{":
            return self._group(at, _Group(known=False, filters=False))
        if self._is_it(at):
            self._add(at, self._node_or_value(at))
            group.known = True
        return at + 1

    def _optional(self, opening: int, group: _Group) -> int:
        count = len(self.found)
        end = self._group(opening, _Group(known=False, filters=group.known))
        if len(self.found) > count and not group.known:
            raise _KeepError  # what does not match is dropped by a join, and kept by a constant
        return end

    def _subquery(self, start: int, end: int) -> None:
        opening = self._opening(start)
        head = range(start + 1, opening)
        if self._end(opening) == end and all(self._is_column(at) for at in head):
            # Columns alone, of all rows: what is joined to them may as well be joined inside.
            # DISTINCT is another matter: rows with the value and rows without one would be the same.
            columns = list(self._variables(start, opening))
            others = any(self.places[at].token.kind == "var" and not self._is_it(at) for at in head)
            if columns and not others:
                raise _KeepError  # without a column there is no query
            if columns:
                self.found += ((at, at, SPARE) for at in columns)
                self._group(opening, _Group(known=False, filters=False))
            return
        projected = any(self._is_it(at) for at in head if self.places[at].inner != "(")
        projected = projected or any(self._is_target(at) for at in head)
        if projected or any(self._upper(at) == "*" for at in head if self._plain(at, start)):
            self._refuse(start, end)

    def _expression(self, start: int, end: int, *, known: bool) -> None:
        at = start
        while at < end:
            if self._upper(at) == "{" and self._upper(at - 1) == "EXISTS":
                count = len(self.found)
                at = self._group(at, _Group(known=True, filters=True))
                if len(self.found) > count and not known:
                    raise _KeepError
                continue
            if self._is_it(at):
                if not known or self._upper(at - 1) == "AS":
                    raise _KeepError
                if self._upper(at - 2) == "BOUND":
                    self.found.append((at - 2, at + 1, BOUND))
                else:
                    self._add(at, VALUE)
            at += 1

    # Small questions about places

    def _end_of_filter(self, at: int) -> int:
        """Return the place after a constraint: brackets, a call, or EXISTS and its group."""
        while at < len(self.places) - 1 and self._upper(at) not in _CLOSING:
            at += 1
        return self._end(at)

    def _node_or_value(self, at: int) -> str:
        """Return whether a term of a triple pattern is its object, as far as what follows tells."""
        after = self.places[at].after
        if self.places[at].inner == "(":  # an item of a list
            return VALUE
        if self._upper(at - 1) == "GRAPH" or after is None:
            return NODE
        if after.kind == "word":
            return NODE if after.text in ("a", "true", "false") else VALUE
        return VALUE if after.text in _AFTER_OBJECT else NODE

    def _refuse(self, start: int, end: int) -> None:
        if any(True for _ in self._variables(start, end)):
            raise _KeepError

    def _variables(self, start: int, end: int) -> Iterator[int]:
        return (at for at in range(start, end) if self._is_it(at))

    def _is_it(self, at: int) -> bool:
        token = self.places[at].token
        return token.kind == "var" and token.text[1:] == self.name

    def _is_column(self, at: int) -> bool:
        place = self.places[at]
        return place.token.kind == "var" or place.upper == "WHERE"

    def _is_target(self, at: int) -> bool:
        return self._is_it(at) and self._upper(at - 1) == "AS"

    def _plain(self, at: int, start: int) -> bool:
        return self.places[at].depth == self.places[start].depth

    def _upper(self, at: int) -> str:
        return self.places[at].upper if 0 <= at < len(self.places) else ""

    def _opening(self, start: int) -> int:
        """Return the next brace of a group, at the depth of a place; where there is none, the end."""
        depth = self.places[start].depth if start < len(self.places) else 0
        for at in range(start, len(self.places)):
            if self.places[at].token.text == "{" and self.places[at].depth == depth:
                return at
        return len(self.places)

    def _end(self, opening: int) -> int:
        """Return the place after the bracket that closes the one here."""
        if opening >= len(self.places):
            return opening
        depth = self.places[opening].depth
        for at in range(opening + 1, len(self.places)):
            if self.places[at].depth == depth and self.places[at].token.text in ")]}":
                return at + 1
        return len(self.places)

    def _add(self, at: int, role: str) -> None:
        self.found.append((at, at, role))
