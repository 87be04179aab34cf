"""`bri-kg questions --accept`: what changed is shown row by row, then stored; only where it belongs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Cli

from bri_kg.cli import accept_answers
from bri_kg.dataset.expected import new_answers
from bri_kg.dataset.resources import Resources, find
from bri_kg.knowledge import KnowledgeGraph


@pytest.mark.slow
def test_changed_answers_are_shown_and_stored_and_validate_shows_the_same(
    cli: Cli, copy: Path
) -> None:
    folder = copy.parent / "queries" / "questions"
    right = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    lines = right["cofounders.csv"].decode().splitlines(keepends=True)
    changed = "".join([*lines[:2], lines[2].replace("Russian", "Roman"), *lines[3:]])
    (folder / "cofounders.csv").write_text(changed, encoding="utf-8", newline="")
    (folder / "watchwords.csv").unlink()
    passage = "cas-decade 3036\N{EN DASH}3249"
    shown = (
        f"  - bri-org:ras | Roman Academy of Sciences | {passage}\n"
        f"  + bri-org:ras | Russian Academy of Sciences | {passage}\n"
    )
    validated = cli("validate", "--graph", str(copy), "--alone")
    assert validated.returncode == 1
    assert f"the answer has changed: 1 row removed, 1 row added\n{shown}" in validated.stdout
    assert "bri-kg questions --accept cofounders" in validated.stdout

    one = cli("questions", "--accept", "cofounders", "--graph", str(copy), "--alone")
    assert (one.returncode, one.stdout) == (0, f"cofounders: 1 row removed, 1 row added\n{shown}")
    assert (folder / "cofounders.csv").read_bytes() == right["cofounders.csv"]

    rest = cli("questions", "--accept", "--graph", str(copy), "--alone")
    assert rest.returncode == 0
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == right
    again = cli("questions", "--accept", "--graph", str(copy), "--alone")
    assert (again.stdout, again.stderr.split()[0]) == ("", "0")


def test_an_answer_in_another_order_and_one_that_is_missing_are_new(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    resources = Resources((replace(find().base, queries=tmp_path),))
    questions = [kg.questions[name] for name in ("cofounders", "watchwords")]
    stored = (find().queries / "questions" / "cofounders.csv").read_text(encoding="utf-8")
    head, first, *others = stored.splitlines()
    (folder / "cofounders.csv").write_text("\n".join([head, *others, first]), encoding="utf-8")
    found = list(new_answers(resources, questions, lambda question: kg.ask(question.name)))
    assert [new.question for new in found] == ["cofounders", "watchwords"]
    assert str(found[0].difference) == "the same rows in another order"
    assert found[1].difference is None
    assert list(folder.iterdir()) == [folder / "cofounders.csv"]


def test_answers_are_stored_in_a_checkout_only(
    cli: Cli, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(copy.parent / "queries")
    done = cli("questions", "--accept", "--graph", str(copy), "--alone")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no place to store answers" in done.stderr and "has no queries/" in done.stderr
    done = cli("questions", "--accept", "--store", "some.nq")
    assert (done.returncode, "leave out --store" in done.stderr) == (2, True)
    installed = replace(find(), release=copy)
    monkeypatch.setattr(accept_answers, "find", lambda graph, alone: installed)
    done = cli("questions", "--accept")
    assert (done.returncode, "not changed in place" in done.stderr) == (2, True)


def test_a_wrong_name_stores_nothing(cli: Cli) -> None:
    done = cli("questions", "--accept", "cofounder")
    assert (done.returncode, "'cofounders'" in done.stderr) == (2, True)
    done = cli("questions", "cofounders", "--accept")
    assert (done.returncode, "BRI123" in done.stderr) == (2, True)
