"""Every stored question on the screen: nothing is cut, nothing is wider, and what lies ahead looks it."""

from __future__ import annotations

import os
from argparse import Namespace
from functools import cache
from pathlib import Path

import pytest
from shown_answers import faults

from bri_kg.answers.node_lookups import label_of
from bri_kg.cli.show.answer_pages import answer_page
from bri_kg.cli.verbs import ask
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import split_passage
from bri_kg.rdf.rows import Rows
from bri_kg.texts.originals import read_source
from bri_kg.texts.source_files import source_files

LANGUAGES = ("en", "zh")
WIDTHS = (60, 80, 200)


def page_of(
    kg: KnowledgeGraph, name: str, rows: Rows, lang: str, sources: Path | None
) -> list[str]:
    args = Namespace(lang=lang, output=None, sources=sources and str(sources))
    question = kg.questions[name]
    return answer_page(args, kg, question, kg.bind(question, {}, lang), rows)


def wrong(
    kg: KnowledgeGraph, lang: str, widths: tuple[int, ...], sources: Path | None
) -> list[str]:
    """Return what is wrong with the answer to any stored question."""
    label = cache(lambda node: label_of(kg.store, node, lang))
    files = source_files(kg.guarded)

    def words(passage: str) -> str | None:
        span = split_passage(passage)
        text = read_source(sources, files[span[0]]) if span and sources else None
        return text[span[1] : span[2]] if span and text else None

    found = []
    for name in kg.questions:
        rows = kg.ask(name, lang=lang)
        for columns in widths:
            os.environ["COLUMNS"] = str(columns)
            lines = page_of(kg, name, rows, lang, sources)
            told = faults(lines, columns, rows, label, words)
            found += [f"{name}, {columns} columns: {fault}" for fault in told]
    return found


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, kg: KnowledgeGraph) -> None:
    """No folder of texts, and one graph for all."""
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(ask, "open_for", lambda args, once: kg)


def test_every_answer_is_whole_at_80_columns(kg: KnowledgeGraph, alone: None) -> None:
    assert wrong(kg, "en", (80,), None) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_is_whole(kg: KnowledgeGraph, alone: None, lang: str) -> None:
    assert wrong(kg, lang, WIDTHS, None) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_every_passage_are_shown_once(
    kg: KnowledgeGraph, alone: None, sources: Path, lang: str
) -> None:
    assert wrong(kg, lang, WIDTHS[:2], sources) == []
