"""Plans at a glance: what is to happen, by sort and by source; what only orders them is left out and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.model import Claim, Named
from bri_kg.answers.passage_model import Source
from bri_kg.answers.plans import Plan, Reached
from bri_kg.names import BRI, PREFIXES
from bri_kg.plain import Plain

GROUPS: Final = ("made", "together", "promised", "hoped")
"""What is to be set up or counted; cooperation; what else is promised; what is only hoped for or called for."""
_SOFT: Final = {PREFIXES["bri-factuality"] + name for name in ("expected", "proposed")}
# A kind, a name or a membership of something planned is no plan of its own.
_ORDERS: Final = {
    BRI + name
    for name in ("ClassificationClaim", "IdentityClaim", "MembershipClaim", "NameClaim",
                 "StructureClaim", "ThemeClaim")
}  # fmt: skip
_STATEMENT, _COOPERATION, _CREATION, _QUANTITY = (
    BRI + name for name in ("StatementClaim", "CooperationClaim", "CreationClaim", "QuantityClaim")
)
_SUBJECT: Final = BRI + "hasSubject"


@dataclass(frozen=True)
class Outlined(Plain):
    """A claim of a plan, and the place of this plan among all; `number` is the claim that counts what it creates."""

    claim: Claim
    place: int
    number: Claim | None = None

    @property
    def unnamed(self) -> tuple[Named, ...]:
        """Who vouches for it and is not named in what it says already."""
        said = self.claim.summary.value if self.claim.summary else ""
        return tuple(one for one in self.claim.speakers if not one.label or one.label not in said)


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


@dataclass(frozen=True)
class ComeAbout(Plain):
    """A plan of which another source tells that it has come about."""

    outlined: Outlined
    reached: tuple[Reached, ...]


@dataclass(frozen=True)
class PlanOutline(Plain):
    """Plans at a glance, those that have since come about apart, and how many claims only order them."""

    groups: tuple[Group, ...]
    come_about: tuple[ComeAbout, ...]
    left_out: int

    @property
    def count(self) -> int:
        """How many are told in a line."""
        return sum(group.count for group in self.groups) + len(self.come_about)


def outline(plans: Sequence[Plan]) -> PlanOutline:
    """Return what these plans come to, in their order."""
    told: dict[str, list[Outlined]] = {sort: [] for sort in GROUPS}
    come_about = []
    size = lines = 0
    for place, plan in enumerate(plans, 1):
        size += plan.size
        if plan.reached:
            come_about.append(ComeAbout(_counted_first(plan.claims, place), _best(plan.reached)))
            lines += plan.size
            continue
        for one in _merged(plan.claims, place):
            told[_sort(one.claim)].append(one)
            lines += 1 + (one.number is not None)
    groups = (Group(sort, _by_source(of)) for sort, of in told.items() if of)
    return PlanOutline(tuple(groups), tuple(come_about), size - lines)


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


def _sort(claim: Claim) -> str:
    if claim.factuality.iri in _SOFT:
        return "hoped"
    if claim.cls.iri == _STATEMENT:
        return "promised"
    return "together" if claim.cls.iri == _COOPERATION else "made"


def _by_source(outlined: Iterable[Outlined]) -> tuple[OfSource, ...]:
    found: dict[Source, list[Outlined]] = {}
    for one in outlined:
        found.setdefault(one.claim.evidence[0].source, []).append(one)
    return tuple(OfSource(source, tuple(of)) for source, of in found.items())
