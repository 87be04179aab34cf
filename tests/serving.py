"""Servers for tests: one in this process, asked without a network, and one in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bri_kg.cli.messages.speaking import in_language
from bri_kg.web.app import Server
from bri_kg.web.serving_limits import Limits
from bri_kg.web.snapshots import Place, take

URL = "http://testserver"
W3C_DATA = "http://kasei.us/2009/09/sparql/data/data"
DATA = """@prefix : <http://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
:a :p :b , "one" , "two"@en ; :n 1 .
:b :p :c .
""" + "\n".join(
    f"<{W3C_DATA}{number}.rdf> {{ <{W3C_DATA}{number}.rdf> a foaf:Document }}"
    for number in (1, 2, 3)
)
_HUNDRED = " ".join(map(str, range(100)))
FOR_AN_HOUR = (
    f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{i} {{ {_HUNDRED} }}' for i in range(6))} }}"
)
START = 60.0
_NONE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # to read certificates takes longer than an answer


class InProcess:
    """A server in this process, asked without a network, on a loop in a thread of its own."""

    def __init__(self, server: Server, lines: list[dict[str, Any]]) -> None:
        self.server = server
        self.lines = lines
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        transport = httpx.ASGITransport(server)
        self.client = httpx.AsyncClient(transport=transport, base_url=URL, timeout=60)
        self.run(server.start())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Return what the work gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(90)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Return the answer to a request."""
        answer = self.run(self.client.request(method, path, **more))
        assert isinstance(answer, httpx.Response)
        return answer

    def get(self, path: str = "/sparql", **more: Any) -> httpx.Response:
        """Return the answer to a GET."""
        return self.request("GET", path, **more)

    def ask(self, query: str, accept: str | None = None, **more: str) -> httpx.Response:
        """Return the answer to a query by GET; `more` are headers, with _ for -."""
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        headers |= {"accept": accept} if accept is not None else {}
        return self.get(params={"query": query}, headers=headers)

    def close(self) -> None:
        """Stop the server and the loop."""
        self.run(self.client.aclose())
        self.run(self.server.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def in_process(folder: Path, data: str = DATA, **limits: Any) -> Iterator[InProcess]:
    """Serve data of TriG in this process; `limits` are those of `Limits`, one worker where none says more."""
    file = folder / "data.trig"
    file.write_text(data, encoding="utf-8")
    place = Place(store=str(file))
    lines: list[dict[str, Any]] = []
    bounds = Limits(**{"workers": 1, "slow": 1, **limits})
    made = InProcess(
        Server(take(place), place, URL, limits=bounds, log=lines.append, spoken=in_language), lines
    )
    try:
        yield made
    finally:
        made.close()


@dataclass
class Running:
    """A server in a process of its own."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """Return what it has logged."""
        return [
            json.loads(line)
            for line in self.log.read_text(encoding="utf-8").splitlines()
            if line.startswith("{")
        ]

    def children(self) -> list[int]:
        """Return its workers."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in found.read_text(encoding="ascii").split()]

    def ask(self, query: str, **more: Any) -> httpx.Response:
        """Return the answer to a query by POST."""
        return httpx.post(
            f"{self.url}/sparql", data={"query": query}, verify=_NONE, timeout=60, **more
        )


@contextmanager
def serving(*arguments: str, env: Mapping[str, str] | None = None, log: Path) -> Iterator[Running]:
    """Run `bri-kg serve` on a free port of loopback until the block is left."""
    command = [sys.executable, "-m", "bri_kg", "serve", "--port", "0", *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stderr=out, env={**os.environ, **(env or {})})
    try:
        yield Running(process, _address(process, log), log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    ends = time.monotonic() + START
    while time.monotonic() < ends and process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith("serving at ") and _answers(url := line.split()[-1]):
                return url.removesuffix("/sparql")
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, params={"query": "ASK {}"}, verify=_NONE).status_code == 200
    except httpx.TransportError:
        return False


def until(condition: Any, seconds: float = 30.0) -> bool:
    """Return whether a condition came true within some seconds, looked at often."""
    ends = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < ends:
        time.sleep(0.02)
    return bool(found)
