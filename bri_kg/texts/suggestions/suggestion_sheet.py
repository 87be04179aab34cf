"""Suggestions as a sheet of a workbook and as a table of text: what is written there is read by nobody but people.

A person marks what is accepted, and copies words and values into the sheet of claims. The marks stay when the sheet is
written again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from bri_kg.errors import InputError
from bri_kg.rdf.text_files import write_file
from bri_kg.texts.suggestions.found_in_text import Sentence
from bri_kg.texts.suggestions.found_words import Kind, Note, Suggestion
from bri_kg.texts.suggestions.suggested_cells import (
    all_meant,
    cell_text,
    evidence_text,
    likened,
    node_text,
)
from bri_kg.texts.workbook.fields import Both, Sheet
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.sheet_layout import Table
from bri_kg.texts.workbook.source_places import Places
from bri_kg.texts.workbook.tables_of_text import beside, read_tables, write_tables

KEY: Final = "suggestions"
TITLE: Final[Both] = ("suggestions", "建议")
COLUMNS: Final[tuple[tuple[Both, int], ...]] = (
    (("accept", "采纳"), 10),
    (("sentence", "句"), 10),
    (("kind", "类型"), 14),
    (("words", "原文"), 36),
    (("goes into", "填入列"), 24),
    (("value", "取值"), 36),
    (("can be", "可能为"), 44),
    (("note", "备注"), 44),
    (("evidence", "证据原文"), 70),
    (("from", "起"), 8),
    (("to", "止"), 8),
    (("by", "出自"), 20),
)
KINDS: Final[dict[Kind, Both]] = {
    Kind.ENTITY: ("known", "已知"),
    Kind.NEW: ("new", "新事物"),
    Kind.DATE: ("date", "时间"),
    Kind.AMOUNT: ("amount", "数量"),
    Kind.SPEAKER: ("speaker", "发言者"),
}
NOTES: Final[dict[Note, Both]] = {
    Note.SEVERAL: ("several can be meant: choose one", "可能指多者：请择其一"),
    Note.INTRODUCED: ("the text introduces this abbreviation", "文中介绍了此缩写"),
    Note.NEAR: ("spelt nearly as what is known", "写法与已知者相近"),
    Note.UNLOOKED: (
        "not compared with known names: there are too many",
        "新名称过多，未与已知名称比对",
    ),
    Note.MODEL: ("suggested by a command of yours", "由您的命令提出"),
}
HELP: Final[Both] = (
    "Nothing here is a claim. Mark what you accept; copy evidence and value into a row of the sheet of claims.",
    "此表内容均非主张。请标出您采纳的条目，并将证据原文与取值复制到“主张”表的一行中。",
)
_INTO: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.ENTITY: ("hasSubject", "hasAgent", "hasObject"),
    Kind.DATE: ("hasTime",),
    Kind.AMOUNT: ("hasQuantity",),
    Kind.SPEAKER: ("isVouchedForBy",),
}
_TELLING: Final = 10  # the last column that tells a row from another
Accepted = Mapping[tuple[str, ...], str]


def suggestion_table(
    told: Iterable[Sentence], text: str, known: Known, sheets: Mapping[str, Sheet], lang: str
) -> Table:
    """Return titles, help and a row a suggestion, by sentence."""
    at = int(lang == "zh")
    help_row = [("help", "帮助")[at], HELP[at], *[""] * (len(COLUMNS) - 2)]
    rows = [[title[at] for title, _ in COLUMNS], help_row]
    for number, sentence in enumerate(told, 1):
        for one in sentence.suggestions:
            evidence = evidence_text(text, (sentence.begin, sentence.end), one)
            meant = all_meant(one, known, lang)
            rows.append(
                [
                    "",
                    str(number),
                    KINDS[one.kind][at],
                    one.words,
                    _column(one, sheets, at),
                    cell_text(one, known, lang),
                    "; ".join(meant) if len(meant) > 1 else "",
                    "; ".join(notes_of(one, known, lang)),
                    evidence,
                    str(one.begin),
                    str(one.end),
                    one.by,
                ]
            )
    return rows


def _column(one: Suggestion, sheets: Mapping[str, Sheet], at: int) -> str:
    if one.kind is Kind.NEW:
        return sheets["things"].title[at]
    found = (sheets["claims"].field(key) for key in _INTO[one.kind])
    return " / ".join(field.title[at] for field in found if field)


def notes_of(one: Suggestion, known: Known, lang: str) -> list[str]:
    """Return what is to be noted of a suggestion, in a language: unit and kind, likely class, near duplicates."""
    at = int(lang == "zh")
    said = [NOTES[note][at] for note in one.notes if note is not Note.NEAR]
    if one.near:
        between = "、" if at else ", "
        said.append(
            NOTES[Note.NEAR][at]
            + ("：" if at else ": ")
            + between.join(likened(one.near, known, lang))
        )
    if one.holds:
        held = [node_text(node, known, lang) for node in one.holds]
        said.append(("holds known names: {0}", "其中含已知名称：{0}")[at].format(", ".join(held)))
    if one.unit:
        unit = node_text(one.unit, known, lang) if ":" in one.unit else one.unit
        said.append(("unit: {0}", "单位：{0}")[at].format(unit))
    if one.counted:
        said.append(("counted: {0}", "所计：{0}")[at].format(node_text(one.counted, known, lang)))
    if one.aliases:
        said.append(("also called {0}", "亦称 {0}")[at].format(", ".join(one.aliases)))
    return said


def write_suggestions(places: Places, table: Table, lang: str) -> tuple[Path, ...]:
    """Write a table beside the workbook and, where there is one in .xlsx, into a sheet of it; return the files.

    What was marked as accepted stays marked; all other sheets stay as they are. Raise InputError where the
    workbook cannot be read.
    """
    csv = beside(places.tables, KEY)
    before = (
        read_tables(places.tables, ("claims", KEY))
        if csv.is_file() and places.tables.is_file()
        else {}
    )
    accepted = _accepted(before.get(KEY, []))
    written: tuple[Path, ...] = ()
    if places.workbook.is_file():
        book = _book(places.workbook)
        for title in TITLE:
            if title in book.sheetnames:
                rows = book[title].iter_rows(values_only=True)
                accepted |= _accepted(
                    [["" if cell is None else str(cell) for cell in row] for row in rows]
                )
                del book[title]
        table = _marked(table, accepted)
        _fill(book, table, TITLE[lang == "zh"])
        out = io.BytesIO()
        book.save(out)
        write_file(places.workbook, out.getvalue())
        written = (places.workbook,)
    write_tables(places.tables, {KEY: _marked(table, accepted)})
    return (*written, csv)


def _accepted(rows: Table) -> dict[tuple[str, ...], str]:
    return {
        _key(row): row[0] for row in rows[2:] if len(row) > _TELLING and row[0].strip()
    }  # fmt: skip


def _key(row: list[str]) -> tuple[str, ...]:
    kind = next((kind.value for kind, both in KINDS.items() if row[2] in both), "")
    return kind, row[3], row[9], row[10]


def _marked(table: Table, accepted: Accepted) -> Table:
    return [
        [accepted.get(_key(row), row[0]), *row[1:]] if number > 1 else row
        for number, row in enumerate(table)
    ]


def _book(path: Path) -> Any:
    from bri_kg.texts.workbook.spreadsheets import refuse_without_openpyxl

    refuse_without_openpyxl()
    from openpyxl import load_workbook

    try:
        return load_workbook(path)
    except Exception as error:  # the library raises whatever a damaged file makes it raise
        raise InputError(
            "BRI955",
            "the suggestions cannot be written into this workbook",
            why=f"it cannot be read: {type(error).__name__}",
            fix="open it in a spreadsheet and save it as .xlsx, or add --only-show",
            file=str(path),
        ) from None


def _fill(book: Any, table: Table, title: str) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title, index=1)
    grey = PatternFill("solid", fgColor="EEEEEE")
    for number, row in enumerate(table, 1):
        for place, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, place)
                cell.value, cell.data_type, cell.number_format = text, "s", "@"
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), grey
    for place, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "E3"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(2, len(table))}"
