"""Minutes that tests may take, by marker: summed after a run, and held with `--hold-budgets`.

The numbers stand in pyproject.toml, `budgets`. A test with several markers counts for each; one with none is
`quick`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

QUICK = "quick"


def parse(lines: Iterable[str]) -> dict[str, float]:
    """Return minutes by marker. Raise UsageError where a line is not `marker = minutes`."""
    found = {}
    for line in lines:
        marker, _, minutes = line.partition("=")
        try:
            found[marker.strip()] = float(minutes)
        except ValueError:
            raise pytest.UsageError(f"budgets: {line!r} is not `marker = minutes`") from None
    return found


class Budgets:
    """Sums what tests took, and says which marker took more than it may."""

    def __init__(self, minutes: dict[str, float]) -> None:
        self.minutes = minutes
        self.seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        markers = self.minutes.keys() & report.keywords.keys() or {QUICK}
        for marker in markers:
            self.seconds[marker] += report.duration

    def exceeded(self) -> list[str]:
        return [name for name, most in self.minutes.items() if self.seconds[name] > 60 * most]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("minutes by marker")
        for name, most in self.minutes.items():
            mark = "  too long" if name in self.exceeded() else ""
            took = self.seconds[name] / 60
            terminalreporter.write_line(f"{name:8} {took:5.1f} of {most:g}{mark}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.exceeded() and session.exitstatus == 0:
            session.exitstatus = 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("budgets", "minutes that the tests with a marker may take", type="linelist")
    parser.addoption(
        "--hold-budgets", action="store_true", help="fail where tests take longer than they may"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hold-budgets") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Budgets(parse(config.getini("budgets"))), "budgets")
