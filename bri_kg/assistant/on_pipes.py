"""The tools over standard input and output: a client starts the program, and ends it by closing the pipe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from mcp.server.stdio import stdio_server

from bri_kg.assistant.desk import Desk, Found
from bri_kg.assistant.protocol_server import protocol_server


class OneThread:
    """Where work is done for the one client that there is: one thing after the other, apart from the pipes."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)

    async def __call__(self, client: str, work: Callable[[], Found]) -> Found:
        """Return what the work gives; work that is cancelled before its turn is not begun."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


async def serve_on_pipes(desk: Desk) -> None:
    """Answer over the pipes of this process until standard input ends."""
    server = protocol_server(desk)
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    except* ConnectionError:
        pass  # the client has closed its end: there is nobody to answer
