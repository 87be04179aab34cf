"""`bri-kg source suggest`: shown in both languages, put into a workbook, measured, and asked of a command too."""

from __future__ import annotations

import csv
import json
import shlex
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from running import ROOT, Cli
from suggesting import ORG, lexicon
from workbooks import ROWS, TEXT, TITLE, collection, fill

from bri_kg.cli.messages.speaking import in_language
from bri_kg.errors import BriKgError, InputError
from bri_kg.plain import display_width
from bri_kg.texts.suggestions.found_in_text import found_in
from bri_kg.texts.suggestions.outside import asked, held_to_rules

openpyxl = pytest.importorskip("openpyxl", reason="the extra workbook is not installed")
EXAMPLES = ROOT / "tests" / "suggested" / "examples.toml"
# Precision and recall that were measured, less a few hundredths for names that the graph may gain.
FLOOR_BY_HAND = {
    "entity": (0.90, 0.90), "new": (0.90, 0.94), "date": (0.95, 0.88), "amount": (0.90, 0.90),
}  # fmt: skip
FLOOR_BY_CLAIMS = {
    "entity": (0.84, 0.50), "date": (0.90, 0.88), "amount": (0.94, 0.97), "speaker": (0.95, 0.97),
}  # fmt: skip
WORDS = "An academy, CAS, met with the Lake Body in May 2018; more than 80 came."


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Path:
    """A collection with a source and its workbook, in which rows are filled in."""
    folder = collection(tmp_path_factory.mktemp("suggest"))
    given = ("--title", TITLE, "--name", "scholarship", "--date", "2022-06-29", "--quiet")
    done = cli("source", "new", "../scholarship.txt", *given, cwd=folder)
    assert done.returncode == 0, done.stderr
    fill(folder / "workbooks" / "scholarship.xlsx", ROWS)
    return folder


