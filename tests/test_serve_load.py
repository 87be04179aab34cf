"""The server under load: beside Oxigraph's with the same release, and while its pages are asked for by many."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from serve_clients import exchange, got, posted
from serve_load import SEED, Side, both, differences, oxigraph, queries, ratios
from serving import serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]
_CLIENTS = 8
_TRIES = 3  # of what other processes on this machine may disturb


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    if not oxigraph():
        pytest.skip("the program oxigraph is not installed")
    with both(tmp_path_factory.mktemp("load")) as running:
        yield running


@pytest.mark.store
def test_answers_are_those_of_oxigraph_and_cost_no_more_than_they_may(
    servers: tuple[Side, Side], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = servers
    stored, random_ones = queries(SEED, 40)
    sent = stored[::3] + random_ones
    # This also fills the cache.
    assert differences(ours, theirs, sent) == []
    for _ in range(_TRIES):
        other = theirs.figures(sent, _CLIENTS)
        cached, fresh = (ours.figures(sent, _CLIENTS, is_new=is_new) for is_new in (False, True))
        with capsys.disabled():
            sys.stdout.write(f"\n{ratios('with cache', cached, other)}")
            sys.stdout.write(f"\n{ratios('without', fresh, other)}\n")
        is_fast = cached.rate >= other.rate and cached.at(0.99) <= other.at(0.99)
        if is_fast and fresh.cpu <= 3 * other.cpu:
            return
    pytest.fail("more than its server may cost, each time")


def test_many_who_ask_stored_questions_do_not_hold_up_the_endpoint(tmp_path: Path) -> None:
    with serving(log=tmp_path / "log") as server:
        url = server.url
        held = (asyncio.run(_held_up(f"{url}/sparql")) for _ in range(_TRIES))
        assert any(times <= 10 for times in held)


async def _held_up(url: str) -> float:
    """Return how many times as long a query takes while 50 clients ask what takes longest."""
    ends = False

    def endless() -> Iterator[bytes]:
        for number in count():
            if ends:
                return
            name = ("accepted-findings", "things-to-come")[number % 2]
            yield from got(url, [f"/questions/{name}?limit={number + 1}"])

    idle = await _median(url)
    load = asyncio.create_task(exchange(url, endless(), 50))
    await asyncio.sleep(0.5)
    held = await _median(url)
    ends = True
    load.cancel()
    await asyncio.gather(load, return_exceptions=True)
    return held / idle


async def _median(url: str) -> float:
    took = await exchange(url, posted(url, ["ASK {}"] * 10), 1)
    return sorted(took)[5]
