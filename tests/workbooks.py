"""Workbooks of tests: a collection with a document, and rows filled in as a person would."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT

from bri_kg.dataset.new_collection import new_collection

TEXT = ROOT / "tests" / "unseen" / "scholarship.txt"
TITLE = "Tri-party MoU Signed on Scholarship Cooperation Between ANSO, CAS and TWAS/UNESCO"
Rows = dict[str, list[dict[str, str]]]
MEMORANDUM = "memorandum of understanding on the ANSO-CAS-TWAS/UNESCO Scholarship Program"
ROWS: Rows = {
    "new things": [
        {
            "class": "document",
            "preferred label, in English": MEMORANDUM,
            "preferred label, in Chinese": "关于 ANSO-CAS-TWAS/UNESCO 奖学金计划的谅解备忘录",
        },
        {
            "class": "group of actors",
            "preferred label, in English": "PhD students whom the scholarship funds",
            "preferred label, in Chinese": "奖学金资助的博士生",
        },
    ],
    "new concepts": [
        {
            "scheme": "Kinds of thing",
            "preferred label, in English": "PhD student",
            "preferred label, in Chinese": "博士研究生",
            "definition, in English": "One who studies for a PhD.",
            "definition, in Chinese": "攻读博士学位者。",
        }
    ],
    "claims": [
        {
            "short name": "memorandum",
            "class": "creation claim",
            "evidence": "A memorandum of understanding (MoU) was concluded in May 2022 ... "
            "The World Academy of Sciences (TWAS) in Italy",
            "factuality": "achieved",
            "subject": MEMORANDUM,
            "role": "signatory",
            "agent": "ANSO; Chinese Academy of Sciences; UNESCO",
            "time": "2022-05",
        },
        {
            "class": "quantity",
            "evidence": "Each year it will fund 40 PhD students",
            "factuality": "planned",
            "subject": "PhD students whom the scholarship funds",
            "counted kind": "PhD student",
            "quantity": "40",
            "time": "every year",
        },
        {
            "short name": "founding",
            "class": "creation claim",
            "evidence": "ANSO, which was inaugurated in Nov. 2018",
            "factuality": "achieved",
            "subject": "ANSO",
            "role": "founder",
            "agent": "Chinese Academy of Sciences; TWAS",
            "time": "2018-11",
            "context": "Both CAS and TWAS are founding members of ANSO",
        },
    ],
}


def collection(parent: Path) -> Path:
    """Return a new collection with a document beside it."""
    folder = new_collection(parent / "mine", "Ours", "https://example.org/ours/", "ours").folder
    shutil.copy(TEXT, parent / "scholarship.txt")
    return folder


def fill(path: Path, rows: Rows) -> None:
    """Write rows below the example of each sheet of a workbook."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    for title, filled in rows.items():
        sheet = book[title]
        heads = [cell.value for cell in sheet[1]]
        for number, row in enumerate(filled, 4):
            for column, text in row.items():
                sheet.cell(number, heads.index(column) + 1).value = text
    book.save(path)
