"""The order of the columns of ``SELECT *``, which the standard leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bri_kg.sparql.lexer import Reading
from bri_kg.sparql.places import SHORT, form_place, places_of


def in_order_of_appearance(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a query as its author wrote them.

    In: a query and the names of its columns, without ``?``, as an engine gives them. Out: the
    same names; for ``SELECT *`` in the order in which the query first uses them, for any other
    query unchanged. Standard: SPARQL 1.1, section 16.1.1.
    """
    if "*" not in text:
        return tuple(names)
    used = _used_by_star(text) if len(text) > SHORT else _used_by_short_star(text)
    if used is None:
        return tuple(names)
    known = frozenset(names)
    first = dict.fromkeys(name for name in used if name in known)
    return (*first, *(name for name in names if name not in first))


def _used_by_star(text: str) -> tuple[str, ...] | None:
    """Return the variables of a ``SELECT *`` in the order of their first use; None for any other query."""
    places = places_of(Reading(text, text))
    form = form_place(places)
    if form is None or form.upper != "SELECT":
        return None
    start = next(index for index, place in enumerate(places) if place is form) + 1
    start += start < len(places) and places[start].upper in ("DISTINCT", "REDUCED")
    if start >= len(places) or places[start].token.text != "*":
        return None
    used = (place.token.text[1:] for place in places[start:] if place.token.kind == "var")
    return tuple(dict.fromkeys(used))


_used_by_short_star = lru_cache(maxsize=1024)(_used_by_star)
