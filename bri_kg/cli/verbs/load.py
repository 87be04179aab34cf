"""`bri-kg load FILE… --store DIR`: RDF files of any size into an Oxigraph store on disk.

The work is done in `bri_kg.stores.disk` and `bri_kg.stores.bulk_loading`.
"""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.given_options import reading_of, wanted
from bri_kg.cli.talking import talk
from bri_kg.errors import UsageError
from bri_kg.plain import visible
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.parsing import no_triples
from bri_kg.rdf.reading import Reading
from bri_kg.stores.addresses import checked, is_address
from bri_kg.stores.bulk_loading import bulk_load
from bri_kg.stores.disk import make
from bri_kg.stores.literals import Changes

EXAMPLES: Final = (
    ("make a store on disk", "bri-kg load data.ttl --store my.store"),
    ("ask it", "bri-kg query -e 'SELECT * { ?s ?p ?o } LIMIT 3' --store my.store"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.usage = "bri-kg load [-h] [--replace] FILE [FILE ...] --store DIR"
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="RDF files, plain or .gz, or - for standard input",
    )
    parser.add_argument(
        "--replace", action="store_true", help="drop what the store holds instead of adding to it"
    )


def run(args: Namespace) -> int:
    """Load the files, or none of them: the store takes its place when all have been read."""
    if args.store is None:
        raise UsageError(
            code="BRI265",
            message="no store is named",
            fix="add --store DIR, a folder that does not exist yet or a store to add to",
        )
    if is_address(args.store):
        checked(args.store)
        raise UsageError(
            code="BRI721",
            message="load makes a store on disk, and --store is an address",
            fix="name a folder; or send what `bri-kg export` writes to the store with its own tools",
        )
    reading = reading_of(args)
    # load prints no graph, so that its --format too is that of what is read.
    reading = Reading(reading.base, reading.format or args.format).checked()
    sources = [rdf_input(file, reading, streams=True) for file in args.files]
    if threading.current_thread() is threading.main_thread():
        # The engine calls back to read, so that an interrupt can clean up on its way out.
        signal.signal(signal.SIGINT, signal.default_int_handler)

    changes = Changes()

    def fill(store: ox.Store) -> None:
        for source in sources:
            bulk_load(store, source, show=wanted(args), changes=changes)
        if not changes.any:
            raise no_triples([source.name for source in sources])

    began = time.monotonic()
    made = make(Path(args.store), fill, replace=args.replace)
    seconds = max(time.monotonic() - began, 1e-9)
    if made.swept:
        talk(args, f"removed what {made.swept} unfinished loads of this store had left")
    added = made.now if args.replace else made.now - made.before
    talk(args, f"loaded {added} quads in {seconds:.1f} s ({added / seconds:.0f} quads/s)")
    if changes.count:
        talk(
            args,
            f"the store writes {changes.count} of the literals read otherwise, such as "
            f"{visible(str(changes.example))}; see the section Literals of docs/departures.md",
        )
    if made.before and not args.replace:
        talk(args, f"the store held {made.before} quads before and holds {made.now} now")
    return 0
