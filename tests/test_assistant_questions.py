"""Questions of an analyst, put as calls by somebody who sees the descriptions of the tools alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from assistants import Assistant, connected, in_here
from conftest import ROOT

from bri_kg.knowledge import KnowledgeGraph

ASKED = tomllib.loads((ROOT / "tests" / "assistant_questions.toml").read_text(encoding="utf-8"))
MOST_CALLS = 3


@pytest.fixture(scope="module")
def assistant(kg: KnowledgeGraph) -> Iterator[Assistant]:
    with connected(lambda: in_here(kg)) as client:
        yield client


def _answers(assistant: Assistant, asked: dict[str, Any]) -> list[Any]:
    """Return the results of the calls, a page each; `next` continues the one before."""
    assert len(asked["calls"]) <= MOST_CALLS
    results: list[Any] = []
    tool, arguments = "", {}
    for call in asked["calls"]:
        if call["tool"] == "next":
            arguments["cursor"] = results[-1].structured_content["next"]
        else:
            tool, arguments = call["tool"], {n: v for n, v in call.items() if n != "tool"}
        result = assistant.call(tool, **arguments)
        assert not result.is_error, (asked["asks"], result.content[0].text)
        results.append(result)
    return results


def _cited(results: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return each passage with the item that carries it; the text has to tell it too."""
    found = []
    for result in results:
        for item in result.structured_content["items"]:
            for passage in item.get("passages", ()):
                assert passage["cite"] in result.content[0].text
                found.append((passage["cite"], item))
    return found


def test_there_are_as_many_as_are_told() -> None:
    assert [len(ASKED[kind]) for kind in ("known", "unknown", "planned")] == [53, 10, 11]


@pytest.mark.parametrize("asked", ASKED["known"], ids=lambda asked: asked["asks"][:50])
def test_a_question_comes_back_with_its_passages(
    assistant: Assistant, asked: dict[str, Any]
) -> None:
    cited = {cite for cite, _ in _cited(_answers(assistant, asked))}
    assert set(asked["passages"]) <= cited, (asked["asks"], sorted(cited))


@pytest.mark.parametrize("asked", ASKED["unknown"], ids=lambda asked: asked["asks"][:50])
def test_what_the_graph_does_not_know_comes_back_as_not_known(
    assistant: Assistant, asked: dict[str, Any]
) -> None:
    for result in _answers(assistant, asked):
        data = result.structured_content
        assert data["status"] == "not_known" and not data["items"], asked["asks"]
        assert 'That is "not known", not "no".' in result.content[0].text


@pytest.mark.parametrize("asked", ASKED["planned"], ids=lambda asked: asked["asks"][:50])
def test_what_is_planned_comes_back_as_planned_and_what_is_achieved_as_that(
    assistant: Assistant, asked: dict[str, Any]
) -> None:
    results = _answers(assistant, asked)
    cited = [(cite, item) for cite, item in _cited(results) if "come_about" in item]
    text = "\n".join(result.content[0].text for result in results)
    for kind, come_about in (("ahead", False), ("done", True)):
        for cite in asked[kind]:
            items = [item for found, item in cited if found == cite]
            assert any(item["come_about"] is come_about for item in items), (cite, items)
            for item in items:
                mark = ", ".join([*item["factuality"], *item.get("modality", ())])
                assert f"[{mark}]" in text
