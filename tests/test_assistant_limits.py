"""What takes too long is given up, told in words, and leaves the tools to others."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from assistants import Assistant, connected, in_here

import bri_kg
from bri_kg.assistant.desk import InTurn
from bri_kg.assistant.on_pipes import OneThread
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI
from bri_kg.web.assistant_route import ServerTurns
from bri_kg.web.turns import Turns

THING = "http://e.example/thing"
SECONDS = 0.5
CLAIMS = 6_000  # that name one thing: to describe it takes a second at least


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A store in which very much is said of one thing."""
    path = tmp_path_factory.mktemp("crowded") / "store.nt"
    lines = [f'<{THING}> <http://www.w3.org/2004/02/skos/core#prefLabel> "crowded"@en .']
    for number in range(CLAIMS):
        said = {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": f"{BRI}Claim",
            f"{BRI}factuality": f"{BASE}vocab/factuality/achieved",
            f"{BRI}standing": f"{BASE}vocab/standing/live",
            f"{BRI}rank": f"{BASE}vocab/rank/normal",
            f"{BRI}hasSubject": THING,
            f"{BRI}evidence": f"http://e.example/source#char={number},{number + 5}",
        }
        claim = f"http://e.example/claim/{number}"
        lines += [f"<{claim}> <{prop}> <{value}> ." for prop, value in said.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bri_kg.open(store=path)


@pytest.fixture(params=["pipes", "http"])
def assistant(request: pytest.FixtureRequest, crowded: KnowledgeGraph) -> Iterator[Assistant]:
    """A client of a desk whose work takes turns as over pipes, and as on the server."""
    if request.param == "pipes":
        in_turn: InTurn = OneThread(SECONDS)
    else:
        turns: Turns[int] = Turns(10)
        turns.give(0)
        in_turn = ServerTurns(turns, SECONDS)
    with connected(lambda: in_here(crowded, in_turn=in_turn)) as client:
        yield client


def test_an_answer_that_takes_too_long_is_given_up_in_words_and_others_are_answered(
    assistant: Assistant,
) -> None:
    _searched(assistant)  # what is read once is read, and kept, however long that takes
    begun = time.monotonic()
    result = assistant.call("describe", thing=f"<{THING}>")
    assert time.monotonic() - begun < 10
    assert result.is_error and result.structured_content["status"] == "error"
    assert "error[BRI864]" in result.content[0].text
    assert "given up after 0.5 seconds" in result.content[0].text
    _searched(assistant)


def _searched(assistant: Assistant) -> None:
    begun = time.monotonic()
    while (result := assistant.call("search", words="cofounders")).is_error:
        assert "error[BRI864]" in result.content[0].text
        assert time.monotonic() - begun < 20
    assert result.structured_content["items"]
