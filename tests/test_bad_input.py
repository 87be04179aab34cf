"""Bad input gets a clear error and the right exit code, never a traceback (the fixture `cli` looks)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.cli.main import main


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["ask", "cofounder"], "did you mean 'cofounders'?"),
        (["ask", "cofounders", "--param", "partne=bri-org:cas"], "did you mean 'partner'?"),
        (["ask", "cofounders", "--param", "partner=TWAZ"], "did you mean 'TWAS'?"),
        (["ask", "cofounders", "--param", "partner=bri-org:cass"], "did you mean bri-org:cas"),
        (["ask", "cofounders", "--param", "partner=bri-place:china"], "is no bri:Organization"),
        (["ask", "cofounders", "--param", "partner"], "name=value"),
        (["ask", "cofounders", "--param", "partner=a", "--param", "partner=b"], "given twice"),
        (["ask", "minimum-counts", "--param", "number=many"], "must be of type decimal"),
        (["ask", "creations-between", "--param", "first=20.5"], "must be of type integer"),
        (["ask", "cofounders", "--format", "ttl"], "there is no format 'ttl' for this output"),
        (["ask", "cofounders", "--limit", "0"], "no whole number above 0"),
        (["describe", "http://not an iri"], "is no IRI"),
        (["explain", "bri-org:cas"], "is no claim"),
        (["explain", "bri-org:cas", "bri:isFoundedBy"], "a claim or a whole fact"),
        (["explain", "bri-org:cas", "bri:isFoundedBy", "bri-org:ras"], "does not say"),
        (["query", "-e", "SELECT ?s WHERE { ?s ?p }"], "1:"),
        (["query", "-e", "SELECT ?s WHERE {\n ?s ex:p ?o }"], "2:5: error"),
        (["query", "-e", "   "], "the query is empty"),
        (["query"], "no query is given"),
        (["query", "no-such-file.rq"], "there is no file"),
        (["query", str(ROOT)], "is a folder"),
        (["validate", str(ROOT)], "is a folder"),
        (["validate", "no-such-file.ttl"], "there is no file"),
        (["validate", "--graph", "no-such-folder"], "there is no folder"),
        (["evidence", "find", "cas-decad", "words", "--sources", "."], "did you mean 'cas-decade'?"),
        (["evidence", "verify", "--sources", "no-such-folder"], "there is no folder"),
        (["no-such-verb"], "no-such-verb"),
        ([], "usage"),
    ],
)  # fmt: skip
def test_what_cannot_run_says_so_and_exits_2(
    cli: Cli, tmp_path: Path, args: list[str], says: str
) -> None:
    done = cli(*args, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert done.stdout == ""


def test_a_missing_parameter_is_named(cli: Cli, copy: Path) -> None:
    path = copy.parent / "queries" / "questions" / "cofounders.rq"
    text = path.read_text(encoding="utf-8").replace('default: "bri-org:cas", ', "")
    path.write_text(text, encoding="utf-8")
    done = cli("ask", "cofounders", "--graph", str(copy), "--alone")
    assert done.returncode == 2
    assert "needs the parameter 'partner'" in done.stderr
    assert "--param partner=" in done.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02", "binary"),
        (b"\xff\xfe\x00a", "UTF-8"),
        (b"\n \n", "is empty"),
    ],
)
@pytest.mark.parametrize("verb", ["query", "validate"])
def test_a_file_that_is_no_text(
    cli: Cli, tmp_path: Path, content: bytes, says: str, verb: str
) -> None:
    file = tmp_path / ("bad.rq" if verb == "query" else "bad.ttl")
    file.write_bytes(content)
    done = cli(verb, str(file))
    assert done.returncode == 2
    assert f"{file}" in done.stderr
    assert says in done.stderr


def test_a_binary_source_is_named(cli: Cli, tmp_path: Path) -> None:
    for name in (
        (ROOT / "graph" / "sources.ttl").read_text(encoding="utf-8").split('fileName "')[1:]
    ):
        (tmp_path / name.split('"')[0]).write_bytes(b"\xff\xfe\x00")
    done = cli("evidence", "verify", "--sources", str(tmp_path))
    assert done.returncode == 2
    assert "is not UTF-8 text" in done.stderr


def test_an_unreadable_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Root reads every file, so the system's refusal is played."""
    file = tmp_path / "locked.rq"
    file.write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")

    opens = Path.open

    def refuse(self: Path, *how: object, **more: object) -> object:
        if self == file:
            raise PermissionError(13, "Permission denied")
        return opens(self, *how, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert main(["query", str(file)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_query_header_that_is_wrong_names_file_and_line(cli: Cli, copy: Path) -> None:
    path = copy.parent / "queries" / "questions" / "cofounders.rq"
    text = path.read_text(encoding="utf-8").replace("#+ tags:", "#+ tagz:")
    path.write_text(text, encoding="utf-8")
    done = cli("questions", "--graph", str(copy), "--alone")
    assert done.returncode == 2
    assert "cofounders.rq:4: error" in done.stderr
    assert "did you mean 'tags'?" in done.stderr


def test_a_cut_answer_says_so(cli: Cli) -> None:
    done = cli("ask", "cofounders", "--limit", "2", "--format", "csv")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert "there are more" in done.stderr
    assert "there are more" not in cli("ask", "cofounders", "--limit", "3").stderr


def test_a_time_limit_ends_the_work(cli: Cli) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?a != ?d && ?d != ?g) }"
    done = cli("query", "-e", endless, "--timeout", "1")
    assert done.returncode == 3
    assert "stopped after 1 seconds" in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bri_kg", "export"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_console_without_chinese(cli: Cli, encoding: str) -> None:
    done = cli("ask", "cofounders", "--lang", "zh", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert re.search(r"cas-decade 3036.3249\b", done.stdout)  # cp1252 has a dash
    data = cli("ask", "cofounders", "--lang", "zh", "--format", "csv", PYTHONIOENCODING=encoding)
    assert "俄罗斯科学院" in data.stdout


def test_a_file_is_written_whole_or_not_at_all(cli: Cli, tmp_path: Path) -> None:
    done = cli("ask", "cofounders", "--format", "csv", "-o", str(tmp_path / "none" / "rows.csv"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    target = tmp_path / "rows.csv"
    assert cli("ask", "cofounders", "--format", "csv", "-o", str(target)).returncode == 0
    assert target.read_bytes().count(b"\r\n") == 4
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
