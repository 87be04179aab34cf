"""What reaches the console: rows as wide as it is, findings in order, and how an answer differs."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Cli

from bri_kg.cli.main import main
from bri_kg.dataset.expected import difference
from bri_kg.findings import Finding, as_text, in_order
from bri_kg.rdf.row_formats import write_rows
from bri_kg.rdf.row_tables import display_width
from bri_kg.rdf.rows import Rows


class Console(io.TextIOWrapper):
    """A terminal to write to, with what it was given."""

    def __init__(self) -> None:
        self.written = io.BytesIO()
        super().__init__(self.written, encoding="utf-8", newline="\n")

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        return self.written.getvalue().decode("utf-8").splitlines()


def rows_of(*lines: tuple[str, ...]) -> Rows:
    columns = tuple("abcdefgh"[: len(lines[0])])
    return Rows(columns, tuple(tuple(map(ox.Literal, line)) for line in lines))


@pytest.mark.parametrize("columns", [60, 100])
def test_rows_are_as_wide_as_the_terminal_at_most(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    console = Console()
    monkeypatch.setattr(sys, "stdout", console)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main(["ask", "cofounders"]) == 0
    widths = [display_width(line) for line in console.lines()]
    assert len(widths) > 3
    assert columns // 2 < max(widths) <= columns


def test_a_pipe_or_a_file_is_a_page_too(cli: Cli, tmp_path: Path) -> None:
    piped = cli("ask", "cofounders", COLUMNS="60").stdout
    assert max(map(display_width, piped.splitlines())) <= 60
    assert cli("ask", "cofounders", "-o", str(tmp_path / "rows"), COLUMNS="60").returncode == 0
    written = (tmp_path / "rows").read_text(encoding="utf-8")
    assert 60 < max(map(display_width, written.splitlines())) <= 80


def finding(**parts: object) -> Finding:
    return Finding(**{"stage": "s", "code": "c", "severity": "error", "message": "m", **parts})  # type: ignore[arg-type]


def test_findings_come_by_file_line_code_and_what_they_are_about() -> None:
    ordered = [
        finding(code="z"),
        finding(file="a.ttl", line=2, code="b"),
        finding(file="a.ttl", line=10, code="a", focus="x"),
        finding(file="a.ttl", line=10, code="a", focus="y", value="1"),
        finding(file="a.ttl", line=10, code="a", focus="y", value="2"),
        finding(file="a.ttl", line=10, code="b", focus="x"),
        finding(file="b.ttl", line=1),
    ]
    assert in_order(reversed(ordered)) == ordered
    assert as_text(in_order(reversed(ordered))).startswith("error[z]: m\na.ttl:2: error[b]: m\n")


@pytest.mark.parametrize("verb", ["check", "validate"])
def test_findings_are_printed_in_order(cli: Cli, tmp_path: Path, verb: str) -> None:
    for name, things in (("b", ("one", "two")), ("a", ("three", "four"))):
        lines = (
            f"<http://example.org/{thing}> a bri:NoSuch{thing.title()} , owl:Class .\n"
            for thing in things
        )
        (tmp_path / f"{name}.ttl").write_text(
            "@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
            "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n" + "".join(lines),
            encoding="utf-8",
        )
    done = cli(verb, "b.ttl", "a.ttl", cwd=tmp_path)
    places = re.findall(r"^(?:.*/)?([ab]\.ttl):(\d+): ", done.stdout, re.MULTILINE)
    assert [file for file, _ in places if file == "b.ttl"]
    assert len(places) > 3
    assert places == sorted(places)


def test_a_difference_counts_repeated_rows() -> None:
    once, twice = rows_of(("x", "1")), rows_of(("x", "1"), ("x", "1"))
    found = difference(write_rows(once, "csv"), twice)
    assert found is not None
    assert (found.missing, found.new) == ((), (("x", "1"),))
    found = difference(write_rows(twice, "csv"), once)
    assert found is not None
    assert (found.missing, found.new) == ((("x", "1"),), ())


def test_a_difference_is_of_rows_in_any_order_and_of_columns() -> None:
    rows = rows_of(("x", "1"), ("y", "2"))
    turned = rows_of(("y", "2"), ("x", "1"))
    assert difference(write_rows(rows, "csv"), turned) is None
    renamed = Rows(("a", "z"), rows.rows)
    assert str(difference(write_rows(rows, "csv"), renamed)) == ("1 row removed, 1 row added")
    assert list(difference(write_rows(rows, "csv"), renamed).lines()) == ["- a | b", "+ a | z"]
