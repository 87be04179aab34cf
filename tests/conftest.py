"""Shared by all tests: the real graph, the real command line, copies to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import bri_kg
from bri_kg.knowledge import KnowledgeGraph

ROOT = Path(__file__).parent.parent
Cli = Callable[..., "subprocess.CompletedProcess[str]"]


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
    """Run the command line in a process of its own, as a user would."""

    def run(
        *args: str, stdin: str | bytes = "", cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **env}
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "bri_kg", *args],
            input=data,
            capture_output=True,
            cwd=cwd,
            env=environment,
            timeout=300,
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(
            done.args, done.returncode, out.replace("\r\n", "\n"), err.replace("\r\n", "\n")
        )

    return run


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
