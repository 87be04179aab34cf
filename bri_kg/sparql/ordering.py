"""What the rows of a query are sorted by."""

from collections.abc import Iterator

from bri_kg.sparql.lexer import decoded
from bri_kg.sparql.places import places_of


def sorted_by(text: str) -> tuple[str, ...]:
    """Return the variables that the outermost ORDER BY begins with, without ``?``.

    They end before the first condition that is more than a variable, so that rows are sorted by
    them whatever comes after; none where the query does not sort (SPARQL 1.1, section 15.1).
    """
    return tuple(_leading_variables(text))


def _leading_variables(text: str) -> Iterator[str]:
    places = places_of(decoded(text))
    starts = (at for at, p in enumerate(places) if p.clause == "BY" and p.previous == "BY")
    at = next((at for at in starts if at > 1 and places[at - 2].upper == "ORDER"), len(places))
    while at < len(places):
        if places[at].token.kind == "var":
            yield places[at].token.text[1:]
            at += 1
            continue
        in_brackets = [place.token for place in places[at + 1 : at + 4]]
        if places[at].upper not in ("ASC", "DESC") or len(in_brackets) < 3:
            return
        if in_brackets[1].kind != "var" or in_brackets[2].text != ")":
            return
        yield in_brackets[1].text[1:]
        at += 4
