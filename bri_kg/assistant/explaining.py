"""The tool `explain`: who says a fact, who says otherwise, who is silent, and what it follows from."""

from __future__ import annotations

from collections.abc import Iterator

from bri_kg.answers.face_words import say
from bri_kg.answers.model import Comparison, Explanation, Outranking
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.not_known import near_to, of_name_error
from bri_kg.assistant.result_frame import NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import (
    Item,
    Rivals,
    called,
    claim_item,
    comparison_items,
    fact_item,
    reference_item,
    rivals_of,
)
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import EXPLAINED, NOT_SAID, ONLY_AHEAD, SAID_INSTEAD
from bri_kg.errors import UsageError
from bri_kg.names import COME_ABOUT, shorten

SECTIONS = (
    "said_by", "same_fact", "same_claim", "side", "outranked", "silent", "references", "steps",
)  # fmt: skip
_NOT_STATED = "BRI132"


def explain(desk: Desk, given: Arguments) -> Answer:
    """Answer with the explanation of a claim, or of a fact by subject, property and object."""
    lang = given["lang"]
    parts = [given[name] for name in ("claim", "subject", "property", "object")]
    what = [part for part in parts if part is not None]
    if (given["claim"] is None) == (len(what) < 2) or len(what) not in (1, 3):
        raise UsageError(
            "BRI852",
            "explain takes a claim, or a whole fact",
            fix="give `claim`, or `subject`, `property` and `object`",
        )
    try:
        found = desk.graph.explain(*what, lang=lang, texts=desk.folder)
    except UsageError as error:
        if error.code == _NOT_STATED:
            return _not_said(desk, what, lang)
        for name in what:
            if name in error.message and (answer := of_name_error(desk, error, name, lang)):
                return answer
        raise
    sections = dict(_sections(found))
    items = [one for of in sections.values() for one in of]
    counts = {name: len(of) for name, of in sections.items() if of}
    told = [say(lang, EXPLAINED, claims=len(found.said_by), silent=len(found.silent))]
    if found.said_by and all(c.factuality.iri not in COME_ABOUT for c in found.said_by):
        told.append(say(lang, ONLY_AHEAD))
    return Answer(tuple(told), Items.of(items), sections=counts)


def _not_said(desk: Desk, what: list[str], lang: str) -> Answer:
    """Return that the graph does not state a fact, with what it has for its subject and property."""
    told = [say(lang, NOT_SAID, fact=" ".join(said_brief(part) for part in what))]
    subject = desk.graph.resolve(what[0]).value
    described = desk.graph.describe(subject, lang=lang)
    wanted = {what[1], what[1].rpartition(":")[2]}
    values: list[Item] = []
    for group in described.facts:
        names = {group.property.label, shorten(group.property.iri), group.property.iri}
        names |= {shorten(group.property.iri).rpartition(":")[2]}
        if not group.inverse and wanted & names:
            values = [called(one.fact.object) for one in group.facts]
    if values:
        told.append(say(lang, SAID_INSTEAD))
    return Answer(tuple(told), status=NOT_KNOWN, near=tuple(values) or near_to(desk, what[2], lang))


def _sections(found: Explanation) -> Iterator[tuple[str, list[Item]]]:
    compared = (*found.differs, *found.agrees, *found.related)
    rivals = rivals_of(compared)
    yield "said_by", [{"section": "said_by", **claim_item(c, rivals)} for c in found.said_by]
    on_fact = [one for one in compared if one.iri in found.on_fact]
    others = [one for one in compared if one.iri not in found.on_fact]
    yield "same_fact", _compared("same_fact", on_fact, rivals)
    yield "same_claim", _compared("same_claim", others, rivals)
    yield "outranked", [_outranking(one) for one in found.outranking]
    yield "silent", [{"section": "silent", **claim_item(c, rivals)} for c in found.silent]
    yield "references", [{"section": "references", **reference_item(r)} for r in found.references]
    steps: list[Item] = [
        {
            "section": "steps",
            **fact_item(one.fact),
            "axiom": _told(fact_item(one.axiom)),
            "premises": [_told(fact_item(premise)) for premise in one.premises],
        }
        for one in found.steps
    ]
    premises = [item for one in found.premises for _, of in _sections(one) for item in of]
    yield "steps", steps + premises


def _compared(section: str, comparisons: list[Comparison], rivals: Rivals) -> list[Item]:
    return [item for one in comparisons for item in comparison_items(section, one, rivals)]


def _outranking(one: Outranking) -> Item:
    return {
        "section": "outranked",
        "winner": shorten(one.winner.iri),
        "loser": shorten(one.loser.iri),
        "reason": one.reason.value if one.reason else "",
    }


def _told(fact: Item) -> str:
    return " | ".join(str(fact[name]["name"]) for name in ("subject", "property", "object"))
