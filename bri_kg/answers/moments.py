"""Times as they lie: at some time within two dates, over all of a span, open at an end, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from bri_kg.answers.face_words import Both
from bri_kg.answers.model import Claim, TimeSpan
from bri_kg.names import AT_ONE_TIME

KEY: Final[dict[str, Both]] = {
    "within": ("hatched: at some time within the bar", "斜线：在此期间的某个时候"),
    "span": ("solid: all of the bar", "实心：整个期间"),
    "open": ("arrow: no end is told", "箭头：未说明端点"),
    "vague": ("dotted, empty: no date follows from the words", "点线空心：由原文推不出日期"),
}


class Extent(Enum):
    """How a time lies: at some time within two dates, over all of a span, open at an end, or nowhere."""

    WITHIN = "within"
    SPAN = "span"
    OPEN = "open"
    VAGUE = "vague"


@dataclass(frozen=True)
class Lying:
    """A time on the line of years: where it begins and ends, None where nothing says.

    `is_within` is whether it was at some time in between, and not all of the time.
    """

    begin: float | None
    end: float | None
    is_within: bool

    @property
    def extent(self) -> Extent:
        """How it lies."""
        if self.begin is None and self.end is None:
            return Extent.VAGUE
        if self.begin is None or self.end is None:
            return Extent.OPEN
        return Extent.WITHIN if self.is_within else Extent.SPAN

    @property
    def order(self) -> tuple[bool, float, float]:
        """What times are sorted by: those that lie nowhere last."""
        known = [edge for edge in (self.begin, self.end) if edge is not None]
        return (not known, *((known[0], known[-1]) if known else (0.0, 0.0)))


def lying(edtf: str | None, begin: str | None, end: str | None, cls: str | None = None) -> Lying:
    """Return how a time lies: its EDTF, its first and last moment, the class of the claim that it is of.

    A date that is no span is one within which it was, and so is an event in a span without end.
    """
    first, last = _year(begin), _year(end)
    is_date = "/" not in (edtf or "/")
    return Lying(first, last, is_date or (cls in AT_ONE_TIME and None in (first, last)))


@dataclass(frozen=True)
class Timed:
    """A claim with one of its times, and how that lies."""

    claim: Claim
    time: TimeSpan
    lying: Lying


def timed(claims: Iterable[Claim]) -> tuple[Timed, ...]:
    """Return the times of claims, the earliest first, those without dates last."""
    found = [
        Timed(claim, one, lying(one.edtf, one.not_before, one.not_after, claim.cls.iri))
        for claim in claims
        for one in claim.times
    ]
    return tuple(sorted(found, key=lambda t: (*t.lying.order, t.claim.iri, t.time.iri)))


def limits(given: Iterable[Lying]) -> tuple[float, float]:
    """Return the first and last year of a line that holds all of them, with some air."""
    known = [edge for one in given for edge in (one.begin, one.end) if edge is not None]
    first, last = (min(known), max(known)) if known else (2000.0, 2001.0)
    margin = max((last - first) * 0.12, 0.6)
    return first - margin, last + margin


def _year(moment: str | None) -> float | None:
    """Return a moment as a year with its fraction."""
    if moment is None:
        return None
    when = datetime.fromisoformat(moment)
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    first, last = (datetime(when.year + n, 1, 1, tzinfo=UTC) for n in (0, 1))
    return when.year + (when - first) / (last - first)
