"""Real load, by hand: `python tests/serve_load.py [REQUESTS [CLIENTS [SEED]]]`. Our server beside Oxigraph's.

The stored questions, each as it runs by itself, and random queries are asked of both by so many clients at once, in
rounds that alternate: of ours with its cache, and without it, where each query has a comment of its own. Ratios
are ours to theirs. The answers are compared first. Memory is that of all processes of a server.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import cast

import httpx
import pyoxigraph as ox
from random_sparql import RandomSparql
from serve_clients import ROWS, Figures, measured, posted
from serving import START, serving

from bri_kg import open as open_graph
from bri_kg.dataset.questions import as_sent, default_bindings
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.same_values import compare_rows, said
from bri_kg.sparql.ordering import sorted_by

SEED = 13
_ROUNDS = 2
_HOST = "127.0.0.1"
_GRAPH = Rows(("subject", "predicate", "object"), ())


@dataclass(frozen=True)
class Side:
    """A server that is asked: where, and its process."""

    url: str
    pid: int

    def figures(self, sent: list[str], clients: int, *, is_new: bool = False) -> Figures:
        """Return what it takes to answer all these."""
        return measured(self.pid, self.url, posted(self.url, sent, is_new=is_new), clients)

    def answers(self, sent: list[str]) -> dict[int, bool | Rows]:
        """Return the answer to each query, by its number; triples as rows of three."""
        found: dict[int, bool | Rows] = {}

        def seen(number: int, media_type: str, body: bytes) -> None:
            found[number] = _read(media_type, body)

        measured(self.pid, self.url, posted(self.url, sent), 2, seen)
        return found


@contextmanager
def both(folder: Path) -> Iterator[tuple[Side, Side]]:
    """Run our server and Oxigraph's with the same release until the block is left: each reads its store on disk."""
    data, store = folder / "all.nq", folder / "store"
    export = [sys.executable, "-m", "bri_kg", "export", "-q", "-o", str(data)]
    subprocess.run(export, check=True)
    load = [oxigraph(), "load", "-l", str(store), "-f", str(data)]
    subprocess.run(load, check=True, stderr=subprocess.DEVNULL)
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        address = f"{_HOST}:{listener.getsockname()[1]}"
    serve = [oxigraph(), "serve-read-only", "-l", str(store), "-b", address]
    other = subprocess.Popen(serve, stderr=subprocess.DEVNULL)
    try:
        _await(f"http://{address}/query")
        with serving(log=folder / "log") as ours:
            yield (
                Side(f"{ours.url}/sparql", ours.process.pid),
                Side(f"http://{address}/query", other.pid),
            )
    finally:
        other.terminate()
        other.wait()


def oxigraph() -> str:
    """Return the program of Oxigraph's server, also of one beside this Python; empty where there is none."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("oxigraph") or shutil.which("oxigraph", path=beside) or ""


def _await(url: str) -> None:
    ends = time.monotonic() + START
    while time.monotonic() < ends:
        try:
            httpx.get(url, params={"query": "ASK {}"}).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"no answer from {url}")


def queries(seed: int, random_ones: int) -> tuple[list[str], list[str]]:
    """Return the stored questions with their defaults, and so many random queries."""
    kg = open_graph()
    stored = [as_sent(one, default_bindings(one)) for one in kg.questions.values()]
    maker = RandomSparql(kg.guarded.quads, seed)
    return stored, [maker.query() for _ in range(random_ones)]


def differences(ours: Side, theirs: Side, sent: list[str]) -> list[str]:
    """Return the queries that are answered differently, by value, each with how."""
    mine, other = ours.answers(sent), theirs.answers(sent)
    found = ((query, _difference(query, mine[n], other[n])) for n, query in enumerate(sent))
    return [f"{query}\n{how}" for query, how in found if how]


def _difference(query: str, one: bool | Rows, other: bool | Rows) -> str:
    if isinstance(one, bool) or isinstance(other, bool):
        return "" if one == other else f"{one}, not {other}"
    found = compare_rows(one, other, sorted_by(query))
    if not found:
        return ""
    only = (" ; ".join(map(said, rows[:3])) for rows in (found.only_first, found.only_second))
    return f"only ours: {next(only)}\nonly theirs: {next(only)}\n{found.columns=} {found.order=}"


def _read(media_type: str, body: bytes) -> bool | Rows:
    if media_type != ROWS:
        triples = {quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)}
        rows = tuple((t.subject, t.predicate, t.object) for t in triples)
        return Rows(_GRAPH.columns, cast("tuple[tuple[ox.NamedNode, ...], ...]", rows))
    found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(solution[name] for name in names) for solution in found)
    return Rows(names, cast("tuple[tuple[ox.NamedNode, ...], ...]", rows))


def ratios(name: str, ours: Figures, theirs: Figures) -> str:
    """Return how ours compares with theirs, asked the same, in one line."""
    rate, cpu = ours.rate / theirs.rate, ours.cpu / max(theirs.cpu, 0.01)
    times = (f"{ours.at(part) / theirs.at(part):.2f}" for part in (0.5, 0.99))
    return f"{name}: throughput {rate:.2f}, median {next(times)}, p99 {next(times)}, cpu {cpu:.2f}"


def main() -> None:
    """Run both servers and print the figures."""
    requests, clients, seed = (
        int(given) for given in (*sys.argv[1:], *("10000", "50", str(SEED))[len(sys.argv) - 1 :])
    )
    stored, random_ones = queries(seed, 150)
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as (ours, theirs):
        for name, few in (("stored", stored), ("random", random_ones)):
            wrong = differences(ours, theirs, few)
            _say("\n\n".join([f"{name}: {len(few)} queries, {len(wrong)} differences", *wrong]))
            many = list(islice(cycle(few), requests))
            fewer = list(islice(cycle(few), max(len(few), requests // 20)))
            for _ in range(_ROUNDS):
                _say(f"{name}, cache      {ours.figures(many, clients)}")
                cached = ours.figures(fewer, clients)
                other = theirs.figures(fewer, clients)
                fresh = ours.figures(fewer, clients, is_new=True)
                for kind, figures in (("cache", cached), ("no cache", fresh), ("oxigraph", other)):
                    _say(f"{name}, {kind:10} {figures}")
                _say(ratios(f"{name}, with cache", cached, other))
                _say(ratios(f"{name}, without", fresh, other))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
