"""Counts as people say them: "more than 100 research institutions of CAS", "a target of 100 joint laboratories"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bri_kg.answers.face_words import AND, COLON, COMMA, Both, Speaker
from bri_kg.answers.model import Claim, Named, Node, Quantity
from bri_kg.names import BRI, COME_ABOUT, PREFIXES, shorten

Pieces = tuple[str | Node, ...]
_EXACTLY: Final = PREFIXES["bri-comparator"] + "exactly"
_TARGET: Final = PREFIXES["bri-factuality"] + "target"
_AIM: Final[Both] = ("a target of {amount}", "目标为{amount}")
_NOT_YET: Final[Both] = (" ({factuality})", "（{factuality}）")
# What follows the noun that takes the plural.
_AFTER: Final = re.compile(
    r" (?:of|in|with|for|to|from|on|by|under|that|which|whose|per|between|at)\b"
)
_DONE: Final = re.compile(r" \w+(?:ed|ing)\b")  # "established by China"
_UNCOUNTED: Final = frozenset(
    ("money", "renminbi", "staff", "personnel", "equipment", "software", "percent", "yuan")
)
_PARTS_OF_MANY: Final = re.compile(r"(number|hundreds|thousands|dozens|millions|tens)$")
# What stands between a number and the noun, by how the noun ends; any other takes the general word.
_MEASURES: Final = {
    "大学": "所", "科学家": "名", "人员": "名", "学员": "名", "代表": "名", "学生": "名", "企业": "家",
    "机构": "家", "协议": "项", "协定": "项", "项目": "个",
}  # fmt: skip
_MEASURE: Final = "个"
_NUMERAL: Final = re.compile(r"[\d十百千万亿]$")
_WAN, _YI = 10_000, 100_000_000


@dataclass(frozen=True)
class _Counted:
    """A number of something: the number in words, of what kind, in what unit, of what set or thing."""

    amount: str
    is_one: bool
    kind: Named | None
    unit: Named | None
    subjects: tuple[Node, ...]


def counted_clause(page: Speaker, claim: Claim) -> Pieces:
    """Return what a claim counts, and how many, as one clause."""
    kind, unit = (
        next((v for v in claim.values(BRI + prop) if isinstance(v, Named)), None)
        for prop in ("countedKind", "unit")
    )
    told: list[str | Node] = []
    for quantity in claim.quantities:
        amount = _aimed(page, claim, _amount(page, quantity))
        subjects = claim.values(BRI + "hasSubject")
        counted = _Counted(amount, quantity.stated == 1, kind, unit, subjects)
        told += [page.say(AND)] if told else []
        told += _chinese(page, counted) if page.lang == "zh" else _english(page, counted)
    if claim.factuality.iri not in (*COME_ABOUT, _TARGET):
        told.append(page.say(_NOT_YET, factuality=claim.factuality.label or ""))
    return tuple(told)


def plural(text: str) -> str:
    """Return an English name of a kind for several of that kind: "countries or regions of members"."""
    cut = _AFTER.search(text)
    head, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    return " or ".join(map(_several, head.split(" or "))) + rest


def _several(noun: str) -> str:
    before, space, last = noun.rpartition(" ")
    if last in _UNCOUNTED:
        return noun
    if last == "person":
        return f"{before}{space}people"
    if re.search(r"[^aeiou]y$", last):
        last = f"{last[:-1]}ies"
    else:
        last += "es" if re.search(r"(?:s|x|ch|sh)$", last) else "s"
    return f"{before}{space}{last}"


def _english(page: Speaker, of: _Counted) -> Pieces:
    kinds, units = (_name(one, many=not of.is_one) for one in (of.kind, of.unit))
    before = f"{of.amount} of " if _PARTS_OF_MANY.search(of.amount) else f"{of.amount} "
    if of.unit and not kinds.startswith(units):
        named: Pieces = (f"{kinds}: ",) if kinds else ()
        return (*_told(page, of.subjects, COMMA if kinds else COLON), *named, before + units)
    if of.kind is None:
        return (*_told(page, of.subjects, COLON), of.amount)
    own = [one for one in of.subjects if _is_kind_of(one, kinds)]
    if own and not of.unit:
        return before, own[0]
    return (*_told(page, of.subjects, COLON), before, replace(of.kind, label=kinds))


def _chinese(page: Speaker, of: _Counted) -> Pieces:
    gap = " " if re.search(r"\d$", of.amount) else ""
    if of.unit:
        named: Pieces = (of.kind, page.say(COLON)) if of.kind else ()
        before = _told(page, of.subjects, COMMA if of.kind else COLON)
        return (*before, *named, f"{of.amount}{gap}{_label(of.unit)}")
    if of.kind is None:
        return (*_told(page, of.subjects, COLON), of.amount)
    noun = _label(of.kind)
    if not _NUMERAL.search(of.amount):
        return (*_told(page, of.subjects, COLON), of.amount, of.kind)
    amount = f"{of.amount}{gap}{_measure(noun)}"
    own = [one for one in of.subjects if _label(one).endswith(noun)]
    if own:
        return own[0], page.say(COLON), amount
    return (*_told(page, of.subjects, COLON), amount, of.kind)


def _is_kind_of(subject: Node, kinds: str) -> bool:
    """Return whether an English name of a set begins with what it holds: "research institutions of CAS"."""
    label = _label(subject)
    begin = label.find(kinds)
    before, after = label[:begin], label[begin + len(kinds) :]
    is_head = begin >= 0 and kinds and not _AFTER.search(before) and before[-1:] in ("", " ", "-")
    return bool(is_head) and (not after or bool(_AFTER.match(after) or _DONE.match(after)))


def _told(page: Speaker, subjects: Sequence[Node], then: Both) -> Pieces:
    if not subjects:
        return ()
    named = tuple(piece for one in subjects for piece in (page.say(AND), one))[1:]
    return (*named, page.say(then))


def _aimed(page: Speaker, claim: Claim, amount: str) -> str:
    if claim.factuality.iri != _TARGET:
        return amount
    gap = " " if page.lang == "zh" and amount[:1].isdigit() else ""
    return page.say(_AIM, amount=f"{gap}{amount}")


def _amount(page: Speaker, quantity: Quantity) -> str:
    """Return a number with the word that bounds it; one that is stated as it is has none."""
    comparator = quantity.comparator
    word = f"{comparator.label} " if comparator else ""
    if comparator is None or quantity.stated is None or not quantity.label.startswith(word):
        return quantity.label
    value = grouped(page.lang, quantity.stated)
    return value if comparator.iri == _EXACTLY else f"{word}{value}"


def grouped(lang: str, value: int | Decimal) -> str:
    """Return a number as it is read: 3,000,000,000, in Chinese 30 亿; the value is the same."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if lang != "zh":
        return f"{value:,}" if value >= _WAN else str(value)
    for size, word in ((_YI, "亿"), (_WAN, "万")):
        if value >= size and value % size == 0:
            return f"{value // size} {word}"
    return str(value)


def measured(page: Speaker, claim: Claim, told: str) -> str:
    """Return a number that a claim tells, in Chinese with the word that counts its kind, as every number there has."""
    kind = next((v for v in claim.values(BRI + "countedKind") if isinstance(v, Named)), None)
    if page.lang != "zh" or kind is None or claim.values(BRI + "unit"):
        return told
    if not _NUMERAL.search(told):
        return told
    return f"{told}{' ' if told[-1].isdigit() else ''}{_measure(_label(kind))}"


def _measure(noun: str) -> str:
    return next((word for end, word in _MEASURES.items() if noun.endswith(end)), _MEASURE)


def _label(node: Node) -> str:
    return (node.label or shorten(node.iri)) if isinstance(node, Named) else node.value


def _name(node: Named | None, *, many: bool) -> str:
    """Return what a kind or unit is called, in the plural for several; nothing where there is none."""
    if node is None:
        return ""
    is_english = node.label is not None and (node.lang or "en").startswith("en")
    return plural(_label(node)) if many and is_english else _label(node)
