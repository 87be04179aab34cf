"""What an answer needs from the graph to be shown: labels, passages, and why nothing may have been found."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bri_kg.answers.stored_answers import answer_to
from bri_kg.cli.destinations import goes_to_file
from bri_kg.cli.show.answer_lines import answer_lines
from bri_kg.cli.show.pages import page_for
from bri_kg.cli.show.passages import NO_WORDS
from bri_kg.cli.texts_found import texts_named
from bri_kg.dataset.questions import Question
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

BUDGET = 144  # six screens of 24 lines


def answer_page(
    args: Namespace,
    kg: KnowledgeGraph,
    question: Question,
    values: Mapping[str, Term],
    rows: Rows,
) -> list[str]:
    """Return the lines of an answer to a question with these values of its parameters."""
    page, folder = page_for(args), _texts(args)
    answer = answer_to(page, kg.guarded, question, values, rows, folder)
    answer = replace(answer, asked=("ask", question.name, *_given(args.param)))
    if not rows.rows:
        from bri_kg.cli.show.nothing_lines import nothing_lines

        return nothing_lines(page, kg, question, values, answer)
    without_words = folder is None and bool(answer.passages) and not goes_to_file(args)
    lines = answer_lines(page, answer, budget=None if args.all else BUDGET)
    return lines + (page.lines(page.say(NO_WORDS)) if without_words else [])


def _given(params: Iterable[str]) -> Iterator[str]:
    for one in params:
        yield from ("--param", one)


def _texts(args: Namespace) -> Path | None:
    # Words are for the reader's eyes: they go into no file.
    if goes_to_file(args):
        return None
    named = texts_named(args)
    if not (named or os.environ.get("BRI_KG_SOURCES")):
        return None
    from bri_kg.texts.originals import texts_at_hand  # of no use to those without texts

    return texts_at_hand(named)
