"""The tools `search` and `questions`: what there is to ask about, and what can be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bri_kg.answers.claims_of_words import Holding
from bri_kg.answers.face_words import say
from bri_kg.answers.fitting_questions import Fitting, fitting_questions
from bri_kg.answers.left_out import left_out_nodes
from bri_kg.answers.node_lookups import claims_naming, is_compared
from bri_kg.answers.other_spellings import found_as_spelled, holds_all, words_held
from bri_kg.answers.parameter_choices import choices
from bri_kg.answers.question_choice import of_tag
from bri_kg.answers.search import Hit, Hits
from bri_kg.assistant.claims_found import claims_said, near_claims, said_items
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.not_known import hit_item
from bri_kg.assistant.result_frame import NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import (
    ALL_QUESTIONS,
    FITTING_QUESTIONS,
    FOUND,
    NO_NAME_AT_ALL,
    NO_NAME_HOLDS,
    NO_QUESTION,
    SAID_SO,
)
from bri_kg.dataset.questions import Parameter, Question

_MOST: Final = 200  # hits: what stands further down holds few of the words
_MOST_PARTLY: Final = 8
_MOST_CLAIMS: Final = 4
_MOST_WHOLE: Final = 20  # claims that hold all the words: more do not tell what is meant
_CLAIM: Final = "claim"


def search(desk: Desk, given: Arguments) -> Answer:
    """Answer with what words of a name find, and below these with the claims that are said in such words."""
    words, lang = given["words"], given["lang"]
    kinds = None if given["kind"] is None else (given["kind"],)
    hits = found_as_spelled(
        lambda spelt: desk.graph.search(spelt, lang=lang, limit=_MOST, kinds=kinds), words
    )
    claims = claims_said(desk, words) if kinds in (None, (_CLAIM,)) else ()
    named = tuple(hit for hit in hits if hit.kind != _CLAIM) if holds_all(hits) else ()
    whole = tuple(one for one in claims if one.holds_all and one.said)[:_MOST_WHOLE]
    if not named and not whole:
        return _partial(desk, hits, claims[:_MOST_CLAIMS], words, lang)
    said = said_items(desk, whole, lang)

    def made(begin: int, end: int) -> list[Item]:
        own = [_hit(desk, hit) for hit in named[begin:end]]
        number = len(named)
        return [*own, *said[max(begin - number, 0) : max(end - number, 0)]]

    told = [say(lang, FOUND, count=len(named))] if named else []
    if said:
        told.append(say(lang, SAID_SO, count=len(said)))
    return Answer(tuple(told), Items(len(named) + len(said), made))


def _partial(desk: Desk, hits: Hits, claims: tuple[Holding, ...], words: str, lang: str) -> Answer:
    """Return that nothing holds all of the words, with what holds most of them."""
    near = [*near_claims(desk, claims, lang)]
    telling = [hit for hit in hits if words_held(words, hit)] or hits.hits
    rest = replace(hits, hits=tuple(telling)).some_of_each(_MOST_PARTLY - len(near))
    near += [_partly(hit, words) for hit in rest if hit.kind != _CLAIM]
    told = say(lang, NO_NAME_HOLDS if near else NO_NAME_AT_ALL, words=said_brief(words))
    return Answer((told,), status=NOT_KNOWN, near=tuple(near))


def _partly(hit: Hit, words: str) -> Item:
    held = ", ".join(words_held(words, hit))
    return hit_item(hit) | ({"holds": held} if held else {})


def _hit(desk: Desk, hit: Hit) -> Item:
    shown: Item = {"section": "hits", **hit_item(hit), "why": str(hit.reason)}
    if hit.matched != hit.label:
        shown["matched"] = hit.matched
    if hit.cls_label:
        shown["class"] = hit.cls_label
    if hit.kind in ("thing", "concept"):
        shown["claims_naming_it"] = claims_naming(desk.graph.guarded.quads, hit.node)
        if left_out := len(left_out_nodes(desk.graph.guarded.quads, hit.node)):
            shown["passages_left_out"] = left_out
        shown["compared"] = is_compared(desk.graph.guarded, hit.node)
    return shown


def questions(desk: Desk, given: Arguments) -> Answer:
    """Answer with the stored questions that tell of some words, or with one and what its parameters may be."""
    lang = given["lang"]
    if given["name"] is not None:
        question = desk.graph.questions[given["name"]]
        head = _question(question, lang)
        head["description"] = question.description
        head["columns"] = list(question.columns)
        rest = [item for one in question.params for item in _choices(desk, one, lang)]
        return Answer((question.wording(lang),), Items.of([head, *rest]))
    chosen = list(desk.graph.questions.values())
    if given["tag"] is not None:
        chosen = list(of_tag(chosen, given["tag"]))  # type: ignore[arg-type]
    words = given["about"]
    if words is None:
        told = say(lang, ALL_QUESTIONS, count=len(chosen))
        return Answer((told,), Items.of([_question(one, lang) for one in chosen]))
    fitting = fitting_questions(
        desk.graph.guarded,
        chosen,
        words,
        lambda spelt, kind: desk.graph.search(spelt, lang=lang, limit=_MOST, kinds=(kind,)),
    )
    if not fitting:
        return Answer((say(lang, NO_QUESTION, words=said_brief(words)),), status=NOT_KNOWN)
    told = say(lang, FITTING_QUESTIONS, count=len(fitting))
    return Answer((told,), Items.of([_fitting(one, lang) for one in fitting]))


def _fitting(one: Fitting, lang: str) -> Item:
    shown = _question(one.question, lang)
    takes = [{"parameter": name, **hit_item(hit)} for name, hit in one.takes]
    return {**shown, "may_take": takes} if takes else shown


def _question(question: Question, lang: str) -> Item:
    return {
        "section": "questions",
        "name": question.name,
        "wording": question.wording(lang),
        "tags": list(question.tags),
        "parameters": [_parameter(one, lang) for one in question.params],
    }


def _parameter(one: Parameter, lang: str) -> Item:
    shown: Item = {"parameter": one.name, "type": one.type, "told": one.label.get(lang, one.name)}
    if one.cls:
        shown["class"] = one.cls
    if one.default is None:
        shown["required"] = True
    else:
        shown["default"] = one.default
    return shown


def _choices(desk: Desk, one: Parameter, lang: str) -> list[Item]:
    """Return the choices of a parameter by pages that are no longer than a piece."""
    found = choices(desk.graph, one, lang)
    values = [{"id": each["value"], "name": each["label"]} for each in found["choices"]]
    if not values:
        return []
    head = {"section": "choices", "parameter": one.name, "complete": found["complete"]}
    return [{**head, "values": values}]
