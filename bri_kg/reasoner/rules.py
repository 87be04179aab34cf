"""Axioms compiled to rules: tables by predicate and class for what the worklist has to look up.

The tables hold prp-dom, prp-rng, prp-spo1, prp-eqp1, prp-eqp2, prp-inv1, prp-inv2, prp-symp (and
prp-spo2 for a chain of one), cls-svf2 as a domain, cls-oo as memberships, and for `typesets.py`
the superclasses of cax-sco and the intersections of cls-int1. All others are joins, in
`property_joins.py` and `class_joins.py`; rules over the ontology alone are in `axioms.py`,
contradictions in the modules of `clashes.py`, and `inference.py` runs them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.class_joins import (
    AllValues,
    AtMostOne,
    CountedValue,
    HasValue,
    NewAxiom,
    SomeValues,
)
from bri_kg.reasoner.joins import EdgeRule, TypeRule
from bri_kg.reasoner.property_joins import ChainStep, Functional, InverseFunctional, Key, TypeAsEdge

Direction = tuple[int, bool]


@dataclass(frozen=True)
class Rules:
    """What each kind of fact sets off.

    consequences  of an edge alone: properties that hold too, `True` where the other way round
    domains, ranges  the classes of an edge's subject and object
    supers, intersections  what memberships follow from memberships alone
    on_edge, on_type  the rules that join
    members  memberships that an axiom states (cls-oo)
    terms  every term that the axioms speak of
    """

    consequences: Mapping[int, tuple[Direction, ...]]
    domains: Mapping[int, frozenset[int]]
    ranges: Mapping[int, frozenset[int]]
    supers: Mapping[int, frozenset[int]]
    intersections: tuple[tuple[int, tuple[int, ...]], ...]
    on_edge: Mapping[int, tuple[EdgeRule, ...]]
    on_type: Mapping[int, tuple[TypeRule, ...]]
    members: tuple[tuple[int, int], ...]
    terms: frozenset[int]
    speaks_of_type: bool

    def watched(self) -> set[int]:
        """Return the predicates whose edges set off something or may be derived."""
        derived = {prop for found in self.consequences.values() for prop, _ in found}
        for rules in (*self.on_edge.values(), *self.on_type.values()):
            derived.update(r.prop for r in rules if isinstance(r, ChainStep | HasValue))
        return {
            *derived, *self.consequences, *self.domains, *self.ranges, *self.on_edge,
        }  # fmt: skip

    def asked_for(self) -> set[int]:
        """Return the classes whose members set off something."""
        members = (member for _, members in self.intersections for member in members)
        return {*self.on_type, *self.supers, *members}

    def set_off_by(self, classes: frozenset[int]) -> tuple[TypeRule, ...]:
        """Return the joins that wait for new members of these classes."""
        found: list[TypeRule] = []
        for cls in sorted(classes):
            found += self.on_type.get(cls, ())
            if self.speaks_of_type:
                found.append(TypeAsEdge(cls))
        return tuple(found)

    def indexes(self) -> tuple[set[int], set[int]]:
        """Return the properties to be followed from subject to object, and the other way.

        Where things can become the same, every edge that a join waits for must be found from
        both ends.
        """
        if self._can_make_the_same():
            return set(self.on_edge), set(self.on_edge)
        tables = (self.on_edge.values(), self.on_type.values())
        reads = {read for table in tables for rules in table for r in rules for read in r.reads()}
        return {p for p, turned in reads if not turned}, {p for p, turned in reads if turned}

    def _can_make_the_same(self) -> bool:
        kinds = (Functional, InverseFunctional, AtMostOne, Key)
        return v.SAME in self.watched() or any(
            isinstance(rule, kinds) for rules in self.on_edge.values() for rule in rules
        )


def compile_rules(axioms: Axioms, numbers: Mapping[int, Decimal]) -> Rules:
    """Compile closed axioms to rules; `numbers` are the values of the literals that state one."""
    on_edge: dict[int, list[EdgeRule]] = {}
    on_type: dict[int, list[TypeRule]] = {}
    domains = _relation(axioms.pairs(v.DOMAIN))
    _property_rules(axioms, on_edge)
    _restriction_rules(axioms, numbers, on_edge, on_type, domains)
    for cls, props in axioms.lists(v.KEY):
        key = Key(cls, props)
        on_type.setdefault(cls, []).append(key)
        for prop in dict.fromkeys(props):
            on_edge.setdefault(prop, []).append(key)
    for cls in v.AXIOM_CLASSES:
        on_type.setdefault(cls, []).append(NewAxiom(cls))
    consequences = _consequences(axioms)
    ranges = _relation(axioms.pairs(v.RANGE))
    starts = {*consequences, *domains, *ranges}
    reached = {
        prop: [(prop, False), *(d for d in consequences.get(prop, ()) if d != (prop, False))]
        for prop in starts
    }
    return Rules(
        consequences={p: tuple(found) for p, found in reached.items() if len(found) > 1},
        domains=_classes_of_ends(reached, domains, ranges),
        ranges=_classes_of_ends(reached, ranges, domains),
        supers={cls: frozenset(sups) for cls, sups in _relation(axioms.pairs(v.SUB_CLASS)).items()},
        intersections=tuple(axioms.lists(v.INTERSECTION)),
        on_edge={prop: tuple(rules) for prop, rules in on_edge.items()},
        on_type={cls: tuple(rules) for cls, rules in on_type.items()},
        members=tuple((m, cls) for cls, members in axioms.lists(v.ONE_OF) for m in members),
        terms=frozenset(term for triple in axioms.triples for term in triple),
        speaks_of_type=v.TYPE in {*starts, *on_edge},
    )


def _property_rules(axioms: Axioms, on_edge: dict[int, list[EdgeRule]]) -> None:
    for prop in axioms.instances(v.FUNCTIONAL):
        on_edge.setdefault(prop, []).append(Functional(prop))
    for prop in axioms.instances(v.INVERSE_FUNCTIONAL):
        on_edge.setdefault(prop, []).append(InverseFunctional(prop))
    chains = [(prop, (prop, prop)) for prop in axioms.instances(v.TRANSITIVE)]
    for prop, chain in {*chains, *axioms.lists(v.CHAIN)}:
        # A chain of one is a subproperty: see `_consequences`.
        for place in range(len(chain)) if len(chain) > 1 else ():
            on_edge.setdefault(chain[place], []).append(ChainStep(prop, chain, place))


def _restriction_rules(
    axioms: Axioms,
    numbers: Mapping[int, Decimal],
    on_edge: dict[int, list[EdgeRule]],
    on_type: dict[int, list[TypeRule]],
    domains: dict[int, set[int]],
) -> None:
    for node, prop, filler in axioms.restrictions(v.SOME):
        if filler == v.THING:  # cls-svf2 asks nothing of the value
            domains.setdefault(prop, set()).add(node)
            continue
        some = SomeValues(node, prop, filler)
        on_edge.setdefault(prop, []).append(some)
        on_type.setdefault(filler, []).append(some)
    for node, prop, filler in axioms.restrictions(v.ALL):
        every = AllValues(node, prop, filler)
        on_edge.setdefault(prop, []).append(every)
        on_type.setdefault(node, []).append(every)
    for node, prop, value in axioms.restrictions(v.VALUE):
        has = HasValue(node, prop, value)
        on_edge.setdefault(prop, []).append(has)
        on_type.setdefault(node, []).append(has)
    for node, prop, number in axioms.restrictions(v.MAX):
        if numbers.get(number) == 1:
            _add_at_most_one(AtMostOne(node, prop, None), on_edge, on_type)
    for node, prop, number in axioms.restrictions(v.MAX_QUALIFIED):
        if numbers.get(number) == 1:
            for cls in axioms.objects(node, v.ON_CLASS):
                rule = AtMostOne(node, prop, None if cls == v.THING else cls)
                _add_at_most_one(rule, on_edge, on_type)


def _add_at_most_one(
    rule: AtMostOne,
    on_edge: dict[int, list[EdgeRule]],
    on_type: dict[int, list[TypeRule]],
) -> None:
    on_edge.setdefault(rule.prop, []).append(rule)
    on_type.setdefault(rule.node, []).append(rule)
    if rule.filler is not None:
        on_type.setdefault(rule.filler, []).append(CountedValue(rule))


def _consequences(axioms: Axioms) -> dict[int, list[Direction]]:
    """Return all that holds where an edge holds (prp-spo1, prp-eqp, prp-inv, prp-symp)."""
    steps: dict[Direction, set[Direction]] = {}

    def step(one: int, other: int, flips: bool) -> None:
        for flipped in (False, True):
            steps.setdefault((one, flipped), set()).add((other, flipped != flips))

    for sub, sup in axioms.pairs(v.SUB_PROPERTY):  # holds prp-eqp too, by scm-eqp1
        step(sub, sup, flips=False)
    for sup, chain in axioms.lists(v.CHAIN):
        if len(chain) == 1:
            step(chain[0], sup, flips=False)
    for one, other in axioms.pairs(v.INVERSE):
        step(one, other, flips=True)
        step(other, one, flips=True)
    for prop in axioms.instances(v.SYMMETRIC):
        step(prop, prop, flips=True)
    return {prop: _reach((prop, False), steps) for prop, flipped in steps if not flipped}


def _reach(start: Direction, steps: Mapping[Direction, set[Direction]]) -> list[Direction]:
    reached = [start]
    for direction in reached:
        reached += sorted(steps.get(direction, set()).difference(reached))
    return reached


def _classes_of_ends(
    reached: Mapping[int, list[Direction]],
    near: Mapping[int, set[int]],
    far: Mapping[int, set[int]],
) -> dict[int, frozenset[int]]:
    """Return the classes of one end of an edge (prp-dom, prp-rng) over all that holds with it."""
    found = {
        prop: frozenset(
            cls for p, flipped in directions for cls in (far if flipped else near).get(p, ())
        )
        for prop, directions in reached.items()
    }
    return {prop: classes for prop, classes in found.items() if classes}


def _relation(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    relation: dict[int, set[int]] = {}
    for one, other in pairs:
        relation.setdefault(one, set()).add(other)
    return relation
