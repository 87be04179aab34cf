"""`bri-kg load --store URL`: what the command line says, asks and shows of a load into a store at an address."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.given_options import given_of, wanted
from bri_kg.cli.talking import talk, tell
from bri_kg.dataset.release import PARTS, open_release
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.names import IN_STORES
from bri_kg.progress import Progress
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import no_triples, parse_labelled
from bri_kg.rdf.reading import Reading
from bri_kg.stores.parts_loading import PartsLoader
from bri_kg.stores.release_parts import read_release
from bri_kg.stores.remote import RemoteStore  # httpx is an extra
from bri_kg.stores.remote_loading import Loader, Note, Plan
from bri_kg.stores.staging import Load

_PER_TRIPLE: Final = 2000  # bytes; what is loaded is held whole, and sorted
_SHOWN: Final = 12  # characters of a digest


def run_there(args: Namespace, reading: Reading) -> int:
    """Load the release or the files into the store at an address, or take out what is loaded there."""
    store = RemoteStore(args.store, given_of(args))
    if any(Path(name).is_dir() for name in args.files):
        return _bring_parts(args, store)
    loader = Loader(store, graph_of(args))
    if args.unload:
        return _unload(args, loader)
    load = _of_files(args, reading) if args.files else _of_release(args)
    if args.default_graph in load.graphs:
        raise _no_graph(args.default_graph, "what is loaded has a graph of this name")
    plan = loader.plan(load)
    if args.dry_run:
        for line in (*_parts(args), *_told(plan, store.place)):
            tell(args, line)
        return 0
    if plan.is_done and not args.replace:
        talk(args, f"{store.place} holds {load.label} already, and nothing is done")
        return 0
    began = time.monotonic()
    total = len(load.pieces)
    with Progress("load into the store", total, "pieces", show=wanted(args)) as progress:
        manner = loader.run(plan, replace=args.replace, reached=progress.reached)
    seconds = max(time.monotonic() - began, 1e-9)
    number = len(load.quads)
    talk(args, f"loaded {number} quads in {seconds:.1f} s ({number / seconds:.0f} quads/s)")
    if plan.note is not None:
        talk(args, f"it took the place of {_named(plan.note)}")
    if plan.target.graph is not None and not manner.is_union:
        talk(
            args,
            f"queries find the part of the default graph only where they name {plan.target.graph}",
        )
    return 0


def _bring_parts(args: Namespace, store: RemoteStore) -> int:
    if len(args.files) > 1 or args.replace or args.unload:
        raise UsageError(
            code="BRI767",
            message="the folder of a release goes into a store at an address alone, without --replace and --unload",
            why="it comes in part by part, and what is there beside it could not be told from it",
            fix="load into a fresh dataset, and name the folder only",
        )
    loader = PartsLoader(store, graph_of(args))
    plan = loader.plan(read_release(Path(args.files[0])))
    total, missing = len(plan.release.parts), len(plan.missing)
    if args.dry_run:
        tell(args, f"{missing} of {total} parts of the release are to be brought to {store.place}")
        return 0
    if not missing:
        talk(args, f"{store.place} holds all {total} parts already, and nothing is done")
        return 0
    began = time.monotonic()
    with Progress("load into the store", total, "parts", show=wanted(args)) as progress:
        number = loader.run(plan, progress.reached)
    seconds = max(time.monotonic() - began, 1e-9)
    if missing < total:
        talk(args, f"{total - missing} of {total} parts were there before")
    talk(args, f"loaded {number} quads in {seconds:.1f} s ({number / seconds:.0f} quads/s)")
    return 0


def _unload(args: Namespace, loader: Loader) -> int:
    if args.files or args.default_graph is not None:
        raise UsageError(
            code="BRI755",
            message="--unload takes no files and no --default-graph",
            why="the store notes what was loaded, and where",
            fix="leave them out",
        )
    if args.dry_run:
        note = loader.note()
        tell(args, "nothing is loaded there" if note is None else f"{_named(note)} would go")
        return 0
    note = loader.unload(replace=args.replace)
    if note is None:
        talk(args, "removed what an unfinished load had left")
    else:
        talk(args, f"took out {_named(note)}")
    return 0


def graph_of(args: Namespace) -> str | None:
    """Return the IRI that --default-graph names. Raise UsageError where it is none."""
    name: str | None = args.default_graph
    if name is None:
        return None
    try:
        graph = ox.NamedNode(name)
    except ValueError as error:
        raise _no_graph(name, str(error)) from None
    if graph.value.startswith(IN_STORES):
        raise _no_graph(name, "graphs of this name hold what load notes for itself")
    return graph.value


def _no_graph(name: str, why: str) -> UsageError:
    return UsageError(
        code="BRI756",
        message=f"{name!r} names no graph that can be loaded into",
        why=why,
        fix="write a whole IRI, as https://example.org/bri",
    )


def _of_release(args: Namespace) -> Load:
    from bri_kg import __version__

    return Load.of(
        open_release(find(args.graph, alone=args.alone)).quads(), f"bri-kg {__version__}"
    )


def _of_files(args: Namespace, reading: Reading) -> Load:
    sources = [rdf_input(file, reading) for file in args.files]
    refuse_what_does_not_fit(sources, _PER_TRIPLE)
    labels = StableLabels()
    quads = [quad for source in sources for quad in parse_labelled(source, labels)]
    if not quads:
        raise no_triples([source.name for source in sources])
    return Load.of(quads, ", ".join(Path(source.name).name for source in sources))


def _parts(args: Namespace) -> Iterator[str]:
    """Yield what the parts of the release hold."""
    if args.files:
        return
    release = open_release(find(args.graph, alone=args.alone))
    held = json.loads((release.folder / "manifest.json").read_text(encoding="utf-8"))["quads"]
    for part in PARTS:
        yield f"the part {part} has {held[part]} quads"


def _told(plan: Plan, place: str) -> Iterator[str]:
    """Yield what a load would do, a line each."""
    load, graph = plan.load, plan.target.graph
    yield f"what comes is {load.label}, {len(load.quads)} quads, SHA-256 {load.digest[:_SHOWN]}"
    if graph is None:
        yield f"to the default graph of {place}: {load.default} triples"
    else:
        yield f"to the graph {graph} of {place}: {load.default} triples"
    if load.graphs:
        yield f"to {len(load.graphs)} graphs of their own names: {len(load.quads) - load.default} quads"
    yield f"they arrive in {len(load.pieces)} pieces, and take their places in one request"
    if plan.is_done:
        yield "the store holds this already, so that nothing would be done"
    elif plan.note is not None:
        yield f"{_named(plan.note)} would go"
    if plan.foreign:
        yield (
            f"{plan.foreign} triples of others stand in the place of the default graph's part: refused without "
            "--replace, which drops them"
        )
    if plan.in_the_way:
        yield (
            f"{len(plan.in_the_way)} graphs of these names hold quads of others: refused without --replace, which "
            "drops them"
        )
    yield f"{plan.other_graphs} other graphs stay as they are"


def _named(note: Note) -> str:
    return f"{note.label} (SHA-256 {note.digest[:_SHOWN]})"
