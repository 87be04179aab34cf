"""What is said of a query that calls a function which its engine lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bri_kg.errors import InputError
from bri_kg.names import PREFIXES, shorten
from bri_kg.sparql.lexer import Reading, Token
from bri_kg.sparql.places import declared_prefixes, iri_of, places_of, resolved

_COMPLAINT = re.compile(
    r"The custom (?:aggregate )?function <(.*)> (?:is not supported|(requires .*))", re.DOTALL
)


def wrong_call(text: str, complaint: str, file: str | None) -> InputError | None:
    """Return the error for a function that no engine here has, or that is called wrongly.

    In: the query, what the engine says, and a name for the message. Out: an InputError (BRI145),
    not raised, at the place where the function is called; None for another complaint. Standard:
    SPARQL 1.1, section 17.6.
    """
    match = _COMPLAINT.search(complaint)
    if match is None:
        return None
    name, wanted = shorten(match[1]), match[2]
    places = places_of(Reading(text, text))
    calls = [place for place in places if place.following == "("]
    known = {prefix: {namespace} for prefix, namespace in PREFIXES.items()}
    declared = {**known, **declared_prefixes(places)}
    call = next((place for place in calls if _is_named(place.token, match[1], declared)), None)
    return InputError(
        "BRI145",
        f"{name} is called wrongly" if wanted else f"there is no function {name}",
        why=f"it {wanted}"
        if wanted
        else "SPARQL lets an engine add functions of its own, and this one has none of that name",
        fix="give one value" if wanted else "use the functions of SPARQL 1.1 and the casts of xsd:",
        file=file,
        line=call.token.line if call else None,
        column=call.token.column if call else None,
    )


def _is_named(token: Token, iri: str, declared: Mapping[str, set[str]]) -> bool:
    if token.kind == "iri":
        return iri.endswith(iri_of(token).lstrip("./#"))  # BASE may stand before it
    return token.kind == "pname" and iri in resolved(token, declared)
