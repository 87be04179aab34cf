"""Shared by all tests: the real graph, the real command line, copies to break."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import budgets
import hypothesis
import passed_before
import pytest
from browser_here import browser as browser
from browser_here import copied_site as copied_site
from browser_here import open_page as open_page
from browser_here import place as place
from browser_here import site as site
from running import ROOT as ROOT
from running import Cli, run, run_process
from stores_here import any_store as any_store
from stores_here import filled_store as filled_store

import bri_kg
from bri_kg.knowledge import KnowledgeGraph

# A busy machine is no fault of the code.
hypothesis.settings.register_profile(
    "bri-kg", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("bri-kg")


def pytest_addoption(parser: pytest.Parser) -> None:
    budgets.pytest_addoption(parser)
    passed_before.pytest_addoption(parser)


def pytest_configure(config: pytest.Config) -> None:
    budgets.pytest_configure(config)
    passed_before.pytest_configure(config)


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: to look for garbage in it took an eighth of the time of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of our own, so that tests neither use nor leave anything in the user's."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("BRI_KG_CACHE")
    os.environ["BRI_KG_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["BRI_KG_CACHE"]
    else:
        os.environ["BRI_KG_CACHE"] = before


@pytest.fixture(scope="session")
def kg(cache: Path) -> KnowledgeGraph:
    return bri_kg.open()


@pytest.fixture(scope="session")
def cli(cache: Path) -> Cli:
    """The command line, run in this process wherever that tells as much as one of its own."""
    return run


@pytest.fixture(scope="session")
def cli_process(cache: Path) -> Cli:
    """The command line in a process of its own, for what is about processes."""
    return run_process


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the five texts; they are not part of the project."""
    folder = os.environ.get("BRI_KG_SOURCES")
    if not folder:
        pytest.skip("BRI_KG_SOURCES does not name the folder of the five texts")
    return Path(folder).resolve()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of graph/ with ontology/ and queries/ beside it, to be broken. Returns its graph/."""
    for room in ("graph", "ontology", "queries"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path / "graph"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    if os.environ.get("BRI_KG_NO_SKIPS") and terminalreporter.stats.get("skipped"):
        terminalreporter.section("skipped tests are failures here", "=")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("BRI_KG_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = 1
