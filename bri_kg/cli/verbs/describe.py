"""`bri-kg describe THING`: what the graph says of one thing, as a graph, or as JSON for people who know no RDF."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

import pyoxigraph as ox

from bri_kg.answers.descriptions import around
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit, emit_graph, talk
from bri_kg.knowledge import KnowledgeGraph


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument("thing", metavar="THING", help="an IRI, a prefixed name, or an exact name")


def run(args: Namespace) -> int:
    """Print the triples of the default graph in which the thing is subject or object, or its JSON-LD frame."""
    kg = open_for(args, once=True)
    node = kg.resolve(args.thing)
    if choose_format(args, GRAPH_FORMATS, "ttl") == "jsonld":
        return _frame(kg, node, args)
    return emit_graph(around(kg.store, node), args, "ttl")


def _frame(kg: KnowledgeGraph, node: ox.NamedNode, args: Namespace) -> int:
    """Print the thing with its names, facts, claims and passages as a tree; see `bri_kg.publishing.jsonld.frames`."""
    from bri_kg.publishing.jsonld import describe, frame_document, read_context

    context = read_context(kg.resources)
    found = describe(kg.store, node, context)
    there_are = len(found.all_triples)
    emit(frame_document(found.up_to(args.limit), context), args)
    if args.limit is not None and there_are > args.limit:
        talk(args, f"cut after {args.limit} triples; there are more (--limit)")
        return 3
    return 0
