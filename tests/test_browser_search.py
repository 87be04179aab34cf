"""Search as people use it in a browser: as they type, by keyboard, in both languages, and without scripts."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser_here import Place
from browsing import NARROW, PHONE, Open, axe, beyond, tab_to, typed, weigh

import bri_kg
from bri_kg.answers.name_index import Reason
from bri_kg.answers.search import Hit, Hits
from bri_kg.answers.word_matching import words_of
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.search_index import index_file, search_index
from bri_kg.web.explorer.searched_places import places_asked_for
from bri_kg.web.explorer.searching import KEY, filled_in, named_in, search_page
from bri_kg.web.site import Site

pytestmark = pytest.mark.browser


def test_suggestions_come_while_one_types(open_page: Open, place: Place) -> None:
    page = open_page(place.home, place.of("questions", "en")).page
    options = typed(page, "russian acad")
    assert "Russian Academy of Sciences" in options.first.inner_text()
    assert "organization" in options.first.inner_text().lower()
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    assert "found" in page.locator("form [role=status]").inner_text()
    options.first.click()
    page.wait_for_url("**/id/org/ras*")
    assert "Russian Academy of Sciences" in page.locator("h1").inner_text()


def test_the_keyboard_alone_chooses(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions?lang=en").page
    box = page.get_by_role("combobox")
    tab_to(page, box)
    options = typed(page, "academy")
    count = options.count()
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert options.nth(count - 1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert not options.first.is_visible()
    assert box.input_value() == "academy"
    page.keyboard.press("ArrowDown")
    name = options.first.locator("bdi").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text().strip() == name


def test_enter_without_a_choice_leads_to_all_that_is_found(open_page: Open, place: Place) -> None:
    page = open_page(place.home, place.of("questions", "en")).page
    typed(page, "silk raod")
    assert "silk road" in page.locator("form [role=status]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search(\.html)?\?"))
    assert "nearest spelling: silk road" in page.locator("main").inner_text()


def test_chinese_is_found_inside_longer_names(open_page: Open, place: Place) -> None:
    page = open_page(place.home, place.of("questions", "zh")).page
    options = typed(page, "罗斯科学院")
    assert "俄罗斯科学院" in options.first.inner_text()
    assert "共" in page.locator("form [role=status]").inner_text()


def test_nothing_is_searched_while_a_word_is_composed(open_page: Open, site: str) -> None:
    opened = open_page(site, "/questions?lang=zh")
    page = opened.page
    page.locator("#q").focus()
    session = page.context.new_cdp_session(page)
    for letters in ("k", "ke", "ke xue"):
        composed = {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        session.send("Input.imeSetComposition", composed)
    page.wait_for_timeout(400)
    assert not page.get_by_role("option").count()
    session.send("Input.insertText", {"text": "科学院"})
    page.get_by_role("option").first.wait_for()
    asked = [answer.url for answer in opened.answers if "search.json" in answer.url]
    assert len(asked) == 1


def test_the_last_answer_wins(open_page: Open, site: str) -> None:
    opened = open_page(site, "/questions?lang=en")
    page = opened.page
    held: list[Any] = []
    page.route("**/search.json*q=russ", lambda route: held.append(route))
    page.locator("#q").press_sequentially("russ")
    page.wait_for_timeout(300)
    assert held
    options = typed(page, "ian federation")
    first = options.first.inner_text()
    wrong = '{"total": 1, "near": null, "hits": [{"label": "late", "kind": "", "address": "/"}]}'
    held[0].fulfill(body=wrong, content_type="application/json")
    page.wait_for_timeout(200)
    assert options.first.inner_text() == first


def test_an_address_that_would_run_is_no_suggestion(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions?lang=en").page
    hits = (
        '{"label": "<img src=x onerror=alert(1)>", "kind": "<b>", "address": "javascript:alert(1)"},'
        '{"label": "<img src=x onerror=alert(2)>", "kind": "<b>", "address": "/questions"}'
    )
    body = f'{{"total": 2, "near": null, "hits": [{hits}]}}'
    page.route("**/search.json*", lambda route: route.fulfill(body=body))
    options = typed(page, "x")
    assert [one.locator("bdi").inner_text() for one in options.all()] == [
        "<img src=x onerror=alert(2)>"
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_of_results(open_page: Open, site: str, lang: str) -> None:
    path = f"/search?q=%E7%A7%91%E5%AD%A6%E9%99%A2&lang={lang}"
    opened = open_page(site, path, width=PHONE)
    assert weigh(opened).whole < 100_000
    assert not axe(opened.page)
    opened.page.set_viewport_size({"width": NARROW, "height": 800})
    assert not beyond(opened.page)
    typed(opened.page, "a")
    assert not axe(opened.page)
    assert not beyond(opened.page)
    plain = open_page(site, path, scripts=False).page
    assert plain.locator("main").inner_text() == opened.page.locator("main").inner_text()
    plain.locator("main ul a", has_text="俄罗斯" if lang == "zh" else "Russian").first.click()
    assert "/id/org/ras" in plain.url


# What Python and the script of written sites must find alike: names, aliases, slips, questions, Chinese within words.
ASKED = (
    *("anso", "Academy", "silk raod", "Unseco", "Pakistn Academy", "belt-and-road", "S&T parks", "B&R"),
    *("isFoundedBy", "cas-decade", "post holders", "laboratories", "Xi Jinpin", "a", "zzzzz", "..."),
    *("who founded ANSO", "who founded the overseas centres", "what is only planned", "not yet achieved"),
    *("joint laboratories", "founder of ANSO", "on what do the sources differ about joint laboratories"),
    *("科学院", "罗斯科学院", "共同创立", "谁创立了ANSO", "请问是谁创立了 ANSO 的？", "有多少联合实验室"),
    *("Organisation des Nations Unies pour l’éducation", "Российская академия", "中国科学院 院长"),
)  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """Addresses of pages that stand beside each other in a folder."""

    lang: str
    here: str = KEY

    def of(self, key: str, **query: str) -> str:
        return f"{key.replace('/', '-') or 'index'}-{self.lang}.html"

    def has(self, key: str, /, **query: str) -> bool:
        return True

    def thing(self, iri: str) -> str | None:
        return f"things-{self.lang}.html#{quote(shorten(iri))}"

    def data(self, iri: str, form: str) -> str | None:
        return None

    def asset(self, name: str) -> str:
        return f"assets/{name}"

    def in_language(self, lang: str) -> str:
        return Beside(lang).of(self.here)


@pytest.fixture(scope="module")
def folder(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a folder with the page of results, in both languages, its assets and indexes."""
    there = tmp_path_factory.mktemp("written")
    assets = Path(bri_kg.__file__).parent / "web" / "assets"
    shutil.copytree(assets, there / "assets")
    site = Site(kg, "", "a-release")
    for lang in ("en", "zh"):
        page = Page(Beside(lang), lang, is_written=True)
        (there / page.at.of(KEY)).write_text(search_page(site, page, {}), encoding="utf-8")
        index = search_index(kg, page)
        assert index.left_out == 0
        (there / "assets" / index_file(lang)).write_text(index.script, encoding="utf-8")
    return there.as_uri()


