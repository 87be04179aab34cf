"""`bri-kg source list|new|workbook|suggest|check|import|undo|add|sentences|skeleton`: texts, and what new ones need.

The work is done in `bri_kg.texts.sources`; the parts for workbooks are in `bri_kg.cli.workbook_parts`
and `bri_kg.cli.suggestion_parts`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli import suggestion_parts, workbook_parts
from bri_kg.cli.arguments import not_empty, parts_of, sources_option
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit, emit_rows
from bri_kg.cli.talking import talk
from bri_kg.cli.texts_found import texts_named
from bri_kg.dataset.assembly import assert_all
from bri_kg.dataset.resources import find
from bri_kg.names import passage_iri
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.rows import Rows
from bri_kg.stores.memory import Store
from bri_kg.texts import coverage, skeletons, sources
from bri_kg.texts.originals import sources_folder
from bri_kg.texts.source_files import source_files

_LIST = (("the sources", "bri-kg source list"),)
_ADD = (("begin with a text of yours", 'bri-kg source add notes.txt --slug notes --title "Notes"'),)
_SENTENCES = (("what is left to read", "bri-kg source sentences cas-decade"),)
_SKELETON = (("a claim to fill in", "bri-kg source skeleton CreationClaim --slug cas-decade"),)
EXAMPLES: Final = (*_LIST, *_ADD, *_SKELETON)

WORDS: Final = ("claim", "passage")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser which parts the verb has, and what each takes."""
    part = parts_of(parser, sources_option())
    with part("list", "list the described texts, their claims and passages", *_LIST):
        pass
    workbook_parts.add_parts(part)
    suggestion_parts.add_parts(part)
    with part("add", "print the Turtle that describes a text as a source", *_ADD) as add:
        add.add_argument("file", metavar="FILE", help="the text, in UTF-8")
        add.add_argument("--slug", metavar="SLUG", required=True, help="its name in every IRI")
        add.add_argument("--title", metavar="TITLE", help="the title that it prints")
    with part("sentences", "list the sentences that no passage touches", *_SENTENCES) as sentences:
        sentences.add_argument("source", metavar="SOURCE", help="the slug of a source")
    summary = "print a claim with what the shapes of its class ask for"
    with part("skeleton", summary, *_SKELETON) as skeleton:
        skeleton.add_argument("cls", metavar="CLASS", help="a class of claims: CreationClaim")
        skeleton.add_argument(
            "--slug", metavar="SOURCE", type=not_empty, help="the slug of the source"
        )


def run(args: Namespace) -> int:
    """Run the named part of the verb on the asserted graph, which need not be valid yet."""
    of_workbooks = {
        "new": workbook_parts.new,
        "suggest": suggestion_parts.suggest,
        "workbook": workbook_parts.again,
        "check": workbook_parts.check,
        "import": workbook_parts.take,
        "undo": workbook_parts.undo,
    }
    if args.part in of_workbooks:
        return of_workbooks[args.part](args)
    store = Store(assert_all(find(args.graph, alone=args.alone)))
    parts = {"add": _add, "list": _list, "sentences": _sentences, "skeleton": _skeleton}
    return parts[args.part](args, store)


def _list(args: Namespace, store: Store) -> int:
    return emit_rows(sources.listed(store, args.lang), args)


def _add(args: Namespace, store: Store) -> int:
    choose_format(args, GRAPH_FORMATS[:1], "ttl")
    slug = find(args.graph, alone=args.alone).top.slug(args.slug)
    emit(sources.describe(Path(args.file), slug, args.title, source_files(store)), args)
    talk(args, "append it to graph/sources.ttl, without a second base and prefixes")
    return 0


def _sentences(args: Namespace, store: Store) -> int:
    source = sources.named_source(source_files(store), args.source)
    text = sources.text_of(source, sources_folder(texts_named(args)))
    spans = list(coverage.untouched(text, coverage.passages_of(store, source.slug)))
    rows = [
        (
            ox.NamedNode(passage_iri(source.slug, begin, end)),
            ox.Literal(end - begin),
            ox.Literal(text[begin:end]),
        )
        for begin, end in spans
    ]
    emit_rows(Rows(("passage", "characters", "words"), tuple(rows)), args)
    total = sum(1 for _ in coverage.sentences(text))
    talk(args, f"{len(spans)} of {total} sentences lie in no passage")
    return 1 if spans else 0


def _skeleton(args: Namespace, store: Store) -> int:
    choose_format(args, GRAPH_FORMATS[:1], "ttl")
    for path in find(args.graph, alone=args.alone).shape_files():
        store.add(read_rdf(path))
    cls = skeletons.claim_class(store, args.cls)
    slug = sources.checked_slug(args.slug) if args.slug else "SOURCE"
    slug = find(args.graph, alone=args.alone).top.slug(slug)
    emit(skeletons.write(cls, skeletons.lines_for(store, cls, slug), slug), args)
    return 0
