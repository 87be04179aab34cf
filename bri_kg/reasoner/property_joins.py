"""The joins about properties: prp-fp, prp-ifp, prp-trp, prp-spo2, prp-key; and rdf:type as a property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from bri_kg.reasoner.interning import Ids
from bri_kg.reasoner.joins import Facts, Join, Read


@dataclass(frozen=True)
class Functional(Join):
    """prp-fp."""

    prop: int

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
        return ((self.prop, False),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Make the values of one subject the same."""
        for other in facts.objects(self.prop, subject):
            if other != value:
                facts.merge(other, value, (subject, self.prop, other), (subject, self.prop, value))
                return


@dataclass(frozen=True)
class InverseFunctional(Join):
    """prp-ifp."""

    prop: int

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
        return ((self.prop, True),)

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Make the subjects of one value the same."""
        for other in facts.subjects(self.prop, value):
            if other != subject:
                facts.merge(other, subject, (other, self.prop, value), (subject, self.prop, value))
                return


@dataclass(frozen=True)
class ChainStep(Join):
    """prp-spo2, and prp-trp as a chain of a property with itself: an edge in one place of a chain."""

    prop: int
    chain: tuple[int, ...]
    place: int

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
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
        """Do the same for most chains, and quicker."""
        if self.place == 0:
            for tail in facts.objects(self.chain[1], value):
                facts.add_edge(subject, self.prop, tail)
        else:
            for head in facts.subjects(self.chain[0], subject):
                facts.add_edge(head, self.prop, value)


@dataclass(frozen=True)
class Key(Join):
    """prp-key."""

    cls: int
    props: tuple[int, ...]

    def reads(self) -> Iterable[Read]:
        """See `Join`."""
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
class TypeAsEdge(Join):
    """A membership where axioms speak of rdf:type itself: it counts as an edge too."""

    cls: int

    def on_type(self, facts: Facts, node: int) -> None:
        """Hand the membership to the rules of rdf:type."""
        facts.add_type_edge(node, self.cls)
