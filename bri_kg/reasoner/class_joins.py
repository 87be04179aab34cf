"""The joins about classes: cls-svf1, cls-avf, cls-hv1, cls-hv2, cls-maxc2, cls-maxqc3, cls-maxqc4.

Also what makes a derived membership in a class of OWL an axiom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.joins import Facts, Join, Read


@dataclass(frozen=True)
class SomeValues(Join):
    """cls-svf1: who has a value in the filler is in the restriction."""

    node: int
    prop: int
    filler: int

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
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
class AllValues(Join):
    """cls-avf: the values of a member of the restriction are in the filler."""

    node: int
    prop: int
    filler: int

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
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
class HasValue(Join):
    """cls-hv1 and cls-hv2."""

    node: int
    prop: int
    value: int

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Put who has the value into the restriction."""
        if facts.alike(value, self.value):
            facts.add_type(subject, self.node)

    def on_type(self, facts: Facts, node: int) -> None:
        """Give the value to who is in the restriction."""
        facts.add_edge(node, self.prop, self.value)


@dataclass(frozen=True)
class AtMostOne(Join):
    """cls-maxc2, cls-maxqc3 and cls-maxqc4 (`filler` is None where any value counts)."""

    node: int
    prop: int
    filler: int | None

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
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
class CountedValue(Join):
    """cls-maxqc3, seen from a value that has come into the class that is counted."""

    restriction: AtMostOne

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
        return ((self.restriction.prop, True),)

    def on_type(self, facts: Facts, node: int) -> None:
        """Look at those who have a new member of the filler as value."""
        for subject in tuple(facts.subjects(self.restriction.prop, node)):
            if facts.has(subject, self.restriction.node):
                self.restriction.on_type(facts, subject)


@dataclass(frozen=True)
class NewAxiom(Join):
    """A class of OWL: to come into it is an axiom."""

    cls: int

    def on_type(self, facts: Facts, node: int) -> None:
        """Note the axiom."""
        facts.note_axiom((node, v.TYPE, self.cls))
