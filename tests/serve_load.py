"""Real load, by hand: `python tests/serve_load.py [REQUESTS [CLIENTS]]`. Figures of our server beside Oxigraph's.

The stored questions, each as it runs by itself, are asked of both by so many clients at once, in rounds that
alternate. Then our server is asked without its cache: each query has a comment of its own. Memory is that of
all its processes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from serving import serving

from bri_kg import open as open_graph
from bri_kg.dataset.questions import as_sent, default_bindings

_ROUNDS = 2


def queries() -> list[str]:
    """Return the stored questions with their defaults."""
    stored = open_graph().questions.values()
    return [as_sent(question, default_bindings(question)) for question in stored]


async def asked(url: str, sent: list[str], clients: int, *, is_new: bool) -> list[float]:
    """Return the seconds of each request. Raise where one is not answered by 200."""
    waiting = iter(enumerate(sent))
    took: list[float] = []

    async def client() -> None:
        async with httpx.AsyncClient(timeout=120) as made:
            for number, query in waiting:
                begun = time.perf_counter()
                text = f"{query}\n# {number}" if is_new else query
                answer = await made.post(
                    url,
                    content=text.encode(),
                    headers={
                        "content-type": "application/sparql-query",
                        "accept": "application/sparql-results+json",
                        "accept-encoding": "identity",
                    },
                )
                answer.raise_for_status()
                took.append(time.perf_counter() - begun)

    await asyncio.gather(*(client() for _ in range(clients)))
    return sorted(took)


def measured(
    name: str, url: str, sent: list[str], clients: int, pids: list[int], *, is_new: bool
) -> None:
    """Print throughput, percentiles, processor time and memory of one run."""
    cpu, begun = used(pids), time.perf_counter()
    took = asyncio.run(asked(url, sent, clients, is_new=is_new))
    wall = time.perf_counter() - begun
    sys.stdout.write(
        f"{name:26} {len(took)} requests, {clients} clients: {len(took) / wall:7.0f}/s"
        f"  median {took[len(took) // 2] * 1000:6.1f} ms  p99 {took[len(took) * 99 // 100] * 1000:6.1f} ms"
        f"  cpu {used(pids) - cpu:6.2f} s  memory {memory(pids):5.0f} MB\n"
    )
    sys.stdout.flush()


def used(pids: list[int]) -> float:
    """Return the processor time of processes and of those that they have seen end."""
    total = 0
    for pid in family(pids):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def memory(pids: list[int]) -> float:
    """Return the megabytes that processes hold."""
    pages = sum(
        int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        for pid in family(pids)
    )
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def family(pids: list[int]) -> list[int]:
    """Return processes and their children."""
    found = list(pids)
    for pid in pids:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        found += [int(child) for child in children.split()]
    return found


def main() -> None:
    """Run both servers and print the figures."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    stored = queries()
    sent = [stored[number % len(stored)] for number in range(requests)]
    few = sent[: max(clients, requests // 20)]
    folder = Path(tempfile.mkdtemp())
    try:
        store = folder / "store"
        port = 17878
        subprocess.run(
            [sys.executable, "-m", "bri_kg", "export", "-q", "-o", str(folder / "all.nq")],
            check=True,
        )
        load = ["oxigraph", "load", "-l", str(store), "-f", str(folder / "all.nq")]
        subprocess.run(load, check=True, stderr=subprocess.DEVNULL)
        other = subprocess.Popen(
            ["oxigraph", "serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{port}"],
            stderr=subprocess.DEVNULL,
        )
        try:
            with serving(log=folder / "log") as ours:
                url, theirs = f"{ours.url}/sparql", f"http://127.0.0.1:{port}/query"
                measured(
                    "first (fills the cache)",
                    url,
                    stored,
                    clients,
                    [ours.process.pid],
                    is_new=False,
                )
                for _ in range(_ROUNDS):
                    measured(
                        "bri-kg serve, cache", url, sent, clients, [ours.process.pid], is_new=False
                    )
                    measured("oxigraph", theirs, few, clients, [other.pid], is_new=False)
                measured(
                    "bri-kg serve, no cache", url, few, clients, [ours.process.pid], is_new=True
                )
                measured("oxigraph", theirs, few, clients, [other.pid], is_new=True)
        finally:
            other.terminate()
            other.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
