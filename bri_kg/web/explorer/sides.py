"""The sides of a comparison, part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

from bri_kg.answers.claim_parts import other_parts
from bri_kg.answers.claim_words import part_word
from bri_kg.answers.model import Claim, Comparison, Named, Node
from bri_kg.names import BRI
from bri_kg.web.explorer.page import Page


@dataclass(frozen=True)
class Row:
    """A part of a claim beside the same part of others: what it says there, and whether it alone says so."""

    label: str
    values: tuple[Node, ...]
    is_other: bool


def rows(page: Page, compared: Comparison, claim: Claim) -> tuple[Row, ...]:
    """Return the parts of one side of a comparison; what is told otherwise than on most sides is marked."""
    other = {part.iri for part in other_parts(compared.claims)}
    return tuple(
        Row(
            part_word(page, prop),
            values,
            prop.iri in other and _is_odd(values, _told(compared.claims, prop)),
        )
        for prop, values in _parts(claim)
    )


def letter(place: int) -> str:
    """Return what a side is called by its place: A, B, and numbers after Z."""
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)


def _is_odd(values: tuple[Node, ...], told: Counter[frozenset[Node]]) -> bool:
    """Return whether fewer sides tell a value than tell another; where all tell it once, each is odd."""
    return told[frozenset(values)] < max(told.values()) or max(told.values()) == 1 < len(told)


def _told(claims: Iterable[Claim], prop: Named) -> Counter[frozenset[Node]]:
    return Counter(
        frozenset(values) for claim in claims for p, values in _parts(claim) if p.iri == prop.iri
    )


def _parts(claim: Claim) -> list[tuple[Named, tuple[Node, ...]]]:
    parts = [(part.property, part.values) for part in claim.parts]
    for name, given in (("hasQuantity", claim.quantities), ("hasTime", claim.times)):
        if given:
            parts.append((Named(BRI + name), tuple(Named(one.iri, one.label) for one in given)))
    return parts
