"""`load --store URL` into real stores; and into two of them while the loader is killed and the way there fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from answering_server import Heard, Say, serving
from running import ROOT, Cli
from stores_here import DEFAULT_GRAPH, SCRIPTS, RunningStore, started

from bri_kg.knowledge import KnowledgeGraph

pytest.importorskip("httpx")
from bri_kg.stores import wire
from bri_kg.stores.remote import RemoteStore

pytestmark = pytest.mark.store
OURS = "https://w3id.org/bri-kg/store/"
MINE = "urn:mine"
EVERYTHING = "SELECT DISTINCT ?s ?p ?o ?g WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
IN_MINE = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}"
IN_OURS = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), '{OURS}')) }}"
OLD = "<urn:a> <urn:p> 1, _:b . _:b <urn:q> 'y' . GRAPH <urn:g> { <urn:a> <urn:p> 1 }"
NEW = "<urn:a> <urn:p> 2, _:c . _:c <urn:q> 'z' . GRAPH <urn:h> { <urn:a> <urn:p> 2 }"
FAULTY = ("oxigraph", "fuseki")


@pytest.fixture(scope="module")
def here(request: pytest.FixtureRequest) -> Iterator[RunningStore]:
    """A store with nothing in it."""
    with started(request.param) as store:
        yield store


def count(store: RemoteStore, query: str) -> int:
    return int(str(store.select(query)[0].value("n")))


@pytest.mark.slow
@pytest.mark.parametrize("here", SCRIPTS, indirect=True)
def test_the_release_goes_in_and_out_of_a_store(
    cli: Cli,
    kg: KnowledgeGraph,
    here: RunningStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = len(kg.questions)
    if here.name == "virtuoso":
        monkeypatch.setenv("BRI_KG_STORE_USER", "dba")
        monkeypatch.setenv("BRI_KG_STORE_PASSWORD", "dba")
    there = ("--store", here.address)
    into = ("--default-graph", DEFAULT_GRAPH) if here.name == "virtuoso" else ()
    store = RemoteStore(here.address)
    mine = b"<urn:x> <urn:y> <urn:z> .\n"
    graphs = store.services.graph_store
    assert graphs is not None
    store.wire.put("PUT", graphs, {"graph": MINE}, mine, "application/n-triples", again=False)

    small = tmp_path / "small.trig"
    small.write_text(OLD)
    done = cli("load", str(small), *there, *into, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert count(store, IN_OURS) == 0

    done = cli("load", *there, *into)
    assert done.returncode == 0, done.stderr
    asked = ("ask", "cofounders", "-f", "csv")
    answer = cli(*asked).stdout
    assert cli(*asked, *there).stdout == answer
    if here.name in FAULTY:
        between, noted = Between(here), count(store, IN_OURS)
        between.wrong, between.fault = is_switch, FAULTS["500"]
        with serving(between) as server:
            url = server.url + ("/bri" if here.name == "fuseki" else "/")
            assert cli("load", str(small), "--store", url).returncode == 2
        assert len(set(between.seen)) == 1
        assert count(store, IN_OURS) > noted  # the pieces that have arrived are there
        done = cli("compare", *there)  # asks every question
        assert done.returncode == 0, done.stdout
        assert f"{number} of {number} questions" in done.stderr

    done = cli("load", str(small), *there, *into)
    if here.name in ("rdf4j", "virtuoso"):
        assert (done.returncode, "BRI745" in done.stderr) == (2, True)
        done = cli("load", str(small), *there, *into, "--replace")
    assert done.returncode == 0, done.stderr
    assert store.evaluate("ASK { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }")
    assert not store.evaluate("ASK { ?c a bri:Country }")
    assert "nothing is done" in cli("load", str(small), *there, *into).stderr

    assert cli("load", "--unload", *there).returncode == 0
    assert (count(store, IN_MINE), count(store, IN_OURS)) == (1, 0)
    assert not store.evaluate("ASK { <urn:a> ?p ?o }")
    assert not store.evaluate("ASK { GRAPH <urn:g> { <urn:a> ?p ?o } }")


@pytest.mark.slow
@pytest.mark.parametrize("here", ["virtuoso"], indirect=True)
def test_a_wrong_password_loads_nothing(
    cli: Cli, here: RunningStore, files: dict[str, str]
) -> None:
    """Virtuoso asks for digest; Fuseki's basic is in `test_store_refusals.py`."""
    into = ("--store", here.address, "--default-graph", DEFAULT_GRAPH)
    for password in ("other", ""):
        who = {"BRI_KG_STORE_USER": "dba", "BRI_KG_STORE_PASSWORD": password}
        done = cli("load", files[OLD], *into, **who)
        assert (done.returncode, "error[BRI713]" in done.stderr) == (2, True), done.stderr
        assert "sparql-auth refuses the request (HTTP 401)" in done.stderr
    assert not RemoteStore(here.address).evaluate("ASK { <urn:a> ?p ?o }")


