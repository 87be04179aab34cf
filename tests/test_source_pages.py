"""Pages of documents: titles that they print, who stands behind them or that nobody is named, passages by number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pages_here
import pytest
from starlette.testclient import TestClient

from bri_kg.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


def text_of(web: TestClient, path: str, lang: str = "en") -> str:
    answer = web.get(f"{path}?lang={lang}")
    assert answer.status_code == 200
    return answer.text


def test_documents_stand_under_the_titles_that_they_print(web: TestClient) -> None:
    headings = re.findall(r"<h2[^>]*><a [^>]*>([^<]+)</a></h2>", text_of(web, "/sources"))
    assert "China bolster Scientific cooperation with B&amp;R countries" in headings
    # One of them prints none, and says so.
    assert any("Science and Technology Daily" in one for one in headings)
    assert text_of(web, "/sources").count("none is printed") == 1
    html = text_of(web, "/doc/source/cas-decade.html", "zh")
    assert '<h1 lang="en">Sci-tech Innovation' in html and "中国科学院关于倡议十年的网页" in html


def test_who_is_not_named_is_said_to_be_not_named(web: TestClient) -> None:
    html = text_of(web, "/sources")
    for publisher in re.findall(r"<dt>publisher</dt><dd>(.*?)</dd>", html):
        assert "/doc/id/org/" in publisher or (
            "not named" in publisher and "#char=" not in publisher
        )
    assert html.count("not named") == 2
    assert (
        'class="mark"' not in html
    )  # that a line of a title page has come about goes without saying


def test_passages_have_numbers_and_claims_are_told_not_coded(web: TestClient) -> None:
    for lang, first in (("en", "Passage 1<"), ("zh", "第 1 段<")):
        html = text_of(web, "/doc/source/cas-decade.html", lang)
        assert first in html and "cas-decade 0–89" in html
        assert "bri-claim:" not in html
        assert not re.search(r"\b1 (?:claims|passages|sources)\b", html)


def test_a_document_begins_with_what_a_reader_wants_and_ends_with_its_file(web: TestClient) -> None:
    html = text_of(web, "/doc/source/cas-decade.html")
    assert html.count("SHA-256") == 1 and ".txt</code>" in html
    assert html.index("in the order of the text") < html.index(".txt</code>")
