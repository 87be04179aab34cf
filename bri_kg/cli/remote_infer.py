"""`bri-kg infer --store URL`: what follows inside a store at an address, printed, or added to its data there."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Iterator
from itertools import islice
from typing import IO, Final

import pyoxigraph as ox

from bri_kg.cli.given_options import given_of, reading_of, wanted
from bri_kg.cli.infer_talk import (
    ontology_of,
    tell_contradictions,
    tell_imports,
    tell_unsupported,
)
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit, emit_stream
from bri_kg.cli.remote_load import graph_of
from bri_kg.cli.talking import talk
from bri_kg.dataset.infer_files import require_covered
from bri_kg.dataset.resources import find
from bri_kg.dataset.store_closure import NotFollowed
from bri_kg.dataset.store_inference import Asked, InStore, inferring
from bri_kg.errors import UsageError
from bri_kg.names import is_reference, shorten
from bri_kg.plain import visible
from bri_kg.progress import Progress
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.sorted_lines import sorted_lines
from bri_kg.stores.load_updates import Target
from bri_kg.stores.remote import RemoteStore  # httpx is an extra

_AS_LINES: Final = ("nt", "nq")


def run_there(args: Namespace) -> int:
    """Print what follows in the store, or add it there; 1 when its data contradict themselves, else 0."""
    if is_reference(args.engine):
        raise UsageError(
            code="BRI759",
            message="owlrl infers nothing inside a store",
            fix="leave out --engine reference",
        )
    if threading.current_thread() is threading.main_thread():
        for sent in (signal.SIGINT, signal.SIGTERM):  # our graphs in the store are to go first
            signal.signal(sent, signal.default_int_handler)
    chosen = choose_format(args, GRAPH_FORMATS, "nt")
    store = RemoteStore(args.store, given_of(args))
    asked = Asked(
        Target(graph_of(args), store.kind),
        ontology_of(args),
        find(args.graph, alone=args.alone),
        reading_of(args),
        args.skip_imports,
        args.facts,
    )

    def left(names: str) -> None:
        talk(args, f"warning: graphs of ours could not be dropped; their names begin with {names}")

    def swept(old: int, others: int) -> None:
        if old:
            talk(args, f"removed the graphs that {old} unfinished runs had left")
        if others:
            talk(args, "another run is at work there, or has left its graphs")

    with (
        Progress("infer in the store", None, "rounds", show=wanted(args)) as progress,
        inferring(store, asked, reached=progress.reached, left=left, swept=swept) as found,
    ):
        tell_imports(found.imports, args)
        if args.strict:
            require_covered(found.closure.unsupported)
        tell_unsupported(found.closure.unsupported, args)
        for item in found.closure.not_followed:
            talk(args, f"warning[BRI762]: {visible(_said(item))}")
        if args.write:
            number = found.write()
            talk(args, f"added {number} triples to {asked.target.graph or store.place}")
        else:
            _print(found, chosen, args)
    closure = found.closure
    tell_contradictions(closure.contradictions, args.lang, in_full=args.verbose)
    if closure.is_cut:
        talk(args, "more triples may break axioms than were looked at: 1,000 a rule")
    return 1 if closure.contradictions else 0


def _print(found: InStore, chosen: str, args: Namespace) -> None:
    lines: Iterator[str] = islice(sorted_lines(found.triples()), args.limit)
    if chosen in _AS_LINES:

        def write(out: IO[bytes]) -> None:
            for line in lines:
                out.write(line.encode())

        emit_stream(write, args)
    else:
        quads = ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES)
        emit(write_graph(quads, chosen), args)
    if args.limit is not None and found.count > args.limit:
        talk(args, f"cut after {args.limit} triples; there are more (--limit)")


def _said(item: NotFollowed) -> str:
    name = shorten(item.property[1:-1])
    return {
        "literals": f"{item.rule} was not followed to its end for {name}, which has literals as values",
        "written": f"{item.rule}: values of {name} are written in several ways, and the store takes them for several",
        "many": "too many values to be compared here: the store compares them as they are written",
        "words": f"{item.rule} is not followed inside a store, and axioms speak of {name}",
    }[item.why]
