"""What lies at the end of a path, as checks ask for it: found once, in time that grows as the triples do.

A query that follows a path of any length looks for it again from every term. The graph
`<urn:bri-kg:lists>` holds what comes of it instead:
    ?term rdfs:subClassOf ?term     for the classes below themselves; likewise rdfs:subPropertyOf
                                    for properties and skos:broader for concepts,
    ?property a owl:TransitiveProperty   for the properties that are not simple (OWL 2, 11.1),
    ?shape sh:path ?property        for every property that the path of a shape leads over,
    ?class a sh:NodeShape           for the classes that a shape speaks of, and those below them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.rdf_lists import LISTS
from bri_kg.names import PREFIXES

_Links = dict[Hashable, list[Hashable]]


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


_TYPE: Final = _term("rdf:type")
_BELOW: Final = _term("rdfs:subClassOf")
_SHAPE: Final = _term("sh:NodeShape")
_TARGET: Final = _term("sh:targetClass")
_PATH: Final = _term("sh:path")
_CHAIN: Final = _term("owl:propertyChainAxiom")
_TRANSITIVE: Final = _term("owl:TransitiveProperty")
# What is above what: the property to follow, and the one that says the same from the other end.
_ORDERS: Final = (
    (_BELOW, None),
    (_term("rdfs:subPropertyOf"), None),
    (_term("skos:broader"), _term("skos:narrower")),
)
_UP: Final = frozenset({_term("rdfs:subPropertyOf")})
_BOTH_WAYS: Final = frozenset({_term("owl:equivalentProperty"), _term("owl:inverseOf")})
_STEPS: Final = frozenset(
    _term(name)
    for name in (
        "rdf:rest", "rdf:first", "sh:inversePath", "sh:alternativePath", "sh:zeroOrMorePath",
        "sh:oneOrMorePath", "sh:zeroOrOnePath",
    )
)  # fmt: skip


def read_reach(quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of `<urn:bri-kg:lists>` that stand for paths of any length."""
    for order, converse in _ORDERS:
        for term in _named(in_circles(_links(quads, {order}, {converse}))):
            yield ox.Quad(term, order, term, LISTS)
    up = _links(quads, _UP | _BOTH_WAYS, _BOTH_WAYS)
    composite = [q.subject for q in quads if q.predicate == _CHAIN or _is_a(q, _TRANSITIVE)]
    for term in _named(reached(composite, up)):
        yield ox.Quad(term, _TYPE, _TRANSITIVE, LISTS)
    steps = _links(quads, _STEPS)
    for quad in quads:
        if quad.predicate == _PATH:
            for term in _named(reached([quad.object], steps)):
                yield ox.Quad(quad.subject, _PATH, term, LISTS)
    spoken_of: list[Hashable] = [q.object for q in quads if q.predicate == _TARGET]
    spoken_of.extend(q.subject for q in quads if _is_a(q, _SHAPE))
    for term in _named(reached(spoken_of, _links(quads, (), {_BELOW}))):
        yield ox.Quad(term, _TYPE, _SHAPE, LISTS)


def reached(
    starts: Iterable[Hashable], links: Mapping[Hashable, Sequence[Hashable]]
) -> list[Hashable]:
    """Return the starts and whatever the links lead to from them, each once."""
    found = dict.fromkeys(starts)
    todo = list(found)
    for node in todo:
        for other in links.get(node, ()):
            if other not in found:
                found[other] = None
                todo.append(other)
    return todo


def in_circles(links: Mapping[Hashable, Sequence[Hashable]]) -> Iterator[Hashable]:
    """Yield the nodes from which the links lead back to them (strong components, after Tarjan)."""
    number: dict[Hashable, int] = {}
    lowest: dict[Hashable, int] = {}  # the first node that is known to be in one circle with this
    unfinished: dict[Hashable, None] = {}
    for root in links:
        walk = [] if root in number else [(root, iter(links[root]))]
        while walk:
            node, others = walk[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                unfinished[node] = None
            other = next((o for o in others if o not in number or o in unfinished), None)
            if other is None:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    yield from _circle(node, unfinished, links)
            elif other in number:
                lowest[node] = min(lowest[node], number[other])
            else:
                walk.append((other, iter(links.get(other, ()))))


def _circle(
    first: Hashable,
    unfinished: dict[Hashable, None],
    links: Mapping[Hashable, Sequence[Hashable]],
) -> list[Hashable]:
    """Take what came since `first` from the unfinished; return it where it is a circle."""
    members = [unfinished.popitem()[0]]
    while members[-1] != first:
        members.append(unfinished.popitem()[0])
    return members if len(members) > 1 or first in links.get(first, ()) else []


def _links(
    quads: Iterable[ox.Quad],
    forwards: Iterable[ox.NamedNode | None],
    backwards: Iterable[ox.NamedNode | None] = (),
) -> _Links:
    """Return what each node leads to, by some properties from subject to object, by others back."""
    there, back = frozenset(forwards), frozenset(backwards)
    links: _Links = {}
    for quad in quads:
        if quad.predicate in there:
            links.setdefault(quad.subject, []).append(quad.object)
        if quad.predicate in back:
            links.setdefault(quad.object, []).append(quad.subject)
    return links


def _is_a(quad: ox.Quad, kind: ox.NamedNode) -> bool:
    return quad.predicate == _TYPE and quad.object == kind


def _named(nodes: Iterable[Hashable]) -> Iterator[ox.NamedNode]:
    return (node for node in nodes if isinstance(node, ox.NamedNode))
