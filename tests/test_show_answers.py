"""Every stored question on the screen: nothing is cut, nothing is wider, and what lies ahead looks it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from argparse import Namespace
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Cli
from shown_answers import faults

from bri_kg.answers.column_names import column_name
from bri_kg.answers.node_lookups import label_of
from bri_kg.cli.show.answer_pages import answer_page
from bri_kg.cli.show.layout import Page
from bri_kg.cli.verbs import ask
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import split_passage
from bri_kg.plain import display_width
from bri_kg.rdf.rows import Rows
from bri_kg.texts.originals import SourceFile, read_source
from bri_kg.texts.source_files import source_files

LANGUAGES = ("en", "zh")
WIDTHS = (60, 80, 200)


def page_of(
    kg: KnowledgeGraph, name: str, rows: Rows, lang: str, sources: Path | None
) -> list[str]:
    args = Namespace(
        lang=lang,
        output=None,
        sources=sources and str(sources),
        all=True,
        param=[],
        graph=None,
        alone=False,
    )
    question = kg.questions[name]
    return answer_page(args, kg, question, kg.bind(question, {}, lang), rows)


def wrong(
    kg: KnowledgeGraph, lang: str, widths: tuple[int, ...], sources: Path | None
) -> list[str]:
    """Return what is wrong with the answer to any stored question."""
    label = cache(lambda node: label_of(kg.store, node, lang))
    files = source_files(kg.guarded)

    def words(passage: str) -> str | None:
        span = split_passage(passage)
        text = read_source(sources, files[span[0]]) if span and sources else None
        return text[span[1] : span[2]] if span and text else None

    found = []
    for name in kg.questions:
        rows = kg.ask(name, lang=lang)
        for columns in widths:
            os.environ["COLUMNS"] = str(columns)
            lines = page_of(kg, name, rows, lang, sources)
            asked = kg.questions[name]
            told = faults(lines, columns, rows, label, words, asked.groups, asked.lists)
            found += [f"{name}, {columns} columns: {fault}" for fault in told]
    return found


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, kg: KnowledgeGraph) -> None:
    """No folder of texts, and one graph for all."""
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(ask, "open_for", lambda args, once: kg)


def test_every_answer_is_whole_at_80_columns(kg: KnowledgeGraph, alone: None) -> None:
    assert wrong(kg, "en", (80,), None) == []


def test_every_column_is_named_in_chinese(kg: KnowledgeGraph) -> None:
    page = Page(lang="zh")
    columns = {name.removesuffix("Label") for q in kg.questions.values() for name in q.columns}
    assert [name for name in columns if column_name(page, name).isascii()] == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_is_whole(kg: KnowledgeGraph, alone: None, lang: str) -> None:
    assert wrong(kg, lang, WIDTHS, None) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_every_passage_are_shown_once(
    kg: KnowledgeGraph, alone: None, sources: Path, lang: str
) -> None:
    assert wrong(kg, lang, WIDTHS[:2], sources) == []


def test_the_readme_shows_what_its_first_command_prints(cli: Cli, alone: None) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\n```\n{cli('ask', 'cofounders').stdout}```\n" in readme


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(
    ("columns", "lang", "colour"), [(60, "zh", {}), (80, "en", {"NO_COLOR": "1"}), (200, "en", {})]
)
def test_a_terminal_shows_what_a_pipe_does(
    cli: Cli, alone: None, columns: int, lang: str, colour: dict[str, str]
) -> None:
    """A process of its own, whose terminal says how wide it is; colour, where it is wanted, changes nothing else."""
    args = ("ask", "cofounders", "--lang", lang)
    shown = in_a_terminal(args, columns, {"TERM": "xterm", "NO_COLOR": "", **colour})
    plain = re.sub(r"\x1b\[\d+m", "", shown)
    assert plain == cli(*args, COLUMNS=str(columns)).stdout
    assert (shown == plain) == ("NO_COLOR" in colour)
    assert max(map(display_width, plain.splitlines())) <= columns


def in_a_terminal(args: tuple[str, ...], columns: int, env: dict[str, str]) -> str:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    given = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-m", "bri_kg", *args],
        stdout=theirs,
        stderr=theirs,
        env={**given, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env},
    ) as process:
        os.close(theirs)
        written = b""
        with suppress(OSError):  # how Linux says that the other end is closed
            while piece := os.read(ours, 65536):
                written += piece
        os.close(ours)
        assert process.wait(60) == 0
    return written.decode().replace("\r\n", "\n")


def test_words_are_shown_and_written_nowhere(
    cli: Cli, cache: Path, sources: Path, tmp_path: Path
) -> None:
    shown = cli("ask", "cofounders", "--sources", str(sources), cwd=tmp_path).stdout
    words = "".join(re.findall(r"^ +\| (.*)$", shown, re.MULTILINE))
    begin, end = 3036, 3249
    text = read_source(sources, SourceFile("", "000_e1841efe17529624.txt", 0, "")) or ""
    assert "".join(words.split()) == "".join(text[begin:end].split())
    assert "3036–3249  verified\n" in shown
    file = tmp_path / "answer"
    assert cli("ask", "cofounders", "--sources", str(sources), "-o", str(file)).returncode == 0
    said = text[begin : begin + 40].encode()
    places = (*cache.rglob("*"), *tmp_path.rglob("*"), *(ROOT / "graph").rglob("*"))
    assert file in places
    assert [path for path in places if path.is_file() and said in path.read_bytes()] == []


def test_nothing_found_says_why_and_what_to_try(cli: Cli, alone: None) -> None:
    done = cli("ask", "cofounders", "--param", "partner=TWAS")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n0 rows\n" in done.stdout
    known = "advancement of science in developing countries (bri-org:twas); 3 claims name it."
    assert known in " ".join(done.stdout.split())
    assert 'That is "not known", not "no".' in done.stdout
    tried = re.findall(r"^  (bri-kg .*)$", done.stdout, re.MULTILINE)
    assert tried == ["bri-kg describe bri-org:twas", "bri-kg ask cofounders"]
    data = cli("ask", "cofounders", "--param", "partner=TWAS", "-f", "csv")
    assert (data.stdout, data.stderr) == ("cofounder,cofounderLabel,passage\n", "0 rows\n")


def test_comparisons_not_found_lead_to_conflicts(cli: Cli, alone: None) -> None:
    shown = cli("ask", "comparisons", "--param", "thing=joint laboratory").stdout
    assert "No source says" not in shown and "This question finds no comparison here." in shown
    assert "\ntry\n  bri-kg conflicts bri-kind:joint-laboratory\n" in shown


def test_an_answer_without_texts_says_how_to_see_the_words(
    cli: Cli, alone: None, sources: Path
) -> None:
    hint = "\ngive --sources DIR to see the words\n"
    assert cli("ask", "cofounders").stdout.endswith(hint)
    assert hint not in cli("ask", "cofounders", "--sources", str(sources)).stdout


def test_a_limit_is_told_in_the_answer(cli: Cli, alone: None) -> None:
    cut = cli("ask", "cofounders", "--limit", "2").stdout
    assert "\n2 rows, and there are more (--limit), 1 source\n" in cut
    assert "complete" not in cut


def test_open_lists_say_so(cli: Cli, alone: None) -> None:
    shown = cli("ask", "members").stdout
    assert "[achieved; inferred by the editors; open list]" in shown
    assert "\nAn open list is one that the text does not end" in shown
    assert "open list" not in cli("ask", "founders").stdout


def test_a_search_is_told_in_groups(cli: Cli) -> None:
    lines = cli("search", "silk raod").stdout.splitlines()
    assert lines[:5] == [
        "No exact hit; nearest spelling: silk road",
        "",
        "THINGS",
        "  Online Silk Road  programme, 1 claim",
        "    bri-programme:online-silk-road",
    ]
    assert lines[-1] == "5 found"
    shown = cli("search", "academy", "--lang", "zh", "--limit", "3").stdout
    assert shown.startswith("事物\n")
    assert re.search(r"\n\d+ 项中的前 3 项：--limit \d+\n$", shown)
    assert cli("search", "qqqq").stdout.startswith("0 rows: no name has these words\ntry\n")


def test_a_search_by_a_question_says_how_it_is_asked(cli: Cli) -> None:
    for asked in (["who", "founded", "ANSO"], ["谁创立了ANSO"]):
        tried = cli("search", *asked, COLUMNS="80").stdout.partition("\ntry\n")[2].splitlines()
        commands = [line.strip() for line in tried]
        assert "bri-kg ask founders --param thing=bri-org:anso" in commands
        assert commands[-1] == "bri-kg describe bri-org:anso"
        for command in commands:
            assert cli(*command.split()[1:]).returncode == 0, command
    assert "\ntry\n" not in cli("search", "ANSO").stdout
    of_labs = cli(
        "search", "sources", "disagree", "about", "joint", "laboratory", COLUMNS="80"
    ).stdout
    assert "\n  bri-kg conflicts bri-kind:joint-laboratory\n" in of_labs


def test_each_kind_has_its_share_of_what_a_search_shows(cli: Cli) -> None:
    shown = cli("search", "计划", COLUMNS="80").stdout
    assert re.findall(r"^[A-Z ]+$", shown, re.M) == [
        "THINGS",
        "CONCEPTS",
        "TERMS OF THE ONTOLOGY",
        "QUESTIONS",
        "COMPARISONS",
    ]
    assert re.search(r"\nthe first 20 of \d+: --limit \d+\n", shown)
    # Who asks for a number gets the best.
    first = cli("search", "计划", "--limit", "5", "-f", "csv").stdout.splitlines()
    assert first[:-1] == cli("search", "计划", "--limit", "4", "-f", "csv").stdout.splitlines()


def test_questions_are_chosen_by_words_and_tags(cli: Cli) -> None:
    def named(*args: str) -> list[str]:
        done = cli("questions", *args, "-f", "csv")
        assert done.returncode == 0
        return [line.split(",")[0] for line in done.stdout.splitlines()[1:]]

    assert {"cofounders", "founders"} <= set(named("founding"))
    assert set(named("创立", "组织")) == {"cofounders"}
    assert "timeline" in named("--tag", "time")
    assert named("--tag", "time", "region") == ["events-in-region"]
    assert named("walrus", "of", "this") == []
    some = cli("questions", "founded", "zebra", "quagga")
    assert "founders" in some.stdout and "these tell of some" in some.stderr
    assert "\n  bri-kg search zebra quagga\n" in cli("questions", "zebra", "quagga").stdout
    assert "did you mean 'time'?" in cli("questions", "--tag", "tiem").stderr
    assert cli("questions", "cofonders").returncode == 2
    # Words that only ask do not count, and a quoted question is no name.
    asked = [named("谁创立了ANSO"), named("who", "founded", "ANSO"), named("who founded ANSO")]
    assert all({"cofounders", "founders"} <= set(names) for names in asked)
    assert cli("questions", "海象").stdout.startswith("0 questions")


def test_one_question_is_told_with_a_command_that_runs(cli: Cli) -> None:
    shown = cli("questions", "cofounders", COLUMNS="80").stdout
    assert "\n    default: Chinese Academy of Sciences  bri-org:cas\n" in shown
    command = shown.split("bri-kg ")[-1].replace("\\\n", " ").split()
    assert cli(*command).stdout == cli("ask", "cofounders").stdout
    assert cli("questions", "--show", "cofounders", COLUMNS="80").stdout == shown


def test_a_query_shows_passages_as_citations(cli: Cli) -> None:
    query = "SELECT ?c ?e { BIND (bri-claim:cas-decade-anso-founders AS ?c) ?c bri:evidence ?e }"
    assert cli("query", "-e", query, COLUMNS="80").stdout.splitlines() == [
        "c                                   e",
        "----------------------------------  --------------------",
        "bri-claim:cas-decade-anso-founders  cas-decade 3036–3249",
    ]
    assert cli("query", "-e", query, COLUMNS="50").stdout.splitlines() == [
        "1  c: bri-claim:cas-decade-anso-founders",
        "   e: cas-decade 3036–3249",
    ]


def test_what_is_to_come_says_what_has_come_and_shows_many_things(cli: Cli, alone: None) -> None:
    shown = cli("ask", "things-to-come").stdout
    head, _, rest = shown.partition("\n\n")
    numbers = re.findall(r"\n(\d+) [^\n]*(?:\n {4}[^\n]+)*\n +told elsewhere:", shown)
    assert len(numbers) == 2
    assert f"Other passages tell that {' and '.join(numbers)} have." in " ".join(head.split())
    assert "\nTARGET  4 about 1 thing\n" in rest
    assert "Technology Exchange and Transfer Center" in rest
    assert " claim;" not in rest
    assert "\nall of them  bri-kg ask things-to-come --all\n" in rest
