"""A workbook held against everything: its cells, the text of its source, shapes, checks, facts and closure.

All that is wrong is told at once, each thing at its cell, in the words of the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Final

import pyoxigraph as ox

from bri_kg.checking.laid_over import findings_about
from bri_kg.checking.workbook_desk import Desk, desk_of
from bri_kg.checking.workbook_words import in_words, mend, rows_called, said_besides
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.names import source_iri
from bri_kg.plain import Plain
from bri_kg.rdf.parsing import read_rdf
from bri_kg.texts.originals import SourceFile, described_text
from bri_kg.texts.workbook.cell_messages import ALIKE
from bri_kg.texts.workbook.filled_rows import CellFinding, Entry, read_workbook
from bri_kg.texts.workbook.making import Made, make
from bri_kg.texts.workbook.quoting import Text
from bri_kg.texts.workbook.sheet_layout import KIND
from bri_kg.texts.workbook.source_places import Places, source_named
from bri_kg.texts.workbook.tables_of_text import file_of_sheet

_CLASS_COLUMN: Final = "C"
_LANGUAGE: Final = "SELECT ?language WHERE { ?source dcterms:language ?language }"


@dataclass(frozen=True)
class CellFault(Plain):
    """One thing that is wrong, with every cell where it is."""

    sheet: str
    cells: tuple[str, ...]
    stands: str
    finding: Finding


@dataclass(frozen=True)
class Checked(Plain):
    """What was found in a workbook: how many rows are ready, what became of quotations, and what is wrong.

    `files` are those of the sheets, by title.
    """

    also_plain: ClassVar[tuple[str, ...]] = ("is_ready",)

    workbook: str
    source: str
    claims: int
    ready: int
    things: int
    concepts: int
    quotations: Mapping[str, int]
    problems: tuple[CellFault, ...]
    files: Mapping[str, str]
    made: Made = field(repr=False, compare=False)

    @property
    def is_ready(self) -> bool:
        """Whether nothing of severity error was found, so that the workbook can be imported."""
        return not any(told.finding.severity == "error" for told in self.problems)

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain data, without the triples."""
        return {
            "workbook": self.workbook,
            "source": self.source,
            "claims": self.claims,
            "ready": self.ready,
            "new_things": self.things,
            "new_concepts": self.concepts,
            "quotations": dict(self.quotations),
            "is_ready": self.is_ready,
            "problems": [
                {
                    "sheet": told.sheet,
                    "cells": list(told.cells),
                    "text": told.stands,
                    "severity": told.finding.severity,
                    "code": told.finding.code,
                    "message": told.finding.message,
                    "fix": told.finding.fix,
                }
                for told in self.problems
            ],
        }


def check_workbook(
    resources: Resources, path: Path, places: Places, lang: str, *, show: bool = False
) -> Checked:
    """Return all that is wrong in a workbook; what its source had in the graph before does not count.

    `show` lets a line on stderr say how far it is.

    Raise InputError for what is no workbook, UsageError where its source is not described.
    """
    resources = resources.leaving_out(places.claims)
    held = _imported(places)
    desk = desk_of(resources)
    source = source_named(places, desk.sources, resources)
    book = read_workbook(path, desk.sheets, lang)
    text, unfit = text_of(places, source, desk)
    made = make(book, desk.known, text, lang, show=show)
    at = int(lang == "zh")
    found = [one for one in made.problems if not _was_left_as_it_is(one, held)]
    if not book.entries["claims"]:
        title = desk.sheets["claims"].title[at]
        empty = Finding(
            "workbook", "BRI949", "error", f"the sheet “{title}” has no row that is filled in",
            "fill in a row below the example; leave the first column of it empty",
        )  # fmt: skip
        found.append(CellFinding(title, "A4", "", empty))
    if unfit:
        found.append(CellFinding(desk.sheets["claims"].title[at], "A1", "", unfit))
    quads = made.quads()
    if quads:
        texts = places.texts if text.words is not None else None
        unread = {(one.sheet, one.cell) for one in found if one.finding.severity == "error"}
        about = findings_about(resources, quads, lang, texts, show=show)
        placed = [one for finding in about for one in _at_its_cells(finding, made, desk, lang)]
        found += [one for one in placed if not _follows(one, unread)]
    wrong = {row for one in found if one.finding.severity == "error" for row in _rows(one)}
    titles = {key: sheet.title[at] for key, sheet in desk.sheets.items()}
    ready = [e for e in book.entries["claims"] if (titles["claims"], e.row) not in wrong]
    return Checked(
        workbook=str(path),
        source=source.slug,
        claims=len(book.entries["claims"]),
        ready=len(ready),
        things=len(book.entries["things"]),
        concepts=len(book.entries["concepts"]),
        quotations={verdict.value: number for verdict, number in made.quotations.items()},
        problems=tuple(_folded(found)),
        files={title: str(file_of_sheet(path, key)) for key, title in titles.items()},
        made=made,
    )


