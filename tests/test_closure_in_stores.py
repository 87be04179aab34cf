"""`infer --store URL` in real stores: 100 thousand triples give what the file gives, in little memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from running import ROOT
from stores_here import RunningStore, started

import measure

httpx = pytest.importorskip("httpx")

pytestmark = [pytest.mark.slow, pytest.mark.store]
TRIPLES = os.environ.get("BRI_KG_CLOSED_TRIPLES", "100000")
MOST = 300 << 20  # bytes


def run(*arguments: str) -> tuple[str, int]:
    """Run a command to its end; return what it says, and the most memory that it has had, in bytes."""
    environment = {"PYTHONPATH": str(ROOT)}
    cost = measure.run([sys.executable, *arguments], limit=900, env=environment)
    assert not cost.stopped, cost.stderr
    return cost.stdout + cost.stderr, cost.rss


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Generated triples, and what follows from them by `infer FILE`."""
    folder = tmp_path_factory.mktemp("grown")
    data, follows = folder / "data.nt", folder / "follows.nt"
    run(str(ROOT / "benchmarks" / "generate.py"), "--triples", TRIPLES, "--part", "data", "-o", str(data))  # fmt: skip
    run("-m", "bri_kg", "infer", str(data), "-o", str(follows))
    return data, follows


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What the release asserts, and the whole of it."""
    folder = tmp_path_factory.mktemp("release")
    asserted, whole = folder / "asserted.nq", folder / "whole.nq"
    run("-m", "bri_kg", "export", "--part", "asserted", "-o", str(asserted))
    run("-m", "bri_kg", "export", "-o", str(whole))
    return asserted, whole


@pytest.fixture(scope="module", params=["oxigraph", "fuseki"])
def store(request: pytest.FixtureRequest, grown: tuple[Path, Path]) -> Iterator[RunningStore]:
    """A store that holds the generated triples."""
    with started(request.param) as running:
        put(running, grown[0])
        yield running


def values(file: Path) -> set[ox.Quad]:
    """The quads of a file as the embedded store holds them: it writes some numbers otherwise."""
    held = ox.Store()
    held.load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return set(held)


def test_what_follows_in_a_store_is_what_follows_from_the_file(
    store: RunningStore, grown: tuple[Path, Path], tmp_path: Path
) -> None:
    there = tmp_path / "there.nt"
    _, memory = run("-m", "bri_kg", "infer", "--store", store.address, "-o", str(there))
    assert memory < MOST
    assert values(there) == values(grown[1])
    assert not holds_named_graphs(store)


def test_our_graphs_go_when_a_run_is_interrupted(store: RunningStore) -> None:
    command = [sys.executable, "-m", "bri_kg", "infer", "--store", store.address, "--write"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        ends = time.monotonic() + 60
        while not holds_named_graphs(store) and time.monotonic() < ends:
            time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        assert child.wait(120) == 130
    finally:
        child.kill()
        child.communicate()
    assert not holds_named_graphs(store)


def test_the_release_is_made_in_a_store_that_holds_what_is_asserted(
    store: RunningStore, release: tuple[Path, Path], tmp_path: Path
) -> None:
    (asserted, whole), made = map(values, release), tmp_path / "made.nq"
    put(store, release[0])
    said, memory = run("-m", "bri_kg", "infer", "--store", store.address, "--facts", "--write")
    assert memory < MOST
    run("-m", "bri_kg", "export", "--store", store.address, "-o", str(made))
    assert values(made) == whole
    triples = [quad for quad in whole if quad.graph_name == ox.DefaultGraph()]
    assert f"added {len(triples) - len(asserted)} triples to " in said


def put(store: RunningStore, file: Path) -> None:
    """Let the default graph of a store hold what a file holds."""
    sent = httpx.put(
        f"{store.graphs}?default",
        content=file.read_bytes(),
        headers={"Content-Type": "application/n-triples"},
        timeout=300,
    )
    assert sent.status_code < 300, sent.text


def holds_named_graphs(store: RunningStore) -> bool:
    answer = httpx.post(
        store.query,
        data={"query": "ASK { GRAPH ?g { ?s ?p ?o } }"},
        headers={"Accept": "application/sparql-results+json"},
        timeout=300,
    )
    return bool(answer.json()["boolean"])
