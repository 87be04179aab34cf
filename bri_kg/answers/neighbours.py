"""The neighbours of a thing: what they are to it, what that rests on, and what is only ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeGuard

from bri_kg.answers.description_model import Description
from bri_kg.answers.face_words import Both
from bri_kg.answers.model import Claim, Named
from bri_kg.answers.standing import claims_of, is_firm
from bri_kg.names import PREFIXES, QUANTITY, TIME, VOCABULARY

UNNAMED: Final[Both] = ("not named by the text", "文本未指名")
KEY_SAID: Final[Both] = ("line: said by sources", "实线：来源所述")
KEY_REFERENCE: Final[Both] = (
    "dash and dot: from a reference, not from a source",
    "点划线：据参考资料，非据来源",
)
KEY_INFERRED: Final[Both] = ("dotted: inferred", "点线：推断")
KEY_UNNAMED: Final[Both] = (
    "“?”: someone the text does not name; each stands alone",
    "“?”：文本未指名者，各自独立",
)
THINGS_ONLY: Final[Both] = (
    "Things only: kinds, topics, amounts and times stand in the description.",
    "只画事物：类别、主题、数量与时间见描述。",
)
OPEN_AGENT: Final = PREFIXES["bri-gap"] + "agent"
_VALUES: Final = (VOCABULARY, QUANTITY, TIME)  # kinds, topics, amounts: no neighbours


@dataclass(frozen=True)
class Tie:
    """One relation of a thing with a neighbour.

    `neighbour` is None for someone whom the one claim does not name. `relation` is None there too:
    roles and class of the claim say what it is. `basis` is `claims`, `reference`, `inferred`, as in
    `StatedFact`, or `ahead`: the claims have not come about.
    """

    neighbour: Named | None
    outgoing: bool
    relation: Named | None
    basis: str
    claims: tuple[Claim, ...]

    @property
    def key(self) -> str:
        """What names the neighbour: its IRI, or for someone unnamed the claim, so that each stands alone."""
        return self.neighbour.iri if self.neighbour else f"? {self.claims[0].iri}"


def ties(about: Description) -> Iterator[Tie]:
    """Yield the relations of a thing with other things: facts, what is ahead, who is not named."""
    for group in about.facts:
        for one in group.facts:
            value = one.fact.subject if group.inverse else one.fact.object
            if is_thing(value):
                yield Tie(value, not group.inverse, group.property, one.basis, one.claims)
    for claim in about.ahead:
        yield from _ahead(about.thing, claim)
    claims = {claim.iri: claim for claim in claims_of(about)}
    for gap in about.left_open:
        if gap.gap.iri == OPEN_AGENT and gap.claim in claims:
            claim = claims[gap.claim]
            basis = "claims" if is_firm(claim) else "ahead"
            yield Tie(None, False, None, basis, (claim,))


def is_thing(value: object) -> TypeGuard[Named]:
    """Return whether a value is a thing, and no kind, topic, amount, time or text."""
    return isinstance(value, Named) and not value.iri.startswith(_VALUES)


def _ahead(thing: Named, claim: Claim) -> Iterator[Tie]:
    """Yield the things that a claim ahead names beside this one; concepts aside, which say how."""
    for part in claim.parts:
        for value in part.values:
            if is_thing(value) and value.iri != thing.iri:
                yield Tie(value, True, part.property, "ahead", (claim,))
