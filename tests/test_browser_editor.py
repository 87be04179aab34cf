"""The SPARQL editor as people use it: on a server and from a disk, in both languages, by keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser_here import Place
from browsing import NARROW, PHONE, Open, axe, beyond, tab_to, weigh
from serving import serving

from bri_kg.knowledge import KnowledgeGraph

pytestmark = pytest.mark.browser
HOSTILE = """
@prefix x: <http://x.example/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
x:a x:says "<img src=x onerror=alert(1)>", "<svg onload=alert(2)>"@en,
  "<script>alert(3)</script><b>bold</b>"^^rdf:HTML, "\\u202Eevil" .
x:a x:leads <javascript:alert(4)>, <data:text/html,<script>alert(5)</script>> .
""".replace("<data:text/html,<script>alert(5)</script>>", "<data:text/html,alert>")
REFUSED = "the server responded with a status of 400"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d) }"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "data.ttl").write_text(HOSTILE, encoding="utf-8")
    with serving("--store", str(folder / "data.ttl"), log=folder / "log") as running:
        yield running.url


def write(page: Any, query: str) -> None:
    page.evaluate("query => briEditor.cm.setValue(query)", query)


def run(page: Any, query: str) -> str:
    """Run a query by keyboard, and return what is said of it."""
    write(page, query)
    page.evaluate("() => briEditor.cm.focus()")
    page.keyboard.press("Control+Enter")
    page.locator("#editor:not([aria-busy])").wait_for()
    return str(page.locator("#told").inner_text())


def test_from_an_example_to_an_answer_and_a_file(open_page: Open, place: Place) -> None:
    opened = open_page(place.home, place.of("editor", "en"))
    page = opened.page
    page.context.set_default_timeout(60_000)
    page.locator("#sought").fill("together founder")
    assert page.locator("#examples li:visible").count() == 1
    assert page.locator("#found").inner_text() == "1 question"
    page.locator("#examples li:visible a").click()
    page.keyboard.press("Control+Enter")
    page.locator("#answer td").first.wait_for()
    assert page.locator("#told").inner_text().startswith("3 rows, ")
    assert page.locator("#answer th").all_inner_texts() == [
        "cofounder",
        "cofounderLabel",
        "passage",
    ]
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    query = page.evaluate("() => briEditor.cm.getValue()")
    content = Path(saved.value.path()).read_bytes()
    if place.is_copied:
        assert len(content.splitlines()) == 4
    else:
        asked = {"params": {"query": query}, "headers": {"Accept": "text/csv"}}
        assert content == httpx.get(f"{place.home}/sparql", **asked).content
    assert "#query=PREFIX" in page.url
    again = open_page(place.home, page.url.removeprefix(place.home)).page
    again.locator(".CodeMirror").wait_for()
    assert again.evaluate("() => briEditor.cm.getValue()") == query
    page.locator("#answer a", has_text="cas-decade").first.click()
    page.wait_for_url(re.compile(r"/source/cas-decade.*#char="))


def test_a_mistake_is_told_with_its_place(open_page: Open, site: str) -> None:
    opened = open_page(site, "/editor?lang=zh")
    opened.forgive(REFUSED)
    page = opened.page
    said = run(page, "SELECT ?x WHERE {\n  ?x a bri:Claim ;\n  FILTER (?x = }\n")
    assert said == "没有答案"
    fault = page.get_by_role("alert").inner_text()
    assert "BRI103" in fault
    assert "不配对" in fault
    assert page.locator(".editor-fault").inner_text() == "}"
    page.get_by_role("button", name="第 3 行第 16 列").click()
    assert page.evaluate("() => briEditor.cm.getCursor().line") == 2
    run(page, "ASK {}")
    assert not page.get_by_role("alert").is_visible()
    assert page.locator("#answer").inner_text() == "是"


def test_names_are_proposed_by_the_words_of_the_graph(open_page: Open, site: str) -> None:
    page = open_page(site, "/editor?lang=zh").page
    field = page.locator(".CodeMirror textarea")
    write(page, "SELECT ?x WHERE {\n  ?x \n}\n")
    page.evaluate("() => (briEditor.cm.focus(), briEditor.cm.setCursor(1, 5))")
    page.keyboard.type("创立")
    option = page.get_by_role("option", name="bri:isFoundedBy")
    option.wait_for()
    assert "由…创立" in option.inner_text()
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    assert option.locator(".definition").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("() => briEditor.cm.getValue()").startswith(
        "PREFIX bri: <https://w3id.org/bri-kg/ontology#>\nSELECT ?x WHERE {\n  ?x bri:isFoundedBy\n}"
    )
    page.keyboard.type(" ?")
    page.keyboard.press("Control+Space")
    page.get_by_role("option", name="?x").wait_for()
    page.keyboard.press("Escape")
    assert field.evaluate("e => e === document.activeElement")
    # A word of SPARQL is never taken for a name, unasked.
    page.keyboard.type(" SELECT")
    page.wait_for_timeout(200)
    assert not page.get_by_role("option").count()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_light_and_usable_by_all(open_page: Open, site: str, lang: str) -> None:
    opened = open_page(site, f"/editor?lang={lang}", width=PHONE)
    page = opened.page
    page.locator(".CodeMirror").wait_for()
    assert weigh(opened).whole < 350_000, str(weigh(opened))
    assert not axe(page)
    run(page, "SELECT * WHERE { ?thing a bri:Organization ; skos:prefLabel ?name } LIMIT 5")
    page.locator("#answer td").first.wait_for()
    page.evaluate("() => briEditor.complete(briEditor.cm)")
    page.get_by_role("option").first.wait_for()
    assert not axe(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert not beyond(page)


def test_the_keyboard_enters_and_leaves(open_page: Open, site: str) -> None:
    page = open_page(site, "/editor?lang=en").page
    field = page.locator(".CodeMirror textarea")
    tab_to(page, field)
    page.keyboard.press("Tab")
    assert page.locator("button.run").evaluate("e => e === document.activeElement")
    page.keyboard.press("Shift+Tab")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.locator("button.run").evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    page.locator("#answer td").first.wait_for()


def test_without_scripts_the_form_asks_the_endpoint(open_page: Open, site: str) -> None:
    opened = open_page(site, "/editor?lang=en", scripts=False)
    opened.forgive("Applying inline style")  # of the browser's own view of XML
    page = opened.page
    page.locator("#examples a", has_text="together with a given founder").click()
    assert "isFoundedBy" in page.locator("#query").input_value()
    page.locator("button.run").click()
    page.wait_for_url("**/sparql?query=*")
    assert "Pakistan Academy of Sciences" in page.content()


@pytest.mark.parametrize("kind", ["rows", "triples"])
def test_hostile_data_is_text(open_page: Open, hostile: str, kind: str) -> None:
    page = open_page(hostile, "/editor?lang=en").page
    pattern = "{ ?s ?p ?o }"
    run(page, f"SELECT * WHERE {pattern}" if kind == "rows" else f"CONSTRUCT WHERE {pattern}")
    answer = page.locator("#answer")
    answer.locator("table, pre").wait_for()
    assert not answer.locator("img, svg, script, b").count()
    assert "<img src=x onerror=alert(1)>" in answer.inner_text()
    assert not page.locator("a[href^='javascript:'], a[href^='data:']").count()
    if kind == "rows":
        answer.get_by_text("javascript:alert(4)").click()


def test_many_rows_are_shown_in_parts_and_it_says_so(open_page: Open, site: str) -> None:
    page = open_page(site, "/editor?lang=en").page
    said = run(page, "SELECT ?s ?p WHERE { ?s ?p ?o } LIMIT 1200")
    assert said.startswith("1,200 rows")
    assert page.locator("#answer tbody tr").count() == 500
    assert "The first 500 of 1,200 rows" in page.locator("#answer").inner_text()
    page.get_by_role("button", name="500 more rows").click()
    page.get_by_role("button", name="200 more rows").click()
    assert page.locator("#answer tbody tr").count() == 1200
    assert "The first" not in page.locator("#answer").inner_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_copy_answers_from_a_disk(
    open_page: Open, kg: KnowledgeGraph, copied_site: str, lang: str
) -> None:
    opened = open_page(copied_site, f"/{lang}/editor.html#example=cofounders", width=PHONE)
    page = opened.page
    page.context.set_default_timeout(60_000)
    page.locator(".CodeMirror").wait_for()
    assert not axe(page)
    page.locator("button.run").click()
    page.locator("#answer td").first.wait_for()
    labels = page.locator("#answer td[data-column=cofounderLabel] bdi").all_inner_texts()
    assert labels == [row["cofounderLabel"].value for row in kg.ask("cofounders", lang=lang)]
    first = kg.ask("cofounders", lang=lang).rows[0][0]
    assert page.locator("#answer a").first.get_attribute("href") == (
        f"id/org/{first.value.rpartition('/')[2]}.html"
    )
    for name in ("founders", "things-to-come", "comparisons"):
        page.evaluate("name => (location.hash = '#example=' + name)", name)
        page.wait_for_timeout(100)
        said = run(page, page.evaluate("() => briEditor.cm.getValue()"))
        rows = len(kg.ask(name, lang=lang))
        assert said.startswith((f"{rows} row", f"共 {rows} 行")), name
    run(page, "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert "SERVICE" in page.get_by_role("alert").inner_text()
    run(page, "ASK FROM <http://example.org/none> { ?s ?p ?o }")
    assert "FROM" in page.locator("#told").inner_text()
    run(page, "# SERVICE\nDELETE WHERE { ?s ?p ?o }")
    assert page.get_by_role("alert").is_visible()
    run(page, "SELECT ?x WHERE {\n  ?x bri:evidence }")
    assert page.get_by_role("alert").locator("button").inner_text() in (
        "line 2, column 19",
        "第 2 行第 19 列",
    )
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert not beyond(page)


def test_a_long_query_of_a_copy_can_be_stopped(open_page: Open, copied_site: str) -> None:
    page = open_page(copied_site, "/en/editor.html").page
    page.context.set_default_timeout(60_000)
    run(page, "ASK {}")
    write(page, ENDLESS)
    page.locator("button.run").click()
    page.locator("#told", has_text="Running").wait_for()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Stop").click()
    page.locator("#told", has_text="Stopped").wait_for()
    run(page, "SELECT * WHERE { ?s a bri:Source }")
    assert page.locator("#answer td").count()
