"""The sides of a comparison, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from bri_kg.answers.claim_parts import other_parts
from bri_kg.answers.claim_words import part_word
from bri_kg.answers.model import Claim, Comparison, Named, Node
from bri_kg.names import BRI
from bri_kg.web.explorer.page import Page


@dataclass(frozen=True)
class Row:
    """A part of a claim beside the same part of others: what it says there, and whether they differ in it."""

    label: str
    values: tuple[Node, ...]
    is_other: bool


def rows(page: Page, compared: Comparison, claim: Claim) -> tuple[Row, ...]:
    """Return the parts of one side of a comparison; those in which the sides differ are marked."""
    other = {part.iri for part in other_parts(compared.claims)}
    parts = [(part.property, part.values) for part in claim.parts]
    for name, given in (("hasQuantity", claim.quantities), ("hasTime", claim.times)):
        if given:
            parts.append((Named(BRI + name), tuple(Named(one.iri, one.label) for one in given)))
    return tuple(Row(part_word(page, prop), values, prop.iri in other) for prop, values in parts)
