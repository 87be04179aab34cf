"""What people come for, walked in a browser: from a search to the passage, from a question to a file."""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path

import pytest
from browser_here import Place
from browsing import NARROW, PHONE, Open, axe, beyond, search_box, tab_to, typed, weigh

pytestmark = pytest.mark.browser
CITED = re.compile(r"\d+–\d+")
# Of each kind of page one: by its key, or by the path of its IRI.
PAGES = {
    "start": "",
    "organization": "id/org/anso",
    "claim": "claim/cas-decade-anso-founders",
    "comparison": "id/comparison/action-plan-and-action-program",
    "concept": "vocab/factuality/achieved",
    "questions": "questions",
    "question": "questions/cofounders",
    "disagreements": "disagreements",
    "planned": "planned",
    "sources": "sources",
    "source": "source/cas-decade",
    "reference": "reference",
    "shapes": "reference/shapes",
    "nothing known": "search",
}
ASKED = {"nothing known": {"q": "zzzzz"}, "map": {"view": "map"}, "network": {"view": "network"}}
# What is drawn is larger; the number is printed. The editor has tests of its own.
LARGE = {"map": "questions/member-origins", "network": "questions/member-origins"}
MOST, MOST_OF_LARGE = 100_000, 350_000
_THINGS = ("id/", "claim/", "vocab/", "source/")


def path_of(place: Place, kind: str, lang: str) -> str:
    path = PAGES.get(kind, LARGE.get(kind, ""))
    if path.startswith(_THINGS):
        return place.thing(path, lang)
    return place.of(path, lang, **ASKED.get(kind, {}))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_from_a_search_to_the_thing_and_its_passage(
    open_page: Open, place: Place, lang: str
) -> None:
    name = {"en": "Russian Academy of Sciences", "zh": "俄罗斯科学院"}[lang]
    page = open_page(place.home, place.of("", lang)).page
    assert page.locator("html").get_attribute("lang") == lang
    typed(page, {"en": "russian acad", "zh": "罗斯科学院"}[lang]).first.click()
    page.wait_for_url("**/id/org/ras*")
    assert page.locator("h1").inner_text() == name
    page.locator("#facts a", has_text=CITED).first.click()
    page.wait_for_url("**#char=*")
    assert page.locator(":target").is_visible()
    other = page.locator("a.tongue").get_attribute("lang")
    page.locator("a.tongue").click()
    page.locator(f"html[lang={other}]").wait_for()


def test_from_a_question_to_the_map_and_the_file(open_page: Open, place: Place) -> None:
    page = open_page(place.home, place.of("", "en")).page
    page.locator("nav.places a[href*=questions]").click()
    page.wait_for_url("**/questions*")
    page.locator("main li#member-origins a").first.click()
    page.wait_for_url("**/member-origins*")
    if not place.is_copied:  # where a server answers
        if (fold := page.locator("details.ask summary")).is_visible():
            fold.click()
        field = page.locator("details.ask select, details.ask input:not([type=hidden])").first
        assert page.locator("label[for=" + field.get_attribute("id") + "]").is_visible()
        page.locator("details.ask button").click()
        page.locator(".tabs a[href*='view=map']").click()
        page.wait_for_url("**view=map*")
    assert page.locator("main svg").last.is_visible()
    with page.expect_download() as waited:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.reader(io.StringIO(Path(waited.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) > 2
    assert rows[0]


def test_a_disagreement_stands_side_by_side(open_page: Open, place: Place) -> None:
    page = open_page(place.home, place.of("", "zh"), width=PHONE).page
    page.locator("nav.places a[href*=disagreements]").click()
    page.wait_for_url("**disagreements*")
    page.locator("main a[href*='disagreements/other-list']").click()
    page.wait_for_url("**/other-list*")
    sides = page.locator("section.comparison").first.locator("article.side")
    assert sides.count() >= 2
    cited = sides.locator("a[href*='#char=']")
    # Each side with its passage.
    assert len({one.get_attribute("href") for one in cited.all()}) >= 2
    cited.first.click()
    page.wait_for_url("**#char=*")
    assert page.locator(":target").is_visible()


def test_the_keyboard_alone_leads_to_a_passage_on_a_phone(open_page: Open, place: Place) -> None:
    page = open_page(place.home, place.of("", "en"), width=PHONE).page
    tab_to(page, search_box(page))
    typed(page, "russian acad")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/org/ras*")
    tab_to(page, page.locator("#facts a", has_text=CITED).first)
    page.keyboard.press("Enter")
    page.wait_for_url("**#char=*")


@pytest.mark.parametrize("kind", [*PAGES, *LARGE])
def test_every_kind_of_page_is_light_and_fits(open_page: Open, place: Place, kind: str) -> None:
    opened = open_page(place.home, path_of(place, kind, "en"), width=PHONE)
    weight = weigh(opened)
    sys.stdout.write(f"{kind}: {weight}\n")
    assert weight.whole < (MOST if kind in PAGES else MOST_OF_LARGE)
    assert not axe(opened.page)
    for width in (NARROW, PHONE):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert not beyond(opened.page)
    if not place.is_copied:  # the styles are the same
        opened.page.set_viewport_size({"width": 1200, "height": 800})
        assert not axe(opened.page)
    opened.go(path_of(place, kind, "zh"))
    opened.page.set_viewport_size({"width": NARROW, "height": 800})
    assert not beyond(opened.page)
    assert opened.page.locator("html").get_attribute("lang") == "zh"


def test_every_kind_of_page_is_read_without_scripts(open_page: Open, place: Place) -> None:
    with_scripts, without = open_page(place.home), open_page(place.home, scripts=False)
    for kind in (*PAGES, *LARGE):
        if place.is_copied and kind == "nothing known":
            continue  # where no server answers, a script searches
        for one in (with_scripts, without):
            one.go(path_of(place, kind, "en"))
        assert without.page.locator("main h1").is_visible(), kind
        words = without.page.locator("main").inner_text().split()
        assert words == with_scripts.page.locator("main").inner_text().split(), kind
