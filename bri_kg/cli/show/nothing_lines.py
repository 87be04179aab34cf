"""No rows, and why that may be: what the graph knows of the things that were asked for, and what to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from bri_kg.answers.face_words import ROWS, TRY, counted
from bri_kg.answers.nothing_found import Nothing, nothing_found
from bri_kg.answers.stored_answers import Answer
from bri_kg.cli.show.answer_lines import head_lines
from bri_kg.cli.show.layout import Page
from bri_kg.dataset.questions import Question
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten
from bri_kg.rdf.terms import Term


def nothing_lines(
    page: Page,
    kg: KnowledgeGraph,
    question: Question,
    values: Mapping[str, Term],
    answer: Answer,
) -> list[str]:
    """Return that nothing was found, what is known of the things asked for, and what may find more."""
    nothing = nothing_found(page, kg.guarded.quads, question, values, answer)
    lines = [*head_lines(page, answer), "", counted(page.lang, ROWS, 0)]
    lines += [line for one in nothing.sentences for line in page.lines(one)]
    tries = [page.lines(command, indent=2) for command in _tries(question, nothing)]
    return [*lines, page.say(TRY), *(line for told in tries for line in told)]


def _tries(question: Question, nothing: Nothing) -> Iterator[str]:
    for node in islice(nothing.asked, 1):
        if nothing.is_compared:
            yield f"bri-kg conflicts {shorten(node)}"
        yield f"bri-kg describe {shorten(node)}"
    verb = "ask" if nothing.is_changed else "questions"
    yield f"bri-kg {verb} {question.name}"
