"""No stored question outgrows the graph: each is asked of a generated one of a hundred thousand triples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cases
import generate
from asking import ask_all
from plan import asked_questions

pytestmark = pytest.mark.slow

LIMIT = 1.0
"""CPU seconds. The slowest question took 0.04 when this was written, and one that reads every label 2."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ontology, claims, facts in their graphs, and what follows from them."""
    path = tmp_path_factory.mktemp("grown") / "data.nq"
    assert generate.main(["--triples", "100k", "--part", "facts", "-o", str(path)]) == 0
    cases.prepare(str(path))
    return path


def ask(data: Path, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return CPU seconds, number of rows and digest of rows by question; 10 s are enough for any."""
    asked = data.with_name("asked.json")
    asked.write_text(json.dumps(items), encoding="utf-8")
    return ask_all("bri-kg", str(data), asked, 10)


def test_no_question_outgrows_the_graph(data: Path) -> None:
    answers = ask(data, asked_questions())
    assert len(answers) > 90
    assert {q: a for q, a in answers.items() if a[0] > LIMIT or a[1] < 0} == {}
    assert sum(a[0] for a in answers.values()) < 5 * LIMIT
    with_rows = sum(a[1] > 0 for a in answers.values())
    assert with_rows > 0.8 * len(answers), "what finds nothing is quick for nothing"


def test_a_label_after_an_optional_would_be_seen(data: Path) -> None:
    """What is guarded against: the rows are the same, but every label in the graph is read for them."""
    item = next(item for item in asked_questions() if item["name"] == "planned-themes")
    lines = str(item["query"]).splitlines(keepends=True)
    label = next(line for line in lines if "skos:prefLabel" in line)
    optional = next(line for line in lines if "OPTIONAL" in line)
    assert lines.index(label) < lines.index(optional)
    late = str(item["query"]).replace(label, "").replace(optional, optional + label)
    answers = ask(data, [item, {**item, "name": "late", "query": late}])
    assert answers["late"][1:] == answers["planned-themes"][1:]
    assert answers["late"][0] > 10 * answers["planned-themes"][0]
