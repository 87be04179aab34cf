"""What is known and how, as frozen dataclasses: the words that every face shows.

Whatever has a name carries it in the language that was asked for, or in the nearest one there is.
Every tuple is in a fixed order, so that the same question over the same data gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bri_kg.answers.passage_model import Passage as Passage
from bri_kg.answers.passage_model import Source as Source
from bri_kg.plain import Plain


@dataclass(frozen=True)
class Named(Plain):
    """A node: its IRI (`_:` before a blank node's label), and its label with the label's language."""

    iri: str
    label: str | None = None
    lang: str | None = None


@dataclass(frozen=True)
class Text(Plain):
    """A literal: its text, and its language or the IRI of its datatype."""

    value: str
    lang: str | None = None
    datatype: str | None = None


Node = Named | Text


@dataclass(frozen=True)
class Fact(Plain):
    """What holds: a triple."""

    subject: Named
    predicate: Named
    object: Node


@dataclass(frozen=True)
class Quantity(Plain):
    """A number or amount as a text states it; bounds are there where they follow from it."""

    iri: str
    label: str
    comparator: Named | None
    stated: int | Decimal | None
    lower: int | Decimal | None
    lower_inclusive: bool | None
    upper: int | Decimal | None
    upper_inclusive: bool | None


@dataclass(frozen=True)
class TimeSpan(Plain):
    """A time as a text states it; `edtf` is its form for people and tools."""

    iri: str
    label: str
    edtf: str | None
    not_before: str | None
    not_after: str | None


@dataclass(frozen=True)
class Part(Plain):
    """A part of a claim: its property, and the values that the claim names there."""

    property: Named
    values: tuple[Node, ...]


@dataclass(frozen=True)
class Claim(Plain):
    """Who says what, where, and how far it has come about.

    `live` is whether facts follow from it: achieved or ongoing, not deprecated, not outranked.
    `facts` are those that do; a live count has none, since a triple cannot carry "more than".
    `parts` hold what no other field does: subject, agents, role, theme and the like.
    """

    iri: str
    cls: Named
    factuality: Named
    rank: Named
    live: bool
    negated: bool
    modality: tuple[Named, ...]
    speakers: tuple[Named, ...]
    outranked_by: tuple[str, ...]
    parts: tuple[Part, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    summary: Text | None
    reason: Text | None
    open_list: bool
    left_open: tuple[Named, ...]
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The passages that say it, without those that only carry a date, speaker or heading."""
        return tuple(passage for passage in self.passages if passage.role == "evidence")

    def values(self, prop: str) -> tuple[Node, ...]:
        """Return the values of the part with this IRI; none where the claim has no such part."""
        return next((part.values for part in self.parts if part.property.iri == prop), ())

    def names(self, node: Node) -> bool:
        """Return whether the claim names a node or literal in any of its parts, times or quantities."""
        spans, amounts = ({value.iri for value in of} for of in (self.times, self.quantities))
        given = isinstance(node, Named) and node.iri in spans | amounts
        return given or any(node in part.values for part in self.parts)


@dataclass(frozen=True)
class Comparison(Plain):
    """Claims that the editors hold against each other, each once, with natures and reason.

    `stance` sums the natures up: `contradicts`; else `related` where they are merely confusable, since
    different things do not differ over anything; else `differs`, else `agrees`, else `related` (bounds
    that fit, a name variant, presumed to be the same). What agrees is no rival. `leading` is the
    nature that it is sorted by.
    """

    iri: str
    label: str | None
    lang: str | None
    stance: str
    natures: tuple[Named, ...]
    leading: Named | None
    reason: Text | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Candidate(Plain):
    """Two claims that look alike and that no comparison holds yet; `check` is the query that found them.

    `weight`, from 0 to 100, is how much that query holds them to be worth a comparison; `also` are the
    summaries of other queries that found them.
    """

    check: str
    summary: str
    claims: tuple[Claim, Claim]
    weight: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outranking(Plain):
    """A claim that silences another, with the editors' reason."""

    winner: Claim
    loser: Claim
    reason: Text | None


@dataclass(frozen=True)
class Reference(Plain):
    """Where identity data or a term comes from: a reference work, or a module of the ontology."""

    iri: str
    label: str | None
    lang: str | None
    page: str | None


@dataclass(frozen=True)
class Step(Plain):
    """One step of a derivation: the fact follows from the axiom and the premises."""

    fact: Fact
    axiom: Fact
    premises: tuple[Fact, ...]


@dataclass(frozen=True)
class Explanation(Plain):
    """Why something is known: a fact, or a claim where `fact` is None.

    `on_fact` are the comparisons in which two claims or more name both subject and object of the fact;
    the others compare other parts of the same claims.

    A stated fact has claims (`said_by`) or `references`. An inferred one has `steps`, and in
    `premises` an explanation of each stated fact that they rest on. `silent` are live claims about
    the same thing, of the same class, that do not name the fact's object; silence is no denial.
    """

    fact: Fact | None
    said_by: tuple[Claim, ...]
    agrees: tuple[Comparison, ...]
    differs: tuple[Comparison, ...]
    related: tuple[Comparison, ...]
    on_fact: tuple[str, ...]
    outranking: tuple[Outranking, ...]
    silent: tuple[Claim, ...]
    references: tuple[Reference, ...]
    steps: tuple[Step, ...]
    premises: tuple[Explanation, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything was found that says it, or that it follows from."""
        return bool(self.said_by or self.references or self.steps)