@pytest.mark.slow
@pytest.mark.parametrize("here", ["rdf4j"], indirect=True)
def test_what_others_have_put_there_stays(
    cli: Cli, here: RunningStore, files: dict[str, str]
) -> None:
    """RDF4J shows the union of its graphs as its default graph."""
    store = RemoteStore(here.address)

    def change(update: str) -> None:
        store.wire.form(here.update, {"update": update}, "*/*", again=False)

    done = cli("load", files[OLD], "--store", f"{here.address}-not")
    assert (done.returncode, "error[BRI712]: no SPARQL service" in done.stderr) == (2, True)
    for mine, told in (
        ("<urn:a> <urn:p> 7", "1 triples stand in its default graph"),
        ("GRAPH <urn:g> { <urn:a> <urn:p> 7 }", "1 graphs have names of the load, such as urn:g"),
    ):
        change(f"INSERT DATA {{ {mine} }}")
        done = cli("load", files[OLD], "--store", here.address)
        assert (done.returncode, "error[BRI743]" in done.stderr) == (2, True), done.stderr
        assert told in done.stderr
        assert store.evaluate(f"ASK {{ {mine} }}")
        assert not store.evaluate("ASK { <urn:a> <urn:p> 1 }")
        change(f"DELETE DATA {{ {mine} }}")