@pytest.fixture
def mine(begun: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(begun, folder)
    return folder


def program(folder: Path, suggestions: object, *lines: str) -> str:
    """Return a command that answers what is given, as a model of the user's would."""
    path = folder / "model.py"
    answer = json.dumps(suggestions)
    path.write_text(
        "import json, sys\n"
        "asked = json.load(sys.stdin)\n"
        "assert asked['text'] and asked['known'][0]['names'] and asked['source']\n"
        + "".join(f"{line}\n" for line in lines)
        + f"print({answer!r})\n",
        encoding="utf-8",
    )
    return shlex.join([sys.executable, str(path)])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_suggestions_are_shown_in_eighty_columns(cli: Cli, begun: Path, lang: str) -> None:
    done = cli(
        "source", "suggest", "scholarship", "--only-show", "-l", lang, cwd=begun, COLUMNS="80"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(display_width, done.stdout.splitlines())) <= 80
    said = {
        "en": (
            "known",
            "May 2022",
            "more than 1400",
            "new, perhaps organization",
            "none is a claim",
        ),
        "zh": ("已知", "May 2022", "more than 1400", "新事物，或为", "均非主张"),
    }
    assert all(words in " ".join(done.stdout.split()) for words in said[lang])


def test_the_sheet_holds_what_is_shown_and_all_else_stays(cli: Cli, mine: Path) -> None:
    path = mine / "workbooks" / "scholarship.xlsx"
    before = openpyxl.load_workbook(path)
    done = cli("source", "suggest", "scholarship", "-f", "json", cwd=mine)
    told = json.loads(done.stdout)
    after = openpyxl.load_workbook(path)
    assert after.sheetnames == [before.sheetnames[0], "suggestions", *before.sheetnames[1:]]
    for title in before.sheetnames:
        assert [*before[title].values] == [*after[title].values]
        lists = (book[title].data_validations.dataValidation for book in (before, after))
        assert len({tuple((str(one.sqref), one.formula1) for one in each) for each in lists}) == 1
    assert after["lists"].sheet_state == "hidden"
    head, _, *rows = after["suggestions"].values
    assert len(rows) == len(told["suggestions"]) > 30
    text = TEXT.read_bytes().decode()
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    for row, one in zip(cells, told["suggestions"], strict=True):
        assert text[int(row["from"]) : int(row["to"])] == row["words"] == one["words"]
        assert " ".join(row["words"].split()) in row["evidence"] and len(row["evidence"]) <= 300
    with (mine / "workbooks" / "scholarship.suggestions.csv").open(encoding="utf-8-sig") as file:
        assert [["" if c is None else c for c in row] for row in after["suggestions"].values] == [
            *csv.reader(file)
        ]


@pytest.mark.slow
def test_what_is_accepted_stays_and_is_no_claim(cli: Cli, mine: Path) -> None:
    assert cli("source", "suggest", "scholarship", cwd=mine).returncode == 0
    path = mine / "workbooks" / "scholarship.xlsx"
    book = openpyxl.load_workbook(path)
    book["suggestions"]["A5"].value = "yes"
    words = book["suggestions"]["D5"].value
    book.save(path)
    again = cli("source", "suggest", "scholarship", "-l", "zh", cwd=mine)
    assert again.returncode == 0
    book = openpyxl.load_workbook(path)
    assert "suggestions" not in book.sheetnames
    accepted = [
        (row[0], row[3]) for row in book["建议"].iter_rows(min_row=3, values_only=True) if row[0]
    ]
    assert accepted == [("yes", words)]
    imported = cli("source", "import", "scholarship", cwd=mine)
    assert "adds 3 claims, 2 things and 1 concepts" in imported.stdout


def test_values_are_read_in_the_cells_into_which_they_go(cli: Cli, begun: Path) -> None:
    """A row that is copied together from suggestions is ready."""
    from bri_kg.texts.workbook.cell_values import amount
    from bri_kg.texts.workbook.cell_values import time as time_of

    told = json.loads(
        cli("source", "suggest", "scholarship", "--only-show", "-f", "json", cwd=begun).stdout
    )
    for one in told["suggestions"]:
        if one["kind"] == "date":
            assert [time_of(one["cell"])] == one["nodes"]
        elif one["kind"] == "amount":
            assert [amount(one["cell"])] == one["nodes"]
    assert {one["kind"] for one in told["suggestions"]} >= {"entity", "new", "date", "amount"}


def test_tables_alone_get_a_table(cli: Cli, mine: Path) -> None:
    (mine / "workbooks" / "scholarship.xlsx").unlink()
    done = cli("source", "suggest", "scholarship", "-q", cwd=mine)
    assert done.returncode == 0 and (mine / "workbooks" / "scholarship.suggestions.csv").is_file()


def test_a_damaged_workbook_is_left_as_it_is(cli: Cli, mine: Path) -> None:
    path = mine / "workbooks" / "scholarship.xlsx"
    path.write_bytes(b"PK\x03\x04 damaged")
    done = cli("source", "suggest", "scholarship", "-l", "zh", cwd=mine)
    assert (done.returncode, "BRI955" in done.stderr) == (2, True)
    assert "无法将建议写入此工作簿" in done.stderr
    assert path.read_bytes() == b"PK\x03\x04 damaged"


def test_a_command_is_held_to_the_same_rules() -> None:
    at = WORDS.index

    def item(kind: str, words: str, **more: object) -> dict[str, object]:
        return {
            "kind": kind,
            "begin": at(words),
            "end": at(words) + len(words),
            "words": words,
            **more,
        }

    good = [
        item("entity", "An academy", nodes=["bri-org:cas"]),
        item("new", "the Lake Body", name="Lake Body", **{"class": "Organization"}),
        item("amount", "80 came", amount="more than 80"),
    ]
    bad = [
        "nothing", {}, {**good[0], "begin": True}, {**good[0], "kind": "claim"}, {**good[0], "nodes": "bri-org:cas"},
        {**good[0], "begin": 1}, {**good[0], "end": 10**9}, {**good[0], "begin": -10},
        {**good[0], "nodes": ["bri-org:nobody"]}, {**good[0], "nodes": []},
        {**good[1], "name": "china"},
        item("date", "May", time="spring"), item("date", "May", time="2018-05"),
        item("amount", "came", amount="more than 81"), item("amount", "came", amount="many"),
        item("entity", "CAS", nodes=["bri-org:cas"]), good[0],
    ]  # fmt: skip
    own = found_in(WORDS, lexicon())
    held = held_to_rules({"suggestions": [*good, *bad]}, WORDS, lexicon(), own, "model")
    kept = {one.words: one for one in held.suggestions}
    assert kept["An academy"].nodes == (ORG + "cas",)
    assert all(
        one.by == "model" and WORDS[one.begin : one.end] == one.words for one in kept.values()
    )
    assert dict(held.dropped) == {
        "malformed": 5, "not-in-text": 3, "unknown": 2, "known-already": 1, "no-value": 2, "says-more": 2,
        "overlaps": len(good) + len(bad) - 15 - len(kept),
    }  # fmt: skip
    for answer in ([], {"suggestions": 1}, {"claims": []}, None, "x"):
        with pytest.raises(InputError, match="BRI958"):
            held_to_rules(answer, WORDS, lexicon(), own, "model")


def test_what_a_command_suggests_is_marked(cli: Cli, mine: Path) -> None:
    words = "doctoral scholarship"
    begin = TEXT.read_bytes().decode().index(words)
    one = {"kind": "new", "begin": begin, "end": begin + len(words), "words": words}
    wrong = {**one, "begin": 0}
    command = program(mine, {"suggestions": [one, wrong]})
    done = cli("source", "suggest", "scholarship", "--with", command, cwd=mine)
    assert done.returncode == 0
    assert "1 left out: the words do not stand in the text at this place" in done.stderr
    said = " ".join(done.stdout.split())
    assert "suggested by a command of yours" in said
    done = cli("source", "suggest", "scholarship", "--with", command, "-l", "zh", cwd=mine)
    assert "略去 1 条" in done.stderr and "由您的命令提出" in done.stdout


@pytest.mark.parametrize(
    ("command", "code", "english", "chinese"),
    [
        ("no-such-program-here", "BRI956", "cannot be started", "无法启动命令"),
        ("'unclosed", "BRI956", "cannot be read", "无法读取命令"),
        (
            "{python} -c 'raise SystemExit(3)'",
            "BRI957",
            "ended with exit code 3",
            "以退出码 3 结束",
        ),
        ("{python} -c 'print(1, 2)'", "BRI958", "is no JSON", "不是 JSON"),
        ("{python} -c 'print([])'", "BRI958", "no list of suggestions", "没有建议列表"),
    ],
)
def test_a_command_that_fails_is_told(command: str, code: str, english: str, chinese: str) -> None:
    given = command.format(python=shlex.quote(sys.executable))
    with pytest.raises(BriKgError) as told:
        held_to_rules(asked(given, {"text": ""}), "", lexicon(), (), "model")
    assert (told.value.code, told.value.exit_code) == (code, 2)
    assert english in told.value.render() and chinese in told.value.render(
        partial(in_language, lang="zh")
    )


def test_a_command_that_takes_too_long_is_ended() -> None:
    command = shlex.join([sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(InputError, match="BRI957") as told:
        asked(command, {"text": ""}, 0.2)
    assert told.value.exit_code == 3


@pytest.mark.parametrize(
    ("given", "code", "english", "chinese"),
    [
        ((), "BRI960", "no source is named", "未指明来源"),
        (("--measure", "--with", "x"), "BRI961", "measures our own", "衡量我们自己的建议"),
        (("nowhere",), "BRI233", "there is no source", "没有来源"),
        (("nowhere.toml", "--measure"), "BRI210", "nowhere.toml", "nowhere.toml"),
    ],
)
def test_arguments_that_are_wrong_are_told(
    cli: Cli, given: tuple[str, ...], code: str, english: str, chinese: str
) -> None:
    for lang, words in (("en", english), ("zh", chinese))[given == ("nowhere",) :]:
        done = cli("source", "suggest", *given, "-l", lang)
        assert done.returncode == 2 and code in done.stderr and words in done.stderr, done.stderr


@pytest.mark.parametrize(
    "told",
    ["[[document]]\n", "x =", '[[document]]\ntext = "a.txt"\ndate = [["nowhere in it", "2018"]]', "document = 3"],
)  # fmt: skip
def test_a_list_that_is_none_is_told(cli: Cli, tmp_path: Path, told: str) -> None:
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    (tmp_path / "list.toml").write_text(told, encoding="utf-8")
    done = cli("source", "suggest", "list.toml", "--measure", cwd=tmp_path)
    assert done.returncode == 2 and "error[BRI959]" in done.stderr, done.stderr


def scores(output: str) -> dict[str, tuple[float, float]]:
    rows = csv.DictReader(output.splitlines())
    return {
        row["kind"]: (float(row["precision"]), float(row["recall"])) for row in rows if row["text"] == "all"
    }  # fmt: skip


def below(
    found: dict[str, tuple[float, float]], floor: dict[str, tuple[float, float]]
) -> list[str]:
    return [
        f"{kind}: {found[kind]} below {least}"
        for kind, least in floor.items()
        if any(one < other for one, other in zip(found[kind], least, strict=True))
    ]


def test_suggestions_for_the_example_documents_are_as_good_as_measured(cli: Cli) -> None:
    done = cli("source", "suggest", str(EXAMPLES), "--measure", "-f", "csv")
    assert done.returncode == 0 and not below(scores(done.stdout), FLOOR_BY_HAND)


def test_suggestions_for_the_five_sources_are_as_good_as_measured(cli: Cli, sources: Path) -> None:
    done = cli("source", "suggest", "--measure", "--sources", str(sources), "-f", "csv", cwd=ROOT)
    assert done.returncode == 0 and not below(scores(done.stdout), FLOOR_BY_CLAIMS)
