"""In which order the facts of a thing are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bri_kg.answers.description_model import FactGroup
from bri_kg.names import BRI

FIRST_ASKED: Final = tuple(
    BRI + name
    for name in ("isFoundedBy", "isInitiatedBy", "isLaunchedBy", "isSetUpBy", "cooperatesWith")
)
"""What most ask of a body: who brought it about, and with whom it works."""


def in_order(groups: Iterable[FactGroup]) -> tuple[FactGroup, ...]:
    """Return groups of facts: what most ask for, what else sources say, then references, then inferences."""
    return tuple(sorted(groups, key=_order))


def _order(group: FactGroup) -> tuple[int, bool, int]:
    bases = {one.basis for one in group.facts}
    least = min(("claims", "reference", "inferred").index(basis) for basis in bases)
    iri = group.property.iri
    place = FIRST_ASKED.index(iri) if iri in FIRST_ASKED else len(FIRST_ASKED)
    return least, group.inverse, place
