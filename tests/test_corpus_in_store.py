"""The release of a corpus in a store: every question has the rows there that it has in the whole."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from running import Cli
from test_corpus import grown, whole_of

import bri_kg
from bri_kg.dataset.question_files import read_index
from bri_kg.dataset.questions import Question, answered, default_bindings
from bri_kg.stores.memory import Store
from bri_kg.stores.selecting import Bindings, Selecting

pytest.importorskip("duckdb", reason="the extra [corpus] is not installed")

from bri_kg.corpus.running_here import build_corpus


@pytest.mark.slow
def test_parts_load_into_a_store_and_the_questions_run_there(
    cli: Cli, tmp_path: Path, cache: Path
) -> None:
    """With the defaults of their parameters, and with whatever may stand for these."""
    whole = whole_of(grown(tmp_path, 10))
    corpus = build_corpus(whole.resources, tmp_path / "out", 7)
    done = cli("load", str(tmp_path / "out"), "--store", str(tmp_path / "store"))
    assert f"loaded {sum(corpus.quads.values())} quads" in done.stderr
    there = bri_kg.open(whole.folders, store=tmp_path / "store", alone=True).guarded
    text = "\n".join(line for lines in whole.lines.values() for line in lines)
    at_once = Store(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    have_rows = 0
    for question in read_index(whole.resources).values():
        given = default_bindings(question)
        for values in (given, {name: given[name] for name in given if name == "lang"}):
            found = rows(question, there, values)
            assert found == rows(question, at_once, values), question.name
            have_rows += bool(found)
    assert have_rows > 90


def rows(question: Question, store: Selecting, values: Bindings) -> list[str]:
    return sorted(map(str, answered(question, store, values)))
