"""Shapes as the engines are given them: what means the same, in the words that all engines know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf import xsd
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import RDF, SH, LookUp
from bri_kg.shacl.patterns import read_pattern
from bri_kg.shacl.shacl_names import ADVANCED, JAVASCRIPT

_SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
# OWL's vocabulary says that the second is below the first; few shapes graphs repeat it.
_CLASSES: Final = (
    ox.NamedNode(PREFIXES["rdfs"] + "Class"), ox.NamedNode(PREFIXES["owl"] + "Class")
)  # fmt: skip
_TARGET_CLASS: Final = ox.NamedNode(SH + "targetClass")
_INTEGER: Final = ox.NamedNode(xsd.XSD + "integer")
_COUNTS: Final = {
    SH + name
    for name in (
        "minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount"
    )
}  # fmt: skip
_SWITCHES: Final = {
    SH + name
    for name in ("closed", "deactivated", "optional", "qualifiedValueShapesDisjoint", "uniqueLang")
}
_TOLD: Final = {SH + name for name in ADVANCED | JAVASCRIPT}
_ONE: Final = ox.Literal("1", datatype=ox.NamedNode(xsd.XSD + "boolean"))


def prepared(shapes: Sequence[ox.Quad], wanted: LookUp) -> tuple[ox.Quad, ...]:
    """Return the shapes with their implicit targets, and with numbers and switches in one spelling.

    In: the quads, and the same to look up. Blank nodes come in the order in which they came.
    """
    spelt = (_spelt(quad) for quad in shapes if not _is_told(quad))
    return (*spelt, *_implicit_targets(wanted))


def with_plain_patterns(shapes: Iterable[ox.Quad], wanted: LookUp) -> Iterator[ox.Quad]:
    """Yield shapes with each sh:pattern in the syntax of the library that matches it."""
    for quad in shapes:
        if quad.predicate.value == SH + "pattern":
            assert not isinstance(quad.subject, ox.Triple)
            assert isinstance(quad.object, ox.Literal)
            flags = "".join(flag.value for flag in wanted.values(quad.subject, SH + "flags")[:1])
            read = read_pattern(quad.object.value, flags)
            yield ox.Quad(quad.subject, quad.predicate, ox.Literal(read.text))
        elif quad.predicate.value == SH + "flags":
            assert isinstance(quad.object, ox.Literal)
            kept = "".join(letter for letter in "ims" if letter in quad.object.value)
            if kept:
                yield ox.Quad(quad.subject, quad.predicate, ox.Literal(kept))
        else:
            yield quad


def _implicit_targets(shapes: LookUp) -> Iterator[ox.Quad]:
    """Yield SHACL 2.1.3.3: a shape that is a class is its own target, subclasses of rdfs:Class included."""
    classes = _classes_of_classes(shapes)
    for node in list(shapes.subjects(RDF + "type")):
        types = shapes.values(node, RDF + "type")
        is_class = isinstance(node, ox.NamedNode) and classes.intersection(types)
        if is_class and _is_a_shape(shapes, node):
            yield ox.Quad(node, _TARGET_CLASS, node)


def _classes_of_classes(shapes: LookUp) -> set[Term]:
    below: dict[Term, list[Term]] = {}
    for node in shapes.subjects(_SUBCLASS):
        for parent in shapes.values(node, _SUBCLASS):
            below.setdefault(parent, []).append(node)
    found: set[Term] = set()
    ahead: list[Term] = [*_CLASSES]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(below.get(one, ()))
    return found


def _is_a_shape(shapes: LookUp, node: Term) -> bool:
    types = {term.value for term in shapes.values(node, RDF + "type")}
    return bool(types & {SH + "NodeShape", SH + "PropertyShape"}) or shapes.has_any(node, SH)


def _is_told(quad: ox.Quad) -> bool:
    """Return whether a notice says that it is not evaluated: then no engine tries on its own."""
    if quad.predicate == _TARGET_CLASS:
        return not isinstance(quad.object, ox.NamedNode)
    return quad.predicate.value in _TOLD


def _spelt(quad: ox.Quad) -> ox.Quad:
    """Write counts as xsd:integer, and leave only "true" to switch something on, though to rdflib "1" is true."""
    name = quad.predicate.value
    if name in _COUNTS and isinstance(quad.object, ox.Literal):
        number = ox.Literal(str(int(quad.object.value)), datatype=_INTEGER)
        return ox.Quad(quad.subject, quad.predicate, number)
    if name in _SWITCHES and quad.object == _ONE:
        return ox.Quad(quad.subject, quad.predicate, ox.Literal(False))
    return quad
