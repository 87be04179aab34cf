"""A workbook written: as `.xlsx` where what writes it is installed, and as tables of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bri_kg.errors import UsageError
from bri_kg.texts.workbook.fields import Sheet
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.sheet_layout import Table, columns, guide, head, scope_notes
from bri_kg.texts.workbook.source_places import Places
from bri_kg.texts.workbook.spreadsheets import refuse_without_openpyxl, write_spreadsheet
from bri_kg.texts.workbook.tables_of_text import write_tables

Filled = Mapping[str, list[dict[str, str]]]
"""The rows of each sheet, each by the keys of its columns."""


def write_workbook(
    places: Places,
    sheets: Mapping[str, Sheet],
    known: Known,
    lang: str,
    filled: Filled | None = None,
) -> tuple[Path, ...]:
    """Write the workbook of a source in a language, with rows that are filled in, and return its files."""
    shown = {key: columns(sheet, known, lang) for key, sheet in sheets.items()}
    tables: dict[str, Table] = {}
    for key, sheet in sheets.items():
        rows = (filled or {}).get(key, [])
        body = [[row.get(column.key, "") for column in shown[key]] for row in rows]
        tables[key] = [*head(sheet, shown[key], lang), *body]
    places.tables.parent.mkdir(parents=True, exist_ok=True)
    write_tables(places.tables, tables)
    try:
        refuse_without_openpyxl()
    except UsageError:
        return (places.tables,)
    told = guide(sheets["claims"], scope_notes(known, sheets["claims"]), lang)
    write_spreadsheet(places.workbook, sheets, shown, tables, told, lang)
    return places.workbook, places.tables
