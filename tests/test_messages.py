"""What people are told in Chinese: every message has a wording, and the command line says it."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pytest
from conftest import ROOT
from message_sites import PACKAGE, wordings
from running import Cli

from bri_kg.cli.arguments import Parser
from bri_kg.cli.main import _parser
from bri_kg.cli.messages.speaking import language_of
from bri_kg.cli.messages.wordings import in_chinese
from bri_kg.cli.verbs import VERBS
from bri_kg.dataset.questions import find_question
from bri_kg.errors import InputError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.plain import display_width
from bri_kg.progress import Progress, said_by

ZH = PACKAGE / "cli" / "messages" / "zh.toml"
# Words and texts of others, which no site of ours says as they stand.
OF_OTHERS = {"words", "system", "argparse", "engines", "help"}
# What is followed to a site and is no text for people, or is shown as it is: names, commands, cells of rows.
NOT_SAID = {
    # for those who work on bri-kg: `python -m bri_kg.cli.generate`
    "removed: {0}",
    "stale: {0}",
    "wrote: {0}",
    # what shapes are told of: `words` of zh.toml has each as a whole
    "{0} of {1}{2}",
    "{0}, the type of {1}{2}",
    " (did you mean sh:{0}?)",
    "sh:{0} {1} of {2}",
    # a command to be typed
    "{0}=300 bri-kg query FILE",
    # cells of the rows of `compare`
    "{0} of {1} alone, such as {2}",
    "other rows",
    "the columns differ",
    "the order differs, by {0}",
    "{0}, such as of {1}: {2} here, {3} there",
    "{0} of {1} listed departures met",
    "it does not tell its version",
    "bri-kg {0}",
    "to set",
    "no answer",
    "default graph",
    "graphs of claims",
    "texts in a language",
    "a store",
    # what a callable question says of itself in Python
    "lang: en or zh, default 'en'",
    "limit: integer, default None (all rows)",
    "Columns: {0}",
    "Tags: {0}",
    # names of columns, which stand beside their Chinese
    "two letters",
    "three letters",
    "is a government",
    "exists already",
    "used as",
    "told elsewhere",
    "factuality of the number",
    "open list",
    "for each",
    "passage there",
    "the same",
    # commands
    'bri-kg evidence find cas-decade "In 2018"',
    "bri-kg evidence fill draft.ttl --source cas-decade",
    "bri-kg evidence seal --graph graph --alone",
    "bri-kg evidence verify",
    "bri-kg evidence verify cas-decade cgtn-debut -v",
    "bri-kg evidence verify notes --anew notes.pdf",
    "bri-kg evidence show bri-claim:cas-decade-anso-founders",
    "bri-kg evidence show cas-decade --limit 5",
    "bri-kg evidence coverage",
    "bri-kg evidence coverage cas-decade --left-out",
    "bri-kg source list",
    'bri-kg source new notes.txt --title "Notes of a meeting"',
    "between {0} and {1}",
    "bri-kg source check notes",
    "bri-kg source import notes",
    "bri-kg source undo notes",
    "bri-kg source suggest --measure",
    "bri-kg source suggest cas-decade",
    "bri-kg source workbook notes",
    'bri-kg source add notes.txt --slug notes --title "Notes"',
    "bri-kg source sentences cas-decade",
    "bri-kg source skeleton CreationClaim --slug cas-decade",
    # others
    "Not enough memory to build and broadcast",
    "not {0}",
    "order key",
    "outlines in {0}",
    "too large to edit",
    "data of the editor",
    "group key",
    "pip install",
    "question {0}",
    "rdfs resource",
    "unit dropped",
    "validation report",
    "pyshacl, the only one installed",
    "no passage",
    "the data",
    "The bri-kg project",
    "the shapes",
}
BLANK = re.compile(r"\{(\d+)(?:!t|!o)?\}")
LIMITS = "limits for files, queries and stores, raised by environment variables:"
HAN = "[\u4e00-\u9fff]"
SAID = {
    english: chinese
    for room in tomllib.loads(ZH.read_text(encoding="utf-8")).values()
    for english, chinese in room.items()
}


def rooms() -> dict[str, dict[str, str]]:
    return tomllib.loads(ZH.read_text(encoding="utf-8"))


def test_every_message_has_a_chinese_wording() -> None:
    """To mend: put the lines that this prints into zh.toml, below their kin, with the Chinese."""
    found = wordings()
    left_over = [english for english in SAID if english not in found]
    lines = []
    for english, place in sorted(found.items(), key=lambda item: item[1]):
        if english not in SAID and english not in NOT_SAID:
            near = get_close_matches(english, left_over, 1, 0.8)
            hint = f"   (like {near[0]!r} = {SAID[near[0]]!r})" if near else ""
            lines.append(f'{place}{hint}\n{json.dumps(english, ensure_ascii=False)} = ""')
    assert not lines, "\n" + "\n".join(lines)


def test_no_wording_is_left_over() -> None:
    """To mend: take these lines out of zh.toml, or give a changed message its new English."""
    found = wordings()
    own = {name: room for name, room in rooms().items() if name not in OF_OTHERS}
    assert not [english for room in own.values() for english in room if english not in found]
    assert not {text for text in NOT_SAID if text not in found}


def test_sites_are_found_however_they_come_by_their_text() -> None:
    """A conditional, a sum, a table, a parameter, a property, a default and a `format` each give theirs."""
    assert {
        "the file is empty",
        "{0} of {1} checks pass; findings: {2}",
        "a zip archive",
        "a SPARQL query",
        "set {0} above {1} ({2}) to allow more",
        "simplify it, or ask in several queries",
        "{0} is both {1} and {2}",
        "valid: {0} passed, with {1} warnings{2}",
    } <= wordings().keys()


def test_both_wordings_have_the_same_blanks() -> None:
    wrong = [
        english
        for english, chinese in SAID.items()
        if set(BLANK.findall(english)) != set(BLANK.findall(chinese))
    ]
    assert not wrong


def test_chinese_is_written_as_chinese_is() -> None:
    """Full-width marks beside Chinese, none of the half-width ones; a space between Chinese and Latin."""
    wrong = []
    for chinese in SAID.values():
        blanks = BLANK.sub(lambda blank: "字" if "!" in blank[0] else "x", chinese)
        text = re.sub(r"`[^`]*`", "`", blanks)
        half = re.search(rf"{HAN}[,;:?!()]|[,;:?!)(]{HAN}", text)
        close = re.search(rf"{HAN}[A-Za-z0-9`]|[A-Za-z0-9`]{HAN}", text.replace("\n", " "))
        if half or close or re.search(r" [，。；：？！、）]|[，。；：？！、（] ", text):
            wrong.append(chinese)
    assert not wrong


def test_everything_is_in_chinese() -> None:
    said = {
        text
        for text, chinese in SAID.items()
        if re.search("[A-Za-z]", BLANK.sub("", text)) and not re.search(HAN, chinese)
    }
    assert said == {"an IRI", "MB", "{0}; or {1}", "{0} of {1} {2}"}


def test_what_the_system_says_is_spelt_as_it_spells_it() -> None:
    if sys.platform != "linux":
        pytest.skip("other systems have other words")
    known = {os.strerror(code) for code in errno.errorcode} | {"embedded null byte"}
    assert rooms()["system"].keys() <= known


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("there is no file 'x.ttl'", "没有文件 'x.ttl'"),
        ("did you mean 'CAS'?", "是否指 'CAS'？"),
        # Blanks come in another order, and a blank is said in Chinese too.
        ("3 of 4 terms are covered: 75.0 %", "4 个术语中有 3 个为问题所用：75.0 %"),
        ("give a SPARQL query saved as UTF-8", "给出以 UTF-8 保存的 SPARQL 查询"),
        ("argument --limit: 'x' is no whole number above 0", "参数 --limit：'x' 不是大于 0 的整数"),
        ("'/x': No such file or directory", "'/x'：没有这个文件或目录"),
        # Lists, and lists within lists.
        ("391 verified, 3 changed", "391 处已核对，3 处文本已改动"),
        (
            "3 of 4 checks pass; findings: 1 of severity error, 2 of severity info",
            "4 项检查中 3 项通过；发现：1 项错误，2 项提示",
        ),
        (
            "simplify it, or ask in several queries; or set BRI_KG_MAX_QUERY_JOINS above 100 (patterns) to allow more",
            "简化查询，或拆成多个查询；要放宽上限，可将 BRI_KG_MAX_QUERY_JOINS 设为大于 100 的值（模式数）",
        ),
        # Notices of shapes, with what they are about.
        (
            "warning: SHACL has no such term, so it is not evaluated: sh:minCoun of <http://e.org/s>"
            " (did you mean sh:minCount?)",
            "警告：SHACL 没有这个术语，故不予求值：<http://e.org/s> 的 sh:minCoun（是否指 sh:minCount？）",
        ),
        (
            "bri:x is both bri:A and bri:B; axiom: a b c; facts: bri:x a bri:A and bri:x a bri:B",
            "bri:x 同时属于 bri:A 和 bri:B；公理：a b c；事实：bri:x a bri:A 以及 bri:x a bri:B",
        ),
        (
            "the answer has changed: 1 row removed, 2 rows added\n- a, b | c\n+ d",
            "答案有变：1 行消失，2 行新增\n- a, b | c\n+ d",
        ),
        (
            "sh:property has the value a shape without a name, which has no sh:path",
            "sh:property 的值为没有名称的形状，而它没有 sh:path",
        ),
        # A literal, and a quotation that ends before its text does, which is another text.
        (
            "the store writes 2 of the literals read otherwise, such as "
            '"24.0"^^<http://www.w3.org/2001/XMLSchema#decimal>; see the section Literals of docs/departures.md',
            '所读字面量中有 2 个在存储库中写法不同，例如 "24.0"^^<http://www.w3.org/2001/XMLSchema#decimal>；'
            "见 docs/departures.md 的 Literals 一节",
        ),
        # Lines: what is quoted stays.
        ("SELECT ?x {\n^\nexpected here: a variable  .", "SELECT ?x {\n^\n此处应为：变量  ."),
    ],
)
def test_a_message_is_said_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody has put this into Chinese",
        "use what nobody has put into Chinese",
        "there is no file 'x.ttl' any more, says somebody",
        "give a thing saved as UTF-8",
        "'the query is empty'",
    ],
)
def test_what_is_not_known_as_a_whole_stays_english(text: str) -> None:
    assert in_chinese(text) == text


def test_an_error_is_written_out_with_labels_in_the_language() -> None:
    error = InputError(
        "BRI214", "the file is empty", why="a\nb", fix="give a text", file="a.ttl", line=3
    )
    assert error.render() == (
        "a.ttl:3: error[BRI214]: the file is empty\n  why: a\n       b\n  fix: give a text"
    )
    assert error.render(in_chinese) == (
        "a.ttl:3: 错误[BRI214]：文件为空\n  原因：a\n        b\n  建议：给出文本"
    )


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["ask", "x"], "en"),
        (["ask", "x", "--lang", "zh"], "zh"),
        (["--lang=zh", "ask"], "zh"),
        (["-lzh"], "zh"),
        (["-ql", "zh"], "zh"),
        (["-l", "zh", "-l", "en"], "en"),
        (["-l", "fr"], "en"),
        (["-l"], "en"),
        (["query", "--", "-l", "zh"], "en"),
        (["-l", "zh", "--nonsense"], "zh"),
    ],
)
def test_the_language_is_known_before_arguments_are_parsed(
    arguments: list[str], language: str
) -> None:
    assert language_of(arguments) == language


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["describe", "CASS"], 2, ["错误[BRI120]：图谱中没有 'CASS'", "  建议：是否指 'CAS'？"]),
        (
            ["asl", "x"],
            2,
            ["错误[BRI129]：bri-kg 没有命令 'asl'", "  建议：是否指 `bri-kg ask -l zh`？"],
        ),
        (["ask"], 2, ["错误[BRI100]：缺少必需的参数：QUESTION", "建议：`bri-kg ask --help -l zh`"]),
        (["ask", "x", "--no"], 2, ["错误[BRI128]：bri-kg ask 没有选项 --no"]),
        (["validate", "nowhere.ttl"], 2, ["错误[BRI210]：没有文件 'nowhere.ttl'"]),
        (["query", "-e", "SELECT * { ?x a }"], 2, ["1:12: 错误[BRI103]：从 ?x 起无法解析查询"]),
        (
            ["query", "-e", "SELECT * { SERVICE <http://e.org> {} }"],
            2,
            ["SERVICE <http://e.org> 会将查询的一部分"],
        ),
        (["evidence", "verify", "--sources", "nowhere"], 2, ["错误[BRI231]：没有目录 'nowhere'"]),
        (
            ["query", "-e", "SELECT * { ?s a ?o }", "--limit", "2"],
            None,
            ["只输出了前 2 行，后面还有（--limit）"],
        ),
    ],
)
def test_a_run_in_chinese_says_what_is_wrong(
    cli: Cli, arguments: list[str], code: int | None, says: list[str]
) -> None:
    done = cli(*arguments, "--lang", "zh")
    assert code is None or done.returncode == code
    for text in says:
        assert text in done.stderr
    assert not re.search(r"error\[|  why: |  fix: ", done.stderr)


def test_a_missing_parameter_is_told_by_its_label_in_the_language(kg: KnowledgeGraph) -> None:
    question = find_question(kg.release.index(), "members")
    without = replace(question, params=(replace(question.params[0], default=None),))
    with pytest.raises(UsageError, match=": 组织"):
        kg.bind(without, {}, "zh")


def test_a_mistake_in_a_file_is_told_with_its_place(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.rq"
    file.write_text("SELECT ?x\nWHERE { ?x ex:p ?y }\n", encoding="utf-8")
    done = cli("-lzh", "query", str(file))
    assert done.stderr.splitlines() == [
        f"{file}:2:12: 错误[BRI103]：前缀 ex: 未声明（见 ex:p）",
        "  原因：WHERE { ?x ex:p ?y }",
        "                   ^",
        "  建议：在查询之前声明：PREFIX ex: <…>",
    ]


def test_a_limit_that_is_passed_is_told_with_the_setting(cli: Cli) -> None:
    query = "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["?s = 1"] * 30) + ") }"
    done = cli("query", "-e", query, "-l", "zh", BRI_KG_MAX_QUERY_OPERATORS="10")
    assert done.returncode == 2
    assert "错误[BRI106]：查询的运算符超过 10 个" in done.stderr
    assert "可将 BRI_KG_MAX_QUERY_OPERATORS 设为大于 10 的值（运算符数）" in done.stderr


def test_a_finding_is_told_in_chinese_for_people_and_for_programs(cli: Cli, tmp_path: Path) -> None:
    data = tmp_path / "a.ttl"
    data.write_text("<http://e.org/a> <http://e.org/p> 1 .", encoding="utf-8")
    shapes = tmp_path / "s.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e.org/s> a sh:NodeShape ;"
        " sh:targetNode <http://e.org/a> ; sh:property [ sh:path <http://e.org/p> ; sh:maxInclusive 0 ] .",
        encoding="utf-8",
    )
    asked = ("validate", str(data), "--shapes", str(shapes), "-lzh")
    done = cli(*asked)
    assert re.search(r"^错误\[.*\]：该值不小于或等于 0。$", done.stdout, re.MULTILINE)
    assert "  位置：" in done.stdout
    assert done.stderr == "不符合：1 条结果\n"
    assert json.loads(cli(*asked, "-f", "json").stdout)[0]["severity"] == "error"


def test_contradictions_and_what_no_rule_covers_are_told_in_chinese(
    cli: Cli, tmp_path: Path
) -> None:
    data = tmp_path / "a.ttl"
    data.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <http://e.org/> ."
        " e:A owl:disjointWith e:B . e:x a e:A, e:B . e:R a owl:ReflexiveProperty .",
        encoding="utf-8",
    )
    done = cli("infer", str(data), "--no-ontology", "-lzh")
    assert done.returncode == 1
    assert (
        "警告[BRI403]：<http://e.org/R>：owl:ReflexiveProperty：没有适用于它的 OWL 2 RL 规则"
        in done.stderr
    )
    assert (
        "错误[cax-dw]：<http://e.org/x> 同时属于 <http://e.org/A> 和 <http://e.org/B>；公理："
        in done.stderr
    )


def helps() -> set[str]:
    """Return what helps say, beside words of the glossary, in English."""
    parser = _parser([*VERBS, "--help"])
    texts = {*(parser.epilog or "").split("\n")}
    left: list[Parser] = [parser]
    while left:
        parser = left.pop()
        texts.add(parser.description or "")
        for group in parser._action_groups:
            texts |= {f"{group.title}:"} if group._group_actions or group.description else set()
            if group.title == "examples":
                texts |= {*re.findall("^# (.*)", group.description or "", re.MULTILINE)}
        for action in parser._actions:
            parts = action.choices if isinstance(action, argparse._SubParsersAction) else None
            left += parts.values() if parts else ()
            texts |= {action.help or "", *(VERBS.values() if parts else ())}
    return texts - {"", argparse.SUPPRESS}


def test_every_help_is_in_chinese() -> None:
    """To mend: put what this prints into [help] of zh.toml, or take out what no help says."""
    found = helps()
    missing = [text for text in sorted(found) if in_chinese(text) == text]
    lines = [f'{json.dumps(text, ensure_ascii=False)} = ""' for text in missing]
    assert not lines, "\n" + "\n".join(lines)
    assert {text for text in rooms()["help"] if not BLANK.search(text)} <= found | {LIMITS}


@pytest.mark.parametrize("verb", [(), ("ask",), ("query",), ("evidence", "fill")], ids=" ".join)
def test_a_help_is_in_chinese_and_its_commands_are_the_same(
    cli: Cli, verb: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    english, chinese = (cli(*verb, "--help", "-l", lang).stdout for lang in ("en", "zh"))
    assert english.startswith("usage: bri-kg")
    assert chinese.startswith("用法： bri-kg")
    assert "显示本帮助并退出" in chinese
    assert not re.search(r"^[a-z ]+:$", chinese, re.MULTILINE)
    assert max(map(display_width, chinese.splitlines())) <= 80
    commands = [re.findall("^  bri-kg .*", text, re.MULTILINE) for text in (english, chinese)]
    assert commands[0]
    # What is copied from a Chinese help answers in Chinese.
    assert commands[1] == [f"{c.removesuffix(' -l zh')} -l zh" for c in commands[0]]


def test_the_verb_help_shows_a_help_in_the_language(cli: Cli) -> None:
    assert cli("help", "ask", "-l", "zh").stdout.startswith("用法： bri-kg ask")


def test_a_console_that_cannot_show_chinese_gets_escapes(cli_process: Cli) -> None:
    done = cli_process("ask", "nix", "-l", "zh", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert done.stderr.startswith(r"\u9519\u8bef[BRI110]\uff1a")
    assert cli_process("ask", "-h", "-l", "zh", PYTHONIOENCODING="ascii").stdout.startswith(
        r"\u7528"
    )


def test_progress_is_told_in_chinese_and_fits_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with said_by(in_chinese):
        line = Progress("load a.nt", 100.0, show=False).line(50.0, 25.0)
    assert line.startswith("载入 a.nt  ##########----------   50%  50.0 / 100.0 MB  2.0")
    assert display_width(line) == 59
    monkeypatch.setenv("COLUMNS", "90")
    with said_by(in_chinese):
        assert Progress("comparing", 4, "parts", show=False).line(2, 2.0).split("  ")[3:6] == [
            "2 / 4 项",
            "1.0 项/s",
            "剩余 0:02",
        ]
    assert Progress("load a.nt", 2.0, show=False).line(1.0, 2.0).rstrip().endswith("0:02 left")


def test_english_reads_nothing_of_another_language() -> None:
    program = """
import sys
from bri_kg.cli.main import main
main(["ask", "cofounders", "-f", "csv"])
print(*[name for name in sys.modules if "messages" in name or name == "tomllib"], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    assert done.stderr.strip() == ""
    assert done.stdout.count("\n") > 3
