"""What a finding says in a workbook: its rows by sheet and number, the other claim of a pair, the roles that fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook_bench import FOUNDED, MEMBERS, RIGHT, SPOKE, Bench, Row, bench, claim, thing

from bri_kg.checking.workbook_checks import Checked
from bri_kg.findings import Finding
from bri_kg.rdf.graphs import write_graph
from bri_kg.texts.workbook.source_places import places_of, put

COUNT = claim(
    "quantity", MEMBERS, hasSubject="Tern Alliance", countedKind="member", hasQuantity="fewer than 30",
    leavesOpen="time",
)  # fmt: skip
NEW_ROLE: Row = {
    "inScheme": "Roles",
    "prefLabel@en": "bird guide",
    "prefLabel@zh": "观鸟向导",
    "definition@en": "One who shows birds at an event.",
    "definition@zh": "在活动中介绍鸟类者。",
    "broader": "participant",
}
GUIDED = claim(
    "event", SPOKE, hasSubject="Estuary Forum", hasAgent="Ada Quill", role="bird guide", leavesOpen="time",
)  # fmt: skip
SUPPORTED = claim(
    "support", FOUNDED, hasSubject="Tern Alliance", hasAgent="Heron Academy", role="founder"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("words"))


def entered(made: Bench, lang: str) -> Checked:
    claims = [*RIGHT["claims"], COUNT, GUIDED, SUPPORTED]
    return made.check({**RIGHT, "claims": claims, "concepts": [*RIGHT["concepts"], NEW_ROLE]}, lang)


def found(checked: Checked, code: str) -> Finding:
    return next(told.finding for told in checked.problems if told.finding.code == code)


def test_what_is_wrong_says_rows_claims_and_roles(made: Bench) -> None:
    checked = entered(made, "en")
    pair = found(checked, "uncompared-counts")
    assert "See rows 5 and 15 of the sheet “claims”." in pair.message
    assert "sheet “comparisons”" in (pair.fix or "")
    assert "waders-claim:notes-council" in (pair.fix or "")
    other = found(checked, "role-of-other-class")
    assert "“founder” belongs to “creation claim”." in other.message
    assert "class “creation claim”" in (other.fix or "") and "“funder”" in (other.fix or "")
    fix = found(checked, "role-without-fact").fix or ""
    assert "use one of these roles: " in fix and "“speaker”" in fix and "“funder”" not in fix


def test_it_is_said_in_chinese(made: Bench) -> None:
    checked = entered(made, "zh")
    pair = found(checked, "uncompared-counts")
    assert "第 5 行与第 15 行" in pair.message and "waders-claim:notes-council" in (pair.fix or "")
    assert "“创立者”属于“" in found(checked, "role-of-other-class").message
    assert "改用以下角色之一：" in (found(checked, "role-without-fact").fix or "")


def test_the_other_claim_of_a_pair_is_named(tmp_path: Path) -> None:
    made = bench(tmp_path)
    held = made.check(RIGHT).made.quads()
    put(places_of(made.resources, "other"), write_graph(held, "ttl"))
    for lang, words in (("en", "The other claim is"), ("zh", "另一主张为")):
        pair = found(made.check({"claims": [COUNT]}, lang), "uncompared-counts")
        assert words in pair.message and "waders-claim:notes-council" in pair.message
        assert "at least 30" in pair.message
        assert "waders-claim:notes-council" in (pair.fix or "")


def test_names_with_another_distinguishing_word_are_not_likened(made: Bench) -> None:
    new = [
        thing("organization", "Polish Academy of Sciences", "波兰的科学院"),
        thing("organization", "Heron Akademy", "苍鹭学院"),
    ]
    rows = {**RIGHT, "things": [*RIGHT["things"], *new]}
    likened = [told for told in made.check(rows).problems if told.finding.code == "BRI942"]
    assert [told.stands for told in likened] == ["Heron Akademy"]


def test_a_likeness_that_was_imported_is_not_told_again(tmp_path: Path) -> None:
    made = bench(tmp_path)
    new = thing("organization", "Heron Akademy", "苍鹭学院")
    rows = {**RIGHT, "things": [*RIGHT["things"], new]}
    first = made.check(rows)
    assert [told.finding.code for told in first.problems] == ["BRI942"]
    put(made.places, write_graph(first.made.quads(), "ttl"))
    assert made.check(rows).problems == ()
