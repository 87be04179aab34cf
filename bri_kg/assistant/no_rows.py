"""What `ask` answers where there are no rows: that no source says it, or that the value is of another kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_kg.answers.asked_elsewhere import questions_of
from bri_kg.answers.face_words import ROWS, counted, say
from bri_kg.answers.node_lookups import claims_naming, label_of
from bri_kg.answers.values_meant import Wanted, wanted_by
from bri_kg.assistant.asked_values import Asked
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.not_known import listed, near_to
from bri_kg.assistant.result_frame import AMBIGUOUS, NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import (
    A_TERM,
    ANY_THING,
    BY_DEFAULTS,
    CLAIMS,
    DESCRIBE_IT,
    KINDS_ALIKE,
    NO_CLAIM,
    NO_SOURCE,
    TAKEN_BY,
    WRONG_KIND,
)
from bri_kg.dataset.questions import Question
from bri_kg.names import PREFIXES, shorten

_CONCEPTS = (PREFIXES["bri"], PREFIXES["skos"])


def no_rows(
    desk: Desk,
    question: Question,
    asked: Asked,
    nearby: list[Item],
    lang: str,
    *,
    is_sifted: bool = False,
) -> Answer:
    """Return that a question has no rows, and whether that tells of facts: sifted rows do not."""
    told = [f"{question.wording(lang)} {asked.wording}".strip(), f"{counted(lang, ROWS, 0)}."]
    near: tuple[Item, ...] = ()
    for node in asked.nodes:
        if node.startswith(_CONCEPTS):
            continue
        label = label_of(desk.graph.guarded.quads, node, lang) or shorten(node)
        thing = f"{said_brief(label)} ({shorten(node)})"
        count = claims_naming(desk.graph.guarded.quads, node)
        told.append(say(lang, CLAIMS if count else NO_CLAIM, thing=thing, count=count))
        told += [say(lang, DESCRIBE_IT)] if count else []
        near += ({"name": label, "id": shorten(node)},)
    wrong = list(_wrong_kinds(desk, asked, lang))
    if nearby:
        return Answer((*told, *wrong), Items.of(nearby))
    if wrong:
        return Answer((*told, *wrong), status=AMBIGUOUS, near=near)
    if is_sifted and question.params:
        names = ", ".join(one.name for one in question.params)
        told.append(say(lang, BY_DEFAULTS, parameters=names))
        return Answer(tuple(told), status=AMBIGUOUS, near=near)
    told.append(say(lang, NO_SOURCE))
    near = near or near_to(desk, question.summary, lang)
    return Answer(tuple(told), status=NOT_KNOWN, near=near)


def _wrong_kinds(desk: Desk, asked: Asked, lang: str) -> Iterator[str]:
    """Yield of each value of another kind: which is wanted, what of it is named alike, which questions take it."""
    store = desk.graph.guarded.quads
    for parameter, text, meant in asked.wrong:
        wanted = _kind(desk, wanted_by(store, parameter), lang)
        yield say(lang, WRONG_KIND, name=said_brief(text), parameter=parameter.name, kind=wanted)
        if alike := (*meant.alike, *meant.linked):
            yield say(lang, KINDS_ALIKE, names=_listed(desk, alike, lang))
        for node in meant.others[:1]:
            given = questions_of(desk.graph.guarded, desk.graph.questions.values(), node, lang)
            told = [f"{one.name} ({name} = {shorten(node)}) {count}" for one, name, count in given]
            if told:
                yield say(lang, TAKEN_BY, questions="; ".join(told))


def _kind(desk: Desk, wanted: Wanted, lang: str) -> str:
    nodes = [wanted.cls] if wanted.cls else sorted(wanted.schemes)
    labels = (label_of(desk.graph.guarded.quads, one, lang) or shorten(one) for one in nodes)
    return ", ".join(map(said_brief, labels)) or say(
        lang, A_TERM if wanted.only_terms else ANY_THING
    )


def _listed(desk: Desk, nodes: Iterable[str], lang: str) -> str:
    store = desk.graph.guarded.quads
    return listed(
        {"name": label_of(store, one, lang) or shorten(one), "id": shorten(one)} for one in nodes
    )
