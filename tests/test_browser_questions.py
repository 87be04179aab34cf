"""Questions in a browser: by the form to the picture and the file, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import pytest
from browsing import PHONE, Open, axe, beyond, tab_to, weigh

pytestmark = pytest.mark.browser
ASKED = (
    "/questions",
    "/questions/cofounders",
    "/questions/founders?view=times",
    "/questions/countries?view=map",
    "/questions/makers?view=network",
    "/questions/things-to-come",
    "/questions/founders?view=table",
)


@pytest.mark.parametrize(("lang", "width"), [("en", 1200), ("zh", 1200)])
def test_pages_of_questions_are_usable_by_all(
    open_page: Open, site: str, lang: str, width: int
) -> None:
    for asked in ASKED:
        path = f"{asked}{'&' if '?' in asked else '?'}lang={lang}"
        opened = open_page(site, path, width=width)
        assert not axe(opened.page), path
        assert not beyond(opened.page), path
        if "view=" not in asked:
            assert weigh(opened).whole < 100_000, path
        opened.page.set_viewport_size({"width": PHONE, "height": 800})
        assert not axe(opened.page), path
        assert not beyond(opened.page), path


def test_from_a_form_to_a_map_and_to_the_file(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions/countries?lang=en", width=1200).page
    page.locator("details.ask summary").click()
    page.get_by_label("region").select_option("bri-place:asia")
    page.get_by_role("button", name="Ask", exact=True).click()
    assert "region=bri-place%3Aasia" in page.url
    assert page.locator("select[name=region]").input_value() == "bri-place:asia"
    page.get_by_role("link", name="Map").click()
    marks = page.locator("svg.map a")
    assert marks.count() == page.locator("ol.spots li").count() > 1
    answer = page.request.get(site + page.get_by_role("link", name="CSV").get_attribute("href"))
    assert "text/csv" in answer.headers["content-type"] and "Pakistan" in answer.text()


def test_the_keyboard_reaches_every_place_and_shows_where_it_is(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions/countries?lang=en&view=map", width=1200).page
    mark = page.locator("svg.map a").first
    mark.focus()
    ring = mark.locator(".focus")
    seen = ring.evaluate("one => getComputedStyle(one).stroke")
    assert seen not in ("none", ""), "a focus that is not to be seen"
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/id/place/**")


def test_a_fault_is_read_with_its_field(open_page: Open, site: str) -> None:
    opened = open_page(site, "/questions/cofounders?lang=zh&partner=UNESC", width=1200)
    opened.forgive("400")
    field = opened.page.get_by_label("创立者").last
    assert field.get_attribute("aria-invalid") == "true"
    assert (
        "UNESCO" in opened.page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    )
    assert not axe(opened.page)


def test_without_scripts_all_of_it_is_there(open_page: Open, site: str) -> None:
    page = open_page(site, "/questions/makers?lang=en&view=network", scripts=False).page
    assert page.locator("svg.network a").count() > 10
    page.get_by_text("The same as a table").click()
    assert page.locator("table.linked tr").count() > 10
    assert page.locator("button.copy").count() == 0
    tab_to(page, page.locator("main a").first)
