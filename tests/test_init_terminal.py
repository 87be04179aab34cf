"""What `bri-kg init` asks on a terminal, typed there by hand."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


def typed(lines: str, folder: Path, *more: str) -> tuple[int, str]:
    """Return exit code and screen of `bri-kg init` where these lines are typed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bri_kg", "init", str(folder), *more]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        os.write(ours, lines.encode())
        screen = b""
        while part := _read(ours):
            screen += part
    os.close(ours)
    return running.returncode, screen.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says that the other side has gone
        return b""


def test_what_is_missing_is_asked_and_has_a_proposal(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    code, screen = typed("\nOur minutes\nhttps://example.org/minutes/\n\n\nen\n", folder)
    assert code == 0, screen
    assert screen.count("title of the collection: ") == 2  # an empty line is no title
    assert "prefix [minutes]: " in screen
    with (folder / "bri-kg.toml").open("rb") as marker:
        said = tomllib.load(marker)
    assert (said["title"], said["prefix"]) == ("Our minutes", "minutes")
    assert said["languages"] == ["en"]


def test_it_asks_in_chinese(tmp_path: Path) -> None:
    given = ("--namespace", "https://example.org/minutes/", "-l", "zh")
    code, screen = typed("我们的文件\n\n\n\n", tmp_path / "mine", *given)
    assert code == 0, screen
    assert "资料集的标题: " in screen and "前缀 [minutes]: " in screen


def test_an_end_of_input_is_no_answer(tmp_path: Path) -> None:
    code, screen = typed("\x04", tmp_path / "mine")
    assert (code, "error[BRI878]" in screen) == (2, True), screen
    assert not (tmp_path / "mine").exists()
