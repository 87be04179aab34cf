"""What is wrong in a workbook, for a reviewer's pipeline: SARIF 2.1.0, and annotations as GitHub Actions reads them.

Each cell is a result of its own, since it is mended by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bri_kg.checking.workbook_checks import Checked
from bri_kg.findings import Finding
from bri_kg.names import BASE
from bri_kg.texts.workbook.tables_of_text import lines_of_rows

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_COMMANDS: Final = {"error": "error", "warning": "warning", "info": "notice"}
Say = Callable[[str], str]


@dataclass(frozen=True)
class _Place:
    """A cell: the file of its sheet, the line of a table of text, and its name such as claims!F9."""

    file: str
    line: int
    cell: str


def as_sarif(checked: Checked, say: Say, version: str) -> str:
    """Return the findings as a SARIF log; `say` puts texts into a language."""
    found = list(_found(checked))
    codes = sorted({finding.code for _, finding in found})
    driver = {
        "name": "bri-kg",
        "version": version,
        "informationUri": BASE,
        "rules": [{"id": code} for code in codes],
    }
    results = [_result(place, finding, codes.index(finding.code), say) for place, finding in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def as_annotations(checked: Checked, say: Say) -> str:
    """Return the findings as workflow commands, a line each."""
    return "".join(_annotation(place, finding, say) for place, finding in _found(checked))


def _found(checked: Checked) -> Iterator[tuple[_Place, Finding]]:
    lines: dict[str, list[int]] = {}
    for told in checked.problems:
        file = checked.files.get(told.sheet, checked.workbook)
        if file not in lines:
            is_table = file.lower().endswith(".csv")
            lines[file] = lines_of_rows(Path(file)) if is_table else []
        for cell in told.cells or ("",):
            row = int("".join(sign for sign in cell if sign.isdigit()) or 1)
            line = lines[file][row - 1] if row <= len(lines[file]) else 1
            name = f"{told.sheet}!{cell}" if cell else told.sheet
            yield _Place(Path(file).as_posix(), line, name), told.finding


def _message(place: _Place, finding: Finding, say: Say) -> str:
    fix = f"\n{say('fix: ')}{say(finding.fix)}" if finding.fix else ""
    return f"{place.cell}: {say(finding.message)}{fix}"


def _result(place: _Place, finding: Finding, rule: int, say: Say) -> dict[str, object]:
    at = {"artifactLocation": {"uri": quote(place.file)}, "region": {"startLine": place.line}}
    named = {"fullyQualifiedName": place.cell, "kind": "element"}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(place, finding, say)},
        "locations": [{"physicalLocation": at, "logicalLocations": [named]}],
    }


def _annotation(place: _Place, finding: Finding, say: Say) -> str:
    file, title = (_escaped(text, ":,") for text in (place.file, finding.code))
    text = _escaped(_message(place, finding, say))
    return f"::{_COMMANDS[finding.severity]} file={file},line={place.line},title={title}::{text}\n"


def _escaped(text: str, more: str = "") -> str:
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
