"""The browser of the tests sees what it is there to see: each fault of a page fails a test."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import NARROW, PHONE, Open, axe, beyond, tab_to, weigh
from serving import until

pytestmark = pytest.mark.browser
PAGES = ("/questions", "/doc/id/org/anso.html", "/ontology")
FAULTS = {
    "an error in a script": ("<script>nothing()</script>", "", "nothing is not defined"),
    "a message of error": ("<script>console.error('so')</script>", "", "console error: so"),
    "a warning": ("<script>console.warn('so')</script>", "", "console warning: so"),
    "what the policy forbids": (
        "<script>1</script>",
        "default-src 'none'",
        "Content.Security.Policy",
    ),
    "another host": ("<img src='http://example.org/x.png' alt=''>", "", "another host"),
    "what is not there": ("<img src='/no-such-thing' alt=''>", "", "404"),
    "a dialog": ("<script>alert('so')</script>", "", "dialog: so"),
}


def made_up(opened: Any, html: str, policy: str = "") -> None:
    """Let the site answer with this page."""
    headers = {"Content-Type": "text/html"} | (
        {"Content-Security-Policy": policy} if policy else {}
    )
    whole = f"<!DOCTYPE html><html lang=en><title>x</title><main><h1>x</h1>{html}</main>"
    opened.page.unroute("**/made-up")
    opened.page.route("**/made-up", lambda route: route.fulfill(body=whole, headers=headers))
    opened.go("/made-up")


def test_every_fault_of_a_page_is_seen(open_page: Open, site: str) -> None:
    opened = open_page(site)
    for html, policy, told in FAULTS.values():
        opened.faults.clear()
        made_up(opened, html, policy)
        assert until(lambda: opened.page.title() and opened.faults, 5), told
        with pytest.raises(AssertionError, match=told):
            opened.check()
    opened.forgive("")


def test_a_page_without_fault_passes(open_page: Open, site: str) -> None:
    opened = open_page(site)
    made_up(opened, "<p>so</p>", "default-src 'none'")
    assert not axe(opened.page)
    assert not beyond(opened.page)
    opened.check()


def test_what_is_hard_to_use_is_seen(open_page: Open, site: str) -> None:
    opened = open_page(site, width=NARROW)
    hard = "<img src='data:,'><p style='width:30rem'>so</p><a href='#x' style='outline:none'>x</a>"
    made_up(opened, hard)
    assert any(one.startswith("image-alt") for one in axe(opened.page))
    assert "30rem" in " ".join(beyond(opened.page))
    with pytest.raises(AssertionError, match="not to be seen"):
        tab_to(opened.page, opened.page.locator("a"))
    opened.forgive("")


@pytest.mark.parametrize("path", PAGES)
def test_pages_that_stand(open_page: Open, site: str, path: str) -> None:
    opened = open_page(site, path, width=PHONE)
    assert weigh(opened).whole < 100_000
    assert not beyond(opened.page)
    tab_to(opened.page, opened.page.locator("main a").first)
    assert open_page(site, path, scripts=False).page.locator("main h1").inner_text()
