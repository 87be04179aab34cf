"""Plans at a glance: the firm ones, then by how firm and by source; what only orders them is left out and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.claim_sentences import unnamed_speakers
from bri_kg.answers.model import Claim, Named, Node, TimeSpan
from bri_kg.answers.passage_model import Source
from bri_kg.answers.plans import Plan, Reached
from bri_kg.names import BRI, PREFIXES
from bri_kg.plain import Plain

GROUPS: Final = ("planned", "intended", "hoped", "cancelled")
"""What is to be set up, counted or dated; what is intended without a date; what is only hoped for; what was called off.

Pledges and targets stand before all of these.
"""
_FACTUALITY: Final = PREFIXES["bri-factuality"]
_PLEDGED: Final = _FACTUALITY + "pledged"
_FIRM: Final = {_PLEDGED, _FACTUALITY + "target"}
_SOFT: Final = {_FACTUALITY + name for name in ("expected", "proposed")}
_CANCELLED: Final = _FACTUALITY + "cancelled"
_INFERRED: Final = PREFIXES["bri-modality"] + "inferred"
_AGENT: Final = BRI + "hasAgent"
_TIME_GAPS: Final = {PREFIXES["bri-gap"] + name for name in ("deadline", "time")}
# A kind, a name or a membership of something planned is no plan of its own.
_ORDERS: Final = {
    BRI + name
    for name in ("ClassificationClaim", "IdentityClaim", "MembershipClaim", "NameClaim",
                 "StructureClaim", "ThemeClaim")
}  # fmt: skip
_CREATION, _QUANTITY = BRI + "CreationClaim", BRI + "QuantityClaim"
_STATEMENT: Final = BRI + "StatementClaim"
_IN_WORDS: Final = {_STATEMENT, BRI + "CooperationClaim"}
_SUBJECT: Final = BRI + "hasSubject"
_WORD: Final = re.compile(r"[^\W\d_]+")
_TELLING: Final = 6  # letters


@dataclass(frozen=True)
class Outlined(Plain):
    """A claim of a plan, and the place of this plan among all; `number` is the claim that counts what it creates."""

    claim: Claim
    place: int
    number: Claim | None = None

    @property
    def unnamed(self) -> tuple[Named, ...]:
        """Who vouches for it and is not named in what it says already."""
        return unnamed_speakers(self.claim)

    @property
    def doers(self) -> tuple[Node, ...]:
        """By whom it is to be done: a pledge binds whom it is about, where nobody else is named."""
        claims = (self.claim, *((self.number,) if self.number else ()))
        named = tuple(dict.fromkeys(v for claim in claims for v in claim.values(_AGENT)))
        is_pledge = self.claim.factuality.iri == _PLEDGED
        return named or (self.claim.values(_SUBJECT) if is_pledge else ())

    @property
    def planners(self) -> tuple[Node, ...]:
        """Who means to do it: who is to, or of whom it is said."""
        parts = (_SUBJECT,) if self.claim.cls.iri == _STATEMENT else ()
        return self.doers or tuple(v for part in parts for v in self.claim.values(part))

    @property
    def unsaid(self) -> tuple[Node, ...]:
        """Who means to do it, where its summary says it by no word of their name: "China" may be either of two."""
        if self.claim.summary is None:
            return ()
        said = set(_words(self.claim.summary.value))
        return tuple(
            one
            for one in self.planners
            if isinstance(one, Named) and not said & set(_words(one.label or ""))
        )

    @property
    def times(self) -> tuple[TimeSpan, ...]:
        """When it is to be."""
        claims = (self.claim, *((self.number,) if self.number else ()))
        return tuple(dict.fromkeys(time for claim in claims for time in claim.times))

    @property
    def is_inferred(self) -> bool:
        """Whether the editors concluded it, or who says it."""
        return any(one.iri == _INFERRED for one in self.claim.modality)

    @property
    def leaves_time_open(self) -> bool:
        """Whether the source itself leaves open by when."""
        return any(gap.iri in _TIME_GAPS for gap in self.claim.left_open)


@dataclass(frozen=True)
class OfSource(Plain):
    """What one source tells."""

    source: Source
    outlined: tuple[Outlined, ...]


@dataclass(frozen=True)
class Group(Plain):
    """Plans of one sort, source by source."""

    sort: str
    sources: tuple[OfSource, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(of.outlined) for of in self.sources)

    @property
    def tellers(self) -> tuple[tuple[Node, int], ...]:
        """Who stands behind how many: who means to do it, or who says what is only hoped for."""
        each = [one for of in self.sources for one in of.outlined]
        is_hope = self.sort == "hoped"
        behind = (one.claim.speakers if is_hope else one.planners for one in each)
        return tuple(Counter(node for nodes in behind for node in nodes).most_common())

    @property
    def untold(self) -> int:
        """How many say nothing of who stands behind them."""
        each = [one for of in self.sources for one in of.outlined]
        is_hope = self.sort == "hoped"
        return sum(not (one.claim.speakers if is_hope else one.planners) for one in each)


@dataclass(frozen=True)
class ComeAbout(Plain):
    """A plan of which another source tells that it has come about."""

    outlined: Outlined
    reached: tuple[Reached, ...]


@dataclass(frozen=True)
class PlanOutline(Plain):
    """Plans at a glance: what is pledged or aimed at, the others, and those that have since come about.

    `claims` is how many claims tell of all these: more than there are plans, since some only add a number, a kind,
    a name or what something is part of.
    """

    firm: tuple[Outlined, ...]
    groups: tuple[Group, ...]
    come_about: tuple[ComeAbout, ...]
    claims: int

    @property
    def count(self) -> int:
        """How many there are, each told once."""
        return len(tuple(self._each()))

    @property
    def places(self) -> frozenset[int]:
        """The places of the plans that are told; claims of the others only add to these."""
        return frozenset(one.place for one in self._each())

    @property
    def left_out(self) -> int:
        """How many claims only add to one that is told."""
        return self.claims - self.count

    @property
    def dated(self) -> int:
        """How many say when."""
        return sum(bool(one.times) for one in self._each())

    def _each(self) -> Iterator[Outlined]:
        yield from self.firm
        of_planned = (one.outlined for one in self.come_about)
        yield from sorted(
            (*of_planned, *(o for g in self.groups for of in g.sources for o in of.outlined)),
            key=lambda one: one.place,
        )


def outline(plans: Sequence[Plan]) -> PlanOutline:
    """Return what these plans come to, in their order."""
    told: dict[str, list[Outlined]] = {sort: [] for sort in ("firm", *GROUPS)}
    come_about = []
    for place, plan in enumerate(plans, 1):
        if plan.reached:
            come_about.append(ComeAbout(_counted_first(plan.claims, place), _best(plan.reached)))
            continue
        for one in _merged(plan.claims, place):
            told[_sort(one)].append(one)
    groups = (Group(sort, _by_source(told[sort])) for sort in GROUPS if told[sort])
    size = sum(plan.size for plan in plans)
    return PlanOutline(tuple(told["firm"]), tuple(groups), tuple(come_about), size)


def _merged(claims: Iterable[Claim], place: int) -> tuple[Outlined, ...]:
    """Return what is no order alone; a number of what is created stands with its creation."""
    kept = [claim for claim in claims if claim.cls.iri not in _ORDERS]
    created = {v: c for c in kept if c.cls.iri == _CREATION for v in c.values(_SUBJECT)[:1]}
    counts = {
        created[v].iri: c
        for c in kept
        if c.cls.iri == _QUANTITY
        for v in c.values(_SUBJECT)[:1]
        if v in created
    }
    counting = {claim.iri for claim in counts.values()}
    return tuple(
        Outlined(claim, place, counts.get(claim.iri)) for claim in kept if claim.iri not in counting
    )


def _counted_first(claims: Sequence[Claim], place: int) -> Outlined:
    return Outlined(min(claims, key=lambda claim: not claim.quantities), place)


def _best(reached: Sequence[Reached]) -> tuple[Reached, ...]:
    """Return what counts of what has come about, or all of it."""
    counted = tuple(one for one in reached if one.claim.quantities)
    return counted or tuple(reached)


def _words(text: str) -> list[str]:
    """Return the words of a text by which somebody can be told: no short ones, as countries are."""
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _TELLING]


def _sort(one: Outlined) -> str:
    factuality = one.claim.factuality.iri
    if factuality in _FIRM:
        return "firm"
    if factuality == _CANCELLED:
        return "cancelled"
    if factuality in _SOFT:
        return "hoped"
    return "intended" if one.claim.cls.iri in _IN_WORDS and not one.times else "planned"


def _by_source(outlined: Iterable[Outlined]) -> tuple[OfSource, ...]:
    found: dict[Source, list[Outlined]] = {}
    for one in outlined:
        found.setdefault(one.claim.evidence[0].source, []).append(one)
    return tuple(OfSource(source, tuple(of)) for source, of in found.items())
