"""What a join is: a rule of OWL 2 RL/RDF that looks at several facts at once.

Here stands what a join may ask and add (`Facts`) and what it must answer (`Join`, `EdgeRule`,
`TypeRule`); the joins themselves are in `property_joins.py` (prp-*) and `class_joins.py` (cls-*).
The rules that look at one fact alone are tables (`rules.py`). The names are those of OWL 2
Profiles §4.3. Each join sees a new fact once, together with all that came before it: that is
what makes the evaluation semi-naive.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bri_kg.reasoner.interning import Ids

Read = tuple[int, bool]


class Facts(Protocol):
    """What a rule may ask of the facts so far, and what it may add."""

    def has(self, node: int, cls: int) -> bool:
        """Return whether a thing is known to be in a class."""

    def objects(self, prop: int, subject: int) -> Iterable[int]:
        """Return the objects of an indexed property."""

    def subjects(self, prop: int, value: int) -> Iterable[int]:
        """Return the subjects of an indexed property."""

    def add_edge(self, subject: int, prop: int, value: int) -> None:
        """Add a triple."""

    def add_type(self, node: int, cls: int) -> None:
        """Add a membership."""

    def add_type_edge(self, node: int, cls: int) -> None:
        """Add what follows from a new membership where axioms speak of rdf:type itself."""

    def merge(self, one: int, other: int, *reason: Ids) -> None:
        """Make two things the same, because of these triples."""

    def alike(self, one: int, other: int) -> bool:
        """Return whether two terms are the same, or literals of one value."""

    def note_axiom(self, triple: Ids) -> None:
        """Remember a derived triple that is an axiom."""

    def find_key(self, key: tuple[int, ...], holder: int) -> int:
        """Return who first held this key, which is `holder` when nobody did."""


class Join:
    """A rule that joins facts."""

    def reads(self) -> Iterable[Read]:
        """Return the properties that it follows, `True` where from object to subject."""
        return ()


class EdgeRule(Protocol):
    """A join that a new edge sets off."""

    def reads(self) -> Iterable[Read]:
        """See `Join`."""

    def on_edge(self, facts: Facts, subject: int, value: int) -> None:
        """Apply the rule to a new edge of the property it watches."""


class TypeRule(Protocol):
    """A join that a new member of a class sets off."""

    def reads(self) -> Iterable[Read]:
        """See `Join`."""

    def on_type(self, facts: Facts, node: int) -> None:
        """Apply the rule to a new member of the class it watches."""
