"""Stored questions as a list by their subject, and the record of one."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.dataset.question_tags import tag_name
from bri_kg.dataset.questions import Question
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.negotiation import ROW_OFFERS

FORMATS = tuple(dict.fromkeys(offer.format for offer in ROW_OFFERS))
"""The formats of rows."""


def questions_page(page: Page, questions: Iterable[Question]) -> str:
    """Return the page of all questions, each below its first tag."""
    found = list(questions)
    tags = sorted({question.tags[0] for question in found if question.tags})
    groups = [
        (tag, tag_name(tag, page.lang), [one for one in found if one.tags[:1] == (tag,)])
        for tag in tags
    ]
    groups += [("", "", rest)] if (rest := [one for one in found if not one.tags]) else []
    return filled(page, "questions.html", groups=groups, count=len(found))


def question_record_page(page: Page, question: Question, iri: str) -> str:
    """Return the page of a question as a thing: its parameters, columns and addresses."""
    return filled(page, "question_record.html", one=question, iri=iri, formats=FORMATS)
