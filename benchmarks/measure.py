"""What a process costs, by the operating system's own account of it when it has ended."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("launch.py")
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system, children included) and peak memory of one process."""

    cpu: float
    rss: int
    code: int
    stdout: str
    stderr: str
    stopped: bool = False
    """It was ended, by us for its time or by the system for its memory; `cpu` is what it had used."""


@dataclass(frozen=True)
class Costs:
    """Several runs of one command: median and least CPU time, greatest memory."""

    runs: tuple[Cost, ...]

    @property
    def cpu(self) -> float:
        """The median."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def least(self) -> float:
        """The least CPU time."""
        return min(run.cpu for run in self.runs)

    @property
    def rss(self) -> int:
        """The greatest peak memory, in bytes."""
        return max(run.rss for run in self.runs)

    @property
    def stopped(self) -> bool:
        """Whether any run took too long."""
        return any(run.stopped for run in self.runs)

    @property
    def stdout(self) -> str:
        """What the last run printed."""
        return self.runs[-1].stdout


class FailedError(Exception):
    """A command of the benchmark ended with an error."""


def run(
    command: Sequence[str],
    *,
    limit: float,
    codes: Sequence[int] = (0,),
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Cost:
    """Run a command in a fresh process. Raises FailedError unless its exit code is in `codes`.

    It is ended after `limit` seconds of wall time.
    """
    with tempfile.TemporaryDirectory() as folder:
        result, out, err = (Path(folder) / name for name in ("result", "out", "err"))
        launcher = [sys.executable, "-IS", str(_LAUNCHER), str(result), str(limit), *command]
        with out.open("wb") as stdout, err.open("wb") as stderr:
            subprocess.run(
                launcher,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=cwd,
                env={**os.environ, **(env or {})},
                check=True,
            )
        code, late, cpu, rss = result.read_text().split()
        said, told = (file.read_text(encoding="utf-8", errors="replace") for file in (out, err))
    cost = Cost(
        float(cpu), int(rss) * _RSS_UNIT, int(code), said, told, late == "1" or int(code) == -9
    )
    if cost.code not in codes and not cost.stopped:
        raise FailedError(f"{' '.join(command)}\nended with {code}:\n{cost.stderr[-2000:]}")
    return cost


def interleaved(
    commands: Mapping[str, Sequence[str]],
    repeats: int,
    *,
    limit: float,
    codes: Sequence[int] = (0,),
) -> dict[str, Costs]:
    """Run the commands in turn, A B C A B C …, so that a slow spell of the machine meets all of them.

    A command that took too long is not run again.
    """
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            if not any(cost.stopped for cost in found[name]):
                found[name].append(run(command, limit=limit, codes=codes))
    return {name: Costs(tuple(costs)) for name, costs in found.items()}
