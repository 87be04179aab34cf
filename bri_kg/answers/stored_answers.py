"""The answer to a stored question with all that it takes to tell it: labels, passages, what the parameters mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.cells import Cell, Reading, Record, records
from bri_kg.answers.cited_passages import cited_passages
from bri_kg.answers.face_words import Speaker
from bri_kg.answers.node_lookups import is_compared, label_of
from bri_kg.answers.passage_model import Passage
from bri_kg.answers.question_wording import asked_wording
from bri_kg.dataset.questions import Question
from bri_kg.names import AT_ONE_TIME, BRI, shorten
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Guarded

_CLASS: Final = re.compile(r"\bbri:(\w+Claim)\b")


@dataclass(frozen=True)
class Answer:
    """What is shown of an answer: the question, its parameters as they were taken, and what was found.

    `label` gives the label of a node, `passages` what a passage IRI cites; `groups`, `lists` and
    `see_also` are the question's, `asked` is the command that asked it, as words, and `compared`
    names what was asked for and is compared.
    """

    wording: str
    query: str
    parameters: tuple[tuple[str, Cell], ...]
    rows: Rows
    label: Callable[[str], str | None]
    passages: Mapping[str, Passage]
    groups: str | None = None
    lists: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    asked: tuple[str, ...] = ("ask",)
    compared: tuple[str, ...] = ()


def answer_to(
    speaker: Speaker,
    store: Guarded,
    question: Question,
    values: Mapping[str, Term],
    rows: Rows,
    texts: Path | None = None,
) -> Answer:
    """Return the answer to a question with these values; with texts, its passages have their words."""

    @cache
    def label(node: str) -> str | None:
        return label_of(store.quads, node, speaker.lang)

    return Answer(
        wording=asked_wording(question, speaker.lang, _chosen(values, label)),
        query=question.query,
        parameters=_parameters(question, values, Reading(speaker, label)),
        rows=rows,
        label=label,
        passages=cited_passages(
            store,
            (t.value for terms in rows.rows for t in terms if isinstance(t, ox.NamedNode)),
            speaker.lang,
            texts,
        ),
        groups=question.groups,
        lists=question.lists,
        see_also=question.see_also,
        compared=tuple(islice(_compared(store, question, values), 1)),
    )


def _chosen(values: Mapping[str, Term], label: Callable[[str], str | None]) -> dict[str, str]:
    """Return what the values of parameters are called, by parameter; nothing of a node without a label."""
    named = {
        name: label(term.value) if isinstance(term, ox.NamedNode) else plain_text(term)
        for name, term in values.items()
    }
    return {name: text for name, text in named.items() if text}


def records_of(speaker: Speaker, answer: Answer) -> tuple[Record, ...]:
    """Return the answers that the rows come to, in their order."""
    reading = Reading(speaker, answer.label, tells_of_moments(answer.query))
    return records(answer.rows, reading, answer.lists, answer.groups)


def tells_of_moments(query: str) -> bool:
    """Return whether all claims that a query reads are of what was once."""
    classes = {BRI + name for name in _CLASS.findall(query)}
    return bool(classes) and classes <= AT_ONE_TIME


def _compared(store: Guarded, question: Question, values: Mapping[str, Term]) -> Iterator[str]:
    """Yield the names of the things that a question was asked about and that claims in comparisons name."""
    for parameter in question.params:
        thing = values.get(parameter.name)
        if isinstance(thing, ox.NamedNode) and is_compared(store, thing.value):
            yield shorten(thing.value)


def _parameters(
    question: Question, values: Mapping[str, Term], reading: Reading
) -> tuple[tuple[str, Cell], ...]:
    return tuple(
        (
            parameter.label.get(reading.page.lang, parameter.label["en"]),
            reading.cell(values[parameter.name], None),
        )
        for parameter in question.params
        if parameter.name in values
    )
