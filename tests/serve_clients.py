"""Clients for load: as little as HTTP needs, so that what is measured is the server; and figures of a run."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROWS = "application/sparql-results+json"
ACCEPT = f"{ROWS}, application/n-triples;q=0.9"
Seen = Callable[[int, str, bytes], object]
"""Is told the number of a request, the media type of its answer, and the answer."""


class NotAnsweredError(Exception):
    """A request was answered by another status than 200."""


@dataclass(frozen=True)
class Figures:
    """What a run of requests took; times in seconds, memory in megabytes."""

    took: tuple[float, ...]
    wall: float
    cpu: float
    memory: float

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return len(self.took) / self.wall

    def at(self, part: float) -> float:
        """Return the time within which this part of the requests is answered."""
        return sorted(self.took)[min(len(self.took) - 1, int(len(self.took) * part))]

    def __str__(self) -> str:
        return (
            f"{len(self.took):6} requests {self.rate:7.0f}/s  median {self.at(0.5) * 1000:7.1f} ms"
            f"  p99 {self.at(0.99) * 1000:7.1f} ms  cpu {self.cpu:6.2f} s  memory {self.memory:4.0f} MB"
        )


def posted(url: str, queries: Iterable[str], *, is_new: bool = False) -> Iterator[bytes]:
    """Yield a request for each query; `is_new` gives each a comment of its own, so that no cache has it."""
    parts = urlsplit(url)
    for number, query in enumerate(queries):
        body = (f"{query}\n# {number} {time.time_ns()}" if is_new else query).encode()
        head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: {ACCEPT}\r\n"
            f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def got(url: str, paths: Iterable[str]) -> Iterator[bytes]:
    """Yield a request to read each path."""
    host = urlsplit(url).netloc
    for path in paths:
        yield f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode()


async def exchange(
    url: str, requests: Iterable[bytes], clients: int, seen: Seen | None = None
) -> list[float]:
    """Return the seconds of each request. Raise NotAnsweredError where one is not answered by 200."""
    waiting = iter(enumerate(requests))
    took: list[float] = []

    async def client() -> None:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for number, request in waiting:
            begun = time.perf_counter()
            writer.write(request)
            media_type, body = await _answer(reader)
            took.append(time.perf_counter() - begun)
            if seen is not None:
                seen(number, media_type, body)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return took


async def _answer(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    head = {name.lower(): value.strip() for name, _, value in (li.partition(":") for li in lines)}
    if "content-length" in head:
        body = await reader.readexactly(int(head["content-length"]))
    else:
        chunks = []
        while size := int(await reader.readline(), 16):
            chunks.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        body = b"".join(chunks)
    if first.split()[1] != "200":
        raise NotAnsweredError(f"{first}: {body[:500].decode(errors='replace')}")
    return head["content-type"].partition(";")[0], body


def measured(
    pid: int, url: str, requests: Iterable[bytes], clients: int, seen: Seen | None = None
) -> Figures:
    """Return the figures of a run against the server of this process and its children."""
    sent = list(requests)
    cpu, begun = used(pid), time.perf_counter()
    took = asyncio.run(exchange(url, sent, clients, seen))
    wall = time.perf_counter() - begun
    return Figures(tuple(took), wall, used(pid) - cpu, memory(pid))


def used(pid: int) -> float:
    """Return the processor time of a process, its children, and those that it has seen end."""
    total = 0
    for one in family(pid):
        with suppress(FileNotFoundError):  # a child that has just ended counts in its parent
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2]
            total += sum(int(field) for field in fields.split()[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Return the megabytes that a process and its children hold."""
    pages = 0
    for one in family(pid):
        with suppress(FileNotFoundError):
            pages += int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [pid, *(int(child) for child in children.split())]
