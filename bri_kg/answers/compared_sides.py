"""A comparison in one line: the numbers that are told, each with the sources that tell it, and what the editors say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.claim_words import listed, name, number
from bri_kg.answers.comparison_outlines import GROUPS, group_of
from bri_kg.answers.face_words import AND, COLON, COMMA, Both, Speaker
from bri_kg.answers.model import Claim, Comparison, Named
from bri_kg.answers.passage_model import Source
from bri_kg.answers.time_words import when
from bri_kg.names import BRI, COME_ABOUT, PREFIXES
from bri_kg.plain import Plain

_STATUS: Final[Both] = ("{said} ({status})", "{said}（{status}）")
_EXACTLY: Final = PREFIXES["bri-comparator"] + "exactly"


@dataclass(frozen=True)
class Told(Plain):
    """A number as claims of a comparison tell it alike, who vouches for it, and whether it has come about."""

    said: str
    sources: tuple[Source, ...]
    speakers: tuple[Named, ...]
    is_ahead: bool


@dataclass(frozen=True)
class Line(Plain):
    """A comparison, its numbers where two claims or more tell one, and the sources of all claims."""

    comparison: Comparison
    numbers: tuple[Told, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Whole(Plain):
    """A comparison with those that compare parts of the same tellings."""

    line: Line
    parts: tuple[Line, ...]


def wholes(given: Iterable[Line]) -> tuple[Whole, ...]:
    """Return comparisons in their order, below a larger one those that are mostly of the same claims."""
    every = tuple(given)
    above = {one.comparison.iri: _largest_above(one, every) for one in every}
    parts: dict[str, list[Line]] = {}
    for one in every:
        if whole := above[one.comparison.iri]:
            parts.setdefault(whole, []).append(one)
    return tuple(
        Whole(one, tuple(parts.get(one.comparison.iri, ())))
        for one in every
        if not above[one.comparison.iri]
    )


def _largest_above(part: Line, every: Iterable[Line]) -> str | None:
    """Return the largest comparison that a comparison is part of; one that is none itself."""
    found = [one for one in every if _is_part(part, one)]
    return max(found, key=lambda one: len(one.comparison.claims)).comparison.iri if found else None


def _is_part(part: Line, whole: Line) -> bool:
    own, others = ({claim.iri for claim in one.comparison.claims} for one in (part, whole))
    return len(own) < len(others) and len(own & others) * 3 >= len(own) * 2


def lines(speaker: Speaker, compared: Iterable[Comparison]) -> tuple[Line, ...]:
    """Return a line for each comparison: the gravest first, of these what counts; what is easily confused last."""
    found = [_line(speaker, one) for one in compared]
    return tuple(
        sorted(found, key=lambda line: (GROUPS.index(group_of(line.comparison)), not line.numbers))
    )


def _line(speaker: Speaker, compared: Comparison) -> Line:
    counted = [claim for claim in compared.claims if claim.quantities]
    together: dict[str, list[Claim]] = {}
    for claim in counted if len(counted) > 1 else ():
        together.setdefault(_number(speaker, claim), []).append(claim)
    numbers = tuple(_told(said, of) for said, of in together.items())
    return Line(compared, numbers, _sources(compared.claims))


def _told(said: str, claims: Sequence[Claim]) -> Told:
    return Told(
        said,
        _sources(claims),
        tuple(dict.fromkeys(one for claim in claims for one in claim.speakers)),
        all(claim.factuality.iri not in COME_ABOUT for claim in claims),
    )


def _number(speaker: Speaker, claim: Claim) -> str:
    kinds = listed(speaker, claim.values(BRI + "countedKind"))
    amounts = [_amount(speaker, claim, place) for place in range(len(claim.quantities))]
    told = speaker.say(AND).join(amounts)
    said = speaker.say(COMMA).join(
        (told, *(when(speaker, claim, time) or time.label for time in claim.times))
    )
    status = name(claim.factuality)
    if claim.factuality.iri not in COME_ABOUT and status not in said:
        said = speaker.say(_STATUS, said=said, status=status)
    return f"{kinds}{speaker.say(COLON)}{said}" if kinds else said


def _amount(speaker: Speaker, claim: Claim, place: int) -> str:
    """Return a number in words; that it is exact needs no word beside others that are not."""
    quantity = claim.quantities[place]
    said = number(speaker, claim, quantity)
    comparator = quantity.comparator
    is_exact = comparator is not None and comparator.iri == _EXACTLY
    return said.removeprefix(f"{comparator.label} ") if comparator and is_exact else said


def _sources(claims: Iterable[Claim]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(p.source for claim in claims for p in claim.evidence))
