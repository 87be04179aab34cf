"""What a copy of a large store leaves out is told: on the page that stands there, and on the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from written_sites import faults

from bri_kg.answers.kept_claims import KeptClaims
from bri_kg.cli.main import main
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.rows import Rows
from bri_kg.web.explorer.paging import paged
from bri_kg.web.written import page_crew, page_keys, site_builder
from bri_kg.web.written.page_files import Task
from bri_kg.web.written.site_plan import Plan
from bri_kg.web.written.site_planning import Things
from bri_kg.web.written.written_addresses import Written

_KEYS = ("", "questions", "questions/{question_name}", "search")
# What writes in another process, with a few pages only.
_FEW = f"""import sys
sys.path.insert(0, sys.argv.pop(1))
from bri_kg.web.written import page_keys
for key in set(page_keys._MADE) - set({_KEYS!r}):
    del page_keys._MADE[key]
from bri_kg.cli.site_worker import main
raise SystemExit(main())"""


@pytest.fixture
def few(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a site be written of one question and a few pages, by one process of its own."""
    monkeypatch.setattr(page_crew, "_CHILD", _FEW)
    monkeypatch.setattr(page_crew, "processes", lambda: 1)
    monkeypatch.setattr(site_builder, "things_of", lambda *_: Things((), 0))
    monkeypatch.setattr(site_builder, "questions_of", lambda _: ("cofounders",))
    monkeypatch.setattr(site_builder, "keys_without_fields", lambda: ("", "questions"))
    monkeypatch.setattr(page_keys, "is_page", lambda key: key in _KEYS)


@pytest.mark.usefixtures("few")
def test_a_question_over_its_time_is_left_out_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, site = tmp_path / "store.ttl", tmp_path / "site"
    store.write_text("<urn:x:a> <urn:x:b> <urn:x:c> .", encoding="utf-8")
    made = ("build", "site", str(site), "--store", str(store), "--time-limit", "0.001")
    assert main(list(made)) == 0
    told = capsys.readouterr().err
    assert (
        "left out (1 in number): questions that took longer than 0.001 seconds: cofounders;" in told
    )
    english = (site / "en/questions/cofounders.html").read_text("utf-8")
    assert "left out of the copy: its answer was not there after 0.001 seconds" in english
    assert "bri-kg ask cofounders --store" in english
    assert "0.001 秒内没有得到答案" in (site / "zh/questions/cofounders.html").read_text("utf-8")
    assert json.loads((site / "manifest.json").read_text("utf-8"))["questionsLeftOut"] == [
        "cofounders"
    ]
    # Nothing that was begun is left, and what leads there leads somewhere.
    assert not list((site / "data").rglob("cofounders.*"))
    assert not list(faults(site))
    listed = (site / "SHA256SUMS").read_text("utf-8")
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert there == {line.split("  ")[1] for line in listed.splitlines()} | {"SHA256SUMS"}


def test_answers_of_a_store_are_offered_as_data_at_their_own_page_alone() -> None:
    """Whether a store gives an answer, and in time, is not known where another page is made."""
    key = "questions/founders"
    plan = Plan("release", (), ("founders",), {}, is_given=True)
    for here, is_offered in ((key, True), ("", False)):
        at = Written(plan, lambda _: True, "en", here)
        assert at.has(key) and at.has(key, format="csv") is is_offered


def test_a_list_ends_at_its_last_page_and_tells_how_much_is_behind() -> None:
    last = paged(range(25), {"part": "9"}, 10, 2)
    assert (last.items, last.number, last.last, last.left_out) == (tuple(range(10, 20)), 2, 2, 5)
    assert paged(range(25), {"part": "9"}, 10).left_out == 0


def test_rows_are_asked_for_once_and_kept_up_to_a_number() -> None:
    asked: list[Any] = []

    def rows(count: int) -> Rows:
        asked.append(count)
        return Rows(("x",), ((ox.Literal("1"),),) * count)

    kept = KeptClaims(most_rows=10)
    for count in (3, 3, 4, 3, 8, 4):
        assert len(kept.rows(count, lambda count=count: rows(count))) == count
    assert asked == [3, 4, 8, 4]


def test_what_every_comparison_is_about_is_looked_for_once(kg: KnowledgeGraph) -> None:
    from bri_kg.answers.comparison_topics import topics_once

    kept = KeptClaims()
    one, other = (topics_once(kg.guarded, kg.resources, kept) for _ in range(2))
    assert one is other and one.main


def test_a_page_goes_on_in_its_own_list_answer_or_thing() -> None:
    answer = Task("en", "questions/founders")
    assert answer.goes_on_at("questions/founders", (("page", "2"),), "")
    assert not answer.goes_on_at("questions/founders", (("thing", "x"),), "")
    assert Task("en", "planned").goes_on_at("planned/2", (), "")
    assert not Task("en", "disagreements").goes_on_at("disagreements/agreement", (), "")
    assert Task("en", iri="urn:x:a").goes_on_at("", (("from", "5"),), "urn:x:a")
    assert not Task("en", iri="urn:x:a").goes_on_at("", (("from", "5"),), "urn:x:b")
