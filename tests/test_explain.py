"""`bri-kg explain`: what the command line adds to an explanation; test_answers_explain has the content."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from conftest import Cli

from bri_kg.names import BASE, expand

Table = list[dict[str, str]]
FOUNDERS = BASE + "claim/cas-decade-anso-founders"
PASSAGE = BASE + "source/cas-decade#char=3036,3249"


def explain(cli: Cli, *args: str, **env: str) -> Table:
    done = cli("explain", *args, "--format", "csv", **env)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def triple(row: dict[str, str]) -> tuple[str | None, ...]:
    return row["subject"], row["predicate"], row["object"]


def test_claims_stand_before_what_they_are_held_against(cli: Cli) -> None:
    table = explain(cli, "bri-claim:anso-pakistan-overseas-centres-count")
    told = [row["why"] for row in table]
    assert list(dict.fromkeys(told)) == ["evidence", "context", "rival"]
    assert told == sorted(told, key=["evidence", "context", "rival"].index)
    rival = next(
        row
        for row in table
        if row["subject"].endswith("/overseas-centres-nine-or-ten")
        and row["claim"] == BASE + "claim/cas-decade-overseas-centres-count"
    )
    assert rival["passage"] == BASE + "source/cas-decade#char=708,841"
    assert rival["rank"] == BASE + "vocab/rank/normal"
    assert "other scope" in rival["nature"] or "other-scope" in rival["nature"]
    assert rival["reason"]


def test_steps_come_with_the_passages_of_their_premises(cli: Cli) -> None:
    axiom, premise, evidence = explain(cli, "bri-org:anso", "schema:founder", "bri-org:ras")[:3]
    assert [row["why"] for row in (axiom, premise, evidence)] == ["axiom", "premise", "evidence"]
    assert triple(axiom) == tuple(
        map(expand, ("bri:isFoundedBy", "rdfs:subPropertyOf", "schema:founder"))
    )
    assert triple(evidence) == triple(premise)
    assert (evidence["claim"], evidence["passage"]) == (FOUNDERS, PASSAGE)


def test_digests_are_checked_where_the_texts_are(cli: Cli, sources: Path) -> None:
    with_texts = explain(cli, FOUNDERS, "--sources", str(sources))
    assert {row["digest"] for row in with_texts} == {"verified"}
    assert (with_texts[0]["begin"], with_texts[0]["end"]) == ("3036", "3249")
    done = cli("explain", FOUNDERS, "--format", "csv", BRI_KG_SOURCES="")
    assert "digests are not checked" in done.stderr
    assert {row["digest"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"unchecked"}


def test_what_is_no_claim_is_refused(cli: Cli) -> None:
    done = cli("explain", "bri-org:anso")
    assert done.returncode == 2
    assert "fix: " in done.stderr


def test_what_differs_comes_before_what_agrees_and_the_rest_is_counted_by_kind(cli: Cli) -> None:
    shown = cli("explain", "ANSO", "isFoundedBy", "RAS").stdout
    others = shown.partition("SAME CLAIM, OTHER PARTS")[2]
    assert others.index("  differs ") < (others + "  agrees ").index("  agrees ")
    count, parts = re.findall(r"\n  (\d+) more: (.+): --all\n", others)[0]
    assert sum(map(int, re.findall(r"\d+", parts))) == int(count) and "differ" in parts


def test_a_role_without_its_doer_says_so(cli: Cli) -> None:
    shown = " ".join(
        cli("explain", "bri-claim:casted-slides-outlook-joint-labs-begin").stdout.split()
    )
    assert ", establisher not named," in shown


def test_a_cut_list_says_so(cli: Cli) -> None:
    done = cli("explain", FOUNDERS, "--limit", "2", "-f", "csv")
    assert done.returncode == 0
    assert "cut after 2 rows" in done.stderr
