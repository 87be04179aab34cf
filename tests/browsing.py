"""A real browser that looks at pages, and fails the test for what a user would have to put up with."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PHONE, NARROW, DESK = 375, 320, 1200
_PATIENCE = 30_000  # milliseconds
# Nothing but loopback has a name, so that what a page asks of other hosts never leaves.
_OPTIONS = (
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-gpu",
)
_HARMLESS = ("data:", "blob:", "about:")
_STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation', e => console.error("
    "'Content-Security-Policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
)


@dataclass
class Opened:
    """A page of a browser, and what went wrong in it; all its addresses begin with `home`."""

    page: Any
    home: str
    faults: list[str] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def go(self, path: str) -> Opened:
        """Go to a path of the site, and wait until all of it is there."""
        self.answers.clear()
        self.page.goto(self.home + path, wait_until="load")
        return self

    def forgive(self, pattern: str) -> None:
        """Do not fail for what is told by a regular expression."""
        self.forgiven.append(pattern)

    def check(self) -> None:
        """Fail for whatever went wrong so far."""
        left = [f for f in self.faults if not any(re.search(p, f) for p in self.forgiven)]
        assert not left, "\n".join(left)

    def watch(self, page: Any) -> None:
        """Write down what goes wrong in a page, and what it asks for."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", self._on_dialog)
        page.on("request", self._on_request)
        page.on("requestfailed", self._on_failure)
        page.on("response", self._on_response)

    def _on_console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _on_dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith((self.home, *_HARMLESS)):
            self.faults.append(f"request to another host: {request.url}")

    def _on_response(self, answer: Any) -> None:
        self.answers.append(answer)

    def _on_failure(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # a script that gave up what it no longer needs
            self.faults.append(f"no answer: {request.url} {request.failure}")


Open = Callable[..., Opened]


@contextmanager
def chromium() -> Iterator[Any]:
    """Run Debian's Chromium; nothing is downloaded. Skip the test where it is not here."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="the extra browser-test is not installed"
    )
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no `chromium` is on the path")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def opening(browser: Any) -> Iterator[Open]:
    """Give what opens pages; at the end the test fails for what went wrong in any of them."""
    opened: list[Opened] = []

    def open_page(
        home: str, path: str = "", *, width: int = DESK, scripts: bool = True, **more: Any
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            offline=home.startswith("file:"),
            **{"locale": "en-GB", "reduced_motion": "reduce", **more},
        )
        context.set_default_timeout(_PATIENCE)
        context.add_init_script(_VIOLATIONS)
        made = Opened(None, home.rstrip("/"))
        context.on("page", made.watch)
        made.page = context.new_page()
        opened.append(made)
        return made.go(path) if path else made

    try:
        yield open_page
        for one in opened:
            one.check()
    finally:
        for one in opened:
            one.page.context.close()


def axe(page: Any) -> list[str]:
    """Return what axe finds to be serious or critical. Skip the test where axe is not installed."""
    folder = os.environ.get("BRI_KG_AXE")
    if not folder:
        pytest.skip("axe is not installed: BRI_KG_AXE names no folder with it")
    source = Path(folder, "node_modules", "axe-core", "axe.min.js").read_text(encoding="utf-8")
    session = page.context.new_cdp_session(page)  # what it runs is not held to the policy of a page
    session.send("Runtime.evaluate", {"expression": source})
    session.detach()
    return [str(one) for one in page.evaluate(_SERIOUS, list(_STANDARDS))]


@dataclass(frozen=True)
class Weight:
    """Bytes of a page as they travel, packed by gzip: all before images and fonts, and of that its parts."""

    whole: int
    document: int
    scripts: int
    styles: int

    def __str__(self) -> str:
        parts = (self.whole, self.document, self.scripts, self.styles)
        return "{:.1f} kB (document {:.1f}, scripts {:.1f}, styles {:.1f})".format(
            *(part / 1000 for part in parts)
        )


def weigh(opened: Opened) -> Weight:
    """Return what the page weighs that was opened last."""
    sizes: dict[str, int] = {}
    for answer in opened.answers:
        kind = answer.request.resource_type
        if answer.url.startswith(_HARMLESS) or kind in ("image", "font") or answer.status >= 300:
            continue
        sizes[kind] = sizes.get(kind, 0) + len(gzip.compress(answer.body(), 6))
    parts = (sizes.get(kind, 0) for kind in ("document", "script", "stylesheet"))
    return Weight(sum(sizes.values()), *parts)


def beyond(page: Any) -> list[str]:
    """Return what makes a page wider than its window, so that it must be moved sideways."""
    found = page.evaluate(
        """() => {
            const root = document.scrollingElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const wide = [...document.body.querySelectorAll('*')].filter(e =>
                e.getBoundingClientRect().right > root.clientWidth + 1);
            return [`${root.scrollWidth} px`, ...wide.slice(0, 5).map(e => e.outerHTML.slice(0, 200))];
        }"""
    )
    return [str(one) for one in found]


def search_box(page: Any) -> Any:
    """Return the first search that is to be seen: the start page has a larger one in place of that at the head."""
    return page.locator("form.find input[type=search]:visible").first


def typed(page: Any, words: str) -> Any:
    """Type words into the search of a page, and return the suggestions when they are there."""
    search_box(page).press_sequentially(words)
    options = page.get_by_role("option")
    options.first.wait_for()
    return options


def tab_to(page: Any, wanted: Any, most: int = 150) -> int:
    """Press Tab until an element has the focus, and return how often.

    Fail where it is never reached, or where the focus of one on the way cannot be seen.
    """
    for count in range(1, most + 1):
        page.keyboard.press("Tab")
        hidden = page.evaluate(_HIDDEN_FOCUS)
        assert not hidden, f"the focus is not to be seen on {hidden}"
        if wanted.evaluate("e => e === document.activeElement"):
            return count
    raise AssertionError(f"{most} times Tab do not reach {wanted}")


_SERIOUS = """async standards => {
    const options = {runOnly: standards, resultTypes: ['violations'], preload: false};
    const {violations} = await axe.run(document, options);
    return violations.filter(one => ['serious', 'critical'].includes(one.impact)).flatMap(one =>
        one.nodes.slice(0, 3).map(node => `${one.id}: ${node.html.slice(0, 200)} (${one.help})`));
}"""
_HIDDEN_FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const isShown = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
        && box.right > 0 && box.left < innerWidth;
    const isMarked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    return isShown && isMarked ? null : e.outerHTML.slice(0, 200);
}"""
