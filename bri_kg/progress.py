"""A line that says how far a long task is, for a person at a terminal and nobody else."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import TracebackType
from typing import Self, TextIO

from bri_kg.plain import display_width

_EVERY = 0.2  # seconds between two pictures
_BAR = 20
_MEASURED = "MB"  # what is of another unit is counted, and whole
_SHORTEST = 1.0  # before that a rate is a guess
# What puts a text into the language of who watches: tasks are far from where that is known.
_saying: ContextVar[Callable[[str], str]] = ContextVar("saying", default=str)


@contextmanager
def said_by(say: Callable[[str], str]) -> Iterator[None]:
    """Let `say` put what lines say into a language, for the tasks that begin meanwhile."""
    before = _saying.set(say)
    try:
        yield
    finally:
        _saying.reset(before)


class Progress:
    """A bar on stderr with rate and time left; without `show` it stays silent.

    In: what is done, the amount of work where it is known, and its unit. Use it as a context
    manager; the line is wiped when the work is over, so that nothing stays behind.
    """

    def __init__(
        self,
        what: str,
        total: float | None,
        unit: str = _MEASURED,
        *,
        show: bool = True,
        out: TextIO | None = None,
    ) -> None:
        self.what = what
        self.total = total
        self._unit = unit
        self._out = out or sys.stderr
        self._show = show and self._out is not None
        self._began = time.monotonic()
        self._drawn: float | None = None

    def reached(self, done: float) -> None:
        """Say that so much of the total is done; draws a few times a second at most."""
        if not self._show:
            return
        now = time.monotonic()
        if self._drawn is None or now - self._drawn >= _EVERY:
            self._drawn = now
            self._write("\r" + self.line(done, now - self._began))

    def line(self, done: float, seconds: float) -> str:
        """Return the line for work done in so many seconds, as wide as the terminal allows."""
        say = _saying.get()
        rate = done / seconds if seconds else 0.0
        parts = [say(self.what)]
        if self.total:
            part = min(done / self.total, 1.0)
            parts.append("#" * int(part * _BAR) + "-" * (_BAR - int(part * _BAR)))
            parts.append(f"{part:4.0%}")
            amount = say(f"{self._shown(done)} of {self._shown(self.total)} {self._unit}")
        else:
            amount = f"{self._shown(done)} {say(self._unit)}"
        parts += [amount, f"{rate:.1f} {say(self._unit)}/s"]
        if self.total and rate and seconds >= _SHORTEST:
            parts.append(say(f"{clock(max(self.total - done, 0) / rate)} left"))
        width = shutil.get_terminal_size().columns - 1
        line = "  ".join(parts)
        while display_width(line) > width:
            line = line[:-1]
        return line + " " * (width - display_width(line))

    def _shown(self, amount: float) -> str:
        return f"{amount:.1f}" if self._unit == _MEASURED else f"{amount:.0f}"

    def _write(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        with suppress(OSError):  # whoever watched has gone
            self._out.write(text.encode(encoding, "backslashreplace").decode(encoding))
            self._out.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn is not None:
            self._write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")


def clock(seconds: float) -> str:
    """Return seconds as people read them: 0:07, 12:30, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
