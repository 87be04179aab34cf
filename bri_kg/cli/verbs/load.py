"""`bri-kg load`: RDF files of any size into a store on disk, or the release or files into a store at an address.

The work is done in `bri_kg.stores`: `disk` and `bulk_loading`, and `remote_loading`.
"""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.given_options import reading_of, refuse_options_without_address, wanted
from bri_kg.cli.talking import talk
from bri_kg.errors import UsageError
from bri_kg.plain import visible
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.parsing import no_triples
from bri_kg.rdf.reading import Reading
from bri_kg.stores.addresses import is_address
from bri_kg.stores.bulk_loading import bulk_load
from bri_kg.stores.disk import make
from bri_kg.stores.literals import Changes
from bri_kg.stores.release_parts import read_release

EXAMPLES: Final = (
    ("make a store on disk", "bri-kg load data.ttl --store my.store"),
    ("ask it", "bri-kg query -e 'SELECT * { ?s ?p ?o } LIMIT 3' --store my.store"),
    ("bring in a release of many parts", "bri-kg load my-release --store my.store"),
    ("see what a load would do", "bri-kg load --store http://localhost:3030/bri --dry-run"),
)
_OF_ADDRESSES: Final = ("dry_run", "default_graph", "unload")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.usage = (
        "bri-kg load [-h] [--replace] FILE [FILE ...] --store DIR\n"
        "       bri-kg load [-h] [--dry-run] [--default-graph IRI] [--replace]\n"
        "                   [--unload] [FILE ...] --store URL"
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="RDF files, plain or .gz, or - for standard input; or the folder of a release; none for our release, "
        "into a store at an address",
    )
    parser.add_argument(
        "--replace", action="store_true", help="drop what the store holds instead of adding to it"
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="with an address: say what would be done, and write nothing",
    )
    parser.add_argument(
        "--default-graph",
        metavar="IRI",
        help="with an address: the graph that takes the default graph's part",
    )
    parser.add_argument(
        "--unload", action="store_true", help="with an address: take out what load has put there"
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
        from bri_kg.cli.remote_load import run_there

        return run_there(args, _reading(args))
    _refuse_without_address(args)
    sources = [rdf_input(file, _reading(args), streams=True) for file in _files(args.files)]
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


def _files(given: list[str]) -> Iterator[str]:
    """Yield the files, those of a release in place of its folder."""
    for name in given:
        if not Path(name).is_dir():
            yield name
            continue
        for part in read_release(Path(name)).parts:
            part.refuse_changed()
            yield str(part.path)


def _reading(args: Namespace) -> Reading:
    reading = reading_of(args)
    # load prints no graph, so that its --format too is that of what is read.
    return Reading(reading.base, reading.format or args.format).checked()


def _refuse_without_address(args: Namespace) -> None:
    refuse_options_without_address(args, _OF_ADDRESSES)
    if not args.files:
        raise UsageError(
            code="BRI721",
            message="no file is named",
            why="without files the release is loaded, and only into a store at an address",
            fix="name RDF files; or write the release with `bri-kg export -o FILE`, and load that",
        )
