"""Made-up input, kind by kind, in forked workers: whatever is given, bri-kg answers or says what is wrong.

By hand: `python tests/fuzzing.py KIND…` (all kinds without one), or a file that a run has kept, to run it again.
`BRI_KG_FUZZ_SECONDS` is the time for a kind (20), `BRI_KG_FUZZ_COUNT` a number of inputs instead,
`BRI_KG_FUZZ_SEED` what they are drawn from (0), `BRI_KG_FUZZ_PROCESSES` how many more run in a
process of their own (3).

A fault is: exit code 4, an exception that is no BriKgError, a traceback, a process that dies, and one
that does not end in `LONGEST` seconds, nor, run again alone, in twice as long.
"""

from __future__ import annotations

import importlib
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from fuzz_inputs import Input, Kind, from_json

from bri_kg.cli.main import main as bri_kg
from bri_kg.errors import BriKgError

ROOT = Path(__file__).parent.parent
KINDS = ("commands", "drafts", "files", "ontologies", "queries", "shapes")
LONGEST = 10.0  # seconds for one input
_START = 20.0  # seconds more for a process that has to start, on a busy machine too
_MEMORY = 4 << 30  # bytes of addresses; engines reserve more than they use
_A_WORKER = 200  # inputs of one worker, so that none pays for what many have left behind
_PROCESSES_FROM = 10**9  # numbers of the inputs that whole processes get
_FINE = {0, 1, 2, 3}


@dataclass(frozen=True)
class Settings:
    """How much is tried: for some seconds, or a number of inputs where one is given."""

    seconds: float = 12.0
    seed: int = 0
    count: int | None = None
    processes: int = 3
    longest: float = LONGEST


@dataclass(frozen=True)
class Ending:
    """How an input ended: exit code, or in a word, what was said, and how long it took."""

    number: int
    code: int | str
    said: str = ""
    seconds: float = 0.0

    @property
    def is_fault(self) -> bool:
        return self.code not in _FINE or "Traceback (most recent" in self.said


def from_environment() -> Settings:
    """Return the settings that the environment asks for."""
    count = os.environ.get("BRI_KG_FUZZ_COUNT")
    return Settings(
        seconds=float(os.environ.get("BRI_KG_FUZZ_SECONDS", "20")),
        seed=int(os.environ.get("BRI_KG_FUZZ_SEED", "0")),
        count=int(count) if count else None,
        processes=int(os.environ.get("BRI_KG_FUZZ_PROCESSES", "3")),
    )


def kind_of(name: str) -> Kind:
    return cast(Kind, importlib.import_module(f"fuzz_{name}"))


def input_of(kind: Kind, seed: int, number: int) -> Input:
    """Return the input with this number; the same one whenever it is asked for."""
    return kind.make(random.Random(f"{seed} {number}"))


def tried(kind: Kind, settings: Settings) -> Iterator[Ending]:
    """Yield how each input ended, run in workers that are replaced when they die or hang."""
    until = time.monotonic() + settings.seconds
    number = 0
    while _goes_on(settings, number, until):
        last = min(number + _A_WORKER, settings.count or sys.maxsize)
        for ending in _worker(kind, settings, number, last, until):
            number = ending.number + 1
            yield _again(kind, settings, ending) if ending.code == "hangs" else ending


def _goes_on(settings: Settings, number: int, until: float) -> bool:
    if settings.count is not None:
        return number < settings.count
    return number == 0 or time.monotonic() < until


def _again(kind: Kind, settings: Settings, ending: Ending) -> Ending:
    """Return how an input that hung ends alone: a busy machine is no fault of the code."""
    number = ending.number
    once = replace(settings, count=number + 1, longest=2 * settings.longest)
    return next(_worker(kind, once, number, number + 1, float("inf")), ending)


def _worker(
    kind: Kind, settings: Settings, first: int, last: int, until: float
) -> Iterator[Ending]:
    here, there = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        here.close()
        try:
            _work(kind, settings, range(first, last), until, there)
        finally:
            os._exit(0)
    there.close()
    number, began = first, time.monotonic()
    try:
        while here.poll(settings.longest):
            told = here.recv()
            if told is None:
                return
            if isinstance(told, Ending):
                yield told
            else:
                number, began = told, time.monotonic()
        yield Ending(number, "hangs", seconds=time.monotonic() - began)
    except EOFError:
        status = os.waitpid(child, 0)[1]
        child = 0
        how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "ended"
        yield Ending(number, how, seconds=time.monotonic() - began)
    finally:
        here.close()
        if child:
            os.kill(child, 9)
            os.waitpid(child, 0)


