"""The workbook of a source made again from what the collection holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.checking.workbook_checks import text_of
from bri_kg.checking.workbook_desk import desk_of
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError, UsageError
from bri_kg.rdf.parsing import read_rdf
from bri_kg.texts.workbook.known import Known
from bri_kg.texts.workbook.making import make
from bri_kg.texts.workbook.remaking import as_workbook, remake
from bri_kg.texts.workbook.source_places import Places, source_named
from bri_kg.texts.workbook.writing import write_workbook


@dataclass(frozen=True)
class Again:
    """What was written: the files, how many rows each sheet has, and the triples that no row can say."""

    files: tuple[Path, ...]
    rows: dict[str, int]
    beyond: tuple[ox.Quad, ...]


def write_again(resources: Resources, places: Places, lang: str, *, replace: bool) -> Again:
    """Write the workbook of a source from its file of claims; importing it changes nothing.

    Raise UsageError where there is a workbook and it is not to be replaced, or where the collection describes
    no such source; InputError where its text is not at hand.
    """
    refuse_existing(places, replace=replace)
    desk = desk_of(resources.leaving_out(places.claims))
    source = source_named(places, desk.sources, resources)
    text, unfit = text_of(places, source, desk)
    quads = list(read_rdf(places.claims)) if places.claims.is_file() else []
    if text.words is None and quads:
        raise InputError(
            "BRI965",
            f"the text of {places.name!r} is not at hand, so that its passages have no words",
            why=unfit.message if unfit else None,
            fix="put its file into the folder texts of the collection, as it was when the source was described",
        )
    rows = remake(quads, desk.sheets, desk.known, text, lang)
    made = make(as_workbook(rows, desk.sheets, places.workbook), Known(desk.store), text, lang)
    files = write_workbook(places, desk.sheets, desk.known, lang, rows)
    beyond = sorted(set(quads) - set(made.quads()), key=str)
    return Again(files, {key: len(found) for key, found in rows.items()}, tuple(beyond))


def refuse_existing(places: Places, *, replace: bool) -> None:
    """Raise UsageError where a source has a workbook that is not to be replaced."""
    there = next((path for path in (places.workbook, places.tables) if path.exists()), None)
    if there and not replace:
        raise UsageError(
            "BRI966",
            f"{str(there)!r} is there already, and is not written over",
            why="rows that were not imported stand nowhere else",
            fix="move it away, or add --replace where it may go",
        )
