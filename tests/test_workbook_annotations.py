"""What is wrong in a workbook as SARIF 2.1.0 and as annotations: file, line, sheet and cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Cli
from workbook_bench import RIGHT, Bench, Row, bench

from bri_kg.checking.workbook_annotations import as_annotations, as_sarif
from bri_kg.checking.workbook_checks import Checked
from bri_kg.cli.messages.speaking import in_language

WRONG: list[Row] = [
    {**RIGHT["claims"][1], "hasTime": "spring,\n100 %"},
    {**RIGHT["claims"][2], "factuality": "sure"},
    {**RIGHT["claims"][4], "hasPlace": "no such: place"},
]
CELLS = {"claims!F2": 2, "claims!C3": 4, "claims!H4": 5}  # with the line; the first row has two


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("annotated"))


@pytest.fixture(scope="module")
def checked(made: Bench) -> Checked:
    return made.check({**RIGHT, "claims": WRONG, "comparisons": []})


def test_sarif_has_what_the_standard_asks_for(made: Bench, checked: Checked) -> None:
    log = json.loads(as_sarif(checked, str, "0.3.0"))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("bri-kg", "0.3.0")
    assert driver["informationUri"].startswith("https://")
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == sorted(set(rules)) and len(rules) > 1
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert set(result["message"]) == {"text"} and result["message"]["text"]
        [location] = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert " " not in uri and uri.endswith("notes.claims.csv")
    placed = {
        result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]: result["locations"][0][
            "physicalLocation"
        ]["region"]["startLine"]
        for result in run["results"]
    }
    assert placed.items() >= CELLS.items()


def test_annotations_are_a_line_each_and_hide_no_sign(checked: Checked) -> None:
    lines = as_annotations(checked, str).splitlines()
    assert len(lines) == sum(len(told.cells) for told in checked.problems)
    for cell, line in CELLS.items():
        [found] = [text for text in lines if f"::{cell}: " in text]
        head, _, message = found[2:].partition("::")
        kind, _, given = head.partition(" ")
        properties = dict(pair.split("=") for pair in given.split(","))
        assert kind == "error" and properties["line"] == str(line)
        assert properties["file"].endswith("notes.claims.csv") and "BRI93" in properties["title"]
        assert "%0Afix: " in message
    assert any("100 %25" in text for text in lines)


def test_both_speak_chinese(made: Bench) -> None:
    found = made.check({**RIGHT, "claims": WRONG, "comparisons": []}, "zh")
    for text in (
        as_sarif(found, lambda t: in_language(t, "zh"), "0.3.0"),
        as_annotations(found, lambda t: in_language(t, "zh")),
    ):
        assert "主张!F2" in text and "不是图谱能理解的时间" in text


def test_the_command_writes_them(cli: Cli, made: Bench, tmp_path: Path) -> None:
    made.fill({**RIGHT, "claims": WRONG[:1], "comparisons": []})
    folder = made.places.folder
    out = tmp_path / "found.sarif"
    done = cli("source", "check", "workbooks/notes.claims.csv", "-o", str(out), cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    [run] = json.loads(out.read_text(encoding="utf-8"))["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "workbooks/notes.claims.csv"
    done = cli("source", "check", "workbooks/notes.claims.csv", "-f", "github", cwd=folder)
    assert done.stdout.startswith("::error file=workbooks/notes.claims.csv,line=2,title=BRI934::")
