"""The kinds of axioms of which the closure of parts, put together, is the closure of the whole (docs/corpus.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.reasoner import vocabulary as v

_TYPE: Final = PREFIXES["rdf"] + "type"
AXIOM_PREDICATES: Final = frozenset(v.WORDS[number] for number in v.AXIOM_PREDICATES)
AXIOM_CLASSES: Final = frozenset(v.WORDS[number] for number in v.AXIOM_CLASSES)

# From one fact each, or joined across parts: chains of one property, pairs of disjoint classes.
COVERED_PREDICATES: Final = frozenset(
    v.WORDS[number]
    for number in (
        v.SUB_CLASS, v.SUB_PROPERTY, v.DOMAIN, v.RANGE, v.EQUIVALENT_CLASS, v.EQUIVALENT_PROPERTY,
        v.INVERSE, v.DISJOINT,
    )
)  # fmt: skip
COVERED_CLASSES: Final = frozenset(
    v.WORDS[number]
    for number in (
        v.PROPERTY, v.CLASS, v.OBJECT_PROPERTY, v.DATATYPE_PROPERTY, v.SYMMETRIC, v.TRANSITIVE,
    )
)  # fmt: skip
# Functional, and covered: its facts are those of passages, which are not closed.
COVERED_FUNCTIONAL: Final = frozenset({PREFIXES["bri"] + "isPassageOf"})


def not_covered(ontology: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the axioms that join facts in a way that parts do not see."""
    for quad in ontology:
        predicate, value = quad.predicate.value, getattr(quad.object, "value", "")
        if predicate in AXIOM_PREDICATES - COVERED_PREDICATES:
            yield quad
        elif predicate == _TYPE and value in AXIOM_CLASSES - COVERED_CLASSES:
            if value != v.WORDS[v.FUNCTIONAL] or _name(quad.subject) not in COVERED_FUNCTIONAL:
                yield quad
        elif predicate == v.WORDS[v.SAME]:
            yield quad


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
