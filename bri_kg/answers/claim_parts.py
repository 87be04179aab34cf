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
    """Return the parts in which the claims do not all name the same."""
    each = [_parts(claim) for claim in claims]
    known = dict.fromkeys(prop for parts in each for prop in parts)
    return tuple(prop for prop in known if len({frozenset(of.get(prop, ())) for of in each}) > 1)


def _parts(claim: Claim) -> dict[Named, tuple[Node, ...]]:
    parts = {part.property: part.values for part in claim.parts}
    parts[Named(BRI + "hasTime")] = tuple(Named(time.iri, time.label) for time in claim.times)
    parts[Named(BRI + "hasQuantity")] = tuple(Named(q.iri, q.label) for q in claim.quantities)
    parts[Named(_STATUS)] = (claim.factuality,)
    return parts