def _work(
    kind: Kind, settings: Settings, numbers: Iterable[int], until: float, to: Connection
) -> None:
    _limit()
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    with tempfile.TemporaryFile() as said, tempfile.TemporaryDirectory() as folder:
        os.dup2(said.fileno(), 2)
        for number in numbers:
            if not _goes_on(settings, number, until):
                break
            to.send(number)
            signal.alarm(int(2 * settings.longest) + 1)  # ends what is left alone
            began = time.monotonic()
            given = input_of(kind, settings.seed, number)
            os.ftruncate(2, 0)
            os.lseek(2, 0, os.SEEK_SET)
            code = run(kind, given, Path(folder) / str(number))
            os.lseek(2, 0, os.SEEK_SET)
            text = os.read(2, 1 << 20).decode("utf-8", "replace")
            to.send(Ending(number, code, text[-2000:], time.monotonic() - began))
        os.chdir("/")
    to.send(None)


def run(kind: Kind, given: Input, folder: Path) -> int:
    """Run an input in this process, in a new folder, and return its exit code."""
    folder.mkdir()
    os.chdir(folder)
    given.write(folder)
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.stdin), encoding="utf-8")
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - flushed below
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    code = 0
    try:
        if given.api:
            kind.API[given.api](folder)
        else:
            code = bri_kg(list(given.args))
    except BriKgError as error:
        sys.stderr.write(error.render())
        code = error.exit_code
    except SystemExit as end:  # --help and --version
        code = end.code if isinstance(end.code, int) else 98
    except BaseException:
        traceback.print_exc()
        code = 4
    sys.stderr.flush()
    return code


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def by_processes(kind: Kind, settings: Settings) -> Iterator[Ending]:
    """Yield how some more inputs ended, each in a process of its own, as a user would start it."""
    number, left = _PROCESSES_FROM, settings.processes
    while left:
        given = input_of(kind, settings.seed, number)
        if not given.api:
            left -= 1
            yield _process(given, number, settings.longest + _START)
        number += 1


def _process(given: Input, number: int, longest: float) -> Ending:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        given.write(Path(folder))
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bri_kg", *map(_passed, given.args)],
                cwd=folder,
                input=given.stdin,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                timeout=longest,
                preexec_fn=_limit,
            )
        except subprocess.TimeoutExpired:
            return Ending(number, "hangs", seconds=longest)
    said = done.stderr.decode("utf-8", "replace")[-2000:]
    code = done.returncode if done.returncode >= 0 else f"signal {-done.returncode}"
    return Ending(number, code, said, time.monotonic() - began)


def _passed(argument: str) -> bytes:
    """Return an argument as a system can pass it on."""
    return argument.encode("utf-8", "replace").replace(b"\0", b"")


def fuzz(name: str, kind: Kind, settings: Settings) -> list[Ending]:
    """Try a kind, print what came of it, keep the inputs at fault, and return how these ended."""
    began = time.monotonic()
    prepared(kind)
    inside = list(_told(name, kind, settings, tried(kind, settings)))
    outside = list(_told(name, kind, settings, by_processes(kind, settings)))
    slowest = max(inside, key=lambda ending: ending.seconds)
    _say(
        f"{name}: seed {settings.seed}, {len(inside)} inputs and {len(outside)} by processes "
        f"in {time.monotonic() - began:.0f} s; exit codes {_counted(inside)}; by processes "
        f"{_counted(outside)}; the slowest took {slowest.seconds:.1f} s (number {slowest.number})"
    )
    return [ending for ending in (*inside, *outside) if ending.is_fault]


def prepared(kind: Kind) -> None:
    """Let a kind prepare in a child, so that threads of engines are not in the process that forks.

    An input is made in this one: what inputs are made from is then the same in every worker.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            kind.prepare()
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the kind could not be prepared")
    kind.make(random.Random(0))


def _told(name: str, kind: Kind, settings: Settings, endings: Iterable[Ending]) -> Iterator[Ending]:
    folder = None
    for ending in endings:
        if ending.is_fault:
            folder = folder or Path(tempfile.mkdtemp(prefix="bri-kg-fuzz-"))
            path = folder / f"{name}-{settings.seed}-{ending.number}.json"
            given = input_of(kind, settings.seed, ending.number)
            path.write_text(given.to_json(name), encoding="utf-8")
            _say(f"{path}: ended with {ending.code}: {ending.said[-400:]}")
        yield replace(ending, said="") if not ending.is_fault else ending


def _counted(endings: Iterable[Ending]) -> str:
    counts = Counter(str(ending.code) for ending in endings)
    return ", ".join(f"{code}: {number}" for code, number in sorted(counts.items())) or "none"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def again(path: Path) -> Ending:
    """Run a kept input once more, and return how it ends."""
    name, given = from_json(path.read_text(encoding="utf-8"))
    module = kind_of(name)

    class One:
        API = module.API

        def make(self, chance: random.Random) -> Input:
            return given

        def prepare(self) -> None:
            module.prepare()

    prepared(module)
    return next(tried(One(), Settings(count=1)))


def main(names: list[str]) -> int:
    """Run kinds, or kept inputs; return 1 where there is a fault."""
    faults: list[Ending] = []
    for name in names or KINDS:
        if name.endswith(".json"):
            ending = again(Path(name))
            _say(f"{name}: ended with {ending.code} after {ending.seconds:.1f} s\n{ending.said}")
            faults += [ending] if ending.is_fault else []
        else:
            faults += fuzz(name, kind_of(name), from_environment())
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
