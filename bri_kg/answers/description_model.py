"""What is said of one thing, as frozen dataclasses; claims and passages are those of `model`."""

from __future__ import annotations

from dataclasses import dataclass

from bri_kg.answers.model import (
    Claim,
    Comparison,
    Fact,
    Named,
    Node,
    Passage,
    Quantity,
    Reference,
    Text,
    TimeSpan,
)
from bri_kg.plain import Plain


@dataclass(frozen=True)
class Name(Plain):
    """A name: `preferred` and `alternative` are the editors', `printed` one that only claims give.

    `claims` are those that print it.
    """

    text: str
    lang: str | None
    kind: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Identifier(Plain):
    """What names the thing elsewhere: a matching node, a home page, a code."""

    property: Named
    value: Node


@dataclass(frozen=True)
class StatedFact(Plain):
    """A fact and what it rests on: `basis` is `claims`, `reference` (identity data) or `inferred`."""

    fact: Fact
    basis: str
    claims: tuple[Claim, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The evidence of its claims."""
        return tuple(passage for claim in self.claims for passage in claim.evidence)


@dataclass(frozen=True)
class FactGroup(Plain):
    """Facts of one property; where `inverse`, the thing is their object."""

    property: Named
    inverse: bool
    facts: tuple[StatedFact, ...]


@dataclass(frozen=True)
class Count(Plain):
    """A count as stated, of what has come about: what is counted, how many, in what unit, when."""

    subjects: tuple[Named, ...]
    counted: Named | None
    quantity: Quantity
    unit: Named | None
    times: tuple[TimeSpan, ...]
    claim: Claim


@dataclass(frozen=True)
class Gap(Plain):
    """What a source could have said and does not; `claim` is None where the thing itself leaves it open."""

    gap: Named
    claim: str | None
    passages: tuple[Passage, ...]
    reason: Text | None


@dataclass(frozen=True)
class Description(Plain):
    """All that is said of a thing.

    `facts` hold what has come about, by property and direction. `ahead` is what is planned, pledged,
    targeted, expected, proposed or cancelled, and is in no fact and no count. `statements` are the
    other live claims that name the thing and are in none of its facts and counts. `claim` is the thing
    itself where it is one. `silenced` are claims that are deprecated or outranked.
    `compared` are the comparisons of claims that name the thing, `nearby` those about what it made,
    what is part of it, or what is of the kind that it is.
    """

    thing: Named
    types: tuple[Named, ...]
    definition: Text | None
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    references: tuple[Reference, ...]
    facts: tuple[FactGroup, ...]
    quantities: tuple[Count, ...]
    claim: Claim | None
    ahead: tuple[Claim, ...]
    statements: tuple[Claim, ...]
    silenced: tuple[Claim, ...]
    left_open: tuple[Gap, ...]
    compared: tuple[Comparison, ...]
    nearby: tuple[Comparison, ...]
    triples: tuple[Fact, ...]
