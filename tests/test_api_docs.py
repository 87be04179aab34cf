"""Every example of docs/api.md gives what the page says that it gives."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from conftest import ROOT

PAGE = ROOT / "docs" / "api.md"
CALLS = ("search", "resolve", "questions", "query", "validate", "infer", "verify", "check")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.chdir(tmp_path)
    report: list[str] = []
    test = doctest.DocTestParser().get_doctest(
        PAGE.read_text(encoding="utf-8"), {}, PAGE.name, str(PAGE), 0
    )
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    found = runner.run(test, out=report.append)
    assert found.attempted > 20
    assert not found.failed, "".join(report)


def test_every_call_has_a_heading_of_its_own() -> None:
    headings = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "##"]
    for call in CALLS:
        assert any(f"`kg.{call}`" in heading for heading in headings), call
