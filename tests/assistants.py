"""Clients of the protocol for tests: the official ones, over pipes, over HTTP, or in this process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import mcp
from mcp.client.streamable_http import streamable_http_client
from serving import Running

from bri_kg.assistant.desk import Desk, InTurn, QueryAnswer
from bri_kg.assistant.on_pipes import OneThread
from bri_kg.assistant.protocol_server import protocol_server
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.row_formats import write_rows

LIMIT, DATA_LIMIT = 16_000, 24_000
ERAS = ("auto", "legacy")  # a client of today, and one from before messages stood alone


class Assistant:
    """A client that is connected, on a loop in a thread of its own; calls wait for their answers."""

    def __init__(self, made: Callable[[], mcp.Client]) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._left = asyncio.Event()
        ready: asyncio.Future[mcp.Client] = self._loop.create_future()
        self._living = asyncio.run_coroutine_threadsafe(self._live(made, ready), self._loop)
        self.client = self.run(_result(ready))

    async def _live(
        self, made: Callable[[], mcp.Client], ready: asyncio.Future[mcp.Client]
    ) -> None:
        # Its scopes are entered and left in one task.
        try:
            async with made() as client:
                ready.set_result(client)
                await self._left.wait()
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    def run(self, work: Coroutine[Any, Any, Any], seconds: float = 90) -> Any:
        """Return what the work gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def call(self, tool: str, **arguments: Any) -> Any:
        """Return the result of a call."""
        return self.run(self.client.call_tool(tool, arguments))

    def data(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return the data of a call that is no error and within its limit."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content[0].text
        data = result.structured_content
        assert isinstance(data, dict)
        assert is_small(result)
        return data

    def pages(self, tool: str, **arguments: Any) -> Iterator[dict[str, Any]]:
        """Yield the pages of an answer, from the first to the last."""
        data = self.data(tool, **arguments)
        yield data
        while data["next"]:
            data = self.data(tool, **arguments, cursor=data["next"])
            yield data

    def close(self) -> None:
        """End the client and its loop."""
        self._loop.call_soon_threadsafe(self._left.set)
        self._living.result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _result(future: asyncio.Future[mcp.Client]) -> mcp.Client:
    return await future


@contextmanager
def connected(made: Callable[[], mcp.Client]) -> Iterator[Assistant]:
    """Hold a client connected."""
    assistant = Assistant(made)
    try:
        yield assistant
    finally:
        assistant.close()


def on_pipes(*arguments: str, mode: str = "auto", **environment: str) -> mcp.Client:
    """Return a client that starts `bri-kg serve --mcp` and talks over its pipes."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("BRI_KG_")}
    root = str(Path(__file__).parent.parent)
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "bri_kg", "serve", "--mcp", *arguments],
        env={**kept, "PYTHONPATH": root, **environment},
    )
    return mcp.Client(server, mode=mode)


def on_http(server: Running, mode: str = "auto", **headers: str) -> mcp.Client:
    """Return a client of a running server."""
    http = httpx2.AsyncClient(headers=headers, verify=False, timeout=60)  # loopback, without TLS
    return mcp.Client(streamable_http_client(f"{server.url}/mcp", http_client=http), mode=mode)


class HereQueries:
    """Queries answered in this process, for tests of what is made of their rows."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    async def answer(self, query: str, first: int, client: str) -> QueryAnswer:
        rows = self._graph.query(query, limit=first)
        assert not isinstance(rows, bool) and hasattr(rows, "columns")
        return QueryAnswer("rows", write_rows(rows, "json").encode(), rows.truncated)


def in_here(
    graph: KnowledgeGraph, texts: Path | None = None, in_turn: InTurn | None = None
) -> mcp.Client:
    """Return a client of a server in this process."""
    desk = Desk(graph, "release", HereQueries(graph), in_turn or OneThread(60), texts)
    return mcp.Client(protocol_server(desk))


def is_small(result: Any) -> bool:
    """Return whether a result is as small as is told: its text, and its data."""
    data = json.dumps(result.structured_content, ensure_ascii=False, separators=(",", ":"))
    return sum(len(one.text) for one in result.content) <= LIMIT and len(data) <= DATA_LIMIT