def _imported(places: Places) -> frozenset[str]:
    """Return what the last import described."""
    quads = read_rdf(places.claims) if places.claims.is_file() else ()
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _was_left_as_it_is(one: CellFinding, held: frozenset[str]) -> bool:
    """Return whether a name is spelt nearly as another's, and was imported so after that had been told."""
    return one.finding.code == ALIKE and one.finding.focus in held


def text_of(places: Places, source: SourceFile, desk: Desk) -> tuple[Text, Finding | None]:
    """Return the text of a source, without words where they are not at hand, and what is wrong with its file."""
    language = _language(desk, source)
    try:
        return Text(source.slug, language, described_text(places.texts, source)), None
    except InputError as error:
        unfit = Finding("workbook", error.code, "error", error.message, error.fix)
        return Text(source.slug, language, None), unfit


def _language(desk: Desk, source: SourceFile) -> str:
    node = ox.NamedNode(source_iri(source.slug))
    rows = desk.store.select(_LANGUAGE, {"source": node})
    return next((str(row.value("language")) for row in rows), "en")


def _at_its_cells(finding: Finding, made: Made, desk: Desk, lang: str) -> Iterator[CellFinding]:
    """Yield a finding at its cell, and one about two rows at both, with their numbers."""
    one = _at_its_cell(finding, made, desk, lang)
    rows = [made.rows[n] for n in (finding.focus, finding.value) if n in made.rows]
    numbers = sorted({entry.row for entry in rows})
    is_pair = len({entry.sheet.key for entry in rows}) == 1 and len(numbers) == 2
    if finding.stage != "claims" or not is_pair:
        yield one
        return
    is_chinese = lang == "zh"
    pair = rows_called(rows[0].sheet, numbers, lang)
    told = replace(one.finding, message=one.finding.message + pair)
    for entry in rows:
        title = entry.sheet.title[is_chinese]
        yield CellFinding(title, entry.place(KIND), entry[KIND], told)


def _at_its_cell(finding: Finding, made: Made, desk: Desk, lang: str) -> CellFinding:
    at = int(lang == "zh")
    entry, key = _cell(finding, made)
    more, fix = said_besides(finding, made, desk, lang)
    told = replace(
        finding,
        message=in_words(finding.message, made, desk, lang) + more,
        fix=fix or mend(finding.fix, entry, key, desk, lang),
    )
    if entry is None:
        return CellFinding(desk.sheets["claims"].title[at], "", "", told)
    return CellFinding(entry.sheet.title[at], entry.place(key), entry[key], told)


def _follows(one: CellFinding, unread: set[tuple[str, str]]) -> bool:
    """Return whether a finding is about what is missing only because a cell of the row could not be read."""
    if one.finding.stage != "shapes":
        return False
    if one.cell and re.sub(r"[0-9]", "", one.cell) != _CLASS_COLUMN:
        return (one.sheet, one.cell) in unread
    row = re.sub(r"[^0-9]", "", one.cell)
    return any(sheet == one.sheet and re.sub(r"[^0-9]", "", cell) == row for sheet, cell in unread)


def _cell(finding: Finding, made: Made) -> tuple[Entry | None, str]:
    """Return the row and the column that a finding is about: its property, else where its value stands."""
    for focus in (finding.focus, finding.value):
        if focus in made.rows:
            entry = made.rows[str(focus)]
            lacks = made.empty(str(focus), finding.path) if finding.path else None
            if lacks and finding.value is None:
                return lacks
            if finding.path and (part := made.part(str(focus), finding.path)):
                return part
            return entry, _column_of(finding.value, str(focus), made) or KIND
    for node in (finding.focus, finding.value):
        for quad in made.naming(node) if node else ():
            subject = _name_of(quad.subject)
            return made.part(subject, quad.predicate.value) or (made.rows[subject], KIND)
    return None, KIND


def _column_of(value: str | None, subject: str, made: Made) -> str | None:
    for quad in made.triples.get(subject, ()) if value else ():
        if _name_of(quad.object) == value and (part := made.part(subject, quad.predicate.value)):
            return part[1]
    return None


def _name_of(term: object) -> str:
    return str(getattr(term, "value", ""))


def _order(one: CellFinding) -> tuple[str, int, int, str]:
    column, row = re.sub(r"[0-9]", "", one.cell), re.sub(r"[^0-9]", "", one.cell)
    return one.sheet, int(row or 0), len(column), column


def _rows(one: CellFinding) -> Iterator[tuple[str, int]]:
    digits = re.sub(r"\D", "", one.cell)
    if digits:
        yield one.sheet, int(digits)


def _folded(found: list[CellFinding]) -> Iterator[CellFault]:
    """Yield each thing that is wrong once, with all its cells, in the order of rows and columns."""
    cells: dict[tuple[str, Finding], list[CellFinding]] = {}
    for one in sorted(found, key=_order):
        same = replace(one.finding, focus=None, path=None, value=None, file=None, line=None)
        cells.setdefault((one.sheet, same), []).append(one)
    for (sheet, finding), ones in cells.items():
        places = dict.fromkeys(one.cell for one in ones if one.cell)
        yield CellFault(sheet, tuple(places), ones[0].stands if len(places) == 1 else "", finding)
