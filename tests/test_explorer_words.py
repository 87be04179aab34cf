"""Words of the sources on pages: for whoever holds the texts, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pages_here
import pytest
from running import Cli
from serving import Running, serving

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.web.site import Words

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


def test_an_assistant_on_this_machine_is_given_the_words(server: Running, words: str) -> None:
    named = dict(zip(("subject", "property", "object"), FACT, strict=True))
    call = {"name": "explain", "arguments": named}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    accept = {"Accept": "application/json, text/event-stream"}
    assert words in httpx.post(f"{server.url}/mcp", json=body, headers=accept, timeout=60).text


@pytest.mark.parametrize(
    ("host", "public_url", "for_all", "shown_here", "shown_there"),
    [
        ("127.0.0.1", None, False, True, False),
        ("0.0.0.0", None, False, False, False),
        ("127.0.0.1", "https://example.org", False, False, False),
        ("127.0.0.1", "https://example.org", True, True, True),
    ],
)
def test_words_are_shown_beyond_this_machine_only_where_they_are_published(
    kg: KnowledgeGraph,
    sources: Path,
    words: str,
    host: str,
    public_url: str | None,
    for_all: bool,
    shown_here: bool,
    shown_there: bool,
) -> None:
    shown = Words.served(sources, host, public_url, for_all=for_all)
    with pages_here.client(kg, words=shown) as web:
        for name, is_shown in (("localhost:8000", shown_here), ("example.org", shown_there)):
            assert (words in web.get(PAGE, headers={"Host": name}).text) == is_shown


def test_words_are_not_published_without_texts(cli_process: Cli) -> None:
    done = cli_process("serve", "--publish-words", BRI_KG_SOURCES="")
    assert done.returncode == 2 and "BRI824" in done.stderr