class Between:
    """A proxy before a store, with a fault for the requests that `wrong` picks.

    After each change it looks what the store answers from.
    """

    def __init__(self, store: RunningStore) -> None:
        self.store = store
        self.root = store.address.removesuffix("/bri")
        self.fault: Callable[[Callable[[], Say]], Say] | None = None
        self.wrong: Callable[[Heard], bool] = lambda _: False
        self.seen: list[frozenset[str]] = []

    def __call__(self, heard: Heard) -> Say:
        def forward() -> Say:
            say = self._forward(heard)
            if changes(heard):
                self.seen.append(self.held())
            return say

        if self.fault is not None and self.wrong(heard):
            return self.fault(forward)
        return forward()

    def _forward(self, heard: Heard) -> Say:
        headers = {name: heard.headers[name] for name in ("content-type", "accept")}
        request = urllib.request.Request(
            self.root + heard.path, heard.body, headers, method=heard.method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Say(answer.read(), answer.status)
        except urllib.error.HTTPError as error:
            return Say(error.read(), error.code)

    def held(self) -> frozenset[str]:
        """What the store answers from: all that is not for our own use, with one blank node."""
        request = urllib.request.Request(
            self.store.query,
            EVERYTHING.encode(),
            {
                "Content-Type": "application/sparql-query",
                "Accept": "application/sparql-results+json",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            rows = json.load(answer)["results"]["bindings"]
        found = (
            [("_:" if row[n]["type"] == "bnode" else row[n]["value"]) for n in "spog" if n in row]
            for row in rows
        )
        return frozenset(
            " ".join(cells) for cells in found if not cells[-1].startswith((OURS, MINE))
        )

    def left(self) -> int:
        """How many graphs of ours there are."""
        return count(RemoteStore(self.store.address), IN_OURS.replace("*", "DISTINCT ?g"))


def changes(heard: Heard) -> bool:
    return heard.method == "PUT" or "update" in heard.form


def is_switch(heard: Heard) -> bool:
    return f"{OURS}digest" in heard.form.get("update", "")


def wanted(text: str) -> frozenset[str]:
    quads = ox.parse(text, ox.RdfFormat.TRIG)
    cells = (
        ["_:" if isinstance(t, ox.BlankNode) else t.value for t in (q.subject, q.predicate, q.object)]
        + ([] if isinstance(q.graph_name, ox.DefaultGraph) else [q.graph_name.value])
        for q in quads
    )  # fmt: skip
    return frozenset(" ".join(some) for some in cells)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The file of each dataset."""
    folder = tmp_path_factory.mktemp("files")
    for name, text in (("old.trig", OLD), ("new.trig", NEW)):
        (folder / name).write_text(text)
    return {OLD: str(folder / "old.trig"), NEW: str(folder / "new.trig")}


@pytest.fixture
def way(
    here: RunningStore, cli: Cli, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Between, str]]:
    """A store with the old dataset, and the address of the proxy before it."""
    monkeypatch.setattr(wire, "_FIRST_PAUSE", 0.01)
    done = cli("load", files[OLD], "--store", here.address)
    assert done.returncode == 0, done.stderr
    between = Between(here)
    assert between.held() == wanted(OLD)
    with serving(between) as server:
        yield between, server.url + ("/bri" if here.name == "fuseki" else "/")


def late(forward: Callable[[], Say]) -> Say:
    """Do what was asked when nobody waits any more."""
    time.sleep(0.8)
    return forward()


def lost(forward: Callable[[], Say]) -> Say:
    """Do what was asked, and say nothing."""
    forward()
    return Say(b"", 0)


def half(forward: Callable[[], Say]) -> Say:
    """Do what was asked, and break off the answer."""
    forward()
    return Say(b"<ht", 200, length=100)


FAULTS: dict[str, Callable[[Callable[[], Say]], Say]] = {
    "429": lambda _: Say(b"slow down", 429, {"Retry-After": "0"}),
    "500": lambda _: Say(b"broken", 500),
    "503": lambda _: Say(b"busy", 503),
    "cut": lambda _: Say(b"", 0),
    "empty": lambda _: Say(b"", 200),
    "half": half,
    "late": late,
    "lost": lost,
}


@pytest.mark.parametrize("here", FAULTY, indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", ["pieces", "switch"])
def test_a_way_that_fails_leaves_the_old_or_brings_the_new(
    cli: Cli, way: tuple[Between, str], files: dict[str, str], fault: str, where: str
) -> None:
    between, url = way
    between.fault = FAULTS[fault]
    between.wrong = is_switch if where == "switch" else lambda heard: heard.method == "PUT"
    env = {"BRI_KG_SILENCE_SECONDS": "0.4"} if fault == "late" else {}
    done = cli("load", files[NEW], "--store", url, **env)
    assert done.returncode in ((0, 2, 3) if where == "switch" else (2, 3)), done.stderr
    assert between.held() == wanted(NEW if done.returncode == 0 else OLD) or fault == "late"
    between.fault = None
    assert cli("load", files[NEW], "--store", url).returncode == 0
    assert between.held() == wanted(NEW)
    assert set(between.seen) <= {wanted(OLD), wanted(NEW)}
    if fault != "late":  # its requests may still come
        assert between.left() == 1  # the note


# The change before which, or after which, the loader is killed: it tries the store, takes the lock, sends three
# pieces, switches and tidies up.
KILLED = [
    (1, False), (2, True), (3, False), (4, True), (5, False),
    (6, True), (7, False), (8, False), (8, True), (9, True),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("here", FAULTY, indirect=True)
def test_a_killed_loader_leaves_the_old_or_brings_the_new(
    cli: Cli, way: tuple[Between, str], files: dict[str, str]
) -> None:
    between, url = way
    before, after = OLD, NEW
    for number, is_done in KILLED:
        process = subprocess.Popen(
            [sys.executable, "-m", "bri_kg", "load", files[after], "--store", url],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        )
        changed: list[Heard] = []
        over = threading.Event()

        def picked(heard: Heard, number: int = number, changed: list[Heard] = changed) -> bool:
            if changes(heard):
                changed.append(heard)
            return len(changed) == number

        def kill(
            forward: Callable[[], Say],
            process: subprocess.Popen[bytes] = process,
            is_done: bool = is_done,
            over: threading.Event = over,
        ) -> Say:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
            say = forward() if is_done else Say(b"", 0)
            over.set()
            return say

        between.fault, between.wrong, between.seen = kill, picked, []
        assert over.wait(60)
        assert process.wait(10) == -signal.SIGKILL
        is_new = number > 8 or (number == 8 and is_done)
        assert between.held() == wanted(after if is_new else before), number
        between.fault = None
        assert cli("load", files[after], "--store", url).returncode == 0
        assert between.held() == wanted(after)
        assert set(between.seen) <= {wanted(before), wanted(after)}
        before, after = after, before


@pytest.mark.parametrize("here", FAULTY, indirect=True)
def test_a_second_run_sends_only_what_is_missing(
    cli: Cli, way: tuple[Between, str], files: dict[str, str]
) -> None:
    between, url = way
    sent: list[str] = []

    def third(heard: Heard) -> bool:
        if heard.method == "PUT":
            sent.append(heard.path)
        return heard.method == "PUT" and len(sent) > 2

    between.fault, between.wrong = FAULTS["500"], third
    assert cli("load", files[NEW], "--store", url).returncode == 2
    between.wrong = lambda heard: bool(heard.method == "PUT" and sent.append(heard.path))
    assert cli("load", files[NEW], "--store", url).returncode == 0
    assert len(sent) == 4
    assert sent[2] == sent[3]
