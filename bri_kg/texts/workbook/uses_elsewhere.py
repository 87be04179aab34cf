"""What other files of a collection use of what an import brought, so that taking it back leaves nothing undescribed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import shorten
from bri_kg.rdf.parsing import read_rdf
from bri_kg.texts.workbook.source_places import Places

_LISTED: Final = 5


def refuse_if_used(resources: Resources, places: Places, then: Iterable[ox.Quad]) -> None:
    """Raise InputError where another file uses what the file of claims describes now, and would not in `then`."""
    if not places.claims.is_file():
        return
    gone = _described(read_rdf(places.claims)) - _described(then)
    uses: dict[str, set[str]] = defaultdict(set)
    for path in resources.top.data_files() if gone else ():
        if path == places.claims:
            continue
        quads = list(read_rdf(path))
        gone -= _described(quads)
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode):
                uses[quad.object.value].add(_called(path, places))
    used = sorted(gone & uses.keys())
    if not used:
        return
    files = sorted({file for iri in used for file in uses[iri]})
    shown = [f"{shorten(iri)} ({', '.join(sorted(uses[iri]))})" for iri in used[:_LISTED]]
    if len(used) > _LISTED:
        shown.append(f"… (+{len(used) - _LISTED})")
    listed = ", ".join(shown)
    raise InputError(
        "BRI968",
        f"what the claims of {places.name!r} describe is used elsewhere, and nothing would describe it any more",
        why=f"used: {listed}",
        fix=f"keep its rows, or first take its uses out of {', '.join(files)}: import their workbooks "
        "without them, or with rows that describe it",
        file=str(places.claims),
        exit_code=1,
    )


def _described(quads: Iterable[ox.Quad]) -> set[str]:
    return {
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode) and "#char=" not in quad.subject.value
    }


def _called(path: Path, places: Places) -> str:
    return (
        path.relative_to(places.folder).as_posix()
        if path.is_relative_to(places.folder)
        else str(path)
    )
