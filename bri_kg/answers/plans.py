"""What has not come about, plan by plan: who says it, who is to do it, by when, and what has since come about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.claims import read_claims
from bri_kg.answers.model import Claim, Named, Passage, TimeSpan
from bri_kg.answers.scope import Ground, iri, names_of
from bri_kg.names import BRI, PREFIXES
from bri_kg.plain import Plain

_FACTUALITY, _GAP = PREFIXES["bri-factuality"], PREFIXES["bri-gap"]
# From what somebody stands by to what is only put forward; what is called off goes last.
_FIRMEST_FIRST: Final = ("pledged", "planned", "target", "expected", "proposed", "cancelled")
_AGENT: Final = BRI + "hasAgent"
_AGENT_GAP: Final = _GAP + "agent"
_TIME_GAPS: Final = frozenset((_GAP + "deadline", _GAP + "time"))


@dataclass(frozen=True)
class Reached(Plain):
    """What a comparison says has come about of a plan."""

    claim: Claim
    comparison: Named


@dataclass(frozen=True)
class Plan(Plain):
    """Claims of what has not come about that rest on the same passages, and so tell of one plan.

    `doers` are those who are to do it. Where there is no doer, or no time, the two flags tell whether the source
    leaves it open or only does not come to speak of it; `left_open` is what else it leaves open.
    """

    factuality: Named
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    speakers: tuple[Named, ...]
    doers: tuple[Named, ...]
    times: tuple[TimeSpan, ...]
    no_doer: bool
    no_time: bool
    left_open: tuple[Named, ...]
    reached: tuple[Reached, ...]

    @property
    def size(self) -> int:
        """How many claims tell of it."""
        return len(self.claims)


@dataclass(frozen=True)
class Ahead(Plain):
    """How a claim has not come about, and that claim."""

    factuality: str
    claim: str


def ahead(ground: Ground) -> tuple[Ahead, ...]:
    """Return every claim of what has not come about, the firmest first."""
    found = {
        Ahead(iri(row["factuality"]), iri(row["claim"])): None for row in ground.select("plans")
    }
    return tuple(
        sorted(found, key=lambda one: (_firmness(one.factuality), one.factuality, one.claim))
    )


def plans(ground: Ground, claims: Iterable[str]) -> tuple[Plan, ...]:
    """Return the plans that these claims tell of, the firmest first, then by source and passage."""
    read = read_claims(ground, claims)
    reached = _reached(ground, read)
    together: dict[tuple[str, tuple[str, ...]], list[Claim]] = {}
    for claim in read.values():
        on = tuple(passage.iri for passage in claim.evidence)
        together.setdefault((claim.factuality.iri, on), []).append(claim)
    found = [_plan(tuple(of), reached) for of in together.values()]
    return tuple(sorted(found, key=_place))


def _plan(claims: tuple[Claim, ...], reached: dict[str, list[Reached]]) -> Plan:
    doers = _each(v for c in claims for v in c.values(_AGENT) if isinstance(v, Named))
    times = tuple(dict.fromkeys(time for claim in claims for time in claim.times))
    gaps = _each(gap for claim in claims for gap in claim.left_open)
    open_ones = {gap.iri for gap in gaps}
    return Plan(
        factuality=claims[0].factuality,
        claims=claims,
        passages=tuple(dict.fromkeys(p for claim in claims for p in claim.passages)),
        speakers=_each(speaker for claim in claims for speaker in claim.speakers),
        doers=doers,
        times=times,
        no_doer=not doers and _AGENT_GAP in open_ones,
        no_time=not times and bool(open_ones & _TIME_GAPS),
        left_open=tuple(gap for gap in gaps if gap.iri not in {_AGENT_GAP, *_TIME_GAPS}),
        reached=tuple(one for claim in claims for one in reached.get(claim.iri, ())),
    )


def _reached(ground: Ground, claims: Iterable[str]) -> dict[str, list[Reached]]:
    rows = tuple(ground.select_each("come-about", "claim", claims))
    read = read_claims(ground, {iri(row["reached"]) for row in rows})
    names = names_of(ground, {iri(row["comparison"]) for row in rows})
    found: dict[str, list[Reached]] = {}
    for row in rows:
        if claim := read.get(iri(row["reached"])):
            one = Reached(claim, names.named(iri(row["comparison"])))
            found.setdefault(iri(row["claim"]), []).append(one)
    return found


def _place(plan: Plan) -> tuple[int, str, str, int, str]:
    first = plan.passages[0] if plan.passages else None
    where = (first.source.slug, first.begin) if first else ("", 0)
    return _firmness(plan.factuality.iri), plan.factuality.iri, *where, plan.claims[0].iri


def _firmness(factuality: str) -> int:
    name = factuality.removeprefix(_FACTUALITY)
    return _FIRMEST_FIRST.index(name) if name in _FIRMEST_FIRST else len(_FIRMEST_FIRST)


def _each(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(named))
