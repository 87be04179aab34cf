"""Queries that an assistant asks, answered by the workers of the server under its limits."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from bri_kg.assistant.desk import QueryAnswer
from bri_kg.web.jobs import Job
from bri_kg.web.pool import OutOfMemoryError, OverTimeError, Pool
from bri_kg.web.problems import crowded, no_worker, of_query, out_of_memory, over_time
from bri_kg.web.serving_limits import Limits
from bri_kg.web.turns import CrowdedError
from bri_kg.web.worker_process import DiedError, Reply

_LARGEST: Final = (
    8_000_000  # bytes of an answer that is read here: a page of it has 16,000 characters
)


class WorkerQueries:
    """The workers of a pool, as an assistant's desk asks them."""

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self._pool = pool
        self._limits = limits

    async def answer(self, query: str, first: int, client: str) -> QueryAnswer:
        """Return the first rows or triples of a query. Raise ProblemError for what it has no answer for."""
        seconds = self._limits.seconds
        job = Job(
            query=query, rows="json", triples="nt", seconds=seconds, first=first, size=_LARGEST
        )
        try:
            reply = await self._pool.answered(job, client)
        except CrowdedError:
            raise crowded() from None
        except OverTimeError:
            raise over_time(seconds) from None
        except OutOfMemoryError:
            raise out_of_memory() from None
        except DiedError:
            raise no_worker() from None
        if "error" in reply.head:
            raise of_query(reply.head["error"])
        return QueryAnswer(reply.head["kind"], _body(reply), bool(reply.head.get("cut")))


class OwnWorkers:
    """Workers that are started when the first query comes: where there is no server whose they are."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._pool = Pool(store, limits)
        self._queries = WorkerQueries(self._pool, limits)
        self._starting = asyncio.Lock()
        self._is_started = False

    async def answer(self, query: str, first: int, client: str) -> QueryAnswer:
        """Return the first rows or triples of a query. Raise ProblemError for what it has no answer for."""
        async with self._starting:
            if not self._is_started:
                try:
                    await self._pool.start()
                except DiedError:
                    raise no_worker() from None
                self._is_started = True
        return await self._queries.answer(query, first, client)

    async def close(self) -> None:
        """End the workers."""
        await self._pool.close()


def _body(reply: Reply) -> bytes:
    if isinstance(reply.body, bytes):
        return reply.body
    with reply.body as file:
        file.seek(0)
        return file.read()
