"""Work in forked children, so that a crash or a hang is a finding and not the end of the tests."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bri_kg.cli.main import main

LONGEST = 60.0  # seconds for one command; on a busy machine too


def budget() -> float:
    """The seconds that a fuzz test may take."""
    return float(os.environ.get("BRI_KG_FUZZ_SECONDS", "20"))


def rounds() -> Iterator[int]:
    """Yield numbers, to be used as seeds, until the budget is spent; at least one."""
    end = time.monotonic() + budget()
    number = 0
    while number == 0 or time.monotonic() < end:
        yield number
        number += 1


def outcome(args: list[str], stdin: bytes = b"") -> tuple[int | str, str]:
    """Run a command line in a forked child; return its exit code, or how it ended, and what it said."""
    said = Path(tempfile.mkstemp()[1])
    child = os.fork()
    if child == 0:
        code = 99
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            err = os.open(said, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(err, 2)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="backslashreplace")
            sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")
            sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
            try:
                code = main(args)
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 98
            sys.stderr.flush()
        finally:
            os._exit(code)
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            text = said.read_text(encoding="utf-8", errors="replace")
            said.unlink()
            if os.WIFSIGNALED(status):
                return f"signal {os.WTERMSIG(status)}", text
            return os.WEXITSTATUS(status), text
        time.sleep(0.002)
    os.kill(child, 9)
    os.waitpid(child, 0)
    said.unlink()
    return "hangs", ""
