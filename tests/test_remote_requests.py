"""How many requests a page sends to a store at an address: as many for the largest thing as for a small one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering_server import Server, serving
from conftest import Cli
from embedded_server import Embedded

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.stores.memory import embedded

pytest.importorskip("httpx")


@pytest.fixture(scope="module")
def served(kg: KnowledgeGraph) -> Iterator[Server]:
    """A server with the release."""
    with serving(Embedded(embedded(kg.guarded).oxigraph)) as server:
        yield server


@pytest.mark.parametrize(
    "command",
    [
        ("describe", "China"),
        ("describe", "CAS"),
        ("describe", "ANSO"),
        ("describe", "Sri Lanka"),
        ("explain", "ANSO", "isFoundedBy", "RAS"),
        ("explain", "bri-claim:anso-pakistan-anso-alliance"),
    ],
    ids=" ".join,
)
def test_a_page_asks_a_bounded_number_of_requests(
    cli: Cli, served: Server, command: tuple[str, ...]
) -> None:
    before = len(served.heard)
    there = cli(*command, "--store", served.url)
    assert (there.returncode, there.stdout) == (0, cli(*command).stdout)
    assert 2 < len(served.heard) - before <= 40
