"""The tool `ask`: the rows of a stored question, each with the claims and passages that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from bri_kg.answers.asked_elsewhere import broader, rows_of_near_questions, rows_of_others
from bri_kg.answers.face_words import ROWS, counted, say
from bri_kg.answers.nearby_counts import nearby_counts
from bri_kg.answers.node_lookups import (
    claims_naming,
    claims_that_name,
    factualities,
    has_open_list,
    label_of,
)
from bri_kg.answers.row_claims import rows_with_claims
from bri_kg.assistant.describing import count_item
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.not_known import OTHER_CLASS, listed, near_to, of_name_error, same_name
from bri_kg.assistant.result_frame import NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import (
    ALL_COUNTS,
    ALSO_AHEAD,
    CLAIMS,
    COUNTS_NEAR,
    NO_CLAIM,
    NO_SOURCE,
    ONLY_AHEAD,
    ROWS_OF_OTHERS,
    ROWS_OF_QUESTIONS,
    SAME_NAME,
    SIFTED,
    SOME_AHEAD,
    TAKEN_FOR,
)
from bri_kg.assistant.row_items import row_items
from bri_kg.dataset.questions import Question, find_question
from bri_kg.errors import UsageError
from bri_kg.names import COME_ABOUT, PREFIXES, expand, nearest, shorten
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

_CONCEPTS = (PREFIXES["bri"], PREFIXES["skos"])
_COUNT = "count"
Values = Mapping[str, ox.NamedNode | ox.Literal]


def ask(desk: Desk, given: Arguments) -> Answer:
    """Answer a stored question."""
    lang, params = given["lang"], given["params"] or {}
    desk.graph.require_dataset()
    question = find_question(desk.graph.release.index(), given["question"])
    texts, renamed = _in_its_names(question, _texts(params), lang)
    texts, sieve = _sieve(question, texts)
    try:
        values = desk.graph.bind(question, texts, lang)
        kept = desk.graph.resolve(sieve) if sieve is not None else None
    except UsageError as error:
        for text in (*texts.values(), *([sieve] if sieve else [])):
            if (text in error.message or error.code == OTHER_CLASS) and (
                answer := of_name_error(desk, error, text, lang)
            ):
                return answer
        raise
    found = rows_with_claims(desk.graph.guarded, question, values)
    if kept is not None:
        found = found.with_cell(kept)
        renamed = (*renamed, say(lang, SIFTED, thing=_named(desk, kept.value, lang)))
    if not found.rows.rows:
        nothing = _nothing(desk, question, values, lang)
        return replace(nothing, told=(*renamed, *nothing.told))

    nearby = _counts_nearby(desk, question, values, lang)

    def made(begin: int, end: int) -> list[Item]:
        rows = Rows(found.rows.columns, found.rows.rows[begin:end])
        own = row_items(desk, lang, rows, found.claims[begin:end]) if rows.rows else []
        number = len(found.rows.rows)
        return [*own, *nearby[max(begin - number, 0) : max(end - number, 0)]]

    store = desk.graph.guarded.quads
    claims = {one for own in found.claims for one in own}
    statuses = {one: factualities(store, [one]) for one in claims}
    told = [*renamed, f"{question.wording(lang)} {_asked(desk, question, values, lang)}".strip()]
    told.append(f"{counted(lang, ROWS, len(found.rows.rows))}.")
    ahead = [one for one, of in statuses.items() if not of & set(COME_ABOUT)]
    if claims and len(ahead) == len(claims):
        told.append(say(lang, ONLY_AHEAD))
    elif ahead:
        told.append(say(lang, SOME_AHEAD))
    else:
        told += _also_ahead(desk, question, values, lang)
    told += _same_names(desk, question, values, lang)
    told += _with_rows(desk, question, values, lang)
    told += _near_questions(desk, question, values, lang, len(found.rows.rows))
    told += _all_counts(question, nearby, lang)
    return Answer(
        tuple(told),
        Items(len(found.rows.rows) + len(nearby), made),
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
    free = [one.name for one in question.params if one.type == "iri" and one.name not in texts]
    if len(unknown) != 1 or not free or nearest(unknown[0][:100], known):
        return texts, ()
    renamed = {free[0] if name == unknown[0] else name: value for name, value in texts.items()}
    told = say(lang, TAKEN_FOR, given=said_brief(unknown[0]), name=said_brief(free[0]))
    return renamed, (told,)


def _sieve(question: Question, texts: dict[str, str]) -> tuple[dict[str, str], str | None]:
    """Return the values, and apart from them that of a name which a question without parameters does not have."""
    if question.params or len(texts) != 1:
        return texts, None
    return {}, next(iter(texts.values()))


def _asked(desk: Desk, question: Question, values: Values, lang: str) -> str:
    """Return what the parameters were, as `name = value`, defaults too: none of them is silent."""
    told = []
    for one in question.params:
        term = values.get(one.name)
        if term is None:
            continue
        label = label_of(desk.graph.guarded.quads, term.value, lang) if _is_node(term) else None
        told.append(f"{one.name} = {said_brief(label or term.value)}")
    return f"({'; '.join(told)})" if told else ""


def _things(question: Question, values: Values) -> Iterator[str]:
    for one in question.params:
        term = values.get(one.name)
        if isinstance(term, ox.NamedNode) and not term.value.startswith(_CONCEPTS):
            yield term.value


def _also_ahead(desk: Desk, question: Question, values: Values, lang: str) -> Iterator[str]:
    """Yield that more is planned than has come about, of what was asked about, where that is so."""
    for thing in _things(question, values):
        store = desk.graph.guarded.quads
        if factualities(store, claims_that_name(store, thing)) - set(COME_ABOUT):
            label = label_of(store, thing, lang) or shorten(thing)
            yield say(lang, ALSO_AHEAD, thing=said_brief(label))
            return


def _nothing(desk: Desk, question: Question, values: Values, lang: str) -> Answer:
    told = [f"{question.wording(lang)} {_asked(desk, question, values, lang)}".strip()]
    told.append(f"{counted(lang, ROWS, 0)}.")
    near: tuple[Item, ...] = ()
    for node in dict.fromkeys(_things(question, values)):
        label = label_of(desk.graph.guarded.quads, node, lang) or shorten(node)
        thing, count = (
            f"{said_brief(label)} ({shorten(node)})",
            claims_naming(desk.graph.guarded.quads, node),
        )
        told.append(say(lang, CLAIMS if count else NO_CLAIM, thing=thing, count=count))
        near += ({"name": label, "id": shorten(node)},)
    nearby = _counts_nearby(desk, question, values, lang)
    if not nearby:
        told.append(say(lang, NO_SOURCE))
    told += _also_ahead(desk, question, values, lang)
    told += _same_names(desk, question, values, lang)
    told += _with_rows(desk, question, values, lang)
    told += _near_questions(desk, question, values, lang, 0)
    if nearby:
        told += _all_counts(question, nearby, lang)
        return Answer(tuple(told), Items.of(nearby))
    return Answer(tuple(told), status=NOT_KNOWN, near=near or near_to(desk, question.summary, lang))


def _counts_nearby(desk: Desk, question: Question, values: Values, lang: str) -> list[Item]:
    """Return the counts that `describe` has near the things whose counts are asked for, without their own."""
    if _COUNT not in question.tags:
        return []
    asked = list(_things(question, values))
    others = [expand(str(one["id"])) for thing in asked for one in same_name(desk, thing, lang)]
    found = nearby_counts(desk.ground(lang), [*asked, *(one for one in others if one)])
    return [count_item(one, {}) for one in found]


def _all_counts(question: Question, nearby: list[Item], lang: str) -> Iterator[str]:
    if nearby:
        yield say(lang, COUNTS_NEAR, count=len(nearby))
    if _COUNT in question.tags:
        yield say(lang, ALL_COUNTS)


def _with_rows(desk: Desk, question: Question, values: Values, lang: str) -> Iterator[str]:
    """Yield which things of the same name, and which broader concepts, have rows for this question, and how many."""
    store = desk.graph.guarded
    for node in dict.fromkeys(_nodes(question, values)):
        others = [expand(str(one["id"])) or "" for one in same_name(desk, node, lang)]
        others += broader(store, node)
        found = rows_of_others(store, question, values, node, filter(None, others))
        told = [f"{_named(desk, other, lang)} {count}" for other, count in found]
        if told:
            yield say(lang, ROWS_OF_OTHERS, names="; ".join(told))


def _near_questions(
    desk: Desk, question: Question, values: Values, lang: str, rows: int
) -> Iterator[str]:
    """Yield which questions beside one have more rows of the same."""
    beside = [desk.graph.questions[name] for name in question.see_also]
    for node in dict.fromkeys(_nodes(question, values)):
        found = rows_of_near_questions(desk.graph.guarded, beside, node, lang)
        told = [
            f"{one.name} ({name} = {shorten(node)}) {count}"
            for one, name, count in found
            if count > rows
        ]
        if told:
            yield say(lang, ROWS_OF_QUESTIONS, names="; ".join(told))


def _nodes(question: Question, values: Values) -> Iterator[str]:
    for one in question.params:
        term = values.get(one.name)
        if isinstance(term, ox.NamedNode):
            yield term.value


def _named(desk: Desk, node: str, lang: str) -> str:
    label = label_of(desk.graph.guarded.quads, node, lang) or shorten(node)
    return f"{said_brief(label)} ({shorten(node)})"


def _same_names(desk: Desk, question: Question, values: Values, lang: str) -> Iterator[str]:
    """Yield which other things go by the name of one that was asked about."""
    for thing in dict.fromkeys(_things(question, values)):
        if others := same_name(desk, thing, lang):
            yield say(lang, SAME_NAME, names=listed(others))


def _is_node(term: Term) -> bool:
    return isinstance(term, ox.NamedNode)
