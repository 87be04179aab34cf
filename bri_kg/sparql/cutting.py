"""How many rows of a SELECT query are wanted: no more than so many, their number, or each once."""

from bri_kg.sparql.lexer import decoded
from bri_kg.sparql.places import form_place, places_of


def at_most(text: str, number: int) -> str:
    """Return a SELECT query that asks for so many rows, where none says how many it wants.

    A query with a LIMIT of its own, or with VALUES after its modifiers, is returned as it is.
    """
    places = places_of(decoded(text))
    after_group = [place for place in places if not place.depth and not place.header]
    form = form_place(places)
    if (
        form is None
        or form.upper != "SELECT"
        or any(p.upper in ("LIMIT", "VALUES") for p in after_group)
    ):
        return text
    # A comment in the last line must not swallow it.
    return f"{text}\nLIMIT {number}"


def counting(text: str) -> str | None:
    """Return a query for the number of rows of a SELECT query, as ``?rows``.

    None where the query chooses its graphs, which no inner query can.
    """
    places = places_of(decoded(text))
    form = form_place(places)
    if form is None or any(p.upper == "FROM" and p.header and not p.depth for p in places):
        return None
    start = form.token.start
    return f"{text[:start]}SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {text[start:]}\n}} }}"


def is_distinct(text: str) -> bool:
    """Return whether a query gives each of its rows once: SELECT DISTINCT."""
    form = form_place(places_of(decoded(text)))
    return form is not None and (form.upper, form.following) == ("SELECT", "DISTINCT")
