"""The tool `explain`: who says a fact, who says otherwise, who is silent, and what it follows from."""

from __future__ import annotations

from collections.abc import Iterator

from bri_kg.answers.description_model import StatedFact
from bri_kg.answers.face_words import say
from bri_kg.answers.fitting_questions import Fitting, fitting_questions
from bri_kg.answers.meant_claims import MeantClaims, is_property, meant_claims
from bri_kg.answers.model import Claim, Comparison, Explanation, Named, Outranking
from bri_kg.answers.property_values import beside, property_values
from bri_kg.assistant.claims_found import claims_said, said_items
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.not_known import near_to, of_name_error, same_name
from bri_kg.assistant.result_frame import ANSWERED, NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import (
    Item,
    Rivals,
    called,
    claim_item,
    comparison_items,
    fact_item,
    name_of_node,
    reference_item,
    rivals_of,
    standing,
)
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import (
    AHEAD_OF_IT,
    ALSO_AHEAD,
    EXPLAINED,
    FITTING_TO_ASK,
    HAS_PROPERTIES,
    MEANT,
    NO_PROPERTY,
    NONE_MEANT,
    NOT_SAID,
    ONLY_AHEAD,
    SAID_INSTEAD,
    SAID_OF_BOTH,
    THEIR_COUNTS,
    VALUES,
)
from bri_kg.errors import UsageError
from bri_kg.names import COME_ABOUT, expand, shorten

SECTIONS = (
    "facts", "not_yet", "meant", "said_by", "same_fact", "same_claim", "side", "outranked", "silent",
    "references", "steps",
)  # fmt: skip
_NOT_STATED = "BRI132"
_MOST_HITS = 50
_MOST_ASKED = 4
_MOST_ELSEWHERE = 8
_LONGEST = 200  # characters of a search


def explain(desk: Desk, given: Arguments) -> Answer:
    """Answer with the explanation of a claim, of a fact, or of all facts of a subject and property."""
    lang = given["lang"]
    parts = [given[name] for name in ("claim", "subject", "property", "object")]
    what = [part for part in parts if part is not None]
    is_fact = given["subject"] is not None and given["property"] is not None
    if (given["claim"] is not None) == is_fact or len(what) - is_fact not in (1, 2):
        raise UsageError(
            "BRI852",
            "explain takes a claim, or a fact",
            fix="give claim, or subject and property, with object for one value alone",
        )
    try:
        if is_fact and not is_property(desk.ground(lang), what[1]):
            return _of_word(desk, what, lang)
        if is_fact and given["object"] is None:
            return _values(desk, what, lang)
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


def _values(desk: Desk, what: list[str], lang: str) -> Answer:
    """Return all values of a property with what they rest on, or that there is none and what is only ahead."""
    found = property_values(desk.ground(lang), *what)
    thing = said_brief(str(called(found.thing)["name"]))
    if found.values:
        told = say(lang, VALUES, count=len(found.values), thing=thing, property=said_brief(what[1]))
        rivals = rivals_of(found.compared)
        items = [_stated(one, rivals) for one in found.values]
        return Answer((told,), Items.of(items), sections={"facts": len(items)})
    told = say(lang, NOT_SAID, fact=f"{thing} {said_brief(what[1])} ?")
    has = tuple(called(one) for one in found.properties)
    also = found.is_ahead and not found.ahead
    more = (say(lang, ALSO_AHEAD, thing=thing),) if also else ()
    return _only_ahead((told, say(lang, HAS_PROPERTIES), *more), found.ahead, has, lang)


