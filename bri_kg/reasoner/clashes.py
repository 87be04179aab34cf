"""The rules that conclude `false` (OWL 2 Profiles §4.3), looked up in the finished closure.

They are in `class_clashes.py`, `property_clashes.py` and `equality_clashes.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.clash import Clash, lists_of
from bri_kg.reasoner.class_clashes import of_classes, of_restrictions
from bri_kg.reasoner.equality_clashes import of_equality, of_literals
from bri_kg.reasoner.interning import Edges, Terms
from bri_kg.reasoner.property_clashes import of_denials, of_properties
from bri_kg.reasoner.worklist import Worklist


def watched_by(axioms: Axioms) -> set[int]:
    """Return the properties whose edges the rules of this module ask for."""
    kinds = (v.IRREFLEXIVE, v.ASYMMETRIC)
    watched = {prop for kind in kinds for prop in axioms.instances(kind)} | {v.DIFFERENT}
    for pair in axioms.pairs(v.PROPERTY_DISJOINT):
        watched.update(pair)
    for _, props in lists_of(axioms, v.ALL_DISJOINT_PROPERTIES, v.MEMBERS):
        watched.update(props)
    watched.update(prop for _, prop in axioms.pairs(v.ASSERTION_PROPERTY))
    for predicate in (v.MAX, v.MAX_QUALIFIED):
        watched.update(prop for _, prop, _ in axioms.restrictions(predicate))
    return watched


def find_clashes(terms: Terms, run: Worklist, stated: Axioms, edges: Edges) -> Iterator[Clash]:
    """Yield every contradiction, each once.

    `stated` and `edges` are what was asserted: `run` no longer tells apart what is the same.
    """
    yield from of_classes(run)
    yield from of_restrictions(terms, run)
    yield from of_properties(run)
    yield from of_denials(run)
    yield from of_equality(terms, run, stated, edges)
    yield from of_literals(terms, run)
