"""Words of the sources on pages: for whoever holds the texts, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Running, serving

from bri_kg.knowledge import KnowledgeGraph

PAGE = "/doc/id/org/anso.html"
FACT = ("ANSO", "isFoundedBy", "RAS")


@pytest.fixture(scope="module")
def server(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("words") / "log"
    with serving("--sources", str(sources), log=log) as running:
        yield running


@pytest.fixture(scope="module")
def words(kg: KnowledgeGraph, sources: Path) -> str:
    """What a passage of the page says."""
    explained = kg.explain(*FACT, texts=sources)
    found = explained.said_by[0].evidence[0].words
    assert found
    return found.split("\n")[0][:60]


def test_this_machine_is_shown_the_words_and_no_other_site_may_read_them(
    server: Running, words: str
) -> None:
    shown = httpx.get(server.url + PAGE)
    assert words in shown.text
    assert shown.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in shown.headers
    assert "private" in shown.headers["cache-control"]


def test_a_name_that_is_not_of_this_machine_is_shown_none(server: Running, words: str) -> None:
    """A page of another site may have its own name point here (DNS rebinding)."""
    shown = httpx.get(server.url + PAGE, headers={"Host": "evil.example"})
    assert shown.status_code == 200 and words not in shown.text
    assert shown.headers["access-control-allow-origin"] == "*"


def test_a_tag_of_a_page_with_words_is_none_of_the_page_without(server: Running) -> None:
    tag = httpx.get(server.url + PAGE).headers["etag"]
    again = httpx.get(server.url + PAGE, headers={"Host": "x.example", "If-None-Match": tag})
    assert again.status_code == 200


@pytest.mark.parametrize(("publishes", "is_shown"), [((), False), (("--publish-words",), True)])
def test_behind_an_address_words_are_shown_where_they_are_published(
    tmp_path: Path, words: str, publishes: tuple[str, ...], is_shown: bool
) -> None:
    options = ("--public-url", "https://example.org", *publishes)
    with serving(*options, log=tmp_path / "log") as running:
        for host in ("example.org", "127.0.0.1"):
            shown = httpx.get(running.url + PAGE, headers={"Host": host})
            assert (words in shown.text) == is_shown
            assert (words in _explained(running, host).text) == is_shown


def _explained(running: Running, host: str) -> httpx.Response:
    """Return what an assistant is told of the fact."""
    named = dict(zip(("subject", "property", "object"), FACT, strict=True))
    call = {"name": "explain", "arguments": named}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {"Host": host, "Accept": "application/json, text/event-stream"}
    answer = httpx.post(f"{running.url}/mcp", json=body, headers=headers, timeout=60)
    assert answer.status_code == 200
    return answer
