"""The order of the columns of ``SELECT *``, which the standard leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from bri_kg.sparql.lexer import Reading
from bri_kg.sparql.places import form_place, places_of


def in_order_of_appearance(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a query as its author wrote them.

    In: a query and the names of its columns, without ``?``, as an engine gives them. Out: the
    same names; for ``SELECT *`` in the order in which the query first uses them, for any other
    query unchanged. Standard: SPARQL 1.1, section 16.1.1.
    """
    if "*" not in text:
        return tuple(names)
    places = places_of(Reading(text, text))
    form = form_place(places)
    if form is None or form.upper != "SELECT":
        return tuple(names)
    start = next(index for index, place in enumerate(places) if place is form) + 1
    start += start < len(places) and places[start].upper in ("DISTINCT", "REDUCED")
    if start >= len(places) or places[start].token.text != "*":
        return tuple(names)
    known = frozenset(names)
    used = (place.token.text[1:] for place in places[start:] if place.token.kind == "var")
    first = dict.fromkeys(name for name in used if name in known)
    return (*first, *(name for name in names if name not in first))
