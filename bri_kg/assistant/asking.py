"""The tool `ask`: the rows of a stored question, each with the claims and passages that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bri_kg.answers.asked_elsewhere import (
    broader,
    linked_as_meant,
    other_choices,
    rows_of_near_questions,
    rows_of_others,
)
from bri_kg.answers.face_words import ROWS, counted, say
from bri_kg.answers.nearby_counts import NearbyCount, counts_that_name, nearby_counts
from bri_kg.answers.node_lookups import (
    claims_that_name,
    factualities,
    has_open_list,
    label_of,
    posts_of,
)
from bri_kg.answers.row_claims import RowsWithClaims
from bri_kg.answers.rows_together import direct_first, together
from bri_kg.answers.values_meant import is_of_terms
from bri_kg.assistant.asked_values import Asked, asked_values, sifting
from bri_kg.assistant.describing import count_item
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.no_rows import no_rows
from bri_kg.assistant.not_known import OTHER_CLASS, listed, of_name_error, same_name
from bri_kg.assistant.result_frame import Answer, said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import (
    ALL_COUNTS,
    ALSO_AHEAD,
    COUNTS_NEAR,
    ONLY_AHEAD,
    OTHER_CHOICES,
    POSTS,
    ROWS_OF_OTHERS,
    ROWS_OF_QUESTIONS,
    ROWS_TOGETHER,
    SAME_NAME,
    SIFTED,
    SOME_AHEAD,
    TAKEN_FOR,
)
from bri_kg.assistant.row_items import row_items, together_as_one
from bri_kg.dataset.questions import Question, find_question
from bri_kg.errors import UsageError
from bri_kg.names import COME_ABOUT, PREFIXES, expand, nearest, shorten
from bri_kg.rdf.rows import Rows

_CONCEPTS: Final = (PREFIXES["bri"], PREFIXES["skos"])
_COUNT: Final = "count"


def ask(desk: Desk, given: Arguments) -> Answer:
    """Answer a stored question."""
    lang, params = given["lang"], given["params"] or {}
    desk.graph.require_dataset()
    question = find_question(desk.graph.release.index(), given["question"])
    texts, renamed = _in_its_names(question, _texts(params), lang)
    texts, sieve = _sieve(question, texts)
    try:
        asked = asked_values(desk, question, texts, lang)
        kept = sifting(desk, sieve, asked.found) if sieve is not None else ()
    except UsageError as error:
        for text in (*texts.values(), *([sieve] if sieve else [])):
            if (text in error.message or error.code == OTHER_CLASS) and (
                answer := of_name_error(desk, error, text, lang)
            ):
                return answer
        raise
    found = asked.found
    if kept:
        found = found.with_cells(kept)
        names = "; ".join(_named(desk, one.value, lang) for one in kept)
        renamed = (*renamed, say(lang, SIFTED, thing=names))
    nearby = _counts_nearby(desk, question, asked, found, lang)
    beside = [*_same_names(desk, asked, lang), *_with_rows(desk, question, asked, lang)]
    beside += _near_questions(desk, question, asked, lang, len(found.rows.rows))
    if not found.rows.rows:
        beside = [*_also_ahead(desk, asked, lang), *beside, *_all_counts(question, nearby, lang)]
        nothing = no_rows(desk, question, asked, nearby, lang, is_sifted=bool(kept))
        return replace(nothing, told=(*renamed, *nothing.told, *beside))
    return _answer(desk, question, asked, found, nearby, (*renamed,), tuple(beside), lang)


def _answer(
    desk: Desk,
    question: Question,
    asked: Asked,
    found: RowsWithClaims,
    nearby: list[Item],
    renamed: tuple[str, ...],
    beside: tuple[str, ...],
    lang: str,
) -> Answer:
    nodes = set(asked.nodes)
    found = direct_first(found, nodes) if asked.column is None else found
    groups = together(found)

    def made(begin: int, end: int) -> list[Item]:
        some = groups[begin:end]
        numbers = [number for group in some for number in group]
        rows = Rows(found.rows.columns, tuple(found.rows.rows[n] for n in numbers))
        each = row_items(desk, lang, rows, [found.claims[n] for n in numbers]) if numbers else []
        own = together_as_one(each, [len(group) for group in some])
        return [*own, *nearby[max(begin - len(groups), 0) : max(end - len(groups), 0)]]

    store = desk.graph.guarded.quads
    claims = {one for own in found.claims for one in own}
    statuses = {one: factualities(store, [one]) for one in claims}
    told = [*renamed, f"{question.wording(lang)} {asked.wording}".strip(), *asked.told]
    told.append(f"{counted(lang, ROWS, len(found.rows.rows))}.")
    if len(groups) < len(found.rows.rows):
        told.append(say(lang, ROWS_TOGETHER, count=len(groups)))
    ahead = [one for one, of in statuses.items() if not of & set(COME_ABOUT)]
    if claims and len(ahead) == len(claims):
        told.append(say(lang, ONLY_AHEAD))
    elif ahead:
        told.append(say(lang, SOME_AHEAD))
    else:
        told += _also_ahead(desk, asked, lang)
    told += _posts(desk, asked, lang)
    told += _other_choices(desk, question, asked, lang)
    told += beside
    told += _all_counts(question, nearby, lang)
    return Answer(
        tuple(told),
        Items(len(groups) + len(nearby), made),
        open_list=has_open_list(store, claims),
    )


def _texts(params: Mapping[str, object]) -> dict[str, str]:
    """Return the values of parameters as texts. Raise UsageError for one that is no text, number or truth."""
    for name, value in params.items():
        if not isinstance(value, str | int | float):
            raise UsageError(
                "BRI850",
                f"the value of {name[:100]!r} in `params` is no text, number or truth value",
                fix="give each parameter one value",
            )
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in params.items()
    }


def _in_its_names(
    question: Question, texts: dict[str, str], lang: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the values by the names that the question has, the one of an unknown name by the first that is free."""
    known = [one.name for one in question.params]
    unknown = [name for name in texts if name not in known]
    free = [
        one.name
        for one in question.params
        if one.type == "iri" and one.name not in texts and not is_of_terms(one)
    ]
    if len(unknown) != 1 or not free or nearest(unknown[0][:100], known):
        return texts, ()
    renamed = {free[0] if name == unknown[0] else name: value for name, value in texts.items()}
    told = say(lang, TAKEN_FOR, given=said_brief(unknown[0]), name=said_brief(free[0]))
    return renamed, (told,)


