"""The workers of one release: who answers, who is slow, who is killed, and who comes in their place.

A query has a moment on a quick worker. One that takes longer goes, with its worker, to the few places for
slow queries, and another quick worker comes; where no such place is free it is stopped, waits for one, and is
run again. So what is quick never waits for what is slow, and no client waits for all requests of another.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from bri_kg.web.jobs import Job
from bri_kg.web.serving_limits import Limits
from bri_kg.web.turns import CrowdedError, Turns
from bri_kg.web.worker_process import DiedError, Reply, WorkerProcess

_PAUSE: Final = 0.2  # seconds after a worker could not be started; each next one is twice as long
_LONGEST_PAUSE: Final = 5.0
_TRIES: Final = 3
_OUT_OF_MEMORY: Final = -signal.SIGABRT if hasattr(signal, "SIGABRT") else None


class OverTimeError(Exception):
    """A query was stopped: its time was over."""


class OutOfMemoryError(Exception):
    """A query was stopped: it would have needed more memory than one may have."""


class Pool:
    """Workers on an immutable store, made by `start` and ended by `close`."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._turns: Turns[WorkerProcess] = Turns(limits.waiting)
        self._places: Turns[int] = Turns(limits.waiting_slow)
        self._places.free.extend(range(limits.slow))
        self._quick: set[WorkerProcess] = set()
        self._all: set[WorkerProcess] = set()
        self._starting = 0
        self._failed = 0
        self._closing = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the workers. Raise DiedError where the first one cannot be."""
        await self._start_one()
        self._refill()

    @property
    def pids(self) -> list[int]:
        """The processes of all workers, also of those that are busy with slow queries."""
        return sorted(worker.pid for worker in self._all)

    async def answered(self, job: Job, client: str) -> Reply:
        """Return the reply to a job; whoever cancels this frees its worker.

        Raise CrowdedError, OverTimeError, OutOfMemoryError, or DiedError where every worker ends that tries.
        """
        for _ in range(_TRIES - 1):
            # A worker that was killed from outside is not the fault of the query that was on it.
            with suppress(DiedError):
                return await self._once(job, client)
        return await self._once(job, client)

    async def _once(self, job: Job, client: str) -> Reply:
        worker = await self._turn(self._turns, client)
        reply = await self._tried(worker, job)
        if reply is not None:
            return reply
        place = await self._turn(self._places, client)
        try:
            worker = await self._turn(self._turns, client)
            self._set_apart(worker)
            return await self._slowly(worker, self._run(worker, job), self._limits.seconds)
        finally:
            self._places.give(place)

    async def _tried(self, worker: WorkerProcess, job: Job) -> Reply | None:
        """Return the reply; None where a query is slow, and all places for slow ones are taken."""
        running = self._run(worker, job)
        if not await self._is_done(worker, running, self._limits.quick):
            if not self._places.free:
                worker.kill()
                return None
            place = self._places.free.pop()
            try:
                self._set_apart(worker)
                return await self._slowly(worker, running, job.seconds - self._limits.quick)
            finally:
                self._places.give(place)
        reply = _result(running)
        self._finished(worker)
        return reply

    async def _slowly(
        self, worker: WorkerProcess, running: asyncio.Task[Reply], seconds: float
    ) -> Reply:
        try:
            if not await self._is_done(worker, running, seconds):
                raise OverTimeError
            return _result(running)
        finally:
            worker.kill()

    async def _is_done(
        self, worker: WorkerProcess, running: asyncio.Task[Reply], seconds: float
    ) -> bool:
        """Return whether a job is done within so many seconds; where its client leaves, see to its worker."""
        try:
            done, _ = await asyncio.wait({running}, timeout=max(0.0, seconds))
        except asyncio.CancelledError:
            self._spawn(self._left(worker, running))
            raise
        return bool(done)

    async def _left(self, worker: WorkerProcess, running: asyncio.Task[Reply]) -> None:
        """Free the worker of a client that has left: a quick query ends by itself sooner than a worker starts."""
        quick = worker in self._quick
        done, _ = await asyncio.wait({running}, timeout=self._limits.quick if quick else 0)
        if done and quick and running.exception() is None:
            self._finished(worker)
        else:
            worker.kill()

    async def _turn(self, turns: Turns[Any], client: str) -> Any:
        try:
            async with asyncio.timeout(self._limits.patience):
                return await turns.take(client)
        except TimeoutError:
            raise CrowdedError from None

    def _run(self, worker: WorkerProcess, job: Job) -> asyncio.Task[Reply]:
        running = asyncio.create_task(worker.answer(job))
        # One that is killed ends with an error that nobody waits for any more.
        running.add_done_callback(lambda task: task.cancelled() or task.exception())
        return running

    def _finished(self, worker: WorkerProcess) -> None:
        if worker.is_worn(self._limits) or worker not in self._quick:
            worker.kill()
        else:
            self._turns.give(worker)

    def _set_apart(self, worker: WorkerProcess) -> None:
        self._quick.discard(worker)
        worker.step_back()
        self._refill()

    def _refill(self) -> None:
        while not self._closing and len(self._quick) + self._starting < self._limits.workers:
            self._starting += 1
            self._spawn(self._replaced())

    async def _replaced(self) -> None:
        try:
            await self._start_one()
            self._failed = 0
        except (DiedError, OSError, TimeoutError):
            await asyncio.sleep(min(_LONGEST_PAUSE, _PAUSE * 2.0**self._failed))
            self._failed = min(self._failed + 1, 10)
        finally:
            self._starting -= 1
        self._refill()

    async def _start_one(self) -> None:
        worker = await WorkerProcess.start(self._store, self._limits)
        if self._closing:
            worker.kill()
            return
        self._quick.add(worker)
        self._all.add(worker)
        self._spawn(self._watch(worker))
        self._turns.give(worker)

    async def _watch(self, worker: WorkerProcess) -> None:
        await worker.ended()
        self._quick.discard(worker)
        self._all.discard(worker)
        if worker in self._turns.free:
            self._turns.free.remove(worker)
        self._refill()

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        for worker in list(self._all):
            worker.kill()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LONGEST_PAUSE)


def _result(running: asyncio.Task[Reply]) -> Reply:
    try:
        return running.result()
    except DiedError as error:
        if error.code == _OUT_OF_MEMORY:
            raise OutOfMemoryError from None
        raise
