"""What strangers may write, in a store or in an address, stays text in a browser: nothing runs, nothing leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import NARROW, Open, Opened, beyond, typed
from serving import serving

pytestmark = pytest.mark.browser
RUNS = "<script>window.ran=1</script><img src=x onerror=window.ran=1><svg onload=window.ran=1>"
STORE = f"""
PREFIX : <http://example.org/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
:probe a :Class ; rdfs:label "probe {RUNS}"@en , "探针 </title>{RUNS}"@zh ;
  skos:altLabel "'-window.ran=1-' \\" autofocus onfocus=window.ran=1 x=\\"" , "{{{{ 7*7 }}}}{{% raise %}}" ;
  rdfs:comment "--><style>*{{display:none}}</style></textarea>{RUNS}"@en ;
  rdfs:seeAlso <javascript:window.ran=1> , <JaVaScRiPt:window.ran=1> , <data:text/html,%3Cscript%3E> ;
  foaf:homepage <http://elsewhere.example/?a=%22onclick=window.ran=1> ;
  :turned "\\u202Eright to left\\u2066 and back\\u2069 \\u200B\\uFEFF" ;
  :long "{"long " * 20_000}" ; :wide "{"W" * 5_000}" ; :knows :other , <javascript:window.ran=1> .
:other rdfs:label "\\u202Eprobe turned" ; a :Class .
:Class a owl:Class ; rdfs:label "class {RUNS}" ; rdfs:comment "of <b>probes</b>" .
<javascript:window.ran=1> rdfs:label "probe that would run" ; a :Class .
"""
PAGES = (
    "/?lang=en",
    "/thing?lang=en&iri=http://example.org/probe",
    "/thing?lang=zh&iri=http://example.org/probe",
    "/thing?lang=en&iri=javascript:window.ran=1",
    "/thing?lang=en&iri=http://example.org/Class",
    "/search?lang=en&q=probe",
    "/search?lang=en&q=%3Cscript%3Ewindow.ran=1%3C/script%3E",
    "/disagreements?lang=en",
    "/sources?lang=en",
    "/reference?lang=en",
)
PROBE = "%22%3E%3Cscript%3Ewindow.ran=1%3C/script%3E%3Cimg%20src=x%20onerror=window.ran=1%3E"
ASKED = (
    *(f"/search?lang=en&{name}={PROBE}" for name in ("q", "kind")),
    f"/search?lang={PROBE}&q=a",
    f"/thing?lang=en&iri={PROBE}",
    "/thing?lang=en&iri=javascript:window.ran=1",
    *(f"/questions/cofounders?lang=en&{name}={PROBE}" for name in ("partner", "view", "page", "x")),
    f"/questions/{PROBE}?lang=en",
    f"/disagreements/{PROBE}?lang=en",
    f"/sources/{PROBE}?lang=en",
    *(f"/doc/id/org/anso.html?lang=en&{name}={PROBE}" for name in ("part", "from")),
    f"/doc/id/org/{PROBE}.html?lang=en",
    f"/reference/modules/{PROBE}?lang=en",
    f"/no/such/{PROBE}",
    f"/?lang=en#{PROBE}",
)
_REFUSED = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="module")
def hostile(cache: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of a store that means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "store.ttl").write_text(STORE, encoding="utf-8")
    with serving("--store", str(folder / "store.ttl"), log=folder / "log") as running:
        yield running.url


def harmless(opened: Opened) -> None:
    """Fail where a page ran what it showed, or leads to what would run."""
    page = opened.page
    assert page.evaluate("window.ran") is None, page.url
    links = page.evaluate("[...document.querySelectorAll('[href], [action], [src]')].map(e =>"
                          " e.href?.baseVal ?? e.href ?? e.action ?? e.src)")  # fmt: skip
    for link in links:
        assert str(link).startswith(("http://", "https://", "data:image/", "#")), (page.url, link)
    handlers = "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/i.test(n))"
    assert page.evaluate(handlers) == [], page.url


def test_a_hostile_store_does_nothing(open_page: Open, hostile: str) -> None:
    opened = open_page(hostile, width=NARROW)
    opened.forgive(_REFUSED)
    seen = 0
    for path in PAGES:
        opened.go(path)
        harmless(opened)
        assert not beyond(opened.page), path
        seen += "onerror=window.ran=1" in opened.page.locator("body").inner_text()
    assert seen >= 4  # as the text that it is


def test_hostile_names_are_suggested_as_text(open_page: Open, hostile: str) -> None:
    opened = open_page(hostile, "/?lang=en")
    opened.forgive(_REFUSED)
    options = typed(opened.page, "probe")
    assert RUNS in options.filter(has_text="script").first.inner_text()
    harmless(opened)
    options.first.click()
    opened.page.wait_for_load_state()
    harmless(opened)


def test_what_is_asked_by_an_address_is_text(open_page: Open, site: str) -> None:
    opened = open_page(site)
    opened.forgive(_REFUSED)
    for path in ASKED:
        opened.go(path)
        harmless(opened)
