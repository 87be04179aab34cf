"""What passed in one run is left out of the next, and nothing else is."""

from __future__ import annotations

import pytest
from conftest import ROOT

pytest_plugins = ["pytester"]
SUITE = """
import os, pytest

@pytest.mark.parametrize("name", ["a b", "c"])
def test_well(name):
    pass

def test_for_which_something_is_missing():
    if "THERE" not in os.environ:
        pytest.skip("it is not there")

def test_wrong():
    assert "THERE" in os.environ
"""


@pytest.mark.slow
def test_the_next_run_is_of_what_did_not_pass(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = (ROOT / "tests" / "passed_before.py").read_text(encoding="utf-8")
    pytester.makeconftest(plugin)
    pytester.makepyfile(SUITE)
    first = pytester.runpytest_subprocess("--note-passed", "passed", "-n", "1")
    first.assert_outcomes(passed=2, skipped=1, failed=1)
    monkeypatch.setenv("THERE", "1")
    second = pytester.runpytest_subprocess("--leave-out", "passed", "-n", "1")
    second.assert_outcomes(passed=2)
