"""The command line in a process of its own, forked from one that has imported it: bounded, and started in no time.

Run as a program it is that one: a line of JSON in, the exit code of a fork out.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
# What the verbs that read files import, as they run.
_IMPORTED: Final = (
    *(f"bri_kg.cli.verbs.{verb}" for verb in ("check", "describe", "export", "infer", "load", "query", "validate")),
    "bri_kg.checking.ontologies",
    "bri_kg.checking.shapes_alone",
    "bri_kg.dataset.infer_files",
    "bri_kg.knowledge",
    "bri_kg.reasoner",
    "bri_kg.stores.loading",
    "rdflib",
)  # fmt: skip


class Forks:
    """A process that has imported the command line, and forks for each run."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(
        self, args: Sequence[str], said: Path, *, memory: int, cpu: int, timeout: int
    ) -> tuple[int, bytes]:
        """Return the exit code (that of a signal is negative) and what went to stderr, which `said` holds.

        A fork may take so many bytes of memory, and seconds of the processor and of the clock.
        """
        assert self._process.stdin and self._process.stdout
        order = {"args": list(args), "said": str(said), "memory": memory, "cpu": cpu}
        self._process.stdin.write(json.dumps({**order, "timeout": timeout}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()), said.read_bytes()


@contextmanager
def forks() -> Iterator[Forks]:
    """Let a process stand ready to fork."""
    with subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield Forks(process)
        assert process.stdin
        process.stdin.close()


def _serve() -> None:
    for name in _IMPORTED:
        importlib.import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _run(**order)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


def _run(args: list[str], said: str, memory: int, cpu: int, timeout: int) -> None:
    """Run the command line, and end as its process would."""
    import resource
    import traceback

    for number, place in enumerate((os.devnull, os.devnull, said)):
        os.dup2(os.open(place, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    signal.alarm(timeout)
    code = 1
    try:
        from bri_kg.cli.main import main

        code = main(args)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
