"""Why a query may have found nothing: the terms in it that the data does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES, nearest, shorten
from bri_kg.sparql.lexer import Reading
from bri_kg.sparql.places import Place, declared_prefixes, iri_of, places_of, resolved
from bri_kg.stores.selecting import Quads

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_MOST_UNKNOWN: Final = 10
# In a store of millions, only so many quads are read for a near term, and so many compared.
_MOST_READ: Final = 100_000
_MOST_COMPARED: Final = 5_000
_LONGEST: Final = 100
_NAMESPACE: Final = re.compile(r".*[#/]", re.DOTALL)


@dataclass(frozen=True)
class UnknownTerm:
    """A term of a query that the data does not hold, and the nearest of its namespace that it does."""

    iri: str
    nearest: str | None

    def sentence(self) -> str:
        """Return what a user is told of it."""
        hint = f"; did you mean {shorten(self.nearest)}?" if self.nearest else ""
        return f"the data does not know {shorten(self.iri)}{hint}"


def absent_terms(store: Quads, query: str) -> tuple[UnknownTerm, ...]:
    """Return the terms of a query that occur nowhere in a store, at most ten, in the query's order.

    In: a store and a query that it has answered. Left out are names of functions, of datatypes,
    and what a CONSTRUCT query makes, since these need not be in the data.
    """
    names = dict.fromkeys(_iris(query))
    unknown = list(islice((name for name in names if not _is_known(store, name)), _MOST_UNKNOWN))
    if not unknown:
        return ()
    held = _held(store, {_namespace(name) for name in unknown})
    return tuple(UnknownTerm(name, _nearest(store, name, held)) for name in unknown)


def _iris(query: str) -> Iterator[str]:
    """Yield the IRIs that a query looks for in the data."""
    places = places_of(Reading(query, query))
    known = {prefix: {namespace} for prefix, namespace in PREFIXES.items()}
    declared = {**known, **declared_prefixes(places)}
    base = next((place.after for place in places if place.upper == "BASE"), None)
    made = False
    for place in places:
        if place.depth == 0 and place.token.text == "{":
            made = place.clause == "CONSTRUCT"
        elif place.depth == 0 and place.token.text == "}":
            made = False
        if made or _names_no_data(place):
            continue
        if place.token.kind == "pname":
            yield from resolved(place.token, declared)
        elif place.token.kind == "iri":
            iri = iri_of(place.token)
            yield _joined(iri_of(base), iri) if base and base.kind == "iri" else iri


def _names_no_data(place: Place) -> bool:
    prologue = place.previous in ("PREFIX", "BASE") or place.clause in ("PREFIX", "BASE")
    called = place.following == "(" and place.inner != "{"
    return (prologue and not place.depth) or called or place.previous == "^^"


def _joined(base: str, iri: str) -> str:
    from urllib.parse import urljoin

    try:
        return urljoin(base, iri)
    except ValueError:  # a host that Python does not take
        return iri


def _is_known(store: Quads, name: str) -> bool:
    try:
        node = ox.NamedNode(name)
    except ValueError:  # a relative IRI, which no data holds
        return True
    patterns = ((node, None, None, None), (None, node, None, None), (None, None, node, None),
                (None, None, None, node))  # fmt: skip
    return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns)


def _namespace(iri: str) -> str:
    match = _NAMESPACE.match(iri)
    return match[0] if match else ""


def _held(store: Quads, namespaces: set[str]) -> dict[str, set[str]]:
    """Return the IRIs of some namespaces that a store holds, as far as a bounded look shows them."""
    found: dict[str, set[str]] = {namespace: set() for namespace in namespaces}
    typed = islice(store.quads_for_pattern(None, _TYPE, None, None), _MOST_READ)
    for quads in (typed, islice(store, _MOST_READ)):
        for quad in quads:
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, ox.NamedNode):
                    names = found.get(_namespace(term.value))
                    if names is not None and len(names) < _MOST_COMPARED:
                        names.add(term.value)
    return found


def _nearest(store: Quads, name: str, held: dict[str, set[str]]) -> str | None:
    scheme, _, rest = name.partition("://")
    other = {"http": "https", "https": "http"}.get(scheme)
    if other and _is_known(store, f"{other}://{rest}"):
        return f"{other}://{rest}"
    namespace = _namespace(name)
    wanted = name.removeprefix(namespace)
    if not wanted or len(wanted) > _LONGEST:
        return None
    near = nearest(wanted, (iri.removeprefix(namespace) for iri in held[namespace]))
    return None if near is None else namespace + near
