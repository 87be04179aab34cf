"""100 thousand generated triples validated and checked inside real stores: the report of the file, in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, Cli
from stores_here import RunningStore, started

import measure

pytest.importorskip("httpx")

pytestmark = [pytest.mark.store, pytest.mark.slow]
_MB = 300
_MISTAKES = 60
_SHAPES = ("--shapes", "bri", "-f", "json")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with mistakes, listed beside it."""
    file = tmp_path_factory.mktemp("generated") / "broken.nt"
    script = ROOT / "benchmarks" / "generate.py"
    command = [sys.executable, str(script), "--triples", "100k", "--violations", str(_MISTAKES)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "-o", str(file)], check=True, env=environment, timeout=600)
    return file


@pytest.fixture(scope="module")
def report(cli: Cli, broken: Path) -> list[dict[str, str]]:
    """What our shapes find in the file."""
    found: list[dict[str, str]] = json.loads(cli("validate", str(broken), *_SHAPES).stdout)
    return found


@pytest.fixture(scope="module", params=("oxigraph", "fuseki"))
def filled(request: pytest.FixtureRequest, broken: Path) -> Iterator[RunningStore]:
    """A store with the file in its default graph."""
    with started(request.param) as store:
        headers = {"Content-Type": "application/n-triples"}
        url = f"{store.graphs}?default"
        body = broken.read_bytes()
        wanted = urllib.request.Request(url, data=body, headers=headers, method="POST")
        urllib.request.urlopen(wanted, timeout=300).read()
        yield store


def measured(*command: str) -> tuple[int, str, int]:
    """Run a command in a process of its own; return its exit code, what it printed, and its size in MB."""
    whole = [sys.executable, "-m", "bri_kg", *command]
    cost = measure.run(whole, limit=900, codes=(0, 1), env={"PYTHONPATH": str(ROOT)})
    assert not cost.stopped, cost.stderr
    return cost.code, cost.stdout, cost.rss >> 20


def test_our_shapes_find_there_what_they_find_in_the_file(
    filled: RunningStore, broken: Path, report: list[dict[str, str]]
) -> None:
    code, found, size = measured("validate", "--store", filled.address, *_SHAPES)
    assert (code, json.loads(found)) == (1, report)
    listed = broken.with_suffix(".violations.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(listed) == _MISTAKES
    assert {line.split("\t")[1] for line in listed} <= {one["focus"] for one in json.loads(found)}
    assert size < _MB


def test_the_stages_stop_at_the_mistakes(filled: RunningStore) -> None:
    code, found, size = measured("validate", "--store", filled.address, "-f", "json")
    assert (code, {one["stage"] for one in json.loads(found)}) == (1, {"shapes"})
    assert size < _MB


def test_the_ontology_is_found_among_the_rest(filled: RunningStore) -> None:
    code, found, size = measured("check", "--store", filled.address, "-f", "json")
    assert (code, json.loads(found)) == (0, [])
    assert size < _MB
