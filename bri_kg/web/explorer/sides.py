"""The sides of a comparison, part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from bri_kg.answers.claim_parts import other_parts
from bri_kg.answers.claim_words import part_word
from bri_kg.answers.model import Claim, Comparison, Named, Node
from bri_kg.answers.time_words import when
from bri_kg.names import BRI
from bri_kg.web.explorer.page import Page

_SUBJECT: Final = BRI + "hasSubject"


@dataclass(frozen=True)
class Row:
    """A part of a claim beside the same part of others: what it says there, and whether it alone says so."""

    label: str
    values: tuple[Node, ...]
    is_other: bool


def rows(page: Page, compared: Comparison, claim: Claim) -> tuple[Row, ...]:
    """Return the parts of one side of a comparison; what is told otherwise than on most sides is marked.

    The subject is not: a set has a label of the editors' own for each source. Nor is anything where sides agree.
    """
    other = {part.iri for part in other_parts(compared.claims)} - {_SUBJECT}
    if compared.stance == "agrees":
        other = set()
    return tuple(
        Row(
            part_word(page, prop),
            values,
            prop.iri in other and _is_odd(values, _told(page, compared.claims, prop)),
        )
        for prop, values in _parts(page, claim)
    )


def letter(place: int) -> str:
    """Return what a side is called by its place: A, B, and numbers after Z."""
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)


def _is_odd(values: tuple[Node, ...], told: Counter[frozenset[Node]]) -> bool:
    """Return whether fewer sides tell a value than tell another; where all tell it once, each is odd."""
    return told[frozenset(values)] < max(told.values()) or max(told.values()) == 1 < len(told)


def _told(page: Page, claims: Iterable[Claim], prop: Named) -> Counter[frozenset[Node]]:
    return Counter(
        frozenset(values)
        for claim in claims
        for p, values in _parts(page, claim)
        if p.iri == prop.iri
    )


def _parts(page: Page, claim: Claim) -> list[tuple[Named, tuple[Node, ...]]]:
    parts = [(part.property, part.values) for part in claim.parts]
    if claim.quantities:
        amounts = tuple(Named(one.iri, one.label) for one in claim.quantities)
        parts.append((Named(BRI + "hasQuantity"), amounts))
    if claim.times:
        times = tuple(Named(one.iri, when(page, claim, one) or one.label) for one in claim.times)
        parts.append((Named(BRI + "hasTime"), times))
    return parts
