"""A claim in one sentence, in pieces that a face joins or links: what it says of what, when, according to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from string import Formatter
from typing import Final

from bri_kg.answers.claim_words import PAIR, Clause, among, called, name, part_word
from bri_kg.answers.count_words import counted_clause, plural
from bri_kg.answers.face_words import COMMA, OPEN_LIST, Both, Speaker
from bri_kg.answers.model import Claim, Named, Node
from bri_kg.answers.time_words import when
from bri_kg.names import BRI

_STOPS: Final = ".\u3002"
_PRONOUN: Final = re.compile(r"\A(?:(?:He|She)(?= )|[他她](?!们))")
_SPEAKERS: Final[Both] = ("according to {who}", "据{who}")
_LAST: Final[Both] = (" and ", "和")
_NOT_NAMED: Final[Both] = ("{subject}, {role} not named", "{subject}，未说明{role}")
_DOER: Final[Both] = ("{subject}, with {agent} as {role}", "{subject}，{role}为{agent}")
_IN_ROLE: Final[Both] = ("{subject}, with {other} as {role}", "{subject}，{role}为{other}")
# How claims of a class are said: the wording that has all its parts comes first; the others follow as clauses.
_SENTENCES: Final[dict[str, tuple[Both, ...]]] = {
    "ClassificationClaim": (("{subject}, described as {kind}", "{subject}，属于{kind}"),),
    "CooperationClaim": (("{kind} between {party}", "{party}之间的{kind}"),),
    "IdentityClaim": (("{subject} and {object}: {kind}", "{subject}与{object}：{kind}"),),
    "MembershipClaim": (("membership of {subject} in {object}", "{subject}作为{object}的成员"),),
    "NameClaim": (("“{name}” as {kind} of {subject}", "“{name}”，{subject}的{kind}"),),
    "PositionClaim": (
        ("{subject} as {role}: {object}", "{subject}，{object}{role}"),
        ("{subject} as {role}", "{subject}，{role}"),
    ),
    "StructureClaim": (("{subject} as {role} of {object}", "{subject}作为{object}的{role}"),),
    "ThemeClaim": (("{subject}, on {theme}", "{subject}，涉及{theme}"),),
    "LocationClaim": (("{subject}, with {place} as {role}", "{subject}，{role}为{place}"),),
}
_BY_ROLE: Final = (_DOER, _IN_ROLE, _NOT_NAMED)
_ALONE: Final[Both] = ("{subject}", "{subject}")
# What else a claim tells, by the local name of its property.
_BESIDES: Final[dict[str, Both]] = {
    "kind": ("({it})", "（{it}）"),
    "hasObject": ("({it})", "（{it}）"),
    "hasFramework": ("under {it}", "框架：{it}"),
    "hasPlace": ("in {it}", "地点：{it}"),
    "hasBeneficiary": ("for {it}", "面向{it}"),
    "theme": ("on {it}", "涉及{it}"),
    "isSaidAt": ("said at {it}", "见于{it}"),
}
_IN_BRACKETS: Final = frozenset(("kind", "hasObject"))
_FIELDS: Final = {
    "subject": "hasSubject", "agent": "hasAgent", "object": "hasObject", "party": "hasParty", "place": "hasPlace",
    "other": "hasObject",
}  # fmt: skip


def said(page: Speaker, claim: Claim) -> str:
    """Return a claim in one sentence."""
    return page.say(COMMA).join(
        "".join(piece if isinstance(piece, str) else called(page, piece) for piece in clause)
        for clause in clauses(page, claim)
    )


def clauses(page: Speaker, claim: Claim) -> Iterator[Clause]:
    """Yield the clauses of the sentence for a claim: words, and the nodes that they are about."""
    yield content(page, claim)
    for time in claim.times:
        if words := when(page, claim, time):
            yield (words,)
    if claim.open_list:
        yield (page.say(OPEN_LIST),)
    speakers = () if names_speaker(page, claim) else unnamed_speakers(claim)
    if speakers:
        yield _filled(page, _SPEAKERS, {"who": _series(page, speakers)})


def unnamed_speakers(claim: Claim) -> tuple[Named, ...]:
    """Return who vouches for a claim and is not named by its summary already."""
    said = claim.summary.value if claim.summary else ""
    return tuple(one for one in claim.speakers if not one.label or one.label not in said)


def content(page: Speaker, claim: Claim) -> Clause:
    """Return what a claim says, without its time and speakers."""
    if claim.summary is not None:
        told = claim.summary.value.rstrip(_STOPS)
        if names_speaker(page, claim):
            told = _PRONOUN.sub(lambda _: called(page, claim.speakers[0]), told, count=1)
        return (replace(claim.summary, value=told),)
    if claim.quantities:
        return counted_clause(page, claim)
    return tuple(_parts(page, claim))


def names_speaker(page: Speaker, claim: Claim) -> bool:
    """Return whether what a claim says begins with its one speaker, by name or as "he", which the name replaces."""
    if claim.summary is None or len(claim.speakers) != 1:
        return False
    told = claim.summary.value
    return told.startswith(called(page, claim.speakers[0])) or bool(_PRONOUN.match(told))


def _parts(page: Speaker, claim: Claim) -> Iterator[str | Node]:
    parts = {part.property.iri.removeprefix(BRI): part for part in claim.parts}
    given = {prop: part.values for prop, part in parts.items()}
    wording = _wording(claim.cls.iri.removeprefix(BRI), given)
    used = _fields(wording)
    yield from _filled(page, wording, {field: _field(page, given, field) for field in used})
    for prop, part in sorted(parts.items(), key=lambda one: one[0] not in _IN_BRACKETS):
        if prop in map(_property, used) or _is_told(page, prop, given):
            continue
        besides = _BESIDES.get(prop)
        values = _series(page, part.values)
        if besides is None:
            yield page.say(COMMA)
            yield from _filled(
                page, PAIR, {"label": (part_word(page, part.property),), "text": values}
            )
            continue
        yield (" " if page.lang == "en" else "") if prop in _IN_BRACKETS else page.say(COMMA)
        yield from _filled(page, besides, {"it": values})


def _wording(cls: str, given: Mapping[str, tuple[Node, ...]]) -> Both:
    """Return the first wording of which all parts are there."""
    by_role = _BY_ROLE if "role" in given else ()
    known: tuple[Both, ...] = (*_SENTENCES.get(cls, ()), *by_role, _ALONE)
    fitting = (one for one in known if all(_property(field) in given for field in _fields(one)))
    return next(fitting, ("", ""))


def _is_told(page: Speaker, prop: str, given: Mapping[str, tuple[Node, ...]]) -> bool:
    """Return whether all that a part names is named by another that is always told."""
    if prop == "kind":
        names = " ".join(called(page, one).casefold() for one in given.get("hasSubject", ()))
        return all(called(page, kind).casefold() in names for kind in given[prop])
    parties = given.get("hasParty", ())
    return prop == "hasAgent" and bool(parties) and set(given[prop]) <= set(parties)


def _field(page: Speaker, given: Mapping[str, tuple[Node, ...]], field: str) -> Clause:
    values = given[_property(field)]
    doers = given.get("hasAgent", ())
    if page.lang == "en" and field == "role" and len(doers) > 1:
        values = tuple(_several(one) for one in values)
    return _series(page, values)


def _several(role: Node) -> Node:
    is_english = isinstance(role, Named) and role.label and (role.lang or "en") == "en"
    return (
        replace(role, label=plural(name(role))) if isinstance(role, Named) and is_english else role
    )


def _series(page: Speaker, nodes: Iterable[Node]) -> Clause:
    """Return nodes one after the other, the last after a word."""
    given = tuple(nodes)
    if len(given) < 2:
        return given
    if any(page.say(_LAST) in called(page, one) for one in given):
        return among(page, given)
    return (*among(page, given[:-1]), page.say(_LAST), given[-1])


def _fields(wording: Both) -> tuple[str, ...]:
    return tuple(field for _, field, _, _ in Formatter().parse(wording[0]) if field)


def _property(field: str) -> str:
    return _FIELDS.get(field, field)


def _filled(page: Speaker, wording: Both, fields: Mapping[str, Clause]) -> Clause:
    """Return a wording with pieces in place of its fields."""
    told: list[str | Node] = []
    for text, field, _, _ in Formatter().parse(wording[page.lang == "zh"]):
        told += [text] if text else []
        told += fields[field] if field else ()
    return tuple(told)
