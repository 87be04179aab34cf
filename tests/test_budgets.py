"""The budgets of tests: summed by marker, printed, and held only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from budgets import Budgets, parse
from conftest import ROOT

pytest_plugins = ["pytester"]
SUITE = """
import time, pytest

@pytest.mark.slow
def test_slow():
    time.sleep(0.1)

def test_quick():
    pass
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest((ROOT / "tests" / "budgets.py").read_text(encoding="utf-8"))
    pytester.makepyfile(SUITE)
    return pytester


def settings(suite: pytest.Pytester, slow: float) -> Path:
    return suite.makepyprojecttoml(
        f'[tool.pytest.ini_options]\nmarkers = ["slow: s"]\nbudgets = ["quick = 5", "slow = {slow}"]\n'
    )


@pytest.mark.parametrize(
    ("minutes", "code", "said"),
    [(1, 0, "slow       0.0 of 1"), (0.001, 1, "slow       0.0 of 0.001  too long")],
)
def test_a_marker_over_its_budget_fails_the_run(
    suite: pytest.Pytester, minutes: float, code: int, said: str
) -> None:
    settings(suite, minutes)
    done = suite.runpytest_inprocess("--hold-budgets")
    assert done.ret == code
    assert said in done.stdout.str().splitlines()
    assert "quick      0.0 of 5" in done.stdout.str().splitlines()


def test_budgets_bind_nobody_who_does_not_ask(suite: pytest.Pytester) -> None:
    settings(suite, 0.001)
    done = suite.runpytest_inprocess()
    assert done.ret == 0
    assert "minutes by marker" not in done.stdout.str()


@pytest.mark.slow
def test_workers_are_summed_once(suite: pytest.Pytester) -> None:
    settings(suite, 0.001)
    done = suite.runpytest_subprocess("--hold-budgets", "-n", "1")
    assert done.ret == 1
    assert done.stdout.str().count("too long") == 1


def test_every_marker_has_a_budget_and_a_bad_one_is_named(pytestconfig: pytest.Config) -> None:
    markers = {line.partition(":")[0] for line in pytestconfig.getini("markers") if "(" not in line}
    ours = {"slow", "store", "browser", "spark", "fuzz"}
    assert ours <= markers
    assert parse(pytestconfig.getini("budgets")).keys() == {"quick", *ours}
    assert Budgets({}).exceeded() == []
    with pytest.raises(pytest.UsageError, match="'slow 3' is not"):
        parse(["slow 3"])