def _sieve(question: Question, texts: dict[str, str]) -> tuple[dict[str, str], str | None]:
    """Return the values, and apart from them that of a name which a question does not have and no other is like."""
    known = [one.name for one in question.params]
    unknown = [name for name in texts if name not in known]
    if len(unknown) != 1 or nearest(unknown[0][:100], known):
        return texts, None
    return {name: text for name, text in texts.items() if name in known}, texts[unknown[0]]


def _things(asked: Asked) -> tuple[str, ...]:
    return tuple(node for node in asked.nodes if not node.startswith(_CONCEPTS))


def _also_ahead(desk: Desk, asked: Asked, lang: str) -> Iterator[str]:
    """Yield that more is planned than has come about, of what was asked about, where that is so."""
    for thing in _things(asked):
        store = desk.graph.guarded.quads
        if factualities(store, claims_that_name(store, thing)) - set(COME_ABOUT):
            label = label_of(store, thing, lang) or shorten(thing)
            yield say(lang, ALSO_AHEAD, thing=said_brief(label))
            return


def _counts_nearby(
    desk: Desk, question: Question, asked: Asked, found: RowsWithClaims, lang: str
) -> list[Item]:
    """Return the counts that `describe` has of and near the things whose counts are asked for, without the rows."""
    if _COUNT not in question.tags:
        return []
    things = _things(asked)
    others = [expand(str(one["id"])) for thing in things for one in same_name(desk, thing, lang)]
    around = dict.fromkeys([*things, *(one for one in others if one)])
    ground = desk.ground(lang)
    given = {one for of in found.claims for one in of}
    counts: dict[str, NearbyCount] = {}
    for one in (*counts_that_name(ground, around), *nearby_counts(ground, around)):
        if one.count.claim.iri not in given:
            counts.setdefault(f"{one.count.claim.iri} {one.count.quantity.label}", one)
    return [count_item(one, {}) for one in counts.values()]


def _all_counts(question: Question, nearby: list[Item], lang: str) -> Iterator[str]:
    if nearby:
        yield say(lang, COUNTS_NEAR, count=len(nearby))
    if _COUNT in question.tags:
        yield say(lang, ALL_COUNTS)


def _posts(desk: Desk, asked: Asked, lang: str) -> Iterator[str]:
    """Yield which posts somebody holds that was asked about, and in which body."""
    store = desk.graph.guarded.quads
    for node in _things(asked):
        if posts := posts_of(store, node, lang):
            told = "; ".join(map(said_brief, posts))
            yield say(lang, POSTS, thing=_named(desk, node, lang), posts=told)


def _other_choices(desk: Desk, question: Question, asked: Asked, lang: str) -> Iterator[str]:
    """Yield with which other values a concept that was left to its default has rows, and how many."""
    for one in asked.left:
        found = other_choices(desk.graph.guarded, question, asked.values, one)
        told = [f"{_named(desk, node, lang)} {count}" for node, count in found]
        if told:
            yield say(lang, OTHER_CHOICES, parameter=said_brief(one.name), names="; ".join(told))


def _with_rows(desk: Desk, question: Question, asked: Asked, lang: str) -> Iterator[str]:
    """Yield which things of the same name, and which broader concepts, have rows for this question, and how many."""
    store = desk.graph.guarded
    for node in asked.nodes:
        others = [expand(str(one["id"])) or "" for one in same_name(desk, node, lang)]
        others += [*broader(store, node), *linked_as_meant(store, question, node)]
        others += [] if asked.found.rows.rows else asked.alike
        wanted = [one for one in dict.fromkeys(others) if one and one not in asked.nodes]
        found = rows_of_others(store, question, asked.values, node, wanted)
        told = [f"{_named(desk, other, lang)} {count}" for other, count in found]
        if told:
            yield say(lang, ROWS_OF_OTHERS, names="; ".join(told))


def _near_questions(
    desk: Desk, question: Question, asked: Asked, lang: str, rows: int
) -> Iterator[str]:
    """Yield which questions beside one have more rows of the same."""
    beside = [desk.graph.questions[name] for name in question.see_also]
    for node in dict.fromkeys((*asked.nodes, *asked.named)):
        found = rows_of_near_questions(desk.graph.guarded, beside, node, lang)
        told = [
            f"{one.name} ({name} = {shorten(node)}) {count}"
            for one, name, count in found
            if count > rows
        ]
        if told:
            yield say(lang, ROWS_OF_QUESTIONS, names="; ".join(told))


def _named(desk: Desk, node: str, lang: str) -> str:
    label = label_of(desk.graph.guarded.quads, node, lang) or shorten(node)
    return f"{said_brief(label)} ({shorten(node)})"


def _same_names(desk: Desk, asked: Asked, lang: str) -> Iterator[str]:
    """Yield which other things go by the name of one that was asked about."""
    for thing in _things(asked):
        others = same_name(desk, thing, lang)
        if apart := [one for one in others if expand(str(one["id"])) not in asked.nodes]:
            yield say(lang, SAME_NAME, names=listed(apart))
