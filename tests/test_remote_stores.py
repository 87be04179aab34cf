"""Verbs that read a store at an address, with a real server of Oxigraph on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Cli

from bri_kg.knowledge import KnowledgeGraph

pytest.importorskip("httpx")
from bri_kg.stores.remote import RemoteStore

pytestmark = pytest.mark.store
OXIGRAPH = (
    os.environ.get("BRI_KG_OXIGRAPH")
    or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    or shutil.which("oxigraph")
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_oxigraph(place: Path, *options: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server on a store on disk, and return it with its address once it answers."""
    assert OXIGRAPH
    port = free_port()
    server = subprocess.Popen(
        [OXIGRAPH, "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}", *options],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def oxigraph(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the release."""
    if OXIGRAPH is None:
        pytest.skip("oxigraph is not installed")
    place = tmp_path_factory.mktemp("oxigraph") / "store"
    import pyoxigraph as ox

    store = ox.Store(str(place))
    store.extend(kg.release.quads())
    store.flush()
    del store
    server, url = start_oxigraph(place)
    yield url
    server.terminate()
    server.wait(20)


@pytest.mark.parametrize(
    "command",
    [
        ("ask", "cofounders"),
        ("ask", "cofounders", "--param", "partner=UNESCO", "-l", "zh", "-f", "csv"),
        ("query", "-e", "SELECT ?c { ?c a bri:Country } ORDER BY ?c"),
        ("query", "-e", "ASK { ?c a bri:Country }"),
        ("query", "-e", "DESCRIBE bri-org:anso", "-f", "nt"),
        ("describe", "ANSO"),
        ("describe", "ANSO", "-f", "nt"),
        ("explain", "ANSO", "isFoundedBy", "RAS"),
        ("conflicts", "ANSO"),
        ("search", "academy", "pakistan"),
    ],
    ids=" ".join,
)
def test_a_store_at_an_address_is_read_as_the_graph_is(
    cli: Cli, oxigraph: str, command: tuple[str, ...]
) -> None:
    here, there = cli(*command), cli(*command, "--store", oxigraph)
    assert there.returncode == 0, there.stderr
    assert there.stdout == here.stdout


def test_export_gives_back_what_was_loaded(cli: Cli, oxigraph: str, kg: KnowledgeGraph) -> None:
    done = cli("export", "--store", oxigraph)
    given = {str(quad) for quad in kg.store}
    assert {line.removesuffix(" .") for line in done.stdout.splitlines()} == given


def test_an_unknown_name_is_told_with_the_nearest(cli: Cli, oxigraph: str) -> None:
    done = cli("describe", "ANS0", "--store", oxigraph)
    assert (done.returncode, "did you mean 'ANSO'" in done.stderr) == (2, True)


def test_nothing_found_says_what_the_data_does_not_know(cli: Cli, oxigraph: str) -> None:
    done = cli("query", "-e", "SELECT ?x { ?x a bri:Contry }", "--store", oxigraph)
    assert "did you mean bri:Country" in done.stderr


def test_a_syntax_error_has_its_place(cli: Cli, oxigraph: str) -> None:
    done = cli("query", "-e", "SELECT * { ?s ?p", "--store", oxigraph)
    assert done.returncode == 2
    assert "BRI103" in done.stderr


def test_a_store_without_a_dataset_is_said_to_have_none(cli: Cli, tmp_path: Path) -> None:
    if OXIGRAPH is None:
        pytest.skip("oxigraph is not installed")
    server, url = start_oxigraph(tmp_path / "empty")
    try:
        done = cli("ask", "cofounders", "--store", url)
    finally:
        server.terminate()
        server.wait(20)
    assert (done.returncode, "BRI266" in done.stderr) == (2, True)


def test_the_reference_engine_wants_the_quads_here(cli: Cli, oxigraph: str) -> None:
    done = cli("ask", "cofounders", "--engine", "reference", "--store", oxigraph)
    assert (done.returncode, "BRI720" in done.stderr) == (2, True)


def test_the_kind_is_what_the_server_says(oxigraph: str) -> None:
    store = RemoteStore(oxigraph)
    assert (store.kind, store.services.graph_store) == ("oxigraph", f"{oxigraph}/store")
