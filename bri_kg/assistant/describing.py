"""The tool `describe`: all that is said of one thing, what has come about before what has not."""

from __future__ import annotations

from collections.abc import Iterator

from bri_kg.answers.description_model import Count, Description, Gap, Name, StatedFact
from bri_kg.answers.face_words import say
from bri_kg.answers.node_lookups import claims_naming
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.not_known import of_name_error
from bri_kg.assistant.result_frame import Answer, said_brief
from bri_kg.assistant.result_items import (
    Item,
    Rivals,
    called,
    claim_item,
    comparison_items,
    fact_item,
    name_of_node,
    passage_item,
    reference_item,
    rivals_of,
    standing,
)
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import CLAIMS, NO_CLAIM, PLANNED
from bri_kg.errors import UsageError
from bri_kg.names import shorten

SECTIONS = (
    "facts", "counts", "not_yet", "statements", "left_open", "silenced", "compared", "side",
    "nearby", "names", "definition", "identifiers", "references", "triples",
)  # fmt: skip
CHOSEN = tuple(name for name in SECTIONS if name != "side")


def describe(desk: Desk, given: Arguments) -> Answer:
    """Answer with the description of a thing, or one section of it."""
    lang, thing = given["lang"], given["thing"]
    try:
        found = desk.graph.describe(thing, lang=lang, texts=desk.folder)
    except UsageError as error:
        if answer := of_name_error(desk, error, thing, lang):
            return answer
        raise
    parts = dict(sections_of(found))
    counts = {name: len(items) for name, items in parts.items() if items}
    chosen = given["section"]
    shown = parts.get(chosen, []) if chosen else [one for of in parts.values() for one in of]
    return Answer(
        tuple(_told(desk, found, counts, lang)),
        Items.of(shown),
        sections=counts,
    )


def _told(desk: Desk, found: Description, counts: dict[str, int], lang: str) -> Iterator[str]:
    name = called(found.thing)
    types = ", ".join(map(name_of_node, found.types))
    thing = f"{said_brief(name['name'])} ({shorten(found.thing.iri)}; {said_brief(types)})"
    count = claims_naming(desk.graph.guarded.quads, found.thing.iri)
    yield say(lang, CLAIMS if count else NO_CLAIM, thing=thing, count=count)
    if ahead := counts.get("not_yet"):
        yield say(lang, PLANNED, count=ahead)


def sections_of(found: Description) -> Iterator[tuple[str, list[Item]]]:
    """Yield the sections of a description with their items, what has come about first."""
    rivals = rivals_of((*found.compared, *found.nearby))
    yield "facts", [_fact(one, rivals) for group in found.facts for one in group.facts]
    yield "counts", [_count(one, rivals) for one in found.quantities]
    own = [found.claim] if found.claim else []
    ahead = [one for one in found.ahead if one not in own]
    for name, claims in (
        ("not_yet", ahead),
        ("statements", (*own, *found.statements)),
    ):
        yield name, [{"section": name, **claim_item(one, rivals)} for one in claims]
    yield "left_open", [_gap(one) for one in found.left_open]
    yield "silenced", [{"section": "silenced", **claim_item(c, rivals)} for c in found.silenced]
    for name, compared in (("compared", found.compared), ("nearby", found.nearby)):
        yield name, [item for one in compared for item in comparison_items(name, one, rivals)]
    yield "names", [_name(one) for one in found.names]
    definition = found.definition
    yield "definition", [{"section": "definition", "text": definition.value}] if definition else []
    yield (
        "identifiers",
        [
            {"section": "identifiers", "property": called(one.property), "value": called(one.value)}
            for one in found.identifiers
        ],
    )
    yield "references", [{"section": "references", **reference_item(o)} for o in found.references]
    yield "triples", [{"section": "triples", **fact_item(one)} for one in found.triples]


def _fact(one: StatedFact, rivals: Rivals) -> Item:
    shown: Item = {"section": "facts", **fact_item(one.fact), "basis": one.basis}
    return shown | standing(one.claims, rivals) if one.claims else shown


def _count(one: Count, rivals: Rivals) -> Item:
    shown: Item = {
        "section": "counts",
        "of": [called(subject) for subject in one.subjects],
        "counted": name_of_node(one.counted) if one.counted else "",
        "number": one.quantity.label,
        "unit": name_of_node(one.unit) if one.unit else "",
        "times": [time.label for time in one.times],
    }
    return shown | standing([one.claim], rivals)


def _gap(one: Gap) -> Item:
    return {
        "section": "left_open",
        "gap": name_of_node(one.gap),
        "claim": shorten(one.claim) if one.claim else "",
        "reason": one.reason.value if one.reason else "",
        "passages": [passage_item(passage) for passage in one.passages],
    }


def _name(one: Name) -> Item:
    shown: Item = {"section": "names", "name": one.text, "kind": one.kind, "lang": one.lang or ""}
    passages = {p.iri: p for claim in one.claims for p in claim.evidence}
    return shown | {"passages": [passage_item(p) for p in passages.values()]}
