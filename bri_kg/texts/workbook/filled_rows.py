"""The rows that were filled in, each cell by the key of its column, and what is wrong with sheets and titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.names import nearest
from bri_kg.plain import Plain
from bri_kg.texts.workbook.fields import Sheet
from bri_kg.texts.workbook.sheet_layout import OUT, matched
from bri_kg.texts.workbook.tables_of_text import read_tables

_FAULTS: Final = ("#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!")


@dataclass(frozen=True)
class CellFinding(Plain):
    """What is wrong in a cell: its sheet, its place such as F9, what stands in it, and the finding."""

    sheet: str
    cell: str
    stands: str
    finding: Finding


@dataclass(frozen=True)
class Entry:
    """A row that was filled in: its sheet, its number from 1, and its cells by the key of their column."""

    sheet: Sheet
    row: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def place(self, key: str) -> str:
        """Return the place of a cell, such as F9; of a column that is not there, that of the row."""
        return f"{letters(self.columns.get(key, 1))}{self.row}"

    def __getitem__(self, key: str) -> str:
        """Return the text of a cell without spaces around it, empty where nothing stands in it."""
        return self.cells.get(key, "").strip()


@dataclass(frozen=True)
class Workbook:
    """The filled rows of each sheet, by its key, and what is wrong with titles and cells as such."""

    path: Path
    entries: Mapping[str, tuple[Entry, ...]]
    problems: tuple[CellFinding, ...]


def read_workbook(path: Path, sheets: Mapping[str, Sheet], lang: str) -> Workbook:
    """Return what is filled in, from a `.xlsx` or from the `.claims.csv` and the tables beside it.

    Raise InputError for what is no workbook, UsageError where what reads it is not installed.
    """
    tables = _tables(path, sheets)
    if "claims" not in tables:
        raise InputError(
            "BRI921",
            "the workbook has no sheet of claims",
            fix="`bri-kg source new` makes a workbook with its sheets; keep their names",
            file=str(path),
        )
    entries: dict[str, tuple[Entry, ...]] = {}
    problems: list[CellFinding] = []
    for key, sheet in sheets.items():
        rows = tables.get(key, [])
        found, wrong = _entries(sheet, rows, lang)
        entries[key] = tuple(found)
        problems += wrong
    return Workbook(path, entries, tuple(problems))


def _tables(path: Path, sheets: Mapping[str, Sheet]) -> dict[str, list[list[str]]]:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from bri_kg.texts.workbook.spreadsheets import read_spreadsheet

        return read_spreadsheet(path, sheets)
    if path.suffix.lower() == ".csv":
        return read_tables(path, tuple(sheets))
    raise InputError(
        "BRI951",
        f"{path.name!r} is no workbook",
        why="a workbook is a .xlsx file, or a table of text whose name ends with .claims.csv",
        fix="name the workbook that `bri-kg source new` made",
        file=str(path),
    )


def _entries(
    sheet: Sheet, rows: list[list[str]], lang: str
) -> tuple[list[Entry], list[CellFinding]]:
    if not rows:
        return [], []
    keys, strange = matched(sheet, rows[0])
    title = sheet.title[lang == "zh"]
    problems = [_strange(sheet, title, place, rows[0][place], lang) for place in strange]
    columns: dict[str, int] = {}
    for place, key in keys.items():
        if key in columns:
            problems.append(_twice(title, place, rows[0][place]))
        columns.setdefault(key, place + 1)
    entries: list[Entry] = []
    texts: dict[str, str] = {}  # what stands in many cells is kept once
    for number, row in enumerate(rows[1:], 2):
        cells = {
            key: texts.setdefault(row[place - 1], row[place - 1])
            for key, place in columns.items()
            if place <= len(row) and row[place - 1]
        }
        if not any(text.strip() for text in cells.values()) or cells.get(OUT, "").strip():
            continue
        entry = Entry(sheet, number, cells, columns)
        entries.append(entry)
        problems += _faults(entry, title)
    return entries, problems


def _strange(sheet: Sheet, title: str, place: int, text: str, lang: str) -> CellFinding:
    at = int(lang == "zh")
    near = nearest(text, [field.title[at] for field in sheet.fields])
    return CellFinding(
        title,
        f"{letters(place + 1)}1",
        text,
        Finding(
            "workbook", "BRI921", "error",
            f"there is no column “{text}” in the sheet “{title}”",
            f"did you mean “{near}”?" if near else "take the titles as `bri-kg source new` writes them",
        ),
    )  # fmt: skip


def _twice(title: str, place: int, text: str) -> CellFinding:
    return CellFinding(
        title,
        f"{letters(place + 1)}1",
        text,
        Finding(
            "workbook", "BRI921", "error",
            f"the column “{text}” is there twice",
            "keep one of them; several names stand in one cell, with ; between them",
        ),
    )  # fmt: skip


def _faults(entry: Entry, title: str) -> Iterator[CellFinding]:
    for key, text in entry.cells.items():
        if text.strip() in _FAULTS:
            yield CellFinding(
                title,
                entry.place(key),
                text,
                Finding(
                    "workbook", "BRI945", "error",
                    f"a formula failed here: {text.strip()}",
                    "write the text itself; cells of a workbook of claims hold no formulas",
                ),
            )  # fmt: skip


def letters(column: int) -> str:
    """Return what spreadsheets call a column, counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
