"""What people see of `explain`, `describe` and `conflicts`: whole evidence on lines that fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_pages import (
    SHORT,
    Answer,
    answers,
    layout_faults,
    said_faults,
    whole_faults,
)

from bri_kg.cli.show.described import description_lines
from bri_kg.cli.show.layout import Page
from bri_kg.knowledge import KnowledgeGraph


@pytest.fixture(scope="module", params=["en", "zh"])
def sample(request: pytest.FixtureRequest, kg: KnowledgeGraph, sources: Path) -> list[Answer]:
    return list(answers(kg, str(sources), request.param))


@pytest.mark.parametrize("columns", [60, 80, pytest.param(200, marks=pytest.mark.slow)])
def test_lines_fit_and_every_passage_is_whole(sample: list[Answer], columns: int) -> None:
    faults = [f"{a.name}: {fault}" for a in sample for fault in layout_faults(a, columns)]
    assert faults == []


def test_all_shows_all_and_what_is_left_out_is_counted(sample: list[Answer]) -> None:
    assert [f"{a.name}: {fault}" for a in sample for fault in whole_faults(a)] == []
    faults = [f for a in sample for f in layout_faults(a, 80, everything=True)]
    assert faults == []


def test_short_forms_fit_their_screens_and_are_full(sample: list[Answer]) -> None:
    for verb, of in (("explain", "ANSO isFoundedBy RAS"), ("describe", "CAS"), ("conflicts", "")):
        for answer in (a for a in sample if (a.verb, a.of) == (verb, of)):
            assert SHORT[verb] - 12 <= len(answer.page()) <= SHORT[verb]


def test_a_page_says_what_there_is(sample: list[Answer]) -> None:
    assert [f"{a.name}: {fault}" for a in sample for fault in said_faults(a)] == []


def test_a_console_without_chinese_gets_escapes_that_fit(sample: list[Answer]) -> None:
    [answer] = [a for a in sample if a.of == "Bai Chunli" and a.has_texts]
    lines = description_lines(Page(80, "ascii", "zh"), answer.given)
    assert all(len(line) <= 80 and line.isascii() for line in lines)
    assert any("1722\\u20131924" in line or "1722-1924" in line for line in lines)
