"""TAB in real shells: verbs, options, questions, their parameters, and names of things."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.cli.completing import named

# What is typed before TAB, and the line that it makes, as the shell's own `echo` shows it.
LINES = [
    ("bri-kg as", "bri-kg ask"),
    ("bri-kg evidence ver", "bri-kg evidence verify"),
    ("bri-kg ask --sho", "bri-kg ask --show"),
    ("bri-kg ask cof", "bri-kg ask cofounders"),
    ("bri-kg ask cofounders --param par", "bri-kg ask cofounders --param partner="),
    ("bri-kg ask cofounders --param partner=UNES", "bri-kg ask cofounders --param partner=UNESCO"),
    ("bri-kg describe Russian\\ Ac", "bri-kg describe Russian Academy of Sciences"),
    ("bri-kg describe bri-org:ans", "bri-kg describe bri-org:anso"),
    ("bri-kg explain ANSO isFoundedB", "bri-kg explain ANSO isFoundedBy"),
    ("bri-kg evidence verify cgt", "bri-kg evidence verify cgtn-debut"),
    ("bri-kg help factu", "bri-kg help factuality"),
    ("bri-kg conflicts --nature contra", "bri-kg conflicts --nature contradiction"),
]


@pytest.fixture(scope="module")
def home(cache: Path, kg: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the command in it, and the dataset in the cache: nothing is built while somebody waits."""
    folder = tmp_path_factory.mktemp("home")
    command = folder / "bri-kg"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m bri_kg "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return folder


def environment(home: Path) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in ("BRI_KG_CACHE",)},
        "PATH": f"{home}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "TERM": "dumb",
        "LANG": "C.UTF-8",
    }


def shell(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not here")
    return found


@contextmanager
def terminal(command: list[str], env: dict[str, str]) -> Iterator[int]:
    child, place = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, env)
    try:
        yield place
    finally:
        os.write(place, b"\nexit\n")
        os.close(place)
        os.waitpid(child, 0)


def read_until(place: int, pattern: str) -> re.Match[str]:
    text, ends = "", time.monotonic() + 60
    while time.monotonic() < ends:
        text += os.read(place, 4096).decode(errors="replace")
        found = re.search(pattern, text)
        if found:
            return found
    raise AssertionError(f"{pattern!r} does not come: {text!r}")


def typed(place: int, line: str) -> str:
    """Return the line that TAB makes, shown by putting `echo` before it."""
    os.write(place, f"{line}\t\x01echo = \n".encode())
    return read_until(place, r"[\r\n]= (.*?)\s*[\r\n]")[1]


@pytest.mark.slow
def test_bash_completes(home: Path) -> None:
    with terminal([shell("bash"), "--norc", "--noprofile", "-i"], environment(home)) as place:
        os.write(place, b'eval "$(bri-kg completion bash)"; echo REA""DY\n')
        read_until(place, "READY")
        assert [typed(place, line) for line, _ in LINES] == [made for _, made in LINES]


@pytest.mark.slow
def test_zsh_completes(home: Path) -> None:
    functions = home / "functions"
    functions.mkdir()
    with terminal([shell("zsh"), "-f", "-i"], environment(home)) as place:
        setup = (
            f"PS1='$ '; bindkey -e; bri-kg completion zsh -o {functions}/_bri-kg; "
            f"fpath=({functions} $fpath); autoload -Uz compinit; compinit -u -d {home}/dump; "
            'echo REA""DY\n'
        )
        os.write(place, setup.encode())
        read_until(place, "READY")
        assert [typed(place, line) for line, _ in LINES] == [made for _, made in LINES]


@pytest.mark.slow
def test_fish_completes(home: Path) -> None:
    script = ["bri-kg completion fish | source"]
    script += [f"complete -C '{line}'; echo ---" for line, _ in LINES]
    done = subprocess.run(
        [shell("fish"), "--no-config", "-c", "\n".join(script)],
        capture_output=True,
        text=True,
        env=environment(home),
        timeout=120,
    )
    offered = [block.strip().split("\t")[0] for block in done.stdout.split("---\n")][:-1]
    wanted = [
        made.split(" ", 2)[2] if "describe" in made else made.split()[-1] for _, made in LINES
    ]
    assert [text.replace("\\", "") for text in offered] == wanted, done.stderr
    assert "Who founded" in done.stdout  # fish shows what a question asks


LISTED = {
    "names": [
        ["https://w3id.org/bri-kg/id/org/cas", "", "Chinese Academy", "en", "thing"],
        ["https://w3id.org/bri-kg/id/place/china", "", "China", "en", "thing"],
        ["https://w3id.org/bri-kg/ontology#Chair", "", "chair", "en", "term"],
        ["https://w3id.org/bri-kg/id/comparison/x", "", "Ch and Ch", "en", "comparison"],
    ],
    "classes": {
        "bri-org:cas": ["bri:Actor", "bri:Organization"],
        "bri-place:china": ["bri:Place"],
    },
}


def test_names_are_those_that_fit() -> None:
    assert named(LISTED, "Ch", None) == ["Chair", "China", "Chinese Academy"]
    assert named(LISTED, "Ch", "bri:Organization") == ["Chinese Academy"]
    assert named(LISTED, "", "bri:Place") == ["China", "bri-place:"]
    assert named(LISTED, "", None) == ["bri-org:", "bri-place:"]
    assert named(LISTED, "bri-org:", None) == ["bri-org:cas"]
    assert named(LISTED, "x", None) == []


def test_without_the_library_the_way_to_it_is_told(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "argcomplete.shell_integration", None)
    done = cli("completion", "bash")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[BRI295]" in done.stderr and "pip install" in done.stderr
    assert cli("completion", "tcsh").returncode == 2


def test_a_dataset_that_is_not_built_yet_keeps_nobody_waiting(home: Path, tmp_path: Path) -> None:
    env = {**environment(home), "BRI_KG_CACHE": str(tmp_path), "COMP_LINE": "bri-kg ask cof"}
    env |= {"COMP_POINT": "14", "_ARGCOMPLETE": "1", "_ARGCOMPLETE_STDOUT_FILENAME": "/dev/null"}
    done = subprocess.run([home / "bri-kg"], env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []
