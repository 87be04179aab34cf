"""`bri-kg load FILE… --store DIR`: RDF files of any size into an Oxigraph store on disk."""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pyoxigraph as ox

from bri_kg.cli.opening import wanted
from bri_kg.cli.output import talk
from bri_kg.errors import UsageError
from bri_kg.rdf.streams import rdf_input
from bri_kg.stores.disk import make
from bri_kg.stores.loading import bulk_load


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="RDF files, plain or .gz, or - for standard input with --format",
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
    if args.files.count("-") > 1:
        raise UsageError(
            code="BRI264",
            message="standard input is given twice",
            fix="give - once",
        )
    sources = [rdf_input(file, args.format if file == "-" else None) for file in args.files]
    if threading.current_thread() is threading.main_thread():
        # The engine calls back to read, so that an interrupt can clean up on its way out.
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def fill(store: ox.Store) -> None:
        for source in sources:
            bulk_load(store, source, show=wanted(args))

    began = time.monotonic()
    made = make(Path(args.store), fill, replace=args.replace)
    seconds = max(time.monotonic() - began, 1e-9)
    if made.swept:
        talk(args, f"removed what {made.swept} unfinished loads of this store had left")
    added = made.now if args.replace else made.now - made.before
    talk(args, f"loaded {added} quads in {seconds:.1f} s ({added / seconds:.0f} quads/s)")
    if made.before and not args.replace:
        talk(args, f"the store held {made.before} quads before and holds {made.now} now")
    return 0
