"""`bri-kg infer DATA… --ontology ONTO`: what follows by OWL 2 RL, for any graph and ontology.

Imports are followed as `bri-kg check` does: among the files, and by the catalogues beside them.

The work is done in `bri_kg.dataset.infer_files` and `bri_kg.reasoner`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.arguments import add_engine
from bri_kg.cli.given_options import reading_of, refuse_options_without_address
from bri_kg.cli.infer_talk import (
    ontology_of,
    tell_contradictions,
    tell_imports,
    tell_unsupported,
)
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit
from bri_kg.cli.talking import talk
from bri_kg.dataset.infer_files import infer_over, require_covered
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.names import is_reference
from bri_kg.rdf.given_data import quads_of
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.labels import StableLabels
from bri_kg.reasoner import Inferred
from bri_kg.stores.addresses import is_address

_OF_ADDRESSES: Final = ("default_graph", "write", "facts")

EXAMPLES: Final = (
    (
        "what follows from data and an ontology of yours",
        "bri-kg infer data.ttl --ontology onto.ttl",
    ),
    ("from data and our ontology, as Turtle", "bri-kg infer mine.ttl -o inferred.ttl"),
    ("inside a store, of what it holds", "bri-kg infer --store http://localhost:3030/bri"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "data",
        metavar="DATA",
        nargs="*",
        help="RDF files, or - for standard input; none with --store",
    )
    parser.add_argument(
        "--ontology",
        metavar="ONTO",
        action="append",
        help="an RDF file with axioms; may be repeated (default: the ontology of bri-kg)",
    )
    parser.add_argument(
        "--no-ontology",
        action="store_true",
        help="use no ontology but the axioms that DATA holds",
    )
    parser.add_argument(
        "--skip-imports",
        action="store_true",
        help="go on without the imported ontologies that are not on this machine",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse (exit code 2) when an axiom has a form that no rule covers",
    )
    parser.add_argument(
        "--default-graph",
        metavar="IRI",
        help="with an address: the graph that holds the data, in place of the default graph",
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="with an address: add what follows to the data there, and print nothing",
    )
    parser.add_argument(
        "--facts",
        action="store_true",
        help="with an address: first make facts of its claims, as a release does",
    )
    add_engine(parser, "owlrl")


def run(args: Namespace) -> int:
    """Print the inferred triples; 1 when the graph contradicts itself, else 0."""
    _refuse_what_does_not_fit(args)
    if args.store is not None and is_address(args.store):
        from bri_kg.cli.remote_infer import run_there

        return run_there(args)
    chosen = choose_format(args, GRAPH_FORMATS, "nt")
    if args.strict and is_reference(args.engine):
        raise UsageError(
            code="BRI135",
            message="--strict is given, and owlrl does not say which axioms no rule covers",
            fix="leave out one of --strict and --engine reference",
        )
    inference = infer_over(
        args.data if args.store is None else _of_store(args),
        ontology_of(args),
        find(args.graph, alone=args.alone),
        reading_of(args),
        engine=args.engine,
        skip_imports=args.skip_imports,
    )
    tell_imports(inference.imports, args)
    if args.strict:
        require_covered(inference.unsupported)
    tell_unsupported(inference.unsupported, args)
    emit(_written(inference.inferred, chosen, args.limit), args)
    tell_contradictions(inference.contradictions, args.lang, in_full=args.verbose)
    if args.limit is not None and len(inference.inferred) > args.limit:
        talk(args, f"cut after {args.limit} triples; there are more (--limit)")
    return 1 if inference.contradictions else 0


def _refuse_what_does_not_fit(args: Namespace) -> None:
    refuse_options_without_address(args, _OF_ADDRESSES)
    if args.store is not None and args.data:
        raise UsageError(
            code="BRI757",
            message="files and --store are given together",
            why="what follows is told of the one or of the other",
            fix="leave out one of them; files with axioms are named by --ontology",
        )
    if args.store is None and not args.data:
        raise UsageError(
            code="BRI758",
            message="neither files nor a store are given",
            fix="name RDF files, or a store with --store",
        )


def _of_store(args: Namespace) -> Iterable[ox.Quad]:
    """Return the default graph of a store on disk, or what an RDF file holds."""
    from bri_kg.stores.disk import open_store

    place = Path(args.store)
    if place.is_file():
        return quads_of(args.store, StableLabels(), reading_of(args))
    return open_store(place).quads_for_pattern(None, None, None, ox.DefaultGraph())


def _written(inferred: Inferred, chosen: str, limit: int | None) -> str | bytes:
    if chosen in ("nt", "nq"):  # one and the same without named graphs
        return "".join(islice(inferred.n_triples(), limit))
    triples = islice(inferred, limit)
    return write_graph((ox.Quad(t.subject, t.predicate, t.object) for t in triples), chosen)
