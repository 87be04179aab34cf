"""Triple stores for tests: each started by its script under tests/stores/, filled once, ended with the tests.

A test that takes `filled_store` runs on every store; `any_store` are the same with nothing in them. One that is
not installed is skipped by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from running import ROOT

SCRIPTS = {
    "oxigraph": ("oxigraph.py",),
    "fuseki": ("fuseki.py",),
    "fuseki-tdb2": ("fuseki.py", "--tdb2"),
    "rdf4j": ("rdf4j.py",),
    "virtuoso": ("virtuoso.py",),
}
# Where the triples of the default graph go in a store that has none of its own.
DEFAULT_GRAPH = "https://w3id.org/bri-kg/graph"
_NOT_INSTALLED = 3
_SECONDS_TO_START = 120
_SECONDS_TO_LOAD = 120


@dataclass(frozen=True)
class RunningStore:
    """A store that answers: its name here, and what its script says of it."""

    name: str
    said: dict[str, str]

    def __getattr__(self, key: str) -> str:
        try:
            return self.said[key]
        except KeyError:
            raise AttributeError(key) from None


@contextmanager
def started(name: str, *flags: str) -> Iterator[RunningStore]:
    """Yield a store with nothing in it, started with flags of its script; skip where it is not installed."""
    command = [
        sys.executable,
        str(ROOT / "tests" / "stores" / SCRIPTS[name][0]),
        *SCRIPTS[name][1:],
        *flags,
    ]
    script = subprocess.Popen(
        [*command, f"--within={_SECONDS_TO_START}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield RunningStore(name, _said(name, script))
    finally:
        script.terminate()
        script.wait(30)


def _said(name: str, script: subprocess.Popen[str]) -> dict[str, str]:
    assert script.stdout and script.stderr
    found = {}
    for line in script.stdout:
        if line == "ready\n":
            return found
        key, value = line.split(maxsplit=1)
        found[key] = value.strip()
    message = script.stderr.read()
    if script.wait(30) == _NOT_INSTALLED:
        pytest.skip(f"{name} is {message.strip()}")
    pytest.fail(f"{name} did not start: {message}")


def fill(store: RunningStore) -> None:
    """Load the release into a store, as docs/stores.md says."""
    command = [sys.executable, "-m", "bri_kg", "load", "--store", store.address]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if store.name == "virtuoso":
        command += ["--default-graph", DEFAULT_GRAPH]
        environment |= {"BRI_KG_STORE_USER": "dba", "BRI_KG_STORE_PASSWORD": "dba"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_SECONDS_TO_LOAD, env=environment
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session", params=SCRIPTS)
def any_store(request: pytest.FixtureRequest) -> Iterator[RunningStore]:
    """Each store in turn, with nothing in it."""
    with started(request.param) as store:
        yield store


@pytest.fixture(scope="session")
def filled_store(any_store: RunningStore) -> RunningStore:
    """Each store in turn, with the release in it."""
    fill(any_store)
    return any_store
