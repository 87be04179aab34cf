"""The application: the release that is served now, and how another takes its place without a lost answer."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from bri_kg.web import (
    assets_route,
    assistant_route,
    linked_data,
    openapi,
    question_routes,
    suggesting,
)
from bri_kg.web.endpoint import ENDPOINT, Endpoint
from bri_kg.web.explorer import editor_route
from bri_kg.web.explorer import routes as explorer
from bri_kg.web.front_door import FrontDoor, Log
from bri_kg.web.pool import Pool
from bri_kg.web.problems import Spoken, not_found
from bri_kg.web.serving_limits import Limits
from bri_kg.web.site import NO_WORDS, Site, Words
from bri_kg.web.snapshots import Place, Snapshot

Pages = Callable[[Site], Sequence[Route]]
PAGES: Final[tuple[Pages, ...]] = (
    linked_data.routes,
    question_routes.routes,
    openapi.routes,
    editor_route.routes,
    assets_route.routes,
    explorer.routes,
    suggesting.routes,
)
"""What is served beside the endpoint: each gives the routes of a site."""
_CHILD: Final = """import sys
sys.path.insert(0, sys.argv.pop(1))
from bri_kg.web.snapshots import main
raise SystemExit(main())"""
_LOOK: Final = 2.0  # seconds between looks at a store of the user's


class Visitors:
    """Who is inside: a release is closed when its last request is answered, wherever that is."""

    def __init__(self) -> None:
        self._inside = 0
        self._nobody = asyncio.Event()
        self._nobody.set()

    def __enter__(self) -> None:
        self._inside += 1
        self._nobody.clear()

    def __exit__(self, *error: object) -> None:
        self._inside -= 1
        if not self._inside:
            self._nobody.set()

    async def gone(self, seconds: float) -> None:
        """Wait until nobody is inside, for so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nobody.wait()


@dataclass(frozen=True)
class Served:
    """A release that is served: its snapshot, its workers, and what answers requests."""

    snapshot: Snapshot
    site: Site
    pool: Pool
    app: ASGIApp
    visitors: Visitors

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        place: Place,
        public_url: str,
        limits: Limits,
        words: Words = NO_WORDS,
        spoken: Spoken | None = None,
        log: Log | None = None,
    ) -> Served:
        """Return a snapshot as it is served; its workers are not started yet."""
        site = Site(snapshot.open(place), public_url, snapshot.release, words, spoken)
        pool = Pool(snapshot.store, limits)
        endpoint = Endpoint(site, pool, limits)
        routes = [
            Route(ENDPOINT, _Asgi(endpoint.sparql)),
            Route(f"{ENDPOINT}/", _Asgi(endpoint.sparql)),
            Route("/.well-known/void", _Asgi(endpoint.void)),
            Route("/.well-known/sparql-examples", _Asgi(endpoint.examples)),
            Route("/health", _Asgi(endpoint.health)),
        ]
        for pages in PAGES:
            routes += pages(site)
        routes += assistant_route.routes(site, pool, limits, log)
        router = Router(routes, redirect_slashes=False, default=_nothing)
        return cls(snapshot, site, pool, router, Visitors())


class Server:
    """Everything that is served at one address: an ASGI application.

    `reload` takes what is there now; requests that came before are answered by the release before.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        place: Place,
        public_url: str,
        *,
        limits: Limits | None = None,
        log: Log | None = None,
        spoken: Spoken | None = None,
        words: Words = NO_WORDS,
    ) -> None:
        self._place = place
        self._words, self._spoken = words, spoken
        self._url = public_url.rstrip("/")
        self._limits = limits or Limits()
        self._log = log
        self.current = Served.of(snapshot, place, self._url, self._limits, words, spoken, log)
        base = urlsplit(self._url).path
        self._door = FrontDoor(self._passed, self._limits, base, log, spoken)
        self._seen = place.seen()
        self._reloading = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._door(scope, receive, send)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        served = self.current
        with served.visitors:
            await served.app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.start()
        except Exception as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def start(self) -> None:
        """Start the workers, and look from now on whether the store of the user's is another one."""
        await self.current.pool.start()
        if self._seen is not None:
            self._spawn(self._watch())

    async def stop(self) -> None:
        """End everything that was started."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.current.pool.close()
        self.current.snapshot.remove()

    async def reload(self) -> None:
        """Serve what is there now. What cannot be served is told in the log, and nothing changes."""
        async with self._reloading:
            seen = self._place.seen()
            try:
                snapshot = await self._snapshot()
                made = (
                    *(snapshot, self._place, self._url, self._limits),
                    *(self._words, self._spoken, self._log),
                )
                served = await asyncio.to_thread(Served.of, *made)
                await served.pool.start()
            except Exception as error:
                self._tell({"reload": "failed", "why": str(error)})
                self._seen = seen
                return
            before, self.current = self.current, served
            self._seen = seen
            self._tell({"reload": "done", "release": snapshot.release})
            self._spawn(self._retire(before))

    def reload_soon(self) -> None:
        """Start a reload, as a signal asks."""
        self._spawn(self.reload())

    async def _retire(self, before: Served) -> None:
        try:
            await before.visitors.gone(self._limits.seconds + self._limits.patience)
        finally:
            await before.pool.close()
            before.snapshot.remove()

    async def _snapshot(self) -> Snapshot:
        """Return a snapshot made in a process of its own: to build a release takes a while."""
        home = str(Path(__file__).parents[2])
        place = (json.dumps(asdict(self._place)), str(os.getpid()))
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _CHILD, home, *place),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        out, said = await child.communicate()
        if child.returncode:
            raise ValueError(said.decode("utf-8", "replace").strip().rpartition("\n")[2])
        made = json.loads(out)
        return Snapshot(Path(made["folder"]), made["release"])

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            seen = self._place.seen()
            if seen is not None and seen != self._seen:
                await self.reload()

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tell(self, told: dict[str, Any]) -> None:
        if self._log is not None:
            self._log(told)


class _Asgi:
    """An ASGI application that Starlette does not take for a function of a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise not_found()
