"""From a document to cited facts by a workbook: made, filled in, checked, imported, asked, taken back."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from running import ROOT, Cli
from workbooks import ROWS, TEXT, TITLE, collection, fill

openpyxl = pytest.importorskip("openpyxl", reason="the extra workbook is not installed")


@pytest.fixture(autouse=True)
def without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Path:
    """A collection with a source whose workbook is empty."""
    folder = collection(tmp_path_factory.mktemp("workbook"))
    given = (
        "--title",
        TITLE,
        "--name",
        "scholarship",
        "--publisher",
        "ANSO",
        "--date",
        "2022-06-29",
    )
    done = cli("source", "new", "../scholarship.txt", *given, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "kept as it is" in done.stderr and "bri-kg source check scholarship" in done.stderr
    return folder


@pytest.fixture(scope="module")
def filled(begun: Path) -> Path:
    """The same with rows that are right."""
    folder = begun.parent / "filled"
    shutil.copytree(begun, folder)
    fill(folder / "workbooks" / "scholarship.xlsx", ROWS)
    return folder


@pytest.fixture
def mine(filled: Path, tmp_path: Path) -> Path:
    """A copy to be changed."""
    folder = tmp_path / "mine"
    shutil.copytree(filled, folder)
    return folder


def test_a_new_source_is_valid_and_its_text_untouched(cli: Cli, begun: Path) -> None:
    assert (begun / "texts" / "scholarship.txt").read_bytes() == TEXT.read_bytes()
    listed = cli("source", "list", "-f", "csv", cwd=begun).stdout
    assert "https://example.org/ours/source/scholarship" in listed
    record = (begun / "graph" / "sources" / "scholarship.ttl").read_text(encoding="utf-8")
    assert 'dcterms:publisher "ANSO"@en' in record and "bri-gap:author" in record
    assert "bri-gap:date" not in record
    assert cli("validate", "--sources", "texts", cwd=begun).returncode == 0


def test_workbook_and_tables_hold_the_same(begun: Path) -> None:
    book = openpyxl.load_workbook(begun / "workbooks" / "scholarship.xlsx")
    assert {"claims", "new things", "new concepts", "comparisons", "guide"} < set(book.sheetnames)
    for title, key in (
        ("claims", "claims"),
        ("new things", "things"),
        ("new concepts", "concepts"),
    ):
        path = begun / "workbooks" / f"scholarship.{key}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
        cells = [[cell or "" for cell in row] for row in book[title].iter_rows(values_only=True)]
        assert cells == table
    offered = book["claims"].data_validations.dataValidation
    assert len(offered) >= 15


def test_columns_and_lists_come_from_shapes_and_vocabularies(begun: Path) -> None:
    sheet = openpyxl.load_workbook(begun / "workbooks" / "scholarship.xlsx")["guide"]
    guide = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert "party" in guide["cooperation claim"][2] and "party" not in guide["theme claim"][2]
    assert "counted kind" in guide["quantity claim"][2]


def test_what_is_right_is_ready_and_nothing_is_changed(cli: Cli, filled: Path) -> None:
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    done = cli("source", "check", "scholarship", cwd=filled)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 rows of claims checked: 3 ready, 0 need you" in done.stdout
    assert "quotations: 4 EXACT" in done.stdout
    assert before == {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}


def test_tables_of_text_are_read_as_the_workbook_is(cli: Cli, mine: Path) -> None:
    book = openpyxl.load_workbook(mine / "workbooks" / "scholarship.xlsx")
    for title, key in (
        ("claims", "claims"),
        ("new things", "things"),
        ("new concepts", "concepts"),
    ):
        path = mine / "workbooks" / f"scholarship.{key}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = book[title].iter_rows(values_only=True)
            csv.writer(file, delimiter=";").writerows([[c or "" for c in row] for row in rows])
    (mine / "workbooks" / "scholarship.xlsx").unlink()
    done = cli("source", "check", "scholarship", "-f", "json", cwd=mine)
    found = json.loads(done.stdout)
    assert (done.returncode, found["ready"], found["problems"]) == (0, 3, [])


# What each command of the tutorial says, by its first words.
SAYS = {
    "bri-kg init": "made the collection mine",
    "bri-kg source new": "kept as it is",
    "bri-kg source suggest": "none is a claim",
    "bri-kg source check": "3 rows of claims checked: 3 ready, 0 need you",
    "bri-kg source import": "corroborates: Alliance of International Science Organizations is founded by",
    "bri-kg ask": "mine:notes 1339\N{EN DASH}1379",
    "bri-kg evidence verify": "verified: 4 passages of mine:notes",
    "bri-kg validate": "valid: terms, shapes, claims, words, facts, closure, questions passed",
    "bri-kg source workbook": "3 claims, 2 things, 1 concepts, 0 comparisons",
    "bri-kg source undo": "notes.ttl is gone, as before the first import",
}


@pytest.mark.slow
def test_the_tutorial_goes_from_a_text_to_cited_facts(cli: Cli, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "collection.md").read_text(encoding="utf-8")
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)).splitlines()
    shutil.copy(TEXT, tmp_path / "notes.txt")
    here, said = tmp_path, set()
    for command in filter(None, commands):
        if command.startswith("cd "):
            here /= command.removeprefix("cd ")
            continue
        if command == "bri-kg source check notes":
            fill(here / "workbooks" / "notes.xlsx", ROWS)
        if command.startswith("bri-kg source undo"):
            explained = cli("explain", "mine-claim:notes-founding", "--sources", "texts", cwd=here)
            assert "which was inaugurated in Nov. 2018" in explained.stdout
            claims = (here / "graph" / "claims" / "notes.ttl").read_bytes()
            again = cli("source", "import", "notes", cwd=here)
            assert "adds 0 claims, 0 things and 0 concepts" in again.stdout
            assert (here / "graph" / "claims" / "notes.ttl").read_bytes() == claims
            (here / "workbooks" / ".notes.before.ttl").unlink()
            (here / "graph" / "claims" / "notes.ttl").unlink()
            assert cli("source", "import", "notes", "-q", cwd=here).returncode == 0
        done = cli(*shlex.split(command)[1:], cwd=here)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        [start] = [words for words in SAYS if command.startswith(words)]
        assert SAYS[start] in done.stdout + done.stderr, command
        said.add(start)
    assert said == set(SAYS)


def test_the_first_import_taken_back_leaves_nothing(cli: Cli, mine: Path) -> None:
    claims = mine / "graph" / "claims" / "scholarship.ttl"
    assert cli("source", "import", "scholarship", "-q", cwd=mine).returncode == 0
    claims.write_text(claims.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    kept = cli("source", "undo", "scholarship", cwd=mine)
    assert "error[BRI947]" in kept.stderr and claims.is_file()
    claims.write_text(claims.read_text(encoding="utf-8").removesuffix("# mine\n"), encoding="utf-8")
    assert cli("source", "undo", "scholarship", cwd=mine).returncode == 0
    assert not claims.exists()


def test_with_a_mistake_nothing_is_written(cli: Cli, mine: Path) -> None:
    row = {**ROWS["claims"][1], "quantity": "44"}
    fill(mine / "workbooks" / "scholarship.xlsx", {"claims": [row]})
    done = cli("source", "import", "scholarship", cwd=mine)
    assert (done.returncode, "error[BRI946]" in done.stderr) == (1, True)
    assert "44" in done.stdout
    assert not (mine / "graph" / "claims" / "scholarship.ttl").exists()


def test_what_looks_like_a_formula_stays_text(cli: Cli, tmp_path: Path) -> None:
    from bri_kg.texts.workbook.tables_of_text import read_tables, write_tables

    rows = [["a", "=1+1", "+2", "-x", "@y", "'quoted", "plain"]]
    path = tmp_path / "x.claims.csv"
    write_tables(path, {"claims": rows})
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
    assert read_tables(path, ("claims",))["claims"] == rows
