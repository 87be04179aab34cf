"""`/mcp`: the tools for assistants on the server, where what they need is installed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bri_kg.assistant.desk import Desk, Found
from bri_kg.stores.time_limits import at_most, over_time
from bri_kg.web.endpoint import body_of, unless_left
from bri_kg.web.explorer.page_routes import texts_for
from bri_kg.web.pool import Pool
from bri_kg.web.problems import crowded, not_allowed
from bri_kg.web.queries_of_assistants import WorkerQueries
from bri_kg.web.serving_limits import Limits
from bri_kg.web.site import Site
from bri_kg.web.turns import CrowdedError, Turns

PATH: Final = "/mcp"
_PATIENCE: Final = 60.0  # seconds that a call waits for its turn


def routes(
    site: Site,
    pool: Pool,
    limits: Limits,
    log: Callable[[dict[str, Any]], None] | None = None,
) -> list[Route]:
    """Return the route of the assistants; none where the package of the protocol is not installed."""
    if find_spec("mcp") is None:
        return []
    desk = Desk(
        graph=site.graph,
        release=site.release[:16],
        queries=WorkerQueries(pool, limits),
        in_turn=ServerTurns(site.turns, limits.seconds),
        spoken=site.spoken or (lambda text, lang: text),
        log=log or (lambda told: None),
    )
    return [Route(PATH, AssistantRoute(site, desk, limits))]


class AssistantRoute:
    """What stands at the path, made when the first request comes: to load the protocol takes a second.

    There are two of it: with the words of the sources, and without, by who reaches the server.
    """

    def __init__(self, site: Site, desk: Desk, limits: Limits) -> None:
        self._site = site
        self._desk = desk
        self._limits = limits
        self._apps: dict[Path | None, ASGIApp] = {}
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; whoever leaves before has asked for nothing."""
        request = Request(scope, receive)
        if request.method != "POST":
            raise not_allowed("POST")
        body = await body_of(request, self._limits)
        texts = texts_for(self._site, request)
        async with self._making:
            if texts not in self._apps:
                self._apps[texts] = await run_in_threadpool(self._made, texts)
        await unless_left(receive, self._apps[texts](scope, _Body(body), send))

    def _made(self, texts: Path | None) -> ASGIApp:
        from bri_kg.assistant.on_http import OverHttp

        host = urlsplit(self._site.public_url).netloc
        return OverHttp(replace(self._desk, texts=texts), [host], self._limits.largest_request)


class _Body:
    """A body that is here already, and a client that never leaves: others watch for that."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body

    async def __call__(self) -> Message:
        if self._body is None:
            await asyncio.Event().wait()
        body, self._body = self._body or b"", None
        return {"type": "http.request", "body": body, "more_body": False}


class ServerTurns:
    """The thread in which questions and pages are made, for each client in turn."""

    def __init__(self, turns: Turns[int], seconds: float) -> None:
        self._turns = turns
        self._seconds = seconds

    async def __call__(self, client: str, work: Callable[[], Found]) -> Found:
        """Return what the work gives. Raise BriKgError where too many wait, it waited or it takes too long.

        Work that takes too long is not waited for, and ends at its next rows; only then is its thread free.
        """
        try:
            async with asyncio.timeout(_PATIENCE):
                thread = await self._turns.take(client)
        except (CrowdedError, TimeoutError):
            raise crowded() from None

        def timed() -> Found:
            with at_most(self._seconds):
                return work()

        doing = asyncio.ensure_future(run_in_threadpool(timed))
        doing.add_done_callback(lambda done: self._done(thread, done))
        try:
            return await asyncio.wait_for(asyncio.shield(doing), self._seconds)
        except TimeoutError:
            raise over_time(self._seconds) from None

    def _done(self, thread: int, done: asyncio.Future[Found]) -> None:
        if not done.cancelled():
            done.exception()  # seen: whoever asked may be gone
        self._turns.give(thread)