def _of_word(desk: Desk, what: list[str], lang: str) -> Answer:
    """Return what a word that is no property may mean of a thing, what properties it has, and what to ask."""
    found = meant_claims(desk.ground(lang), what[0], what[1])
    others = _of_its_names(desk, what, found, lang)
    rivals = rivals_of([one for each in (found, *others) for one in each.compared])
    claims = {one.iri: one for each in (found, *others) for one in each.claims}
    items = [{"section": "meant", **claim_item(one, rivals)} for one in claims.values()]
    items = items or _said_elsewhere(desk, found.thing, what[1], lang)
    told = [say(lang, NO_PROPERTY, property=said_brief(what[1]))]
    if items:
        told.append(say(lang, MEANT, count=len(items)))
    else:
        thing = said_brief(str(called(found.thing)["name"]))
        looked_at = sum(each.looked_at for each in (found, *others))
        told.append(say(lang, NONE_MEANT, thing=thing, word=said_brief(what[1]), count=looked_at))
    named = "; ".join(
        f"{said_brief(str(called(one)['name']))} ({called(one)['id']}) {count}"
        for one, count in found.properties
    )
    if named:
        told.append(say(lang, THEIR_COUNTS, properties=named))
    near: tuple[Item, ...] = ()
    if asks := _to_ask(desk, what[1], lang):
        told.append(say(lang, FITTING_TO_ASK))
        near = tuple(
            {"name": one.question.wording(lang), "id": one.question.name, "kind": "question"}
            for one in asks
        )
    counts = {"meant": len(items)} if items else {}
    status = ANSWERED if items else NOT_KNOWN
    return Answer(tuple(told), Items.of(items), status=status, sections=counts, near=near)


def _said_elsewhere(desk: Desk, thing: Named, word: str, lang: str) -> list[Item]:
    """Return the claims of other things that name this one and are told with the word."""
    held = claims_said(desk, f"{thing.label or ''} {word}"[:_LONGEST])
    whole = [one for one in held if one.holds_all and not one.is_left_out][:_MOST_ELSEWHERE]
    return [one | {"section": "meant"} for one in said_items(desk, whole, lang)]


def _of_its_names(
    desk: Desk, what: list[str], found: MeantClaims, lang: str
) -> tuple[MeantClaims, ...]:
    """Return the same of the others that a bare name may mean: of China its government and its side."""
    if expand(what[0]):
        return ()
    ids = [str(one["id"]) for one in same_name(desk, found.thing.iri, lang)]
    return tuple(meant_claims(desk.ground(lang), one, what[1]) for one in ids)


def _to_ask(desk: Desk, words: str, lang: str) -> tuple[Fitting, ...]:
    found = fitting_questions(
        desk.graph.guarded,
        desk.graph.questions.values(),
        words,
        lambda spelt, kind: desk.graph.search(spelt, lang=lang, limit=_MOST_HITS, kinds=(kind,)),
    )
    return found[:_MOST_ASKED]


def _only_ahead(
    told: tuple[str, ...], ahead: tuple[Claim, ...], near: tuple[Item, ...], lang: str
) -> Answer:
    """Return that something is not known, with the claims of what is planned or hoped for."""
    items = [{"section": "not_yet", **claim_item(one, {})} for one in ahead]
    more = (say(lang, AHEAD_OF_IT, count=len(items)),) if items else ()
    counts = {"not_yet": len(items)} if items else {}
    return Answer((*told, *more), Items.of(items), status=NOT_KNOWN, sections=counts, near=near)


def _not_said(desk: Desk, what: list[str], lang: str) -> Answer:
    """Return that the graph does not state a fact, with what it has for its subject and property, and of both."""
    told = [say(lang, NOT_SAID, fact=" ".join(said_brief(part) for part in what))]
    ground = desk.ground(lang)
    values = property_values(ground, what[0], what[1]).values
    value = desk.graph.resolve(what[2]).value
    others = [str(one["id"]) for one in same_name(desk, value, lang)]
    both = beside(ground, what[0], [value, *others])
    if values:
        told.append(say(lang, SAID_INSTEAD))
    if both.said:
        told.append(say(lang, SAID_OF_BOTH, count=len(both.said)))
    near = [called(one.fact.object) for one in values]
    near += [{"name": name_of_node(c.cls), "id": shorten(c.iri)} for c in both.said]
    return _only_ahead(tuple(told), both.ahead, tuple(near) or near_to(desk, what[2], lang), lang)


def _stated(one: StatedFact, rivals: Rivals) -> Item:
    shown: Item = {"section": "facts", **fact_item(one.fact), "basis": one.basis}
    return shown | standing(one.claims, rivals) if one.claims else shown


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
