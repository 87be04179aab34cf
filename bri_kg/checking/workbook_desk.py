"""What a workbook is filled in from: the sheets, the names that are known, and the described sources."""

from __future__ import annotations

from dataclasses import dataclass

from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import Resources
from bri_kg.rdf.parsing import read_rdf
from bri_kg.stores.memory import Store
from bri_kg.texts.originals import SourceFile
from bri_kg.texts.source_files import source_files
from bri_kg.texts.workbook.fields import Sheet, sheets
from bri_kg.texts.workbook.known import Known


@dataclass(frozen=True)
class Desk:
    """What a workbook is filled in from: the sheets, who and what is known, and the described sources."""

    sheets: dict[str, Sheet]
    known: Known
    sources: dict[str, SourceFile]
    store: Store


def desk_of(resources: Resources) -> Desk:
    """Return what the layers give to a workbook."""
    asserted = assert_all(resources)
    store = Store(asserted)
    with_shapes = Store(asserted)
    for path in resources.shape_files():
        with_shapes.add(read_rdf(path))
    return Desk(sheets(with_shapes), Known(store), source_files(store), store)
