"""In which order the facts of a thing are told, and which of them together: as the sources tell them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.claim_words import worded
from bri_kg.answers.count_words import plural
from bri_kg.answers.description_model import FactGroup, StatedFact
from bri_kg.answers.face_words import Both, Speaker
from bri_kg.answers.model import Claim, Named, Node
from bri_kg.answers.scope import Ground
from bri_kg.answers.standing import sources_of
from bri_kg.names import BRI

FIRST_ASKED: Final = tuple(
    BRI + name
    for name in ("isFoundedBy", "isInitiatedBy", "isLaunchedBy", "isSetUpBy", "cooperatesWith")
)
"""What most ask of a body: who brought it about, and with whom it works."""
_ROLE: Final = BRI + "role"
_FEW_ACCOUNTS: Final = 3
_SUM: Final[Both] = (
    "{sources} sources name {count} {role} in {accounts} tellings.",
    "{sources} 个来源在 {accounts} 处提到 {count} 个{role}。",
)
_OWN_TIMES: Final[Both] = (
    " A time belongs to the telling beside which it stands.",
    "时间只属于所在的那一处叙述。",
)


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


def narrower_roles(ground: Ground) -> frozenset[str]:
    """Return the roles that say more than the property of the facts that follow from them."""
    return frozenset(ground.column("narrower-roles", "role"))


def role_beyond(claim: Claim, narrower: Collection[str]) -> Named | None:
    """Return the role that a claim gives where it says more than the property of its facts, such as to lead."""
    given = (one for one in claim.values(_ROLE) if isinstance(one, Named))
    return next((one for one in given if one.iri in narrower), None)


def summed_up(page: Speaker, group: FactGroup, narrower: Collection[str]) -> str:
    """Return how many sources name how many values, nothing where few tell of them or no one role does."""
    claims = {claim.iri: claim for one in group.facts for claim in one.claims}.values()
    sources, accounts = sources_of(claims), len(set(map(_account, claims)))
    if group.inverse or sources < 2 or accounts < _FEW_ACCOUNTS:
        return ""
    roles = {one for claim in claims for one in claim.values(_ROLE) if isinstance(one, Named)}
    plain = [one.label for one in roles if one.iri not in narrower and one.label]
    if len(plain) != 1:
        return ""
    count = len([one for one in group.facts if one.claims])
    role = plural(plain[0]) if page.lang == "en" and count > 1 else plain[0]
    told = page.say(_SUM, sources=sources, count=count, role=role, accounts=accounts)
    has_times = len({claim.times for claim in claims if claim.times}) > 1
    return told + (page.say(_OWN_TIMES) if has_times else "")
