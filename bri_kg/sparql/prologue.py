"""The prefixes of a query: what it needs to run where ours are not known."""

from collections.abc import Mapping

from bri_kg.sparql.lexer import decoded
from bri_kg.sparql.places import declared_prefixes, places_of, prefix_of


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with a declaration of each prefix that it uses and does not declare.

    In: a query; namespaces by prefix, for those that may be left out. Out: the declarations in
    front, sorted, and the text as it is; only the text where none is missing.
    """
    places = places_of(decoded(text))
    used = {prefix_of(place.token) for place in places if place.token.kind == "pname"}
    missing = sorted((used & prefixes.keys()) - declared_prefixes(places).keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing) + text
