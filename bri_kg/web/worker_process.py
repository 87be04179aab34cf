"""A worker as the server sees it: a process that is started, asked one thing at a time, and killed."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from bri_kg.names import collections_known
from bri_kg.web.jobs import LENGTH, Job
from bri_kg.web.serving_limits import Limits

# The package is found where it is now, whatever lies in the current folder.
_CHILD: Final = """import sys
sys.path.insert(0, sys.argv.pop(1))
from bri_kg.web.worker import main
raise SystemExit(main())"""
_START: Final = 60.0  # seconds; a store of many gigabytes opens in a few
_IN_MEMORY: Final = 1_000_000
_CHUNK: Final = 1 << 16
_SLOW_PRIORITY: Final = 10


class DiedError(Exception):
    """A worker ended before it had answered; `code` is its exit code, negative for a signal."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Reply:
    """What a worker sent: the head, and the body, which is in a file where it is large."""

    head: dict[str, Any]
    body: bytes | IO[bytes]
    size: int


class WorkerProcess:
    """A running worker. It has one job at a time; whoever gives it another meanwhile is wrong."""

    def __init__(self, process: asyncio.subprocess.Process, used: int) -> None:
        self._process = process
        self._used = used
        self._answered = 0
        self.used = used

    @classmethod
    async def start(cls, store: Path, limits: Limits) -> WorkerProcess:
        """Start a worker on a store and wait until it is ready. Raise DiedError where it is not."""
        given = {
            "store": str(store),
            "collections": collections_known(),
            "parent": os.getpid(),
            "rows": limits.rows,
            "answer": limits.answer,
            "memory": limits.memory,
        }
        home = str(Path(__file__).parents[2])
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _CHILD, home, json.dumps(given)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            limit=_CHUNK * 2,
        )
        made = cls(process, 0)
        try:
            async with asyncio.timeout(_START):
                ready = await made._reply()
        except BaseException:
            made.kill()
            raise
        made.used = made._used = int(ready.head["used"])
        return made

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    async def answer(self, job: Job) -> Reply:
        """Return what it replies to a job. Raise DiedError where it ends before."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(job.to_bytes())
            await self._process.stdin.drain()
        except OSError:
            raise DiedError(await self._process.wait()) from None
        reply = await self._reply()
        self._answered += 1
        self.used = int(reply.head["used"])
        return reply

    async def _reply(self) -> Reply:
        out = self._process.stdout
        assert out is not None
        try:
            length = int.from_bytes(await out.readexactly(LENGTH), "big")
            head = json.loads(await out.readexactly(length))
            size = int(head.get("size", 0))
            if size <= _IN_MEMORY:
                return Reply(head, await out.readexactly(size), size)
            # Taken from the worker at once, so that a client that reads slowly does not hold it.
            file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it is sent
            left = size
            while left:
                chunk = await out.read(min(left, _CHUNK))
                if not chunk:
                    raise asyncio.IncompleteReadError(b"", left)
                file.write(chunk)
                left -= len(chunk)
            file.seek(0)
            return Reply(head, file, size)
        except asyncio.IncompleteReadError:
            raise DiedError(await self._process.wait()) from None

    def is_worn(self, limits: Limits) -> bool:
        """Return whether it has answered enough, or has grown too much, to be replaced."""
        grown = self.used - self._used
        return self._answered >= limits.retire_after or grown > limits.retire_grown

    def step_back(self) -> None:
        """Let all others go first, where the system can."""
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _SLOW_PRIORITY)

    def kill(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> None:
        """Wait until the process has ended."""
        await self._process.wait()
