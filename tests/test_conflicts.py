"""Disagreement: both sides are listed with their passages, both stand in the facts, and guards watch the natures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, split_passage

COMPARISON = BASE + "id/comparison/"
NATURE = BASE + "vocab/nature/"
CLAIM = BASE + "claim/"
COMPARISONS = "comparisons.ttl"
Table = list[dict[str, str]]


def rows(cli: Cli, *args: str) -> Table:
    done = cli("conflicts", *args, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_nine_and_ten_centres_are_listed_with_both_passages(cli: Cli) -> None:
    found = [
        row
        for row in rows(cli, "bri-collection:cas-overseas-centres", "--nature", "contradiction")
        if row["comparison"] == COMPARISON + "overseas-centres-nine-or-ten"
    ]
    assert {row["claim"].removeprefix(CLAIM): row["passage"] for row in found} == {
        "anso-pakistan-overseas-centres-count": BASE + "source/anso-pakistan#char=1503,1546",
        "cas-decade-overseas-centres-count": BASE + "source/cas-decade#char=708,841",
    }
    assert all(row["reason"] and row["source"] and row["label"] for row in found)


def test_facts_follow_both_sides(cli: Cli, kg: KnowledgeGraph) -> None:
    """No side of a live disagreement is silenced: both builders' claims stand in the facts."""
    built = [
        row
        for row in rows(cli, "bri-collection:cas-overseas-centres")
        if row["comparison"] == COMPARISON + "overseas-centres-built"
    ]
    assert {row["inFacts"] for row in built} == {"yes"}
    graphs = kg.query(
        "SELECT ?claim { GRAPH ?claim { bri-collection:cas-overseas-centres bri:isBuiltBy bri-org:cas } }"
    )
    assert {row["claim"] for row in built} == {str(row.value("claim")) for row in graphs}
    # Counts never become plain facts, on whichever side.
    counts = [row for row in rows(cli, "--nature", "contradiction") if "count" in row["claim"]]
    assert {row["inFacts"] for row in counts} == {"no"}


def test_a_planned_side_is_in_no_fact(cli: Cli) -> None:
    told = {
        row["claim"].removeprefix(CLAIM): row["inFacts"]
        for row in rows(cli, "bri-comparison:china-cooperation-ongoing-and-willing")
    }
    assert told == {
        "anso-pakistan-cooperation": "yes",
        "anso-pakistan-willingness": "no",
        "std-decade-outlook-cooperation": "no",
    }


def test_the_founding_is_told_by_four_documents(cli: Cli) -> None:
    found = rows(cli, "bri-comparison:anso-founding")
    assert len({row["source"] for row in found}) == 4
    assert {row["nature"].removeprefix(NATURE) for row in found} == {
        "other-description",
        "other-list",
    }


def test_every_row_has_a_passage_and_every_comparison_two_claims(cli: Cli) -> None:
    found = rows(cli)
    assert all(split_passage(row["passage"]) for row in found)
    claims: dict[str, set[str]] = {}
    for row in found:
        claims.setdefault(row["comparison"], set()).add(row["claim"])
    written = (ROOT / "graph" / COMPARISONS).read_text(encoding="utf-8")
    assert len(claims) == written.count(" a bri:Comparison ")
    assert all(len(compared) > 1 for compared in claims.values())


@pytest.mark.parametrize(
    "nature", ["other-time", "bri-nature:other-time", "other time", "时间不同"]
)
def test_a_nature_may_be_named_in_any_way(cli: Cli, nature: str) -> None:
    assert {row["nature"] for row in rows(cli, "--nature", nature)} == {NATURE + "other-time"}


def test_an_unknown_nature_gets_the_nearest(cli: Cli) -> None:
    done = cli("conflicts", "--nature", "contradicton")
    assert done.returncode == 2
    assert "did you mean 'contradiction'?" in done.stderr
    assert "compatible-bounds" in done.stderr


def test_an_unknown_thing_is_no_empty_answer(cli: Cli) -> None:
    assert cli("conflicts", "bri-org:anzo").returncode == 2


def test_nothing_found_is_said_and_is_fine(cli: Cli) -> None:
    done = cli("conflicts", "bri-place:senegal")
    assert done.returncode == 0
    assert "no comparison is about it" in done.stderr


def test_labels_and_reasons_in_chinese(cli: Cli) -> None:
    found = rows(cli, "bri-comparison:overseas-centres-nine-or-ten", "--lang", "zh")
    assert {row["label"] for row in found} == {"九个还是十个海外中心"}
    assert all(re.search(r"[\u4e00-\u9fff]", row["reason"]) for row in found)


def test_a_cut_list_says_so(cli: Cli) -> None:
    done = cli("conflicts", "--limit", "2")
    assert done.returncode == 3
    assert "cut after 2 rows" in done.stderr


# ------------------------------------------------------------------- guards


def change(graph: Path, comparison: str, pattern: str, replacement: str) -> None:
    """Change one comparison of a copy."""
    path = graph / COMPARISONS
    text = path.read_text(encoding="utf-8")
    block = re.search(
        rf"^bri-comparison:{comparison} a bri:Comparison .*?@zh \.$", text, re.DOTALL | re.MULTILINE
    )
    assert block, comparison
    changed, count = re.subn(pattern, replacement, block[0], count=1, flags=re.DOTALL)
    assert count == 1, f"{pattern} is not in {comparison}"
    path.write_text(text.replace(block[0], changed), encoding="utf-8")


def compatible_bounds_called_a_contradiction(graph: Path) -> None:
    change(graph, "young-scientists", "bri-nature:compatible-bounds", "bri-nature:contradiction")


