"""An RDF file streamed into a store on disk. Nothing here asks a store anything: `bri_kg.stores.loading` does."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from bri_kg.progress import Progress
from bri_kg.rdf.bounds import MB
from bri_kg.rdf.input_streams import RdfInput, opened
from bri_kg.rdf.parsing import in_our_words, parse_opened
from bri_kg.stores.literals import Changes

_LINE_BY_LINE: Final = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)


def bulk_load(
    store: ox.Store,
    source: RdfInput,
    *,
    show: bool,
    changes: Changes | None = None,
) -> None:
    """Stream an input into a store on disk, with progress on a terminal where `show` says so.

    `changes` counts the literals that the store will write otherwise.
    """
    total = source.size / MB if source.size else None
    with (
        Progress(f"load {Path(source.name).name}", total, show=show) as progress,
        opened(source, lambda done: progress.reached(done / MB)) as found,
    ):
        if found.syntax in _LINE_BY_LINE:
            # The engine reads these itself, which is quicker than quad by quad.
            if changes:
                found.stream.watch(changes)
            with in_our_words(found, source):
                store.bulk_load(input=cast("IO[bytes]", found.stream), format=found.syntax)
            return
        quads = parse_opened(found, source, rename=True)
        store.bulk_extend(changes.counted(quads) if changes else quads)
