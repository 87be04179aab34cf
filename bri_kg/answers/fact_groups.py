"""In which order the facts of a thing are told, and which of them together: as the sources tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.claim_words import worded
from bri_kg.answers.description_model import FactGroup, StatedFact
from bri_kg.answers.model import Claim, Node
from bri_kg.answers.standing import sources_of
from bri_kg.names import BRI

FIRST_ASKED: Final = tuple(
    BRI + name
    for name in ("isFoundedBy", "isInitiatedBy", "isLaunchedBy", "isSetUpBy", "cooperatesWith")
)
"""What most ask of a body: who brought it about, and with whom it works."""


@dataclass(frozen=True)
class Together:
    """Values of one property that are told together: the facts, and the accounts that tell just these.

    An account is of claims that rest on the same passages and stand alike; there is none for what is
    from a reference or inferred.
    """

    values: tuple[Node, ...]
    facts: tuple[StatedFact, ...]
    basis: str
    accounts: tuple[tuple[Claim, ...], ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all accounts."""
        return tuple(claim for account in self.accounts for claim in account)


def told_together(group: FactGroup) -> tuple[Together, ...]:
    """Return the values of a property as sources name them, those that most sources tell of first.

    A value stands as often as there are accounts that name it among others; what no claim says
    stands by its basis.
    """
    said = sorted(group.facts, key=lambda one: -sources_of(one.claims))
    accounts: dict[object, dict[str, Claim]] = {}
    naming: dict[object, list[StatedFact]] = {}
    for one in said:
        for key in dict.fromkeys(map(_account, one.claims)):
            naming.setdefault(key, []).append(one)
        for claim in one.claims:
            accounts.setdefault(_account(claim), {})[claim.iri] = claim
    sets: dict[tuple[int, ...], list[object]] = {}
    for key, facts in naming.items():
        sets.setdefault(tuple(map(id, facts)), []).append(key)
    found = [
        _together(group, naming[keys[0]], tuple(tuple(accounts[key].values()) for key in keys))
        for keys in sets.values()
    ]
    found.sort(key=lambda one: (-max(sources_of(f.claims) for f in one.facts), -len(one.values)))
    for basis in dict.fromkeys(one.basis for one in said if not one.claims):
        facts = [one for one in said if one.basis == basis and not one.claims]
        found.append(_together(group, facts, ()))
    return tuple(found)


def _together(
    group: FactGroup, facts: list[StatedFact], accounts: tuple[tuple[Claim, ...], ...]
) -> Together:
    values = tuple(
        worded(one.fact.subject if group.inverse else one.fact.object, one.claims) for one in facts
    )
    return Together(values, tuple(facts), facts[0].basis, accounts)


def _account(claim: Claim) -> object:
    """Return what claims share that tell something in the same place and in the same way."""
    return (
        tuple(passage.iri for passage in claim.evidence),
        claim.factuality, claim.modality, claim.negated, claim.live, claim.speakers, claim.times, claim.open_list,
    )  # fmt: skip


def in_order(groups: Iterable[FactGroup]) -> tuple[FactGroup, ...]:
    """Return groups of facts: what most ask for, what else sources say, then references, then inferences."""
    return tuple(sorted(groups, key=_order))


def _order(group: FactGroup) -> tuple[int, bool, int]:
    bases = {one.basis for one in group.facts}
    least = min(("claims", "reference", "inferred").index(basis) for basis in bases)
    iri = group.property.iri
    place = FIRST_ASKED.index(iri) if iri in FIRST_ASKED else len(FIRST_ASKED)
    return least, group.inverse, place
