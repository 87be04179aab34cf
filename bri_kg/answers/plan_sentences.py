"""What has not come about, each claim in a sentence that a newcomer reads: what is to happen, and who is to do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bri_kg.answers.claim_sentences import content
from bri_kg.answers.claim_words import Clause, among, listed, number
from bri_kg.answers.face_words import AND, Both, Speaker
from bri_kg.answers.model import Claim, Named, Node
from bri_kg.names import BRI, PREFIXES

_ROLE: Final = PREFIXES["bri-role"]
_EXACTLY: Final = PREFIXES["bri-comparator"] + "exactly"
_BY: Final[Both] = ("{what}: to be {deed} by {who}", "{what}：拟由{who}{deed}")
_DONE: Final[Both] = ("{what}: to be {deed}", "{what}：拟{deed}")
_COUNTED_BY: Final[Both] = (
    "{what}: {amount} to be {deed} by {who}",
    "{what}：拟由{who}{deed}，共 {amount}",
)
_COUNTED: Final[Both] = ("{what}: {amount} to be {deed}", "{what}：拟{deed}，共 {amount}")
_NUMBER: Final[Both] = ("{what}: {amount}", "{what}：{amount}")
_TOGETHER: Final[Both] = ("{what}: to work together", "{what}：拟开展合作")
_TOGETHER_IN: Final[Both] = ("{what}: to work together ({how})", "{what}：拟开展合作（{how}）")
_SERVES: Final[Both] = ("{what}: to serve {where}", "{what}：拟服务于{where}")
_STANDS: Final[Both] = ("{what}: to be in {where}", "{what}：拟设于{where}")
_MEMBER: Final[Both] = ("{what}: to be a member of {other}", "{what}：拟加入{other}")
_PART: Final[Both] = ("{what}: to be a part of {other}", "{what}：拟隶属于{other}")
_KIND: Final[Both] = ("{what}: would be of the kind {other}", "{what}：类别为{other}")
_THEME: Final[Both] = ("{what}: to deal with {other}", "{what}：拟涉及{other}")
_CALLED: Final[Both] = ("{what}: called {other}", "{what}：称作{other}")
# What is done to what is created or supported, by the local name of the role of who does it.
_DEEDS: Final[dict[str, Both]] = {
    "builder": ("built", "建设"),
    "creator": ("created", "创建"),
    "establisher": ("set up", "设立"),
    "founder": ("founded", "创立"),
    "initiator": ("initiated", "发起"),
    "issuer": ("issued", "印发"),
    "launcher": ("launched", "启动"),
    "signatory": ("signed", "签署"),
    "supporter": ("supported", "支持"),
    "funder": ("funded", "出资"),
    "investor": ("invested in", "投资"),
}
_BROUGHT_ABOUT: Final[Both] = ("brought about", "促成")
_SERVICE_AREA: Final = _ROLE + "service-area"


def plain_sentence(
    page: Speaker, claim: Claim, number_of: Claim | None = None
) -> tuple[Clause, ...]:
    """Return the clauses of a sentence for what a claim tells as not come about: words, and the nodes they are about.

    `number_of` is another claim that counts what this one tells of.
    """
    if claim.summary is not None or claim.negated:
        return (content(page, claim),)
    kind = claim.cls.iri.removeprefix(BRI)
    if kind in ("CreationClaim", "SupportClaim"):
        made = _creation(page, claim, number_of)
    else:
        made = _MADE[kind](page, claim) if kind in _MADE else ()
    return (made,) if made else (content(page, claim),)


def _creation(page: Speaker, claim: Claim, number_of: Claim | None) -> Clause:
    roles = [v.iri.removeprefix(_ROLE) for v in _values(claim, "role") if isinstance(v, Named)]
    deed = page.say(next((_DEEDS[role] for role in roles if role in _DEEDS), _BROUGHT_ABOUT))
    parts: dict[str, Clause] = {"what": _about(page, claim), "deed": (deed,)}
    if number_of is not None:
        parts["amount"] = (_amount(page, number_of),)
    if who := among(page, _values(claim, "hasAgent")):
        parts["who"] = who
    return _filled(page, _CREATIONS[number_of is not None, bool(who)], parts)


_CREATIONS: Final[dict[tuple[bool, bool], Both]] = {
    (False, False): _DONE,
    (False, True): _BY,
    (True, False): _COUNTED,
    (True, True): _COUNTED_BY,
}


def _quantity(page: Speaker, claim: Claim) -> Clause:
    kinds = listed(page, _values(claim, "countedKind"))
    what = among(page, _values(claim, "hasSubject")[:1]) or ((kinds,) if kinds else ())
    return _filled(page, _NUMBER, {"what": what, "amount": (_amount(page, claim),)})


def _amount(page: Speaker, claim: Claim) -> str:
    """Return the numbers of a claim; that nothing has come about of one that is exact is told beside it."""
    told = []
    for one in claim.quantities:
        is_exact = one.comparator is not None and one.comparator.iri == _EXACTLY
        told.append(str(one.stated) if is_exact else number(page, claim, one))
    return page.say(AND).join(told)


def _cooperation(page: Speaker, claim: Claim) -> Clause:
    kinds = _values(claim, "kind")
    parties = among(page, _values(claim, "hasParty"))
    wording = _TOGETHER_IN if kinds else _TOGETHER
    return _filled(page, wording, {"what": parties, "how": among(page, kinds)})


def _location(page: Speaker, claim: Claim) -> Clause:
    roles = {value.iri for value in _values(claim, "role") if isinstance(value, Named)}
    where = among(page, _values(claim, "hasPlace"))
    wording = _SERVES if _SERVICE_AREA in roles else _STANDS
    return _filled(page, wording, {"what": _about(page, claim), "where": where})


def _other(wording: Both, *parts: str) -> Callable[[Speaker, Claim], Clause]:
    def made(page: Speaker, claim: Claim) -> Clause:
        values = next((found for part in parts if (found := _values(claim, part))), ())
        return _filled(page, wording, {"what": _about(page, claim), "other": among(page, values)})

    return made


_MADE: Final[dict[str, Callable[[Speaker, Claim], Clause]]] = {
    "QuantityClaim": _quantity,
    "CooperationClaim": _cooperation,
    "LocationClaim": _location,
    "MembershipClaim": _other(_MEMBER, "hasObject"),
    "StructureClaim": _other(_PART, "hasObject"),
    "ClassificationClaim": _other(_KIND, "kind"),
    "ThemeClaim": _other(_THEME, "theme"),
    "NameClaim": _other(_CALLED, "name"),
}


def _values(claim: Claim, part: str) -> tuple[Node, ...]:
    return claim.values(BRI + part)


def _about(page: Speaker, claim: Claim) -> Clause:
    return among(page, _values(claim, "hasSubject"))


def _filled(page: Speaker, wording: Both, parts: dict[str, Clause]) -> Clause:
    """Return a wording with pieces in place of its fields; nothing where one of them is empty."""
    said: list[str | Node] = []
    for text, name in _in_fields(
        page.say(wording, **{name: f"\N{NULL}{name}\N{NULL}" for name in parts})
    ):
        if name and not parts[name]:
            return ()
        said += [text] if text else []
        said += parts[name] if name else ()
    return tuple(said)


def _in_fields(text: str) -> list[tuple[str, str]]:
    pieces = text.split("\N{NULL}")
    return list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))
