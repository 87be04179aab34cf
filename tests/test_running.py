"""The tests' own way to run the command line tells what a process tells, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from conftest import Cli

TURTLE = "<http://example.org/s> a <http://example.org/C> .\n"


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        (("ask", "cofounders"), ""),
        (("ask", "cofounders", "--lang", "zh", "--format", "csv"), ""),
        (("query", "-"), "SELECT ?c WHERE { ?c a bri:Country } ORDER BY ?c LIMIT 2"),
        (("query", "-e", "ASK { ?s ?p ?o }", "--timeout", "60"), ""),
        (("infer", "-"), TURTLE),
        (("validate", "no.ttl"), ""),
        (("questions", "--help"), ""),
        (("asks",), ""),
        ((), ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_in_process_and_in_one_of_its_own_say_the_same(
    cli: Cli, cli_process: Cli, tmp_path: Path, args: tuple[str, ...], stdin: str
) -> None:
    here = cli(*args, stdin=stdin, cwd=tmp_path)
    there = cli_process(*args, stdin=stdin, cwd=tmp_path)
    assert (here.returncode, here.stdout) == (there.returncode, there.stdout)
    assert here.stderr == there.stderr
    assert here.stdout or here.stderr


def test_a_run_in_process_leaves_nothing_behind(cli: Cli, tmp_path: Path) -> None:
    streams, folder, handler = (
        (sys.stdin, sys.stdout, sys.stderr),
        Path.cwd(),
        signal.getsignal(signal.SIGINT),
    )
    done = cli(
        "load", "-", "-f", "nt", "--store", "s", stdin="", cwd=tmp_path, BRI_KG_MEMORY_MB="1"
    )
    assert done.stderr
    assert (sys.stdin, sys.stdout, sys.stderr) == streams
    assert Path.cwd() == folder
    assert signal.getsignal(signal.SIGINT) == handler
    assert "BRI_KG_MEMORY_MB" not in os.environ


def test_settings_of_python_get_a_process(cli: Cli) -> None:
    assert cli("-V", PYTHONHASHSEED="1").args[0] == sys.executable
    assert cli("-V").args == ["-V"]