def counts_of_other_kinds_called_a_contradiction(graph: Path) -> None:
    change(graph, "nine-centres-and-nine-platforms", "bri-nature:other-unit", "bri-nature:contradiction")  # fmt: skip


def counts_of_other_periods_called_a_contradiction(graph: Path) -> None:
    for source, before, after in (
        ("anso-pakistan", "since-2013", "2018"),
        ("cas-decade", "past-decade", "2023"),
    ):
        path = graph / "claims" / f"{source}.ttl"
        text, count = re.subn(
            rf"({source}-overseas-centres-count .*?bri:hasPeriod bri-time:){before}",
            rf"\g<1>{after}",
            path.read_text(encoding="utf-8"),
            count=1,
            flags=re.DOTALL,
        )
        assert count == 1
        path.write_text(text, encoding="utf-8")


def excluding_bounds_called_compatible(graph: Path) -> None:
    nature = "bri-nature:compatible-bounds"
    change(graph, "overseas-centres-nine-or-ten", "bri-nature:contradiction", nature)


def a_text_that_agrees_with_itself(graph: Path) -> None:
    change(graph, "anso-lead-among-founders", "bri-nature:other-description", "bri-nature:agreement")  # fmt: skip


def other_time_without_times(graph: Path) -> None:
    change(graph, "anso-members-67-or-more-than-40", "bri-nature:other-status", "bri-nature:other-time")  # fmt: skip


def other_status_of_one_status(graph: Path) -> None:
    change(graph, "more-than-80", "bri-nature:other-unit", "bri-nature:other-status")


def a_strict_candidate_without_comparison(graph: Path) -> None:
    change(graph, "overseas-centres-nine-or-ten", r".*", "")


def two_years_of_founding(graph: Path) -> None:
    path = graph / "claims" / "std-decade.ttl"
    text, count = re.subn(
        r"(std-decade-anso-founder .*?)bri:leavesOpen bri-gap:time",
        r"\1bri:hasTime bri-time:2019",
        path.read_text(encoding="utf-8"),
        count=1,
        flags=re.DOTALL,
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    # Whoever compares the two has seen it; the guard is for those that nobody has compared.
    for comparison in ("anso-founding", "anso-founders-four-or-one", "anso-cas-at-the-beginning"):
        change(graph, comparison, r".*", "")


@pytest.mark.parametrize(
    ("breaks", "guard"),
    [
        (compatible_bounds_called_a_contradiction, "contradiction-of-compatible-bounds"),
        (counts_of_other_kinds_called_a_contradiction, "contradiction-of-compatible-bounds"),
        (counts_of_other_periods_called_a_contradiction, "contradiction-of-compatible-bounds"),
        (excluding_bounds_called_compatible, "compatible-bounds-that-exclude"),
        (a_text_that_agrees_with_itself, "agreement-within-one-source"),
        (other_time_without_times, "other-time-without-times"),
        (other_status_of_one_status, "other-status-of-one-factuality"),
        (a_strict_candidate_without_comparison, "uncompared-counts"),
        (two_years_of_founding, "uncompared-creation-times"),
    ],
)
def test_a_guard_fires_on_a_broken_copy(
    cli: Cli, copy: Path, breaks: Callable[[Path], None], guard: str
) -> None:
    breaks(copy)
    done = cli("validate", "--graph", str(copy))
    assert done.returncode == 1
    assert re.findall(r"error\[([\w-]+)\]", done.stdout) == [guard], done.stdout
    assert "  fix: " in done.stdout


# --------------------------------------------------------------- candidates


def test_no_pair_of_the_real_graph_waits_for_an_editor(cli: Cli) -> None:
    assert rows(cli, "--candidates") == []


@pytest.mark.parametrize(
    ("dropped", "candidate", "pair"),
    [
        (
            ["joint-laboratories-more-than-50", "joint-laboratories-50-or-100"],
            "same-count-of-other-things",
            ("casted-slides-joint-laboratories-count", "std-decade-laboratories-count"),
        ),
        (
            ["more-than-40"],
            "same-number-of-other-kinds",
            ("anso-pakistan-members-count", "cas-decade-projects-countries"),
        ),
        (
            ["young-scientists"],
            "other-number-in-other-source",
            ("casted-slides-young-scientists-count", "std-decade-young-scientists-count"),
        ),
        (
            ["anso-founding", "anso-founders-four-or-one", "anso-cas-at-the-beginning"],
            "created-by-others",
            ("cas-decade-anso-founders", "std-decade-anso-founder"),
        ),
        (
            ["anso-full-names"],
            "named-otherwise",
            ("anso-pakistan-anso-full-name", "cgtn-debut-anso-full-name"),
        ),
    ],
)
def test_a_pair_that_nobody_compares_becomes_a_candidate(
    cli: Cli, copy: Path, dropped: list[str], candidate: str, pair: tuple[str, str]
) -> None:
    for comparison in dropped:
        change(copy, comparison, r".*", "")
    found = rows(cli, "--candidates", "--graph", str(copy))
    pairs = {
        (row["candidate"], row["claim"].removeprefix(CLAIM), row["rival"].removeprefix(CLAIM))
        for row in found
    }
    assert (candidate, *pair) in pairs
    assert all(row["label"] and row["passage"] and row["rivalPassage"] for row in found)
    one_thing = rows(cli, CLAIM + pair[0], "--candidates", "--graph", str(copy))
    assert {CLAIM + pair[0]} <= {row["claim"] for row in one_thing}
    assert all(CLAIM + pair[0] in (row["claim"], row["rival"]) for row in one_thing)


def test_candidates_have_no_nature(cli: Cli) -> None:
    assert cli("conflicts", "--candidates", "--nature", "agreement").returncode == 2
