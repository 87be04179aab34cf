"""RDF lists and class expressions as checks read them: each walked once, so that no query has to.

The graph `<urn:bri-kg:lists>` holds
    ?holder ?property ?list . ?list rdfs:member ?member   for the lists that a property leads to,
    ?one ?property ?other       once more, for the properties of `_LINKS`,
    ?cell a rdf:List            for the cells of lists that are OWL's to read (SHACL's are not),
    ?cell rdf:rest ?cell        for the cells of a list that runs in a circle,
    ?node rdfs:isDefinedBy ?near   an IRI itself; of a node without one, the nearest IRI that leads
                                to it or that it is about.

So every node stands in it, as a path of length zero asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES

LISTS: Final = ox.NamedNode("urn:bri-kg:lists")
_FIRST, _REST, _NIL, _TYPE, _LIST = (
    ox.NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest", "nil", "type", "List")
)
_RESOURCE: Final = ox.NamedNode(PREFIXES["rdfs"] + "Resource")
_MEMBER: Final = ox.NamedNode(PREFIXES["rdfs"] + "member")
_NEAR: Final = ox.NamedNode(PREFIXES["rdfs"] + "isDefinedBy")
_LINKS: Final = frozenset(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("owl", "someValuesFrom"), ("owl", "allValuesFrom"), ("owl", "complementOf"),
        ("owl", "onClass"), ("owl", "onDataRange"), ("owl", "datatypeComplementOf"),
        ("rdfs", "subPropertyOf"), ("owl", "equivalentProperty"), ("owl", "inverseOf"),
    )
)  # fmt: skip
# What an axiom without a name is about.
_ABOUT: Final = frozenset(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("rdfs", "subClassOf"), ("owl", "equivalentClass"), ("owl", "disjointWith"),
        ("owl", "complementOf"), ("owl", "inverseOf"), ("owl", "annotatedSource"),
        ("owl", "sourceIndividual"), ("owl", "members"), ("owl", "distinctMembers"),
        ("owl", "hasKey"),
    )
)  # fmt: skip
_Objects = dict[object, list[object]]


def read_lists(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of `<urn:bri-kg:lists>` for some triples, in time that grows as they do."""
    quads = list(quads)
    first: _Objects = {}
    rest: _Objects = {}
    for quad in quads:
        if quad.predicate == _FIRST:
            first.setdefault(quad.subject, []).append(quad.object)
        elif quad.predicate == _REST:
            rest.setdefault(quad.subject, []).append(quad.object)
    read = [*_links(quads), *_members(quads, first, rest)]
    yield from read
    yield from _circles(rest)
    yield from _nearest(quads, read)


def _links(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if quad.predicate in _LINKS:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, LISTS)


def _members(quads: Iterable[ox.Quad], first: _Objects, rest: _Objects) -> Iterator[ox.Quad]:
    """Walk every list from its holder. A cell that two lists share is read with the first of them."""
    cells = {*first, *rest}
    owned: dict[object, bool] = {}  # whether a cell is OWL's
    held = [q for q in quads if q.object in cells and q.predicate not in (_FIRST, _REST)]
    inner = [q for q in quads if q.object in cells and q.predicate == _FIRST]
    while held:
        for quad in held:
            is_owl = not quad.predicate.value.startswith(PREFIXES["sh"])
            if quad.predicate == _FIRST:
                is_owl = owned[quad.subject]
            cell: object = quad.object
            yield ox.Quad(quad.subject, quad.predicate, quad.object, LISTS)
            while cell in cells and cell not in owned:
                owned[cell] = is_owl
                for member in first.get(cell, ()):
                    yield ox.Quad(quad.object, _MEMBER, member, LISTS)  # type: ignore[arg-type]
                cell = next(iter(rest.get(cell, ())), None)
        held = [q for q in inner if q.subject in owned and q.object not in owned]
        inner = [q for q in inner if q.subject not in owned] if held else []
    for cell in cells:
        if owned.get(cell, True):
            yield ox.Quad(cell, _TYPE, _LIST, LISTS)  # type: ignore[arg-type]


def _circles(rest: _Objects) -> Iterator[ox.Quad]:
    """Yield the cells from which one comes back to where one was, following the first rest of each."""
    done: set[object] = set()
    for start in rest:
        path: dict[object, None] = {}
        cell: object = start
        while cell in rest and cell not in done and cell not in path:
            path[cell] = None
            cell = rest[cell][0]
        if cell in path:
            around = list(path)
            for part in around[around.index(cell) :]:
                yield ox.Quad(part, _REST, part, LISTS)  # type: ignore[arg-type]
        done.update(path)


def _nearest(quads: Iterable[ox.Quad], read: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
    """Tell each node without an IRI the nearest one: first what leads to it, then what it is about."""
    led_to: dict[object, list[ox.BlankNode]] = {}
    about: dict[object, object] = {}
    for quad in quads:
        if isinstance(quad.object, ox.BlankNode):
            led_to.setdefault(quad.subject, []).append(quad.object)
    listed: dict[object, object] = {
        q.subject: q.object for q in reversed(read) if q.predicate == _MEMBER
    }
    for quad in quads:
        named_by = listed.get(quad.object, quad.object)
        is_about = quad.predicate in _ABOUT and isinstance(quad.subject, ox.BlankNode)
        if is_about and isinstance(named_by, ox.NamedNode):
            about.setdefault(quad.subject, named_by)
    named = {
        node: node
        for q in quads
        for node in (q.subject, q.object)
        if isinstance(node, ox.NamedNode)
    }
    near: dict[object, object] = {}
    _spread(named.items(), led_to, near)
    _spread(about.items(), led_to, near)
    for node, name in near.items():
        yield ox.Quad(node, _NEAR, name, LISTS)  # type: ignore[arg-type]
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) and quad.subject not in near:
            yield ox.Quad(quad.subject, _TYPE, _RESOURCE, LISTS)
        # What stands in two places is near to both.
        name = near.get(quad.subject)
        if isinstance(quad.object, ox.BlankNode) and name not in (None, near.get(quad.object)):
            yield ox.Quad(quad.object, _NEAR, name, LISTS)  # type: ignore[arg-type]


def _spread(
    starts: Iterable[tuple[object, object]],
    led_to: dict[object, list[ox.BlankNode]],
    near: dict[object, object],
) -> None:
    """Go from each start to the nodes without an IRI that it leads to, step by step, the nearest first."""
    todo = [(node, name) for node, name in starts if node not in near]
    for node, name in todo:
        if node not in near:
            near[node] = name
            todo.extend((blank, name) for blank in led_to.get(node, ()) if blank not in near)
