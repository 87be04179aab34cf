"""Tests that passed in one run and are left out of the next: `--note-passed FILE`, then `--leave-out FILE`.

For a gate that runs the same tests on several machines or Pythons, and has no time to run all of them on each.
"""

from __future__ import annotations

from pathlib import Path

import pytest


class Noting:
    """Writes the names of the tests that passed, one a line."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.passed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.file.write_text("\n".join(self.passed), encoding="utf-8")


class LeavingOut:
    """Takes out the tests that a file names."""

    def __init__(self, file: Path) -> None:
        self.passed = frozenset(file.read_text(encoding="utf-8").splitlines())

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        left_out = [item for item in items if item.nodeid in self.passed]
        items[:] = [item for item in items if item.nodeid not in self.passed]
        config.hook.pytest_deselected(items=left_out)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-passed", type=Path, metavar="FILE", help="write which tests passed")
    parser.addoption("--leave-out", type=Path, metavar="FILE", help="leave out what passed before")


def pytest_configure(config: pytest.Config) -> None:
    # Under xdist it is the controller that notes, and the workers that leave out.
    if (noted := config.getoption("--note-passed")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Noting(noted), "noting")
    if before := config.getoption("--leave-out"):
        config.pluginmanager.register(LeavingOut(before), "leaving out")
