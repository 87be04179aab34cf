"""How claims stand, for whoever draws or lists them: which there are, what has come about, how many say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Final

from bri_kg.answers.face_words import Both
from bri_kg.answers.model import Claim
from bri_kg.names import BRI, COME_ABOUT, PREFIXES
from bri_kg.plain import Plain

DASHED: Final[Both] = (
    "dashed: not come about, denied or silenced, as [ ] says",
    "虚线：尚未实现、被否认或被搁置，见 [ ]",
)

# What is done or set going, or agreed on: that it has come about says something.
_DOINGS: Final = frozenset(
    BRI + name
    for name in (
        "CooperationClaim", "CreationClaim", "EventClaim", "MembershipClaim", "QuantityClaim", "SupportClaim",
    )
)  # fmt: skip
_ACHIEVED: Final = PREFIXES["bri-factuality"] + "achieved"


def claims_of(about: object) -> tuple[Claim, ...]:
    """Return the claims that an answer, or several, are about, by IRI, each once; compared ones too."""
    found = {claim.iri: claim for claim in _claims(about)}
    return tuple(found[iri] for iri in sorted(found))


def is_ahead(claim: Claim) -> bool:
    """Return whether what the claim says has not come about, as vouched for."""
    return claim.factuality.iri not in COME_ABOUT


def tells_how_far(claim: Claim) -> bool:
    """Return whether how far a claim has come about says more than that it is said: of a name it does not."""
    return claim.factuality.iri != _ACHIEVED or claim.cls.iri in _DOINGS


def is_firm(claim: Claim) -> bool:
    """Return whether it has come about, is not denied and not silenced."""
    return claim.live and not claim.negated


def sources_of(claims: Iterable[Claim]) -> int:
    """Return how many sources say what the claims say."""
    return len({passage.source.iri for claim in claims for passage in claim.evidence})


def _claims(about: object) -> Iterator[Claim]:
    if isinstance(about, Claim):
        yield about
    elif is_dataclass(about) and isinstance(about, Plain):
        for field in fields(about):
            yield from _claims(getattr(about, field.name))
    elif isinstance(about, Iterable) and not isinstance(about, str):
        for one in about:
            yield from _claims(one)
