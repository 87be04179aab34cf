"""What tests in a browser share: the browser, the server, and what opens pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from browsing import Open, chromium, opening
from copied_pages import copied
from serving import serving

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE
from bri_kg.web.written.file_names import page_file, thing_file


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for a module: while Playwright runs, no other test in this process can use asyncio."""
    with chromium() as started:
        yield started


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """What opens a page and fails the test for all that goes wrong in it."""
    with opening(browser) as given:
        yield given


@pytest.fixture(scope="session")
def site(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the graph, which shows no words of texts."""
    log = tmp_path_factory.mktemp("site") / "log"
    with serving(log=log, env={"BRI_KG_SOURCES": ""}) as running:
        yield running.url


@dataclass(frozen=True)
class Place:
    """Where a site is: on a server, or copied into a folder."""

    home: str
    is_copied: bool

    def of(self, key: str, lang: str, **query: str) -> str:
        """Return the path of a page by its key."""
        if self.is_copied:
            return f"/{page_file(lang, key)}" + (f"?{urlencode(query)}" if query else "")
        return f"/{key}?{urlencode({'lang': lang, **query})}"

    def thing(self, path: str, lang: str) -> str:
        """Return the path of the page of a thing by what its IRI has behind our base."""
        if self.is_copied:
            return f"/{thing_file(lang, BASE + path)}"
        return f"/doc/{path}.html?lang={lang}"


@pytest.fixture(params=["served", "copied"])
def place(request: pytest.FixtureRequest) -> Place:
    """The site on a server, and copied into a folder, looked at with the network off."""
    is_copied = request.param == "copied"
    return Place(request.getfixturevalue("copied_site" if is_copied else "site"), is_copied)


@pytest.fixture(scope="session")
def copied_site(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a folder with the pages of a written site that walks come by."""
    folder = tmp_path_factory.mktemp("copied")
    copied(kg, folder)
    return folder.as_uri()
