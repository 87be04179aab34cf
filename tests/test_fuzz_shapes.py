"""No shapes graph, however odd, ends as a bug of ours: a report comes out, or an error that can be mended."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from multiprocessing.connection import Connection

import pyoxigraph as ox
import pytest
from shacl_mutations import DATA, PROLOGUE, mutated, seeds, terms

from bri_kg.errors import BriKgError
from bri_kg.shacl import has_fast_engine, validate_shapes

pytestmark = [
    pytest.mark.fuzz,
    pytest.mark.skipif(sys.platform == "win32", reason="workers are forked"),
]
SECONDS = float(os.environ.get("BRI_KG_FUZZ_SECONDS", "20"))
# What one shapes graph may take before it counts as one that never ends.
PATIENCE = 30


def data() -> tuple[ox.Quad, ...]:
    return tuple(ox.parse((PROLOGUE + DATA).encode(), ox.RdfFormat.TURTLE))


def verdict(seed: int, starts: list[tuple[ox.Quad, ...]], *, reference: bool) -> str:
    """How the validation of one seed ends: empty where it ends well."""
    try:
        validate_shapes(data(), mutated(seed, starts, terms()), reference=reference)
    except BriKgError as error:
        return "" if error.exit_code in (2, 3) else str(error)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return ""


def work(first: int, reference: bool, to: Connection) -> None:
    starts, seed, until = seeds(), first, time.monotonic() + SECONDS / 2
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while time.monotonic() < until:
        to.send((seed, None))
        to.send((seed, verdict(seed, starts, reference=reference)))
        seed += 1
    to.send((seed, "end"))


@pytest.mark.parametrize(
    "reference",
    [
        True,
        pytest.param(False, marks=pytest.mark.skipif(not has_fast_engine(), reason="no `fast`")),
    ],
)
def test_nothing_ends_as_a_bug(reference: bool) -> None:
    forked = multiprocessing.get_context("fork")
    here, there = forked.Pipe()
    first = int(os.environ.get("BRI_KG_FUZZ_SEED", "0"))
    worker = forked.Process(target=work, args=(first, reference, there))
    worker.start()
    there.close()
    wrong: dict[int, str] = {}
    seed, said = first, None
    try:
        while said != "end":
            if not here.poll(PATIENCE):
                wrong[seed] = f"not ended after {PATIENCE} seconds"
                break
            try:
                seed, said = here.recv()
            except EOFError:
                wrong[seed] = "the process died"
                break
            if said and said != "end":
                wrong[seed] = said
    finally:
        worker.kill()
        worker.join()
    assert seed > first
    assert not wrong
