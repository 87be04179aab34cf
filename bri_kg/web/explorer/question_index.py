"""Stored questions as a list by their topic, and the record of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bri_kg.answers.node_lookups import label_of
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.names import expand
from bri_kg.web.explorer import overview_words
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.negotiation import ROW_OFFERS
from bri_kg.web.site import Site

FORMATS = tuple(dict.fromkeys(offer.format for offer in ROW_OFFERS))
"""The formats of rows."""


@dataclass(frozen=True)
class Topic:
    """Questions whose first tag is the same: the tag, what it is called, and the questions."""

    tag: str
    name: str
    questions: tuple[Question, ...]


def by_topic(page: Page, questions: Iterable[Question]) -> tuple[Topic, ...]:
    """Return the questions by topic, each once, in the order of the names; those without a tag last."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.tags[0] if question.tags else "", []).append(question)
    topics = [Topic(tag, _name(page, tag), tuple(of)) for tag, of in found.items()]
    return tuple(sorted(topics, key=lambda topic: (not topic.tag, topic.name)))


def questions_page(site: Site, page: Page) -> str:
    """Return the page of all questions by topic, each with what it asks about where nothing else is chosen."""
    questions = tuple(site.graph.questions.values())
    return filled(
        page,
        "questions.html",
        topics=by_topic(page, questions),
        defaults=_defaults(site, page, questions),
        count=len(questions),
    )


def question_record_page(page: Page, question: Question, iri: str) -> str:
    """Return the page of a question as a thing: its parameters, columns and addresses."""
    return filled(page, "question_record.html", one=question, iri=iri, formats=FORMATS)


def _name(page: Page, tag: str) -> str:
    name = overview_words.TOPIC_NAMES.get(tag) or overview_words.OTHER_TOPICS
    return page.say(name) if not tag or tag in overview_words.TOPIC_NAMES else tag


def _defaults(
    site: Site, page: Page, questions: Iterable[Question]
) -> Mapping[str, tuple[str, ...]]:
    return {
        question.name: tuple(_called(site, page, one) for one in question.params if one.default)
        for question in questions
    }


def _called(site: Site, page: Page, parameter: Parameter) -> str:
    text = parameter.default or ""
    if parameter.type != "iri":
        return text
    return label_of(site.graph.guarded.quads, expand(text) or text, page.lang) or text
