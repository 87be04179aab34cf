"""Stored questions as a page: wording, parameters, columns, and the addresses of the answer."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.dataset.questions import Question
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.negotiation import ROW_OFFERS


def questions_page(page: Page, questions: Iterable[Question], iri: str | None = None) -> str:
    """Return the page of these questions; `iri` is that of the one that it is about, if it is one."""
    return filled(
        page,
        "questions.html",
        questions=list(questions),
        iri=iri,
        formats=tuple(dict.fromkeys(offer.format for offer in ROW_OFFERS)),
    )
