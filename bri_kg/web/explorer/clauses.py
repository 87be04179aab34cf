"""A claim as a sentence of links: what it says of what, part by part, in the words that every face has for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bri_kg.answers.claim_parts import other_parts
from bri_kg.answers.face_words import DONE_BY, NUMBER, PART_WORDS, RELATED, TIME
from bri_kg.answers.model import Claim, Comparison, Named, Node, Part, Text
from bri_kg.names import BRI, shorten
from bri_kg.web.explorer.page import Page

_HOLDERS = ("hasAgent", "hasObject")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence: what it is, where that must be said, and the things that it names."""

    label: str | None
    values: tuple[Node, ...]


@dataclass(frozen=True)
class Row:
    """A part of a claim beside the same part of others: whether they differ in it, and what it says there."""

    label: str
    values: tuple[Node, ...]
    is_other: bool


def clauses(page: Page, claim: Claim) -> tuple[Clause, ...]:
    """Return what a claim says: its summary where it has one, else its number, else its parts."""
    if claim.summary:
        return (Clause(None, (claim.summary,)),)
    return tuple(_counted(claim) if claim.quantities else _parts(page, claim))


def rows(page: Page, compared: Comparison, claim: Claim) -> tuple[Row, ...]:
    """Return the parts of one side of a comparison; those in which the sides differ are marked."""
    other = {part.iri for part in other_parts(compared.claims)}

    def row(label: str, values: tuple[Node, ...], prop: str) -> Row:
        return Row(label, values, prop in other)

    numbers = tuple(Named(quantity.iri, quantity.label) for quantity in claim.quantities)
    times = tuple(Named(time.iri, time.label) for time in claim.times)
    found = [row(_label(page, p), p.values, p.property.iri) for p in claim.parts]
    found += [row(page.say(NUMBER), numbers, BRI + "hasQuantity")] if numbers else []
    found += [row(page.say(TIME), times, BRI + "hasTime")] if times else []
    return tuple(found)


def _counted(claim: Claim) -> Iterator[Clause]:
    values = {part.property.iri.removeprefix(BRI): part.values for part in claim.parts}
    if subjects := values.get("hasSubject"):
        yield Clause(None, subjects)
    counted = " ".join(map(_name, values.get("countedKind", ()))) or None
    units = " ".join(map(_name, values.get("unit", ())))
    amounts = (f"{quantity.label} {units}".rstrip() for quantity in claim.quantities)
    yield Clause(counted, tuple(map(Text, amounts)))


def _parts(page: Page, claim: Claim) -> Iterator[Clause]:
    parts = {part.property.iri.removeprefix(BRI): part for part in claim.parts}
    role = parts.pop("role", None)
    deed = ", ".join(map(_name, role.values)) if role else None
    for about in ("hasSubject", "hasParty"):
        if about in parts:
            yield Clause(None, parts.pop(about).values)
            break
    related = RELATED.get(claim.cls.iri.removeprefix(BRI))
    for holder, otherwise in zip(_HOLDERS, (DONE_BY, related), strict=True):
        if part := parts.pop(holder, None):
            own = page.say(otherwise) if otherwise else _label(page, part)
            yield Clause(deed or own, part.values)
            deed = None
    if deed:
        yield Clause(None, (Text(deed),))
    for part in parts.values():
        yield Clause(_label(page, part), part.values)


def _label(page: Page, part: Part) -> str:
    own = PART_WORDS.get(part.property.iri.removeprefix(BRI))
    return page.say(own) if own else _name(part.property)


def _name(node: Node) -> str:
    return node.value if isinstance(node, Text) else node.label or shorten(node.iri)
