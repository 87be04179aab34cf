"""What a report does not say by itself: shapes, or parts of them, that were not evaluated, or met nothing.

Without them, "conforms" would stand for "was not looked at".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.names import nearest
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import RDF, SH, LookUp, Node
from bri_kg.shacl.patterns import read_pattern
from bri_kg.shacl.shacl_names import (
    ADVANCED,
    CLASSES,
    CORE,
    JAVASCRIPT,
    PROPERTIES,
    SHAPE_LISTS,
    SHAPE_VALUES,
)
from bri_kg.shacl.well_formed import named

# The namespace, and what is nearly it.
_SHACL: Final = re.compile(r"https?://www\.w3\.org/ns/shacl[#/]?(?=\w)")
_VALIDATORS: Final = ("validator", "nodeValidator", "propertyValidator")
_SHOWN: Final = 3
# Of each kind what is said, and whether something was left out that the shapes ask for.
KINDS: Final = {
    "advanced": ("SHACL Advanced Features are not evaluated", True),
    "javascript": ("SHACL JavaScript is not evaluated", True),
    "unknown": ("SHACL has no such term, so it is not evaluated", True),
    "target-class": ("a target class is an IRI, so the target is not evaluated", True),
    "undefined": ("the shape is named and nowhere defined, so everything conforms to it", True),
    "not-in-store": (
        "a store is not asked SPARQL that holds for one node at a time, so it is not evaluated",
        True,
    ),
    "without-closed": ("sh:ignoredProperties says nothing without sh:closed true", False),
    "recursive": ("a shape leads back to itself: SHACL leaves open what that means", False),
    "pattern": ("the pattern is none of XPath, and is read as Python reads it", False),
    "no-focus": ("the target matches nothing in the data", False),
}


@dataclass(frozen=True)
class Notice:
    """One kind of thing that a report cannot show, and where: terms and shapes, as people read them."""

    kind: str
    about: tuple[str, ...]

    @property
    def leaves_out(self) -> bool:
        """Whether something that the shapes ask for was not evaluated."""
        return KINDS[self.kind][1]

    def __str__(self) -> str:
        """Return one line: what holds, and the first of those that it holds of."""
        shown = ", ".join(self.about[:_SHOWN])
        others = len(self.about) - _SHOWN
        more = f", and {others} more" if others > 0 else ""
        return f"{KINDS[self.kind][0]}: {shown}{more}"


def notices_of(shapes: LookUp) -> Iterator[tuple[str, str]]:
    """Yield kind and place of everything in the shapes that no engine evaluates as it looks."""
    for node, iri, values in shapes.properties():
        if _SHACL.match(iri):
            yield from _of_term(shapes, node, iri)
        elif iri == RDF + "type":
            yield from _of_types(node, values)
    yield from _of_targets(shapes)
    yield from _of_undefined(shapes)
    yield from _of_recursion(shapes)
    for node in shapes.subjects(SH + "ignoredProperties"):
        if ox.Literal(True) not in shapes.values(node, SH + "closed"):
            yield "without-closed", named(node)
    for node in shapes.subjects(SH + "pattern"):
        flags = "".join(value.value for value in shapes.values(node, SH + "flags")[:1])
        for pattern in shapes.values(node, SH + "pattern"):
            departs = read_pattern(pattern.value, flags).departs
            if departs:
                yield "pattern", f"{named(pattern)} ({departs})"


def folded(found: Iterable[tuple[str, str]]) -> tuple[Notice, ...]:
    """Return one notice for each kind, in the order of `KINDS`."""
    places: dict[str, set[str]] = {}
    for kind, place in found:
        places.setdefault(kind, set()).add(place)
    return tuple(Notice(kind, tuple(sorted(places[kind]))) for kind in KINDS if kind in places)


def _of_term(shapes: LookUp, node: Node, iri: str) -> Iterator[tuple[str, str]]:
    name = iri.removeprefix(SH)
    if name in CORE and name not in _VALIDATORS:
        return
    where = f"{named(ox.NamedNode(iri))} of {named(node)}"
    if name not in PROPERTIES:
        yield "unknown", where + _nearest(iri, PROPERTIES)
    elif name in ADVANCED:
        yield "advanced", where
    elif name in JAVASCRIPT:
        yield "javascript", where
    elif name in _VALIDATORS:
        for validator in shapes.values(node, iri):
            if shapes.values(validator, SH + "jsFunctionName"):
                yield "javascript", where


def _of_types(node: Node, types: list[Term]) -> Iterator[tuple[str, str]]:
    for one in types:
        if not isinstance(one, ox.NamedNode) or not _SHACL.match(one.value):
            continue
        if one.value.removeprefix(SH) not in CLASSES:
            yield (
                "unknown",
                f"{named(one)}, the type of {named(node)}{_nearest(one.value, CLASSES)}",
            )


def _nearest(iri: str, names: Iterable[str]) -> str:
    near = nearest(_SHACL.sub("", iri), names)
    return f" (did you mean sh:{near}?)" if near else ""


def _of_targets(shapes: LookUp) -> Iterator[tuple[str, str]]:
    for node in shapes.subjects(SH + "targetClass"):
        for value in shapes.values(node, SH + "targetClass"):
            if not isinstance(value, ox.NamedNode):
                yield "target-class", f"{named(value)} of {named(node)}"


def _of_undefined(shapes: LookUp) -> Iterator[tuple[str, str]]:
    for node, other in _links(shapes):
        if isinstance(other, ox.NamedNode) and not shapes.describes(other):
            yield "undefined", f"{named(other)} of {named(node)}"


def _links(shapes: LookUp) -> Iterator[tuple[Node, Term]]:
    for name in SHAPE_VALUES:
        for node in shapes.subjects(SH + name):
            yield from ((node, value) for value in shapes.values(node, SH + name))
    for name in SHAPE_LISTS:
        for node in shapes.subjects(SH + name):
            for head in shapes.values(node, SH + name):
                yield from ((node, member) for member in shapes.members(head))


def _of_recursion(shapes: LookUp) -> Iterator[tuple[str, str]]:
    """Follow what shapes lead to, without recursion of our own; tell the shape that closes a circle."""
    ahead: dict[Term, list[Term]] = {}
    for node, other in _links(shapes):
        ahead.setdefault(node, []).append(other)
    done: set[Term] = set()
    for start in list(ahead):
        way: list[tuple[Term, Iterator[Term]]] = [(start, iter(ahead[start]))]
        on_it = {start}
        while way and start not in done:
            shape, following = way[-1]
            further = next(following, None)
            if further is None:
                way.pop()
                on_it.discard(shape)
                done.add(shape)
            elif further in on_it:
                yield "recursive", named(further)
            elif further not in done and further in ahead:
                way.append((further, iter(ahead[further])))
                on_it.add(further)
