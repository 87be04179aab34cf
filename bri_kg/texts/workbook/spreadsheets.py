"""Workbooks as `.xlsx`: written with lists behind the columns, read row by row; a hostile file ends in a message."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bri_kg.errors import InputError, UsageError, how_to_install
from bri_kg.rdf.text_files import open_bytes, write_file
from bri_kg.texts.workbook.fields import Sheet
from bri_kg.texts.workbook.sheet_layout import GUIDE_TITLE, Column
from bri_kg.texts.workbook.tables_of_text import Tables, too_large

_LARGEST: Final = 50_000_000  # bytes, as they lie on the disk
_UNPACKED: Final = 400_000_000
_ROWS: Final = 100_000
_COLUMNS: Final = 200
_LISTED: Final = 5_000  # rows that have lists behind them
_LISTS: Final = "lists"
_WIDTHS: Final = {"evidence": 60, "hasContext": 40, "id": 14, "out": 10}
_WIDTH: Final = 24
_OLD: Final = b"\xd0\xcf\x11\xe0"  # as .xls and encrypted workbooks begin


def refuse_without_openpyxl() -> None:
    """Raise UsageError where what reads and writes workbooks is not installed."""
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise UsageError(
            "BRI922",
            "workbooks in .xlsx need what is not installed: openpyxl",
            why="the tables of text (.csv) hold the same and need nothing",
            fix=how_to_install("workbook"),
        ) from None


def write_spreadsheet(
    path: Path,
    sheets: Mapping[str, Sheet],
    columns: Mapping[str, Sequence[Column]],
    tables: Tables,
    guide: list[list[str]],
    lang: str,
) -> None:
    """Write a workbook: a sheet a table, the guide, and the lists that its columns offer. No text is a formula."""
    refuse_without_openpyxl()
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    at = int(lang == "zh")
    book = Workbook()
    book.remove(book.active)
    lists = book.create_sheet(_LISTS)
    offered: dict[tuple[str, ...], str] = {}
    grey, bold = PatternFill("solid", fgColor="EEEEEE"), Font(bold=True)
    for key, rows in tables.items():
        sheet = book.create_sheet(sheets[key].title[at])
        _fill(sheet, rows)
        for cell in sheet[1]:
            cell.font, cell.fill = bold, grey
        for row in sheet.iter_rows(min_row=2, max_row=min(3, sheet.max_row)):
            for cell in row:
                cell.font, cell.fill = Font(italic=True, color="666666"), grey
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for number, column in enumerate(columns[key], 1):
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = _WIDTHS.get(column.key, _WIDTH)
            if column.choices:
                _offer(sheet, letter, _range(lists, column.choices, offered))
        sheet.freeze_panes = "D2"
    told = book.create_sheet(GUIDE_TITLE[at])
    _fill(told, guide)
    for letter, width in zip("ABCD", (22, 90, 40, 60), strict=True):
        told.column_dimensions[letter].width = width
    for row in told.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.move_sheet(lists, len(book.sheetnames))
    lists.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    write_file(path, out.getvalue())


def _fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, place)
                cell.value = text
                cell.data_type = "s"  # what begins with = too
                cell.number_format = "@"


def _range(lists: Any, choices: tuple[str, ...], offered: dict[tuple[str, ...], str]) -> str:
    from openpyxl.utils import get_column_letter

    if choices not in offered:
        letter = get_column_letter(len(offered) + 1)
        for number, text in enumerate(choices, 1):
            cell = lists[f"{letter}{number}"]
            cell.value, cell.data_type = text, "s"
        offered[choices] = f"{_LISTS}!${letter}$1:${letter}${len(choices)}"
    return offered[choices]


def _offer(sheet: Any, letter: str, place: str) -> None:
    """Let the cells of a column offer a list; several names may stand in one, so nothing is refused here."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offer = DataValidation(type="list", formula1=f"={place}", allow_blank=True)
    offer.showErrorMessage = False
    offer.add(f"{letter}4:{letter}{_LISTED}")
    sheet.add_data_validation(offer)


def read_spreadsheet(path: Path, sheets: Mapping[str, Sheet]) -> dict[str, list[list[str]]]:
    """Return the rows of each sheet that is there, each cell as text. Raise InputError for what is no workbook."""
    refuse_without_openpyxl()
    from openpyxl import load_workbook

    data = _bytes(path)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        titles = {
            name.casefold(): key for key, sheet in sheets.items() for name in (key, *sheet.title)
        }
        return {
            titles[sheet.title.casefold()]: _rows(path, sheet)
            for sheet in book.worksheets
            if sheet.title.casefold() in titles
        }
    except InputError:
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it raise
        raise _damaged(path, f"{type(error).__name__}: {error}") from None


def _bytes(path: Path) -> bytes:
    with open_bytes(path, "a workbook") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise too_large(path, _LARGEST)
    if data.startswith(_OLD):
        raise InputError(
            "BRI920",
            "this is an encrypted workbook, or one of the old kind (.xls)",
            fix="save it as .xlsx, without a password",
            file=str(path),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise _damaged(path, str(error)) from None
    if unpacked > _UNPACKED:
        raise too_large(path, _UNPACKED)
    return data


def _damaged(path: Path, why: str) -> InputError:
    return InputError(
        "BRI920",
        "this is no workbook that can be read",
        why=why,
        fix="open it in a spreadsheet and save it as .xlsx",
        file=str(path),
    )


def _rows(path: Path, sheet: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    empty = 0
    # What a file says of its size is not believed: a row is read when it is there.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=_COLUMNS, values_only=True):
        texts = list(_texts(row))
        if not any(texts):
            empty += 1
            if empty > _ROWS:
                break
            continue
        rows += [[] for _ in range(empty)] + [texts]
        empty = 0
        if len(rows) > _ROWS:
            raise InputError(
                "BRI953",
                f"the sheet {sheet.title!r} has more than {_ROWS} rows",
                fix="take rows out of it, or empty sheets that are not needed",
                file=str(path),
                exit_code=3,
            )
    return rows


def _texts(row: Sequence[object]) -> Iterator[str]:
    for value in row:
        if value is None:
            yield ""
        elif isinstance(value, bool):
            yield "yes" if value else "no"
        elif isinstance(value, datetime.datetime):
            yield value.date().isoformat()
        elif isinstance(value, datetime.date):
            yield value.isoformat()
        elif isinstance(value, float) and value.is_integer():
            yield str(int(value))
        else:
            yield str(value)
