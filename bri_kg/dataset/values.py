"""Nodes made from names: quantities, time spans and passages.

Authors write `bri-quantity:more-than-80`, `bri-time:until-2023-06` and a passage's IRI;
what machines need (bounds, first and last moments, offsets) follows from the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset import times
from bri_kg.names import BRI, PREFIXES, QUANTITY, TIME, VOCABULARY, source_iri, split_passage

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_NUMBER: Final = r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"
_STATED = re.compile(rf"(exactly|at-least|more-than|at-most|fewer-than|about)-({_NUMBER})")
_BETWEEN = re.compile(rf"between-({_NUMBER})-and-({_NUMBER})")
_VAGUE = re.compile(r"vague-[a-z]+(?:-[a-z]+)*")

# comparator -> (has a lower bound, it is inclusive, has an upper bound, it is inclusive)
_BOUNDS: Final = {
    "exactly": (True, True, True, True),
    "at-least": (True, True, False, False),
    "more-than": (True, False, False, False),
    "at-most": (False, False, True, True),
    "fewer-than": (False, False, True, False),
    "about": (False, False, False, False),
}


def value_triples(nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    """Yield the triples of every quantity, time span and passage among `nodes`.

    A name that follows no pattern yields nothing; validation then reports the node as unknown.
    """
    named = {iri for node in nodes if _may_mean(iri := node.value)}
    for iri in sorted(named):
        for predicate, value in _properties(iri):
            yield ox.Quad(ox.NamedNode(iri), predicate, value)


def _may_mean(iri: str) -> bool:
    return "#char=" in iri or iri.startswith((QUANTITY, TIME))


def is_value(iri: str) -> bool:
    """Return whether a name is that of a quantity, time span or passage by its form."""
    return iri.startswith((QUANTITY, TIME)) or split_passage(iri) is not None


def _properties(iri: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    if iri.startswith(QUANTITY):
        return _quantity(iri.removeprefix(QUANTITY))
    if iri.startswith(TIME):
        return _time(iri.removeprefix(TIME))
    if passage := split_passage(iri):
        return _passage(*passage)
    return []


def _quantity(name: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    if match := _STATED.fullmatch(name):
        comparator, number = match[1], match[2]
        lower, lower_in, upper, upper_in = _BOUNDS[comparator]
        bounds = (
            _bound("lower", number, lower_in) * lower + _bound("upper", number, upper_in) * upper
        )
        return [
            _a("Quantity"),
            _comparator(comparator),
            (_bri("statedValue"), _number(number)),
            *bounds,
        ]
    if match := _BETWEEN.fullmatch(name):
        bounds = _bound("lower", match[1], True) + _bound("upper", match[2], True)
        return [_a("Quantity"), _comparator("between"), *bounds]
    if _VAGUE.fullmatch(name):
        return [_a("Quantity"), _comparator("vague")]
    return []


def _time(name: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    string = times.edtf(name)
    if string is None:
        return []
    first, last = times.bounds(string)
    moments = [(_bri("notBefore"), first), (_bri("notAfter"), last)]
    words = zip(("en", "zh"), times.labels(name) or (), strict=False)
    return [
        _a("TimeSpan"),
        (_bri("edtf"), ox.Literal(string)),
        *((_LABEL, ox.Literal(text, language=language)) for language, text in words),
        *(
            (p, ox.Literal(m, datatype=ox.NamedNode(PREFIXES["xsd"] + "dateTime")))
            for p, m in moments
            if m
        ),
    ]


def _passage(
    slug: str, begin: int, end: int
) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    return [
        _a("Passage"),
        (_bri("isPassageOf"), ox.NamedNode(source_iri(slug))),
        (_bri("begin"), ox.Literal(begin)),
        (_bri("end"), ox.Literal(end)),
    ]


def _bound(
    side: str, number: str, inclusive: bool
) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    return [
        (_bri(f"{side}Bound"), _number(number)),
        (_bri(f"{side}BoundInclusive"), ox.Literal(inclusive)),
    ]


def _a(name: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    return _TYPE, _bri(name)


def _bri(name: str) -> ox.NamedNode:
    return ox.NamedNode(BRI + name)


def _comparator(name: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    return _bri("comparator"), ox.NamedNode(f"{VOCABULARY}comparator/{name}")


def _number(number: str) -> ox.Literal:
    """Return a whole number as xsd:integer and any other as xsd:decimal in canonical form, which every store writes."""
    whole, _, rest = number.partition(".")
    fraction = rest.rstrip("0")
    if not fraction:
        return ox.Literal(int(whole))
    return ox.Literal(
        f"{int(whole)}.{fraction}", datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal")
    )
