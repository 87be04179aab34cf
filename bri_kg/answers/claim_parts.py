"""In which of their parts claims meet, and in which they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bri_kg.answers.model import Claim, Named, Node, Part
from bri_kg.names import BRI

_SUBJECT, _STATUS = BRI + "hasSubject", BRI + "factuality"


def shared_parts(claims: Sequence[Claim]) -> tuple[Part, ...]:
    """Return the parts in which all claims name something in common, with that.

    The subject is given only where it is all.
    """
    each = [_parts(claim) for claim in claims]
    shared = [
        Part(prop, common)
        for prop, values in (each[0].items() if each else ())
        if prop.iri != _STATUS
        and (common := tuple(v for v in values if all(v in parts.get(prop, ()) for parts in each)))
    ]
    return tuple(part for part in shared if part.property.iri != _SUBJECT) or tuple(shared)


def other_parts(claims: Iterable[Claim]) -> tuple[Named, ...]:
    """Return the parts in which claims that have them do not name the same; if none, those that some lack."""
    each = [_parts(claim) for claim in claims]
    known = dict.fromkeys(prop for parts in each for prop in parts)
    named = {prop: [frozenset(of[prop]) for of in each if of.get(prop)] for prop in known}
    differing = tuple(prop for prop, values in named.items() if len(set(values)) > 1)
    return differing or tuple(p for p, values in named.items() if 0 < len(values) < len(each))


def _parts(claim: Claim) -> dict[Named, tuple[Node, ...]]:
    parts = {part.property: part.values for part in claim.parts}
    parts[Named(BRI + "hasTime")] = tuple(Named(time.iri, time.label) for time in claim.times)
    parts[Named(BRI + "hasQuantity")] = tuple(Named(q.iri, q.label) for q in claim.quantities)
    parts[Named(_STATUS)] = (claim.factuality,)
    return parts
