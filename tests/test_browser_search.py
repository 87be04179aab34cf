"""Search as people use it in a browser: as they type, by keyboard, in both languages, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import NARROW, PHONE, Open, axe, beyond, tab_to, weigh

pytestmark = pytest.mark.browser


def typed(page: Any, words: str) -> Any:
    """Type words into the box, and return the suggestions when they are there."""
    page.locator("#q").press_sequentially(words)
    options = page.get_by_role("option")
    options.first.wait_for()
    return options


def test_suggestions_come_while_one_types(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions?lang=en").page
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


def test_enter_without_a_choice_leads_to_all_that_is_found(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions?lang=en").page
    typed(page, "silk raod")
    assert "silk road" in page.locator("form [role=status]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert "nearest spelling: silk road" in page.locator("main").inner_text()


def test_chinese_is_found_inside_longer_names(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions?lang=zh").page
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
