"""What waits for a comparison: the likeliest first, each with its reason and with names that a workbook takes."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from conftest import Cli
from example_rows import DOCUMENTS
from hypothesis import given
from hypothesis import strategies as st
from workbooks import fill

import bri_kg
from bri_kg.answers.model import Candidate
from bri_kg.checking.pairs import ranked
from bri_kg.checking.workbook_desk import desk_of
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.waiting import FIRST, candidate_lines
from bri_kg.dataset.new_collection import new_collection
from bri_kg.dataset.resources import find
from bri_kg.names import shorten
from bri_kg.rdf.graphs import write_graph
from bri_kg.texts.extracting import extract
from bri_kg.texts.new_source import Origin, write_source
from bri_kg.texts.workbook.filled_rows import read_workbook
from bri_kg.texts.workbook.making import make
from bri_kg.texts.workbook.quoting import Text
from bri_kg.texts.workbook.source_places import places_of, put
from bri_kg.texts.workbook.writing import write_workbook

NAME = re.compile(r"(?:bri|ours)-claim:[\w-]+")
# A reader who has the texts judged these pairs: each is a disagreement, a gap that the other source fills, or one thing
# told twice. What comes first follows from reasons that hold for every document.
FIRST_TEN = {
    ("ours-claim:board-countries", "bri-claim:std-decade-anso-members-countries"),
    ("ours-claim:board-founders", "ours-claim:scholarship-founders"),
    ("ours-claim:board-president-of-cas", "bri-claim:cgtn-debut-bai-chunli-position"),
    ("ours-claim:board-set-up", "bri-claim:cas-decade-anso-founders"),
    ("ours-claim:scholarship-inauguration", "bri-claim:anso-pakistan-launch"),
    ("ours-claim:scholarship-inauguration", "bri-claim:cgtn-debut-launch"),
    ("ours-claim:scholarship-part", "bri-claim:cas-decade-anso-scholarship-name"),
    ("ours-claim:scholarship-founders", "bri-claim:cas-decade-anso-lead"),
}


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A collection with the three documents, each entered by its workbook."""
    pytest.importorskip("openpyxl", reason="the extra workbook is not installed")
    parent = tmp_path_factory.mktemp("candidates")
    folder = new_collection(parent / "mine", "Ours", "https://example.org/ours/", "ours").folder
    for name, text, title, rows in DOCUMENTS:
        resources = find(folder)
        places, desk = places_of(resources, name), desk_of(resources)
        called = resources.top.slug(name)
        extracted = extract(text)
        write_source(places, called, extracted, Origin(title), desk.sources, text)
        write_workbook(places, desk.sheets, desk.known, "en")
        fill(places.workbook, rows)
        book = read_workbook(places.workbook, desk.sheets, "en")
        made = make(book, desk.known, Text(called, "en", extracted.text), "en")
        assert not [told for told in made.problems if told.finding.severity == "error"]
        put(places, write_graph(made.quads(), "ttl"))
    return folder


@pytest.fixture(scope="module")
def waiting(mine: Path) -> tuple[Candidate, ...]:
    return bri_kg.open(mine).candidates()


def pair(one: Candidate) -> tuple[str, ...]:
    return tuple(shorten(claim.iri) for claim in one.claims)


@pytest.mark.slow
def test_the_first_ten_are_worth_an_editors_time(waiting: tuple[Candidate, ...]) -> None:
    first = [frozenset(pair(one)) for one in waiting[:FIRST]]
    assert {frozenset(names) for names in FIRST_TEN} <= set(first)
    assert len({one.check for one in waiting[:FIRST]}) >= 5
    # A number that two sources share by chance is none of them.
    assert "same-number-of-other-kinds" not in {one.check for one in waiting[:FIRST]}
    assert "same-number-of-other-kinds" in {one.check for one in waiting}


@pytest.mark.slow
def test_members_of_different_bodies_are_none(waiting: tuple[Candidate, ...]) -> None:
    seats = [one for one in waiting if "ours-claim:board-seats" in pair(one)]
    assert all(one.weight < 20 for one in seats)
    assert not [one for one in seats if one.check == "other-number-in-other-source"]


@pytest.mark.slow
def test_ten_are_shown_with_reason_and_names_and_the_rest_is_counted(cli: Cli, mine: Path) -> None:
    done = cli("conflicts", "--candidates", cwd=mine)
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"\d+ candidates, the likeliest first", lines[0])
    assert [line.partition(".")[0] for line in lines if re.match(r"\d+\. ", line)] == [
        str(n) for n in range(1, 11)
    ]
    assert len(NAME.findall(done.stdout)) == 2 * FIRST
    assert re.search(r"^\d+ more: bri-kg conflicts --candidates --all$", done.stdout, re.M)
    assert "× Two sources name different agents" in done.stdout
    rows = json.loads(cli("conflicts", "--candidates", "-f", "json", cwd=mine).stdout)
    assert rows["results"]["bindings"][0]["weight"]["value"] == "95"


@pytest.mark.slow
def test_a_workbook_takes_the_names_that_are_printed(cli: Cli, mine: Path) -> None:
    """The names of a claim of ours, of one of another document, and of one of the workbook itself."""
    said = cli("conflicts", "--candidates", "--limit", "2", cwd=mine).stdout
    names = NAME.findall(said)
    assert len(names) == 4
    row = {
        "preferred label, in English": "who counts and who founded",
        "preferred label, in Chinese": "计数与创立",
        "nature": "other scope",
        "reason, in English": "The one is of 2020, the other does not say of when.",
        "reason, in Chinese": "其一为 2020 年，另一未说明时间。",
    }
    rows = [row | {"claims compared": "; ".join(two)} for two in (names[:2], names[2:])]
    rows[1] |= {"preferred label, in English": "founders", "preferred label, in Chinese": "创立者"}
    rows[1]["nature"] = "other list"
    fill(mine / "workbooks" / "board.xlsx", {"comparisons": rows})
    done = cli("source", "import", "board", cwd=mine)
    assert done.returncode == 0, done.stdout
    assert "other list" in done.stdout
    left = {frozenset(pair(one)) for one in bri_kg.open(mine).candidates()}
    assert left and not left & {frozenset(names[:2]), frozenset(names[2:])}
    cli("source", "undo", "board", cwd=mine)


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 9).map(str), st.integers(10, 19).map(str)), st.integers(0, 100)
)


@given(PAIRS)
def test_ranking_keeps_every_pair_once_and_begins_with_the_heaviest(
    weights: dict[tuple[str, str], int],
) -> None:
    order = ranked(weights)
    assert sorted(order) == sorted(weights)
    assert not order or weights[order[0]] == max(weights.values())


@given(PAIRS, st.integers(0, 1000))
def test_ranking_does_not_depend_on_the_order_of_what_is_found(
    weights: dict[tuple[str, str], int], seed: int
) -> None:
    shuffled = list(weights.items())
    random.Random(seed).shuffle(shuffled)
    assert ranked(dict(shuffled)) == ranked(weights)


def test_a_pair_gives_way_where_its_claims_stand_already() -> None:
    weights = {("a", "x"): 80, ("a", "y"): 79, ("b", "z"): 60, ("c", "z"): 10}
    assert ranked(weights) == (("a", "x"), ("b", "z"), ("a", "y"), ("c", "z"))


def test_nothing_to_compare_is_said() -> None:
    assert candidate_lines(Page(), []) == ["0 candidates: nothing is left to compare"]
