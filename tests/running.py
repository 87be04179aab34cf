"""The command line run by tests: in this process where that tells as much, else in one of its own."""

from __future__ import annotations

import gc
import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bri_kg.cli.main import main

ROOT = Path(__file__).parent.parent
Done = subprocess.CompletedProcess[str]
Cli = Callable[..., Done]
_STREAMS = ("stdin", "stdout", "stderr")
_HANDLED = (signal.SIGINT, signal.SIGTERM)


def run(*args: str, stdin: str | bytes = "", cwd: Path | None = None, **env: str) -> Done:
    """Run the command line and return its exit code and what it wrote.

    It runs in this process, with descriptors, environment and folder of its own; settings of Python
    itself (PYTHON…) count from the start of a process, so they get one.
    """
    if any(name.startswith("PYTHON") for name in env):
        return run_process(*args, stdin=stdin, cwd=cwd, **env)
    with ExitStack() as stack:
        stack.enter_context(_environment(env))
        stack.enter_context(_folder(cwd))
        stack.enter_context(_signals())
        out, err = stack.enter_context(_streams(_data(stdin)))
        code = _exit_code(list(args))
        sys.stdout.flush()
        sys.stderr.flush()
        out.seek(0)
        err.seek(0)
        done = _done(list(args), code, out.read(), err.read())
    # A store on disk stays locked until nothing holds it.
    gc.collect(1)
    return done


def run_process(*args: str, stdin: str | bytes = "", cwd: Path | None = None, **env: str) -> Done:
    """Run the command line in a process of its own, as a user would."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **env}
    done = subprocess.run(
        [sys.executable, "-m", "bri_kg", *args],
        input=_data(stdin),
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=300,
    )
    return _done(done.args, done.returncode, done.stdout, done.stderr)


def _data(stdin: str | bytes) -> bytes:
    return stdin.encode() if isinstance(stdin, str) else stdin


def _done(args: list[str], code: int, out: bytes, err: bytes) -> Done:
    texts = [data.decode("utf-8", "replace").replace("\r\n", "\n") for data in (out, err)]
    assert "Traceback" not in texts[1], texts[1]
    return subprocess.CompletedProcess(args, code, *texts)


def _exit_code(args: list[str]) -> int:
    try:
        return main(args)
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)


@contextmanager
def _environment(env: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _folder(cwd: Path | None) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(cwd or before)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in _HANDLED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[io.BufferedRandom, io.BufferedRandom]]:
    """Put files where descriptors 0 to 2 lead, so that engines and children write there too; yield the last two."""
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in _STREAMS]
        files[0].write(stdin)
        files[0].seek(0)
        for number, (name, file) in enumerate(zip(_STREAMS, files, strict=True)):
            stack.enter_context(_descriptor(number, file.fileno()))
            stack.enter_context(_stream(name, number))
        yield files[1], files[2]


@contextmanager
def _descriptor(number: int, target: int) -> Iterator[None]:
    kept = os.dup(number)
    os.dup2(target, number)
    try:
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)


@contextmanager
def _stream(name: str, number: int) -> Iterator[None]:
    kept = getattr(sys, name)
    stream = open(  # noqa: SIM115 - closed below
        number,
        "r" if number == 0 else "w",
        encoding="utf-8",
        errors="backslashreplace" if name == "stderr" else "strict",
        closefd=False,
    )
    setattr(sys, name, stream)
    try:
        yield
    finally:
        setattr(sys, name, kept)
        stream.close()
