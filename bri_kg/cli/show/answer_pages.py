"""What an answer needs from the graph to be shown: labels, passages, and why nothing may have been found."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from bri_kg.answers.cited_passages import cited_passages
from bri_kg.answers.node_lookups import is_compared, label_of
from bri_kg.cli.destinations import goes_to_file
from bri_kg.cli.show.answer_lines import answer_lines
from bri_kg.cli.show.cells import Cell, Reading
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.listing import Answer
from bri_kg.cli.show.pages import page_for
from bri_kg.cli.show.passages import NO_WORDS
from bri_kg.dataset.questions import Question
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten
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

    @cache
    def label(node: str) -> str | None:
        return label_of(kg.guarded.quads, node, page.lang)

    answer = Answer(
        wording=question.wording(page.lang),
        query=question.query,
        parameters=_parameters(question, values, Reading(page, label)),
        rows=rows,
        label=label,
        passages=cited_passages(
            kg.guarded,
            (t.value for terms in rows.rows for t in terms if isinstance(t, ox.NamedNode)),
            page.lang,
            folder,
        ),
        groups=question.groups,
        lists=question.lists,
        see_also=question.see_also,
        asked=("ask", question.name, *_given(args.param)),
        compared=tuple(islice(_compared(kg, question, values), 1)),
    )
    if not rows.rows:
        from bri_kg.cli.show.nothing_found import nothing_lines

        return nothing_lines(page, kg, question, values, answer)
    without_words = folder is None and bool(answer.passages) and not goes_to_file(args)
    lines = answer_lines(page, answer, budget=None if args.all else BUDGET)
    return lines + (page.lines(page.say(NO_WORDS)) if without_words else [])


def _given(params: Iterable[str]) -> Iterator[str]:
    for one in params:
        yield from ("--param", one)


def _compared(kg: KnowledgeGraph, question: Question, values: Mapping[str, Term]) -> Iterator[str]:
    """Yield the names of the things that a question was asked about and that claims in comparisons name."""
    for parameter in question.params:
        thing = values.get(parameter.name)
        if isinstance(thing, ox.NamedNode) and is_compared(kg.guarded, thing.value):
            yield shorten(thing.value)


def _texts(args: Namespace) -> Path | None:
    # Words are for the reader's eyes: they go into no file.
    if goes_to_file(args) or not (args.sources or os.environ.get("BRI_KG_SOURCES")):
        return None
    from bri_kg.texts.originals import texts_at_hand  # of no use to those without texts

    return texts_at_hand(args.sources)


def _parameters(
    question: Question, values: Mapping[str, Term], reading: Reading
) -> tuple[tuple[str, Cell], ...]:
    return tuple(
        (_meaning(reading.page, parameter.label), reading.cell(values[parameter.name], None))
        for parameter in question.params
        if parameter.name in values
    )


def _meaning(page: Page, label: Mapping[str, str]) -> str:
    return label.get(page.lang, label["en"])
