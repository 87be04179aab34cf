"""The processes that write a copy, and this one where one is enough."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from bri_kg.web.problems import Spoken
from bri_kg.web.written.page_files import Maker
from bri_kg.web.written.page_worker import Given, Message, answered

_CHILD: Final = """import sys
sys.path.insert(0, sys.argv.pop(1))
from bri_kg.cli.site_worker import main
raise SystemExit(main())"""
MOST: Final = 8  # processes: each holds a graph


def processes() -> int:
    """Return how many processes this machine gives us."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST)
    return min(os.cpu_count() or 1, MOST)


class Crew(Protocol):
    """Those who do the work."""

    def each(self, messages: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
        """Yield each message with its reply, in the order in which they are done."""

    def __enter__(self) -> Self:
        """Start what does the work."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End, whatever is still to be done."""


def crew(given: Given, spoken: Spoken | None, number: int) -> Crew:
    """Return so many processes; of one, this one."""
    return _Processes(given, number) if number > 1 else _Alone(given.maker(spoken))


class _Alone:
    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    def each(self, messages: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
        for message in messages:
            # Replies are what they are from another process: lists, in an order that is the same each time.
            yield message, json.loads(json.dumps(answered(self._maker, message)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """End nothing, since nothing was started."""


class _Processes:
    def __init__(self, given: Given, number: int) -> None:
        self._given = given
        self._number = number
        self._children: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        home = str(Path(__file__).parents[3])
        for _ in range(self._number):
            child = subprocess.Popen(
                (sys.executable, "-P", "-c", _CHILD, home),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,  # the keyboard interrupts us, and we end them
            )
            self._children.append(child)
            assert child.stdin is not None
            child.stdin.write(self._given.to_json() + "\n")
            child.stdin.flush()
        return self

    def each(self, messages: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
        waiting: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[Message, Message]] = queue.SimpleQueue()
        count = 0
        for message in messages:
            waiting.put(message)
            count += 1
        for child in self._children:
            waiting.put(None)
            threading.Thread(target=_feed, args=(child, waiting, done), daemon=True).start()
        for _ in range(count):
            message, reply = done.get()
            if "failed" in reply:
                raise RuntimeError(f"{message}: {reply['failed']}")
            yield message, reply

    def __exit__(self, *error: object) -> None:
        for child in self._children:
            with suppress(OSError):
                child.kill()
            child.wait()


def _feed(
    child: subprocess.Popen[str],
    waiting: queue.SimpleQueue[Message | None],
    done: queue.SimpleQueue[tuple[Message, Message]],
) -> None:
    """Give a process one task after the other; one that has ended is told of as a failure."""
    assert child.stdin is not None and child.stdout is not None
    while (message := waiting.get()) is not None:
        try:
            child.stdin.write(json.dumps(message) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except (OSError, ValueError) as error:
            line = json.dumps({"failed": str(error)})
        done.put((message, json.loads(line or '{"failed": "the process has ended"}')))
