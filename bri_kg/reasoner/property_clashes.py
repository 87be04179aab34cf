"""The contradictions about properties: prp-irp, prp-asyp, prp-pdw, prp-adp, prp-npa1, prp-npa2."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.clash import Clash, edges_of, lists_of, packed_edges
from bri_kg.reasoner.interning import Ids, pack, unpack
from bri_kg.reasoner.worklist import Worklist


def of_properties(run: Worklist) -> Iterator[Clash]:
    """Yield clashes by prp-irp, prp-asyp, prp-pdw, prp-adp."""
    axioms = run.axioms
    for prop in axioms.instances(v.IRREFLEXIVE):
        for subject, value in edges_of(run, prop):
            if subject == value:
                yield Clash(
                    "prp-irp",
                    ((prop, v.TYPE, v.IRREFLEXIVE),),
                    ((subject, prop, value),),
                    "{} stands in {} to itself",
                    (subject, prop),
                )
    for prop in axioms.instances(v.ASYMMETRIC):
        keys = packed_edges(run, prop)
        for subject, value in edges_of(run, prop):
            if subject <= value and pack(value, subject) in keys:
                yield Clash(
                    "prp-asyp",
                    ((prop, v.TYPE, v.ASYMMETRIC),),
                    ((subject, prop, value), (value, prop, subject)),
                    "{} holds both ways between {} and {}",
                    (prop, subject, value),
                )
    for rule, axiom, one, other in _properties_apart(axioms):
        for key in sorted(packed_edges(run, one) & packed_edges(run, other)):
            subject, value = unpack(key)
            yield Clash(
                rule,
                (axiom,),
                ((subject, one, value), (subject, other, value)),
                "{} stands both in {} and in {} to {}",
                (subject, one, other, value),
            )


def _properties_apart(axioms: Axioms) -> Iterator[tuple[str, Ids, int, int]]:
    said: set[frozenset[int]] = set()
    for one, other in axioms.pairs(v.PROPERTY_DISJOINT):
        if frozenset((one, other)) not in said:
            said.add(frozenset((one, other)))
            yield "prp-pdw", (one, v.PROPERTY_DISJOINT, other), one, other
    for node, props in lists_of(axioms, v.ALL_DISJOINT_PROPERTIES, v.MEMBERS):
        for one, other in combinations(props, 2):
            yield "prp-adp", (node, v.TYPE, v.ALL_DISJOINT_PROPERTIES), one, other


def of_denials(run: Worklist) -> Iterator[Clash]:
    """Yield clashes by prp-npa1, prp-npa2."""
    axioms, one = run.axioms, run.equality.key
    edges: dict[int, set[int]] = {}
    for node, subject in axioms.pairs(v.SOURCE_INDIVIDUAL):
        for prop in axioms.objects(node, v.ASSERTION_PROPERTY):
            if prop not in edges:
                edges[prop] = packed_edges(run, prop)
            for rule, part in (("prp-npa1", v.TARGET_INDIVIDUAL), ("prp-npa2", v.TARGET_VALUE)):
                for value in axioms.objects(node, part):
                    if pack(one(subject), one(value)) in edges[prop]:
                        yield Clash(
                            rule,
                            (
                                (node, v.SOURCE_INDIVIDUAL, subject),
                                (node, v.ASSERTION_PROPERTY, prop),
                                (node, part, value),
                            ),
                            ((subject, prop, value),),
                            "{} {} {} holds and is denied",
                            (subject, prop, value),
                        )
