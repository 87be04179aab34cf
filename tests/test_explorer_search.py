"""Search over HTTP: the page of results and the suggestions, from the search that every face has."""

from __future__ import annotations

from collections.abc import Iterator

import pages_here
import pytest
from pages_here import Seen
from starlette.testclient import TestClient

from bri_kg.answers.node_lookups import meaning_of
from bri_kg.knowledge import KnowledgeGraph

HTML = {"Accept": "text/html"}
PROBE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}\u202e"


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


def test_the_page_has_what_the_search_finds_by_kind(web: TestClient, kg: KnowledgeGraph) -> None:
    page = web.get("/search", params={"q": "cooperation", "lang": "en"}, headers=HTML)
    seen = Seen(page.text)
    found = kg.search("cooperation", limit=200)
    assert {hit.kind for hit in found} <= set(seen.anchors)
    for hit in found.some_of_each(10):
        assert hit.label in seen.text
    concept = next(hit for hit in found if hit.kind == "concept")
    meaning = meaning_of(kg.guarded.quads, concept.node, "en")
    assert meaning and meaning in seen.text


def test_all_of_a_kind_are_one_link_away(web: TestClient, kg: KnowledgeGraph) -> None:
    page = Seen(web.get("/search?q=cooperation&lang=en").text)
    more = next(link for link in page.links if "kind=thing" in link)
    every = Seen(web.get(more).text)
    for hit in kg.search("cooperation", limit=200, kinds="thing"):
        assert hit.label in every.text


@pytest.mark.parametrize(
    ("words", "lang", "told"),
    [
        ("silk raod", "en", "nearest spelling: silk road"),
        ("silk raod", "zh", "最接近的写法：silk road"),
        ("zzzzz", "en", "no name has these words"),
        ("zzzzz", "zh", "没有名称包含这些词"),
        ("...", "en", "no name has these words"),
        ("", "en", "Type words"),
        ("UNESCO", "en", "organization"),
        ("UNESCO", "zh", "联合国教育、科学及文化组织"),
        ("who founded the overseas centres", "en", "these have some of them"),
        ("Unseco", "en", "matched: UNESCO"),
    ],
)
def test_a_page_says_how_near_it_comes(web: TestClient, words: str, lang: str, told: str) -> None:
    answer = web.get("/search", params={"q": words, "lang": lang}, headers=HTML)
    assert answer.status_code == 200
    assert told in Seen(answer.text).text


def test_comparisons_are_found_by_what_they_are_about(web: TestClient, kg: KnowledgeGraph) -> None:
    page = web.get("/search?q=joint+laboratories&lang=en", headers=HTML).text
    about = kg.conflicts("bri-kind:joint-laboratory")
    assert len(about) == 4
    assert all(one.label in page for one in about if one.label)
    link = next(link for link in Seen(page).links if "about=" in link)
    assert f"{len(about)} comparisons" in web.get(link, headers=HTML).text
    chinese = kg.search("联合实验室", kinds="comparison", lang="zh")
    assert {hit.node for hit in chinese} == {one.iri for one in about}


@pytest.mark.parametrize("words", ["founder of ANSO", "founders of ANSO", "who founded ANSO"])
def test_a_question_is_found_with_the_thing_filled_in(web: TestClient, words: str) -> None:
    page = web.get("/search", params={"q": words, "lang": "en"}, headers=HTML).text
    link = next(link for link in Seen(page).links if "/questions/founders?" in link)
    assert "thing=bri-org%3Aanso" in link
    told = web.get("/search.json", params={"q": words, "lang": "en"}).json()["hits"]
    assert link in {hit["address"] for hit in told}
    other = web.get("/search", params={"q": "founder of the CPEC", "lang": "en"}, headers=HTML).text
    assert "thing=bri-programme%3Acpec" not in other, "a question about bodies takes no programme"


def test_the_question_that_is_asked_comes_first(web: TestClient) -> None:
    html = web.get("/search?q=who+founded+ANSO&lang=en", headers=HTML).text
    seen = Seen(html)
    places = [seen.anchors.index(kind) for kind in ("question", "thing", "term")]
    assert places == sorted(places)
    assert html.index("/questions/founders?") < html.index("/questions/cofounders?")
    assert "Who founded Alliance of International Science Organizations" in seen.text
    assert "these have some of them" not in seen.text, "a question fits"


def test_a_name_alone_lists_the_questions_about_what_it_names(web: TestClient) -> None:
    html = web.get("/search?q=ANSO&lang=en", headers=HTML).text
    links = [link for link in Seen(html).links if "/questions/" in link]
    assert any("/questions/founders?" in link and "bri-org%3Aanso" in link for link in links)
    assert all(web.get(link, headers=HTML).status_code == 200 for link in links)
    assert "/questions/founders?" in links[0], "what people ask most of it"
    seen = Seen(html)
    assert [seen.anchors.count(kind) for kind in ("thing", "question")] == [1, 1]
    named, asked, others = (
        html.index(mark) for mark in ("id/org/anso", links[0][:20], "Other things")
    )
    assert named < asked < others, "it, the questions about it, then what is called alike"
    assert "things-to-come" in web.get("/search?q=what+is+planned&lang=en", headers=HTML).text


@pytest.mark.parametrize("name", ["q", "kind", "lang"])
def test_what_is_asked_is_text_and_never_markup(web: TestClient, name: str) -> None:
    asked = {"q": "academy", name: PROBE}
    answer = web.get("/search", params=asked, headers=HTML)
    assert answer.status_code in (200, 400)
    seen = Seen(answer.text)
    assert seen.tags.count("script") == 1  # our own, by its address
    assert not [one for one in seen.attributes if one.startswith("on")]
    assert "49" not in seen.text


def test_suggestions_are_few_small_and_kept(web: TestClient, kg: KnowledgeGraph) -> None:
    asked = {"q": "cooperation", "lang": "zh"}
    answer = web.get("/search.json", params=asked)
    told = answer.json()
    assert len(answer.content) < 3000
    assert told["total"] == kg.search("cooperation", limit=1).total
    assert [hit["label"] for hit in told["hits"]] == [
        hit.label for hit in kg.search("cooperation", lang="zh", limit=40).some_of_each(8)
    ]
    assert all(web.get(hit["address"], headers=HTML).status_code < 400 for hit in told["hits"])
    kept = web.get("/search.json", params=asked, headers={"If-None-Match": answer.headers["etag"]})
    assert kept.status_code == 304
    other = web.get("/search.json", params={**asked, "lang": "en"})
    assert other.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("words", ["", " ", "...", "zzzzz"])
def test_nothing_is_suggested_where_nothing_is_found(web: TestClient, words: str) -> None:
    assert web.get("/search.json", params={"q": words}).json() == {
        "total": 0,
        "near": None,
        "hits": [],
    }
