"""The rules that join facts, one class each: what a new edge, or a new member of a class, sets off.

The rules that look at one fact alone are tables (`rules.py`). The names are those of
OWL 2 Profiles §4.3. Each rule sees a new fact once, together with all that came before it:
that is what makes the evaluation semi-naive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.interning import Ids

Read = tuple[int, bool]


class Facts(Protocol):
    """What a rule may ask of the facts so far, and what it may add."""

    def has(self, node: int, cls: int) -> bool:
        """Whether a thing is known to be in a class."""

    def objects(self, prop: int, subject: int) -> Iterable[int]:
        """The objects of an indexed property."""

    def subjects(self, prop: int, value: int) -> Iterable[int]:
        """The subjects of an indexed property."""

    def add_edge(self, subject: int, prop: int, value: int) -> None:
        """Add a triple."""

    def add_type(self, node: int, cls: int) -> None:
        """Add a membership."""

    def add_type_edge(self, node: int, cls: int) -> None:
        """Add what follows from a new membership where axioms speak of rdf:type itself."""

    def merge(self, one: int, other: int, *reason: Ids) -> None:
        """Make two things the same, because of these triples."""

    def note_axiom(self, triple: Ids) -> None:
        """Remember a derived triple that is an axiom."""

    def find_key(self, key: tuple[int, ...], holder: int) -> int:
        """Return who first held this key, which is `holder` when nobody did."""


class EdgeRule(Protocol):
    """A rule that a new edge sets off."""

    def reads(self) -> Iterable[Read]:
        """The properties that it follows, `True` where from object to subject."""

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Apply the rule to a new edge of the property it watches."""


class TypeRule(Protocol):
    """A rule that a new member of a class sets off."""

    def reads(self) -> Iterable[Read]:
        """The properties that it follows, `True` where from object to subject."""

    def on_type(self, facts: Facts, node: int) -> None:
        """Apply the rule to a new member of the class it watches."""


