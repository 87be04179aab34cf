"""The rules that conclude `false` (OWL 2 Profiles §4.3), looked up in the finished closure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.datatypes import cannot_be_in, is_ill_formed, surely_differ, whole_number
from bri_kg.reasoner.interning import Edges, Ids, Terms, pack, unpack
from bri_kg.reasoner.worklist import Worklist


@dataclass(frozen=True)
class Clash:
    """A rule that fired: the triples of its axiom, the facts, and the words with places for terms."""

    rule: str
    axiom: tuple[Ids, ...]
    facts: tuple[Ids, ...]
    words: str
    about: tuple[int, ...]


def watched_by(axioms: Axioms) -> set[int]:
    """Return the properties whose edges the rules of this module ask for."""
    kinds = (v.IRREFLEXIVE, v.ASYMMETRIC)
    watched = {prop for kind in kinds for prop in axioms.instances(kind)} | {v.DIFFERENT}
    for pair in axioms.pairs(v.PROPERTY_DISJOINT):
        watched.update(pair)
    for _, props in _lists_of(axioms, v.ALL_DISJOINT_PROPERTIES, (v.MEMBERS,)):
        watched.update(props)
    watched.update(prop for _, prop in axioms.pairs(v.ASSERTION_PROPERTY))
    for predicate in (v.MAX, v.MAX_QUALIFIED):
        watched.update(prop for _, prop, _ in axioms.restrictions(predicate))
    return watched


def find_clashes(terms: Terms, run: Worklist, stated: Axioms, edges: Edges) -> Iterator[Clash]:
    """Yield every contradiction, each once.

    `stated` and `edges` are what was asserted: `run` no longer tells apart what is the same.
    """
    yield from _of_classes(run)
    yield from _of_restrictions(terms, run)
    yield from _of_properties(run)
    yield from _of_denials(run)
    yield from _of_equality(terms, run, stated, edges)
    yield from _of_literals(terms, run)


def _of_classes(run: Worklist) -> Iterator[Clash]:
    """cax-dw, cax-adc, cls-com, cls-nothing2: told from sets of classes, each looked at once."""
    apart = list(_classes_apart(run.axioms))
    found: dict[int, list[Callable[[int], Clash]]] = {}
    for node, number in sorted(run.types.items()):
        if number not in found:
            classes = run.sets.sets[number]
            found[number] = [
                _both(*pair) for pair in apart if pair[2] in classes and pair[3] in classes
            ]
            if v.NOTHING in classes:
                found[number].append(_in_nothing(run.axioms, classes))
        for make in found[number]:
            yield make(node)


def _classes_apart(axioms: Axioms) -> Iterator[tuple[str, Ids, int, int]]:
    said: set[frozenset[int]] = set()
    for one, other in axioms.pairs(v.DISJOINT):
        if frozenset((one, other)) not in said:
            said.add(frozenset((one, other)))
            yield "cax-dw", (one, v.DISJOINT, other), one, other
    for node, classes in _lists_of(axioms, v.ALL_DISJOINT_CLASSES, (v.MEMBERS,)):
        for one, other in combinations(classes, 2):
            yield "cax-adc", (node, v.TYPE, v.ALL_DISJOINT_CLASSES), one, other
    for one, other in axioms.pairs(v.COMPLEMENT):
        yield "cls-com", (one, v.COMPLEMENT, other), one, other


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


def _of_restrictions(terms: Terms, run: Worklist) -> Iterator[Clash]:
    """cls-maxc1, cls-maxqc1, cls-maxqc2."""
    axioms = run.axioms
    for predicate in (v.MAX, v.MAX_QUALIFIED):
        for node, prop, number in axioms.restrictions(predicate):
            literal = terms.term(number)
            if not isinstance(literal, ox.Literal) or whole_number(literal) != 0:
                continue
            axiom = ((node, v.ON_PROPERTY, prop), (node, predicate, number))
            classes = axioms.objects(node, v.ON_CLASS) if predicate == v.MAX_QUALIFIED else [None]
            for cls in classes:
                for subject, value in _edges(run, prop):
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


def _of_properties(run: Worklist) -> Iterator[Clash]:
    """prp-irp, prp-asyp, prp-pdw, prp-adp."""
    axioms = run.axioms
    for prop in axioms.instances(v.IRREFLEXIVE):
        for subject, value in _edges(run, prop):
            if subject == value:
                yield Clash(
                    "prp-irp",
                    ((prop, v.TYPE, v.IRREFLEXIVE),),
                    ((subject, prop, value),),
                    "{} stands in {} to itself",
                    (subject, prop),
                )
    for prop in axioms.instances(v.ASYMMETRIC):
        keys = run.edges_of(prop)
        for subject, value in _edges(run, prop):
            if subject <= value and pack(value, subject) in keys:
                yield Clash(
                    "prp-asyp",
                    ((prop, v.TYPE, v.ASYMMETRIC),),
                    ((subject, prop, value), (value, prop, subject)),
                    "{} holds both ways between {} and {}",
                    (prop, subject, value),
                )
    for rule, axiom, one, other in _properties_apart(axioms):
        for key in sorted(run.edges_of(one) & run.edges_of(other)):
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
    for node, props in _lists_of(axioms, v.ALL_DISJOINT_PROPERTIES, (v.MEMBERS,)):
        for one, other in combinations(props, 2):
            yield "prp-adp", (node, v.TYPE, v.ALL_DISJOINT_PROPERTIES), one, other


def _of_denials(run: Worklist) -> Iterator[Clash]:
    """prp-npa1, prp-npa2."""
    axioms = run.axioms
    for node, subject in axioms.pairs(v.SOURCE_INDIVIDUAL):
        for prop in axioms.objects(node, v.ASSERTION_PROPERTY):
            for rule, part in (("prp-npa1", v.TARGET_INDIVIDUAL), ("prp-npa2", v.TARGET_VALUE)):
                for value in axioms.objects(node, part):
                    if run.holds(subject, prop, value):
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


def _of_equality(terms: Terms, run: Worklist, stated: Axioms, edges: Edges) -> Iterator[Clash]:
    """eq-diff1, eq-diff2, eq-diff3; and dt-diff with eq-diff1 for literals."""
    equality = run.equality
    for one, other in _said_to_differ(run, edges):
        if equality.find(one) == equality.find(other):
            axiom = ((one, v.DIFFERENT, other),)
            yield _same_and_different("eq-diff1", axiom, one, other, run)
    for node in run.axioms.instances(v.ALL_DIFFERENT):
        for predicate, rule in ((v.MEMBERS, "eq-diff2"), (v.DISTINCT_MEMBERS, "eq-diff3")):
            for head in stated.objects(node, predicate):
                for one, other in combinations(stated.items(head) or (), 2):
                    if equality.find(one) == equality.find(other):
                        axiom = ((node, v.TYPE, v.ALL_DIFFERENT),)
                        yield _same_and_different(rule, axiom, one, other, run)
    for members in equality.classes():
        literals = [m for m in members if isinstance(terms.term(m), ox.Literal)]
        for one, other in combinations(sorted(literals), 2):
            if surely_differ(terms.term(one), terms.term(other)):  # type: ignore[arg-type]
                facts = equality.why(one, other)
                yield Clash(
                    "dt-diff",
                    _axioms_behind(run.axioms, facts),
                    facts,
                    "{} and {} are different values and would have to be the same",
                    (one, other),
                )


def _said_to_differ(run: Worklist, edges: Edges) -> list[tuple[int, int]]:
    """Return asserted pairs, and derived ones that are not the same as an asserted one."""
    find = run.equality.find
    asserted = set(map(unpack, edges.get(v.DIFFERENT, ())))
    standing = {(find(one), find(other)) for one, other in asserted}
    derived = set(map(unpack, run.edges_of(v.DIFFERENT))) - standing
    return [*sorted(asserted), *sorted(derived)]


def _same_and_different(
    rule: str, axiom: tuple[Ids, ...], one: int, other: int, run: Worklist
) -> Clash:
    facts = run.equality.why(one, other)
    return Clash(rule, axiom, facts, "{} and {} are said to differ and are the same", (one, other))


def _axioms_behind(axioms: Axioms, facts: Iterable[Ids]) -> tuple[Ids, ...]:
    """Return the axioms that make two values of these facts the same."""
    kinds = (v.FUNCTIONAL, v.INVERSE_FUNCTIONAL)
    found = [
        (prop, v.TYPE, kind)
        for _, prop, _ in facts
        for kind in kinds
        if prop in axioms.instances(kind)
    ]
    return tuple(dict.fromkeys(found))


def _of_literals(terms: Terms, run: Worklist) -> Iterator[Clash]:
    """dt-not-type: a literal without a value, or with one outside a datatype that it must be in."""
    every = terms.all()
    for number, term in enumerate(every):
        if not isinstance(term, ox.Literal):
            continue
        if is_ill_formed(term):
            edge = next(run.edges_to(number), None)
            yield Clash(
                "dt-not-type",
                (),
                () if edge is None else (edge,),
                "{} has no value in its datatype",
                (number,),
            )
        elif number in run.types and number not in run.equality.plural():
            for cls in sorted(run.sets.sets[run.types[number]]):
                if cannot_be_in(term, every[cls].value):  # type: ignore[union-attr]
                    yield Clash(
                        "dt-not-type",
                        (),
                        ((number, v.TYPE, cls),),
                        "{} is no value of {}",
                        (number, cls),
                    )


def _edges(run: Worklist, prop: int) -> Iterator[tuple[int, int]]:
    return map(unpack, sorted(run.edges_of(prop)))


def _lists_of(
    axioms: Axioms, kind: int, predicates: Iterable[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield node and members of an axiom that lists what is pairwise apart."""
    for node in axioms.instances(kind):
        for predicate in predicates:
            for head in axioms.objects(node, predicate):
                yield node, axioms.items(head) or ()
