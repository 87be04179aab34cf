"""Questions side by side: the same queries, the same values, the same limit for every engine.

The data is loaded once; each question runs in a fork of that process, which can be ended when it takes too
long and whose CPU time is its own. A server's CPU time is read from /proc before and after.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyoxigraph as ox

# How many times its CPU seconds a question may take by the clock.
_PATIENCE = 10

Row = Iterable[Any]
Asker = Callable[["Asked"], Iterable[Row]]


@dataclass(frozen=True)
class Asked:
    """A question as it is sent: the stored text, the values, and the two in one."""

    name: str
    query: str
    values: dict[str, str]
    """N-Triples terms by variable."""
    bound: str

    def terms(self) -> dict[str, ox.NamedNode | ox.Literal]:
        """The values as terms."""
        return {name: _term(text) for name, text in self.values.items()}


def ask_all(engine: str, data: str, asked: Path, limit: float) -> dict[str, Any]:
    """Return for each question: CPU seconds (where it was ended, those until then), rows, digest of the rows."""
    every = [Asked(**item) for item in json.loads(asked.read_text(encoding="utf-8"))]
    if engine == "oxigraph":
        return _ask_server(data, every, limit)
    asker = _ENGINES[engine](data)
    return {question.name: _in_fork(asker, question, limit) for question in every}


def _ours(data: str) -> Asker:
    from bri_kg.stores.memory import Store

    store = Store()
    store.load(data)
    return lambda question: store.select(question.query, question.terms())


def _pyoxigraph(data: str) -> Asker:
    store = ox.Store()
    store.load(path=data, format=ox.RdfFormat.N_QUADS)
    return lambda question: store.query(question.bound)  # type: ignore[return-value]


def _rdflib(data: str) -> Asker:
    import rdflib

    graph = rdflib.Dataset()
    graph.parse(data, format="nquads")
    return _by_rdflib(graph)


def _oxrdflib(data: str) -> Asker:
    import oxrdflib
    import rdflib

    store = ox.Store()
    store.load(path=data, format=ox.RdfFormat.N_QUADS)
    graph = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=store))
    return _by_rdflib(graph)


def _by_rdflib(graph: Any) -> Asker:
    return lambda question: graph.query(question.bound)


_ENGINES: dict[str, Callable[[str], Asker]] = {
    "bri-kg": _ours,
    "pyoxigraph": _pyoxigraph,
    "rdflib": _rdflib,
    "oxrdflib": _oxrdflib,
}


def _in_fork(asker: Asker, question: Asked, limit: float) -> list[Any]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        answer: list[Any] = [0.0, -1, "failed"]
        # CPU seconds, so that a busy machine stops nobody earlier.
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit) + 1))
        with suppress(BaseException):
            before = time.process_time()
            rows = [tuple(row) for row in asker(question)]
            answer = [time.process_time() - before, len(set(rows)), _digest(rows)]
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)
    os.close(writer)
    ready, _, _ = select.select([reader], [], [], _PATIENCE * limit)
    text = os.read(reader, 1 << 16) if ready else b""
    os.close(reader)
    if not text:
        os.kill(child, signal.SIGKILL)
    _, _, usage = os.wait4(child, 0)
    return json.loads(text) if text else [usage.ru_utime + usage.ru_stime, -1, "stopped"]


def _ask_server(data: str, every: list[Asked], limit: float) -> dict[str, Any]:
    program = str(Path(sys.executable).parent / "oxigraph")
    if not Path(program).exists():
        program = "oxigraph"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "load", "-l", folder, "-f", data], check=True, capture_output=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [program, "serve-read-only", "-l", folder, "-b", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            return {
                question.name: _by_http(question, port, server.pid, limit) for question in every
            }
        finally:
            server.kill()
            server.wait()


def _by_http(question: Asked, port: int, server: int, limit: float) -> list[Any]:
    before = time.process_time() + _cpu_of(server)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/query",
        urllib.parse.urlencode({"query": question.bound}).encode(),
        {"Accept": "application/sparql-results+json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=limit) as answer:
            found = ox.parse_query_results(answer.read(), ox.QueryResultsFormat.JSON)
    except (TimeoutError, urllib.error.URLError):
        return [limit, -1, "stopped"]
    rows = [tuple(row) for row in found]  # type: ignore[union-attr]
    return [time.process_time() + _cpu_of(server) - before, len(set(rows)), _digest(rows)]


def _wait_for(port: int) -> None:
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the server does not answer")


def _cpu_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _term(text: str) -> ox.NamedNode | ox.Literal:
    quad = next(iter(ox.parse(f"<x:s> <x:p> {text} .".encode(), ox.RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)
    return quad.object


def _digest(rows: Iterable[Row]) -> str:
    """The same for the same values: engines spell booleans, numbers and times differently."""
    texts = sorted({"\t".join(_value(term) for term in row) for row in rows})
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _value(term: Any) -> str:
    if term is None:
        return ""
    ours = isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    text = (term.value if ours else str(term)).replace("+00:00", "Z")
    datatype = str(getattr(term, "datatype", ""))
    if datatype.rstrip(">").endswith(("#integer", "#decimal", "#double")):
        with suppress(InvalidOperation):
            return f"{Decimal(text).normalize():f}"
    return text
