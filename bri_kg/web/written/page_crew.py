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
        """Yield each message with its reply, in the order in which they are done.

        The process of one that is not done in its `seconds` is ended, since an engine cannot be from inside:
        its reply is that it is `late`.
        """

    def __enter__(self) -> Self:
        """Start what does the work."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End, whatever is still to be done."""


def crew(given: Given, spoken: Spoken | None, number: int | None) -> Crew:
    """Return so many processes, None for as many as fit; of one, this one, where no task is late."""
    return _Alone(given.maker(spoken)) if number == 1 else _Processes(given, number or processes())


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
        self._children: list[_Child] = []

    def __enter__(self) -> Self:
        self._children += [_Child(self._given) for _ in range(self._number)]
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
            threading.Thread(target=child.feed, args=(waiting, done), daemon=True).start()
        for _ in range(count):
            message, reply = done.get()
            if "failed" in reply:
                raise RuntimeError(f"{message}: {reply['failed']}")
            yield message, reply

    def __exit__(self, *error: object) -> None:
        for child in self._children:
            child.end()


class _Child:
    """A process that does one task after the other; after one that is late, another takes its place."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._process = self._started()
        self._is_open = False
        self._lock = threading.Lock()
        self._is_over = False

    def feed(
        self,
        waiting: queue.SimpleQueue[Message | None],
        done: queue.SimpleQueue[tuple[Message, Message]],
    ) -> None:
        """Do tasks until there is none; where the process has ended, that is told as a failure."""
        while (message := waiting.get()) is not None:
            done.put((message, self._done(message)))

    def end(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            self._is_over = True
            _end(self._process)

    def _done(self, message: Message) -> Message:
        if not self._is_open:  # which takes time that is no task's
            self._is_open = True
            if "failed" in (reply := self._read()):
                return reply
        late = threading.Event()
        process = self._process

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(message["seconds"], give_up) if "seconds" in message else None
        if timer:
            timer.start()
        try:
            reply = self._asked(message)
        finally:
            if timer:
                timer.cancel()
        if not late.is_set():
            return reply
        self._replace()
        return {"late": message["seconds"]}

    def _asked(self, message: Message) -> Message:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            return {"failed": str(error)}
        return self._read()

    def _read(self) -> Message:
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline()
            reply: Message = json.loads(line or '{"failed": "the process has ended"}')
        except (OSError, ValueError) as error:
            return {"failed": str(error)}
        return reply

    def _replace(self) -> None:
        with self._lock:
            _end(self._process)
            if not self._is_over:
                self._process, self._is_open = self._started(), False

    def _started(self) -> subprocess.Popen[str]:
        home = str(Path(__file__).parents[3])
        process = subprocess.Popen(
            (sys.executable, "-P", "-c", _CHILD, home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # the keyboard interrupts us, and we end them
        )
        assert process.stdin is not None
        process.stdin.write(self._given.to_json() + "\n")
        process.stdin.flush()
        return process


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(OSError):
        process.kill()
    process.wait()
