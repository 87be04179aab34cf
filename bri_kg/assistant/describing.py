"""The tool `describe`: all that is said of one thing, what has come about before what has not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bri_kg.answers.description_model import Count, Description, Gap, Name, StatedFact
from bri_kg.answers.face_words import say
from bri_kg.answers.model import Claim, Named
from bri_kg.answers.nearby_counts import NearbyCount, counts_of_kinds, nearby_counts
from bri_kg.answers.node_lookups import claims_naming, claims_that_name, factualities
from bri_kg.answers.unnamed_members import unnamed_among
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.left_out_items import left_out_items
from bri_kg.assistant.not_known import (
    listed,
    longer_named,
    meant_by_words,
    of_name_error,
    same_name,
)
from bri_kg.assistant.result_frame import NOT_KNOWN, Answer, said_brief
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
from bri_kg.assistant.result_words import (
    CLAIMS,
    LEFT_OUT,
    LONGER_NAMED,
    NO_CLAIM,
    NONE_OF_SECTION,
    OTHER_SECTIONS,
    PLANNED,
    SAME_NAME,
    SEVERAL_HOLD,
    STATED_AHEAD,
    TAKEN_AS,
    UNNAMED,
)
from bri_kg.assistant.result_words import SECTIONS as TITLES
from bri_kg.errors import UsageError
from bri_kg.names import COME_ABOUT, expand, shorten

SECTIONS = (
    "facts", "counts", "counts_nearby", "not_yet", "statements", "left_open", "left_out", "silenced", "compared",
    "side", "nearby", "names", "definition", "identifiers", "references", "triples",
)  # fmt: skip
CHOSEN = tuple(name for name in SECTIONS if name != "side")
# What is asked for by the name of one section and stands in two.
_WITH = {"counts": ("counts", "counts_nearby")}


def describe(desk: Desk, given: Arguments) -> Answer:
    """Answer with the description of a thing, or one section of it."""
    lang, thing = given["lang"], given["thing"]
    try:
        found = desk.graph.describe(thing, lang=lang, texts=desk.folder)
    except UsageError as error:
        if meant := meant_by_words(desk, error, thing, lang):
            answer = describe(desk, {**given, "thing": str(meant[0]["id"])})
            return replace(answer, told=(_taken(thing, meant, lang), *answer.told))
        if answered := of_name_error(desk, error, thing, lang):
            return answered
        raise
    others = same_name(desk, found.thing.iri, lang)
    parts = dict(sections_of(found))
    parts |= _around(desk, found, parts, [str(one["id"]) for one in others], lang)
    parts = {name: parts[name] for name in (*CHOSEN, *parts) if name in parts}
    counts = {name: len(items) for name, items in parts.items() if items}
    wanted = _WITH.get(given["section"], (given["section"],)) if given["section"] else (*parts,)
    shown = [one for name in wanted for one in parts.get(name, ())]
    told = tuple(_told(desk, found, counts, others, lang))
    if given["section"] == "statements" and not shown and parts.get("not_yet"):
        shown = parts["not_yet"]
        told = (*told, say(lang, STATED_AHEAD, count=len(shown)))
    if given["section"] and not shown:
        none = _none_of(given["section"], found, counts, lang)
        return Answer((*told, *none), status=NOT_KNOWN, sections=counts, near=others)
    return Answer(told, Items.of(shown), sections=counts)


def _taken(thing: str, meant: tuple[Item, ...], lang: str) -> str:
    name, taken = said_brief(thing), str(meant[0]["id"])
    if len(meant) == 1:
        return say(lang, TAKEN_AS, name=name, thing=taken)
    return say(lang, SEVERAL_HOLD, name=name, thing=taken, names=listed(meant[1:]))


def _told(
    desk: Desk, found: Description, counts: dict[str, int], others: tuple[Item, ...], lang: str
) -> Iterator[str]:
    types = ", ".join(map(name_of_node, found.types))
    thing = f"{_named(found)[:-1]}; {said_brief(types)})"
    count = claims_naming(desk.graph.guarded.quads, found.thing.iri)
    yield say(lang, CLAIMS if count else NO_CLAIM, thing=thing, count=count)
    if ahead := counts.get("not_yet"):
        yield say(lang, PLANNED, count=ahead)
    if left_out := counts.get("left_out"):
        yield say(lang, LEFT_OUT, count=left_out)
    if others:
        yield say(lang, SAME_NAME, names=listed(others))
    if longer := longer_named(desk, found.thing.iri, [str(one["id"]) for one in others], lang):
        yield say(lang, LONGER_NAMED, names=_with_what_they_have(desk, longer))


def _with_what_they_have(desk: Desk, things: Iterable[Item]) -> str:
    store = desk.graph.guarded.quads
    told = []
    for one in things:
        claims = claims_that_name(store, expand(str(one["id"])) or str(one["id"]))
        ahead = [c for c in claims if not factualities(store, [c]) & set(COME_ABOUT)]
        told.append(f"{listed([one])} {len(claims)}, not_yet {len(ahead)}")
    return "; ".join(told)


def _named(found: Description) -> str:
    return f"{said_brief(called(found.thing)['name'])} ({shorten(found.thing.iri)})"


def _none_of(section: str, found: Description, counts: dict[str, int], lang: str) -> Iterator[str]:
    yield say(
        lang, NONE_OF_SECTION, section=section, what=say(lang, TITLES[section]), thing=_named(found)
    )
    if counts:
        has = ", ".join(f"{name} {count}" for name, count in counts.items())
        yield say(lang, OTHER_SECTIONS, names=has)


def _around(
    desk: Desk, found: Description, parts: dict[str, list[Item]], others: list[str], lang: str
) -> Iterator[tuple[str, list[Item]]]:
    """Yield the sections that reach further: numbers around the thing, groups that are counted and not named."""
    ground = desk.ground(lang)
    rivals = rivals_of((*found.compared, *found.nearby))
    things = [found.thing.iri, *(expand(one) or one for one in others)]
    near = nearby_counts(ground, things)
    near += counts_of_kinds(ground, things)
    yield "counts_nearby", [count_item(one, rivals) for one in near]
    yield "left_out", left_out_items(desk, lang, [found.thing.iri])
    groups = {one.iri: one for one, _ in _named_with(found)}
    groups |= {one.iri: one for each in near for one in each.count.subjects}
    cited = [
        *_named_with(found),
        *((o, each.count.claim) for each in near for o in each.count.subjects),
    ]
    unnamed = unnamed_among(ground, groups)
    yield "left_open", [*parts["left_open"], *_unnamed(groups, cited, unnamed, lang)]


def _named_with(found: Description) -> Iterator[tuple[Named, Claim]]:
    """Yield the things in facts and counts, each with a claim that it stands in."""
    for group in found.facts:
        for one in group.facts:
            for node in (one.fact.subject, one.fact.object):
                if isinstance(node, Named):
                    yield from ((node, claim) for claim in one.claims)
    yield from ((node, count.claim) for count in found.quantities for node in count.subjects)


def _unnamed(
    groups: dict[str, Named], cited: list[tuple[Named, Claim]], unnamed: Collection[str], lang: str
) -> Iterator[Item]:
    for iri in sorted(unnamed):
        passages = {p.iri: p for node, claim in cited if node.iri == iri for p in claim.evidence}
        yield {
            "section": "left_open",
            "gap": say(lang, UNNAMED),
            "group": called(groups[iri]),
            "passages": [passage_item(one) for one in passages.values()],
        }


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


def count_item(one: NearbyCount, rivals: Rivals) -> Item:
    """Return a count with the things that it is near to, or the kinds that it counts."""
    shown = {**_count(one.count, rivals), "section": "counts_nearby"}
    return shown | {"near_to": [called(thing) for thing in one.near]}


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
