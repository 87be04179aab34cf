"""The page of a question that a copy leaves out, since its answer took too long: why, and how it is asked."""

from __future__ import annotations

from bri_kg.dataset.questions import Question
from bri_kg.web.explorer import copy_words
from bri_kg.web.explorer.page import Page, filled


def left_out_page(page: Page, question: Question, seconds: float) -> str:
    """Return the page that says that a question was given up after so many seconds."""
    return filled(
        page,
        "question_left_out.html",
        question=question,
        of_copy=copy_words,
        seconds=f"{seconds:g}",
        command=f"bri-kg ask {question.name} --store STORE",
    )