@dataclass(frozen=True)
class Functional:
    """prp-fp."""

    prop: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ((self.prop, False),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Make the values of one subject the same."""
        for other in facts.objects(self.prop, subject):
            if other != value:
                facts.merge(other, value, (subject, self.prop, other), (subject, self.prop, value))
                return


@dataclass(frozen=True)
class InverseFunctional:
    """prp-ifp."""

    prop: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ((self.prop, True),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Make the subjects of one value the same."""
        for other in facts.subjects(self.prop, value):
            if other != subject:
                facts.merge(other, subject, (other, self.prop, value), (subject, self.prop, value))
                return


@dataclass(frozen=True)
class ChainStep:
    """prp-spo2, and prp-trp as a chain of a property with itself: an edge in one place of a chain."""

    prop: int
    chain: tuple[int, ...]
    place: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return (
            *((prop, True) for prop in self.chain[: self.place]),
            *((prop, False) for prop in self.chain[self.place + 1 :]),
        )

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Walk from the edge to both ends of the chain."""
        if len(self.chain) == 2:
            self._on_edge_of_two(facts, subject, value)
            return
        heads, tails = {subject}, {value}
        for prop in reversed(self.chain[: self.place]):
            heads = {found for node in heads for found in facts.subjects(prop, node)}
        for prop in self.chain[self.place + 1 :] if heads else ():
            tails = {found for node in tails for found in facts.objects(prop, node)}
        for head in heads:
            for tail in tails:
                facts.add_edge(head, self.prop, tail)

    def _on_edge_of_two(self, facts: Facts, subject: int, value: int) -> None:
        """The same for most chains, and quicker."""
        if self.place == 0:
            for tail in facts.objects(self.chain[1], value):
                facts.add_edge(subject, self.prop, tail)
        else:
            for head in facts.subjects(self.chain[0], subject):
                facts.add_edge(head, self.prop, value)


@dataclass(frozen=True)
class SomeValues:
    """cls-svf1: who has a value in the filler is in the restriction."""

    node: int
    prop: int
    filler: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ((self.prop, True),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Look at the value of a new edge."""
        if facts.has(value, self.filler):
            facts.add_type(subject, self.node)

    def on_type(self, facts: Facts, node: int) -> None:
        """Look at those who have a new member of the filler as value."""
        for subject in facts.subjects(self.prop, node):
            facts.add_type(subject, self.node)


@dataclass(frozen=True)
class AllValues:
    """cls-avf: the values of a member of the restriction are in the filler."""

    node: int
    prop: int
    filler: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ((self.prop, False),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Look at the subject of a new edge."""
        if facts.has(subject, self.node):
            facts.add_type(value, self.filler)

    def on_type(self, facts: Facts, node: int) -> None:
        """Look at the values of a new member."""
        for value in facts.objects(self.prop, node):
            facts.add_type(value, self.filler)


@dataclass(frozen=True)
class HasValue:
    """cls-hv1 and cls-hv2."""

    node: int
    prop: int
    value: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ()

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Who has the value is in the restriction."""
        if value == self.value:
            facts.add_type(subject, self.node)

    def on_type(self, facts: Facts, node: int) -> None:
        """Who is in the restriction has the value."""
        facts.add_edge(node, self.prop, self.value)


@dataclass(frozen=True)
class AtMostOne:
    """cls-maxc2, cls-maxqc3 and cls-maxqc4 (`filler` is None where any value counts)."""

    node: int
    prop: int
    filler: int | None

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ((self.prop, False),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Look at the subject of a new edge."""
        if facts.has(subject, self.node):
            self.on_type(facts, subject)

    def on_type(self, facts: Facts, node: int) -> None:
        """Make the counted values of a new member the same."""
        counted = [
            value
            for value in facts.objects(self.prop, node)
            if self.filler is None or facts.has(value, self.filler)
        ]
        for value in counted[1:]:
            facts.merge(
                counted[0],
                value,
                (node, v.TYPE, self.node),
                (node, self.prop, counted[0]),
                (node, self.prop, value),
            )


@dataclass(frozen=True)
class CountedValue:
    """cls-maxqc3, seen from a value that has come into the class that is counted."""

    restriction: AtMostOne

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ((self.restriction.prop, True),)

    def on_type(self, facts: Facts, node: int) -> None:
        """Look at those who have a new member of the filler as value."""
        for subject in tuple(facts.subjects(self.restriction.prop, node)):
            if facts.has(subject, self.restriction.node):
                self.restriction.on_type(facts, subject)


@dataclass(frozen=True)
class Key:
    """prp-key."""

    cls: int
    props: tuple[int, ...]

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return tuple((prop, False) for prop in self.props)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Look at the subject of a new edge of one of the key's properties."""
        if facts.has(subject, self.cls):
            self.on_type(facts, subject)

    def on_type(self, facts: Facts, node: int) -> None:
        """Make a new member the same as whoever holds one of its keys."""
        for values in self._keys(facts, node):
            holder = facts.find_key((self.cls, *self.props, *values), node)
            if holder != node:
                facts.merge(holder, node, *self._reason(holder, node, values))

    def _keys(self, facts: Facts, node: int) -> Iterator[tuple[int, ...]]:
        return product(*(tuple(facts.objects(prop, node)) for prop in self.props))

    def _reason(self, one: int, other: int, values: tuple[int, ...]) -> Iterator[Ids]:
        for prop, value in zip(self.props, values, strict=True):
            yield one, prop, value
            yield other, prop, value


@dataclass(frozen=True)
class NewAxiom:
    """A class of OWL: to come into it is an axiom."""

    cls: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ()

    def on_type(self, facts: Facts, node: int) -> None:
        """Note the axiom."""
        facts.note_axiom((node, v.TYPE, self.cls))


@dataclass(frozen=True)
class TypeAsEdge:
    """A membership where axioms speak of rdf:type itself: it counts as an edge too."""

    cls: int

    def reads(self) -> Iterable[Read]:
        """See `EdgeRule`."""
        return ()

    def on_type(self, facts: Facts, node: int) -> None:
        """Hand the membership to the rules of rdf:type."""
        facts.add_type_edge(node, self.cls)