def test_a_written_site_finds_the_same_without_a_server(
    open_page: Open, folder: str, kg: KnowledgeGraph
) -> None:
    page = open_page(folder, "/search-en.html").page
    options = typed(page, "罗斯科学院")
    assert "Russian Academy of Sciences" in options.first.inner_text()
    page.locator("#q").fill("silk raod")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search-en.html?q=*")
    page.get_by_role("heading", level=2).first.wait_for()
    assert "nearest spelling: silk road" in page.locator("main").inner_text()
    assert page.locator("main li a").first.get_attribute("href").startswith(folder)
    found = page.evaluate(
        """words => {
            const matcher = new BriKgMatcher(briKgIndex);
            return words.map(one => matcher.find(one, 8));
        }""",
        list(ASKED),
    )
    assert [one["total"] for one in found] == [
        len(told(kg, words)) + len(places_asked_for(words)) for words in ASKED
    ]
    for words, one in zip(ASKED, found, strict=True):
        assert [hit["label"] for hit in one["hits"]] == best(kg, words), words


@pytest.mark.parametrize(
    "words", ["who founded ANSO", "joint laboratories", "what is planned", "ANSO", "计划"]
)
def test_a_written_page_of_results_is_that_of_a_server(
    open_page: Open, folder: str, site: str, words: str
) -> None:
    written = open_page(folder, f"/search-en.html?q={quote(words)}").page
    written.get_by_role("heading", level=2).first.wait_for()
    served = open_page(site, f"/search?q={quote(words)}&lang=en").page
    groups = """main => [...main.querySelectorAll('h2')].map(title => [
        title.firstChild.textContent.trim(),
        [...title.parentElement.querySelectorAll('ul.hits')]
            .find(list => title.compareDocumentPosition(list) & 4)
            ?.querySelectorAll('a > bdi')].map((one, at) => at ? [...(one ?? [])].map(b => b.textContent) : one))"""
    both = [one.locator("main").evaluate(groups) for one in (written, served)]
    assert both[0] == both[1]
    assert [one.locator("main p.place").all_inner_texts() for one in (written,)] == [
        one.locator("main p.place").all_inner_texts() for one in (served,)
    ]
    if words == "who founded ANSO":
        first = written.locator("main li a").first
        assert first.inner_text().startswith("Who founded Alliance of International Science")
        assert "founders" in str(first.get_attribute("href"))
    if words == "what is planned":
        assert written.locator("main p.place a").get_attribute("href").endswith("planned-en.html")


def told(kg: KnowledgeGraph, words: str) -> list[Hit]:
    """What is found by names; what a question reads stands in no index."""
    if not words_of(words):
        return []
    return [hit for hit in kg.search(words, limit=None) if hit.reason != Reason.READS]


def best(kg: KnowledgeGraph, words: str) -> list[str]:
    """Return what a server suggests without what a question reads."""
    page, hits = Page(Beside("en"), "en"), tuple(told(kg, words))
    found = Hits(words, hits, len(hits))
    places = [page.say(page.words.PLACES[key]) for key in places_asked_for(words)]
    return places + [filled_in(kg, page, hit, named_in(found)) for hit in found.some_of_each(8)]


def test_an_index_has_room_for_so_many_and_says_what_it_leaves_out(kg: KnowledgeGraph) -> None:
    page = Page(Beside("zh"), "zh", is_written=True)
    whole, few = search_index(kg, page), search_index(kg, page, most=200)
    assert (few.held, whole.left_out) == (200, 0)
    assert few.left_out > 0
    assert all(one.replace("<", "\\u003c") == one for one in (whole.script, few.script))
    assert "cofounders" in few.script  # questions make room for nothing
