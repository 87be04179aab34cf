"""Workbooks as tables of text: one `.csv` a sheet, `NAME.claims.csv` and its kin, the same content as in `.xlsx`.

A text that a spreadsheet would take for a formula is written with an apostrophe before it, which reading takes away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bri_kg.errors import InputError
from bri_kg.rdf.text_files import open_bytes, write_file

Tables = Mapping[str, list[list[str]]]

CLAIMS: Final = ".claims.csv"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LARGEST: Final = 50_000_000  # bytes


def beside(claims: Path, key: str) -> Path:
    """Return the file of another sheet beside that of the claims."""
    return claims.with_name(f"{claims.name.removesuffix(CLAIMS)}.{key}.csv")


def file_of_sheet(path: Path, key: str) -> Path:
    """Return the file in which a sheet stands: the workbook, or the table of that sheet."""
    return beside(path, key) if path.name.endswith(CLAIMS) else path


def lines_of_rows(path: Path) -> list[int]:
    """Return the line of a table at which each row begins: a cell may have several lines."""
    text = path.read_bytes().decode("utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    ends = [reader.line_num for _ in reader]
    return [1, *(end + 1 for end in ends[:-1])] if ends else []


def write_tables(claims: Path, tables: Tables) -> None:
    """Write each sheet beside the file of the claims, with a byte order mark, by which spreadsheets know UTF-8."""
    for key, rows in tables.items():
        out = io.StringIO()
        csv.writer(out).writerows([[_guarded(text) for text in row] for row in rows])
        write_file(beside(claims, key), out.getvalue().encode("utf-8-sig"))


def read_tables(claims: Path, keys: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """Return the rows of each sheet that is there. Raise InputError for what is no such table."""
    files = {key: beside(claims, key) for key in keys}
    return {key: _rows(path) for key, path in files.items() if key == "claims" or path.is_file()}


def _rows(path: Path) -> list[list[str]]:
    with open_bytes(path, "a workbook") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise too_large(path, _LARGEST)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "BRI950",
            f"byte {error.start} is not UTF-8 text",
            fix="save the table as “CSV UTF-8” from the spreadsheet, or use the .xlsx",
            file=str(path),
        ) from None
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(
            "BRI950",
            f"this is no table of text: {error}",
            fix="save the table anew from the spreadsheet, as “CSV UTF-8”",
            file=str(path),
        ) from None
    return [[_plain(cell) for cell in row] for row in rows]


def too_large(path: Path, limit: int) -> InputError:
    """Return the error for a file that is larger than is read."""
    return InputError(
        "BRI925",
        f"the file is larger than {limit // 1_000_000} MB",
        fix="take rows out of it, or empty sheets that are not needed",
        file=str(path),
        exit_code=3,
    )


def _delimiter(text: str) -> str:
    """Return what separates the cells: spreadsheets take ; where the comma is the decimal sign."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def _plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith((*_FORMULA, "'")) else text
