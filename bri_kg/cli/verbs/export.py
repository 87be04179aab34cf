"""`bri-kg export`: the graph, or a part of it, for another tool.

The work is done in `bri_kg.dataset.release`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit_graph, emit_stream
from bri_kg.cli.talking import talk
from bri_kg.cli.what_is_lost import holds_claims, say_what_is_lost, say_who_asks
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.names import written_prefixes
from bri_kg.publishing.parts import BESIDE_IT, OF_DATASET, part_quads
from bri_kg.rdf.graphs import stream_graph
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import parse_labelled
from bri_kg.rdf.rdfxml import refuse_unsayable
from bri_kg.rdf.syntaxes import FORMATS

_PER_TRIPLE = 1000  # bytes; 870 measured, since they are sorted

EXAMPLES: Final = (
    ("everything, as N-Quads", "bri-kg export -o bri-kg.nq.gz"),
    ("plain facts alone, for a triple store", "bri-kg export --part facts -o facts.ttl"),
    ("what a collection adds", "bri-kg export --part collection --graph my-documents -o mine.nq"),
    ("the stored questions, for another engine", "bri-kg export --part questions -o questions.ttl"),
)

WORDS: Final = ("fact", "projected")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "--part",
        choices=(*OF_DATASET, *BESIDE_IT),
        default="all",
        metavar="PART",
        help="asserted, facts or inferred; all (default) is these three; ontology, shapes or questions; "
        "collection: what the last collection adds to what it lies over",
    )


def run(args: Namespace) -> int:
    """Write the asked part in the asked format, N-Quads by default; JSON-LD under the ontology's context."""
    if args.store is not None:
        return _store(args)
    from bri_kg.publishing.jsonld import dataset_document, read_context

    resources = find(args.graph, alone=args.alone)
    quads = list(part_quads(args.part, resources))
    if say_what_is_lost(quads, choose_format(args, GRAPH_FORMATS, "nq"), args):
        say_who_asks(resources, args)
    return emit_graph(
        quads, args, "nq", lambda kept: dataset_document(kept, read_context(resources))
    )


def _store(args: Namespace) -> int:
    if args.part != "all":
        raise UsageError(
            code="BRI263",
            message=f"a store does not tell which of its quads are {args.part}",
            fix="leave out --part, or --store",
        )
    from bri_kg.cli.given_options import given_of, reading_of, wanted
    from bri_kg.rdf.budget import refuse_what_does_not_fit
    from bri_kg.stores.addresses import is_address
    from bri_kg.stores.loading import fits_memory, open_place

    name = choose_format(args, GRAPH_FORMATS, "nq")
    if is_address(args.store):
        from bri_kg.stores.remote import RemoteStore  # httpx is an extra

        quads = list(RemoteStore(args.store, given_of(args)).quads.everything())
        if holds_claims(say_what_is_lost(quads, name, args)):
            say_who_asks(find(args.graph, alone=args.alone), args)
        return emit_graph(quads, args, name)
    reading = reading_of(args)
    if args.store == "-" or Path(args.store).is_file():
        source = rdf_input(args.store, reading)
        if fits_memory(source):
            # Never through a store, which would write some literals otherwise.
            refuse_what_does_not_fit([source], _PER_TRIPLE)
            quads = list(parse_labelled(source, StableLabels()))
            if holds_claims(say_what_is_lost(quads, name, args)):
                say_who_asks(find(args.graph, alone=args.alone), args)
            return emit_graph(quads, args, name)
    store = open_place(args.store, reading=reading, show=wanted(args)).oxigraph
    graph = None if FORMATS[name].supports_datasets else ox.DefaultGraph()
    lost = list(store.named_graphs()) if graph else []
    if lost:
        talk(
            args,
            f"left out, since {name} has no named graphs: {len(lost)} graphs; nq and trig keep them",
        )
    if holds_claims(lost):
        say_who_asks(find(args.graph, alone=args.alone), args)
    if args.limit is not None:
        return emit_graph(store, args, name)

    # Sorting would need memory for every quad; a store on disk has an order of its own.
    def stored() -> Iterator[ox.Quad]:
        return store.quads_for_pattern(None, None, None, graph)

    if name == "rdfxml":
        refuse_unsayable(stored())
    emit_stream(lambda out: stream_graph(stored(), name, out, written_prefixes()), args)
    return 0
