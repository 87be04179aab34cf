"""What tests in a browser share: the browser, the server, and what opens pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, chromium, opening
from copied_pages import copied
from serving import serving

from bri_kg.knowledge import KnowledgeGraph


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


@pytest.fixture(scope="session")
def copied_site(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a folder with the pages of a written site that walks come by."""
    folder = tmp_path_factory.mktemp("copied")
    copied(kg, folder)
    return folder.as_uri()
