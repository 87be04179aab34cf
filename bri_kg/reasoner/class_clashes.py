"""The contradictions about classes: cax-dw, cax-adc, cls-com, cls-nothing2, cls-maxc1, cls-maxqc1, cls-maxqc2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.clash import Clash, edges_of, lists_of
from bri_kg.reasoner.datatypes import whole_number
from bri_kg.reasoner.interning import Ids, Terms
from bri_kg.reasoner.worklist import Worklist


def of_classes(run: Worklist) -> Iterator[Clash]:
    """Yield clashes by cax-dw, cax-adc, cls-com, cls-nothing2, told from sets of classes, each looked at once."""
    apart = list(_classes_apart(run.axioms))
    speaking_of: dict[int, list[int]] = {}
    for place, (_, _, classes) in enumerate(apart):
        for cls in set(classes):
            speaking_of.setdefault(cls, []).append(place)
    found: dict[int, list[Callable[[int], Clash]]] = {}
    for node, number in sorted(run.types.items()):
        if number not in found:
            held = run.sets.sets[number]
            places = {place for cls in held for place in speaking_of.get(cls, ())}
            found[number] = [
                _both(rule, axiom, one, other)
                for rule, axiom, classes in (apart[place] for place in sorted(places))
                for one, other in combinations([cls for cls in classes if cls in held], 2)
            ]
            if v.NOTHING in held:
                found[number].append(_in_nothing(run.axioms, held))
        for make in found[number]:
            yield make(node)


def _classes_apart(axioms: Axioms) -> Iterator[tuple[str, Ids, tuple[int, ...]]]:
    said: set[frozenset[int]] = set()
    for one, other in axioms.pairs(v.DISJOINT):
        if frozenset((one, other)) not in said:
            said.add(frozenset((one, other)))
            yield "cax-dw", (one, v.DISJOINT, other), (one, other)
    for node, classes in lists_of(axioms, v.ALL_DISJOINT_CLASSES, v.MEMBERS):
        yield "cax-adc", (node, v.TYPE, v.ALL_DISJOINT_CLASSES), classes
    for one, other in axioms.pairs(v.COMPLEMENT):
        yield "cls-com", (one, v.COMPLEMENT, other), (one, other)


def _both(rule: str, axiom: Ids, one: int, other: int) -> Callable[[int], Clash]:
    return lambda node: Clash(
        rule,
        (axiom,),
        ((node, v.TYPE, one), (node, v.TYPE, other)),
        "{} is both {} and {}",
        (node, one, other),
    )


def _in_nothing(axioms: Axioms, classes: Iterable[int]) -> Callable[[int], Clash]:
    empty = [
        cls
        for cls in sorted(classes)
        if cls != v.NOTHING and v.NOTHING in axioms.objects(cls, v.SUB_CLASS)
    ]
    if not empty:
        return lambda node: Clash(
            "cls-nothing2", (), ((node, v.TYPE, v.NOTHING),), "{} is in {}", (node, v.NOTHING)
        )
    return lambda node: Clash(
        "cls-nothing2",
        ((empty[0], v.SUB_CLASS, v.NOTHING),),
        ((node, v.TYPE, empty[0]),),
        "{} is in {}, which can have no member",
        (node, empty[0]),
    )


def of_restrictions(terms: Terms, run: Worklist) -> Iterator[Clash]:
    """Yield clashes by cls-maxc1, cls-maxqc1, cls-maxqc2."""
    axioms = run.axioms
    for predicate in (v.MAX, v.MAX_QUALIFIED):
        for node, prop, number in axioms.restrictions(predicate):
            literal = terms.term(number)
            if not isinstance(literal, ox.Literal) or whole_number(literal) != 0:
                continue
            axiom = ((node, v.ON_PROPERTY, prop), (node, predicate, number))
            classes = axioms.objects(node, v.ON_CLASS) if predicate == v.MAX_QUALIFIED else [None]
            for cls in classes:
                for subject, value in edges_of(run, prop):
                    any_counts = cls is None or cls == v.THING
                    if not run.has(subject, node) or not (any_counts or run.has(value, cls or 0)):
                        continue
                    rule = "cls-maxc1" if cls is None else "cls-maxqc2"
                    counted = () if any_counts else ((value, v.TYPE, cls or 0),)
                    yield Clash(
                        rule if not counted else "cls-maxqc1",
                        axiom,
                        ((subject, v.TYPE, node), (subject, prop, value), *counted),
                        "{} has {} as {} and may have none",
                        (subject, value, prop),
                    )
