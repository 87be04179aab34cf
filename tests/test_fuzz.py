"""Made-up input of every kind for a while, and the machinery that judges what comes of it."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from fuzz_inputs import Input, changed, from_json
from fuzzing import KINDS, Settings, again, fuzz

from bri_kg.errors import UsageError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_given_is_answered_or_explained(kind: str, cache: Path) -> None:
    """In a process of its own: to fork is safe only where no engine has started threads."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "fuzzing.py"), kind],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


class Odd:
    """Inputs that all end in one way."""

    def __init__(self, how: str) -> None:
        self.how = how
        self.API = {
            "dies": lambda folder: os.kill(os.getpid(), 9),
            "hangs": lambda folder: time.sleep(60),
            "raises": lambda folder: {}["x"],
            "eats": lambda folder: bytearray(1 << 40),
            "refuses": lambda folder: (_ for _ in ()).throw(UsageError("BRI100", "no")),
            "writes": lambda folder: sys.stderr.write("Traceback (most recent call last)"),
        }

    def make(self, chance: random.Random) -> Input:
        return Input(files={"a": chance.randbytes(3)}, api=self.how)

    def prepare(self) -> None:
        pass


ONE = Settings(count=2, processes=0, longest=0.5)


@pytest.mark.parametrize(
    ("how", "code"),
    [("dies", "signal 9"), ("hangs", "hangs"), ("raises", 4), ("eats", 4), ("writes", 0)],
)
def test_a_fault_is_seen_and_its_input_kept(
    how: str, code: int | str, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = fuzz("odd", Odd(how), ONE)
    assert [(fault.number, fault.code) for fault in faults] == [(0, code), (1, code)]
    lines = capsys.readouterr().out.splitlines()
    assert re.match(
        rf"odd: seed 0, 2 inputs and 0 by processes in \d s; exit codes {code}: 2;", lines[-1]
    )
    kept = Path(lines[0].split(": ended with")[0])
    name, given = from_json(kept.read_text(encoding="utf-8"))
    assert (name, given) == ("odd", Odd(how).make(random.Random("0 0")))


def test_what_is_refused_in_words_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz("odd", Odd("refuses"), ONE) == []
    assert "exit codes 2: 2;" in capsys.readouterr().out


def test_a_kept_command_line_is_run_again(tmp_path: Path) -> None:
    given = Input(("describe", "http://q.test/a", "--store", "a.ttl"), {"a.ttl": b"<a:a> <a:b> ."})
    path = tmp_path / "kept.json"
    path.write_text(given.to_json("files"), encoding="utf-8")
    ending = again(path)
    assert (ending.code, ending.is_fault) == (2, False)
    assert ending.said.startswith("a.ttl:1:")


def test_the_same_seed_makes_the_same_changes() -> None:
    assert changed(b"abc" * 9, random.Random(1)) == changed(b"abc" * 9, random.Random(1))
    assert changed(b"abc" * 9, random.Random(1)) != changed(b"abc" * 9, random.Random(2))
