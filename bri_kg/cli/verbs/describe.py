"""`bri-kg describe THING`: what the graph says of one thing, for people; or as a graph, or as plain JSON.

The work is done in `bri_kg.answers.descriptions` and `bri_kg.publishing.jsonld.frames`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bri_kg.answers.descriptions import around
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit, emit_graph, emit_lines
from bri_kg.cli.show.pages import page_for
from bri_kg.cli.show.terminal import PEOPLE, texts_to_show
from bri_kg.cli.talking import talk
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES

if TYPE_CHECKING:
    from bri_kg.publishing.jsonld import Context

_TYPE = PREFIXES["rdf"] + "type"

EXAMPLES: Final = (
    ("by an alias, in Chinese", "bri-kg describe TWAS -l zh"),
    ("by its prefixed name, as Turtle", "bri-kg describe bri-org:anso -f ttl"),
    ("as JSON-LD, for a web page", "bri-kg describe ANSO -o anso.jsonld"),
)

WORDS: Final = ("fact", "factuality", "leaves open")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument("thing", metavar="THING", help="an IRI, a prefixed name, or an exact name")
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        help="the folder of texts, to check digests and show the words; or set BRI_KG_SOURCES",
    )
    parser.add_argument("--all", action="store_true", help="show all, and not three screens of it")


def run(args: Namespace) -> int:
    """Say what is known of the thing; or print its triples in the default graph, or its JSON-LD frame."""
    form = choose_format(args, (*GRAPH_FORMATS, "json", PEOPLE), PEOPLE)
    if form in ("json", PEOPLE):
        return _show(args, form)
    kg = open_for(args, once=True)
    node = kg.resolve(args.thing)
    quads = around(kg.guarded.quads, node)
    if choose_format(args, GRAPH_FORMATS, "ttl") == "jsonld":
        from bri_kg.publishing.jsonld import read_context

        context = read_context(kg.resources)
        # A frame leaves out what has no key in our context, which in a store of the user's may be all.
        keys = {*context.properties, *context.reverse, _TYPE}
        if not kg.is_given or all(quad.predicate.value in keys for quad in quads):
            return _frame(kg, node, context, args)
    return emit_graph(quads, args, "ttl")


def _show(args: Namespace, form: str) -> int:
    """Print the description for people, or as plain JSON."""
    described = open_for(args).describe(args.thing, lang=args.lang, texts=texts_to_show(args))
    if form == "json":
        import json

        emit(json.dumps(described.to_dict(), ensure_ascii=False, indent=2) + "\n", args)
        return 0
    from bri_kg.cli.show.described import description_lines

    lines = description_lines(
        page_for(args),
        described,
        everything=args.all,
        limit=args.limit,
        asked=("describe", args.thing),
    )
    emit_lines(lines, args)
    return 0


def _frame(kg: KnowledgeGraph, node: ox.NamedNode, context: Context, args: Namespace) -> int:
    """Print the thing with its names, facts, claims and passages as a tree; see `bri_kg.publishing.jsonld.frames`."""
    from bri_kg.publishing.jsonld import describe, frame_document

    found = describe(kg.guarded.quads, node, context)
    there_are = len(found.all_triples)
    emit(frame_document(found.up_to(args.limit), context), args)
    if args.limit is not None and there_are > args.limit:
        talk(args, f"cut after {args.limit} triples; there are more (--limit)")
    return 0
