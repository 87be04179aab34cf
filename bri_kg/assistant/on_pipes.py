"""The tools over standard input and output: a client starts the program, and ends it by closing the pipe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from mcp.server.stdio import stdio_server

from bri_kg.assistant.desk import Desk, Found
from bri_kg.assistant.protocol_server import protocol_server
from bri_kg.stores.time_limits import at_most, over_time


class OneThread:
    """Where work is done for the one client that there is: one thing after the other, apart from the pipes.

    A piece of work has so many `seconds`, and so long may it wait for the one before.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(max_workers=1)

    async def __call__(self, client: str, work: Callable[[], Found]) -> Found:
        """Return what the work gives; work that is cancelled before its turn is not begun.

        Raise BriKgError where it takes too long: nobody then waits for it, and it ends at its next rows.
        """
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def timed() -> Found:
            loop.call_soon_threadsafe(begun.set)
            with at_most(self._seconds):
                return work()

        doing = loop.run_in_executor(self._thread, timed)
        try:
            async with asyncio.timeout(self._seconds):
                await begun.wait()
            return await asyncio.wait_for(doing, self._seconds)
        except TimeoutError:
            raise over_time(self._seconds) from None
        finally:
            doing.cancel()


async def serve_on_pipes(desk: Desk) -> None:
    """Answer over the pipes of this process until standard input ends."""
    server = protocol_server(desk)
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    except* ConnectionError:
        pass  # the client has closed its end: there is nobody to answer
