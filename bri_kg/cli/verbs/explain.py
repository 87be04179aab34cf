"""`bri-kg explain CLAIM` or `explain SUBJECT PREDICATE OBJECT`: from a fact to the characters that say it.

The work is done in `bri_kg.answers.explanations`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import emit_lines, emit_rows
from bri_kg.cli.show.pages import page_for
from bri_kg.cli.show.terminal import is_for_people, texts_to_show
from bri_kg.cli.talking import talk
from bri_kg.cli.texts_found import texts_named
from bri_kg.rdf.row_formats import ROW_FORMATS
from bri_kg.texts.originals import texts_at_hand

EXAMPLES: Final = (
    ("a fact, by names", "bri-kg explain ANSO isFoundedBy RAS"),
    ("a claim", "bri-kg explain bri-claim:cas-decade-anso-founders"),
)

WORDS: Final = ("claim", "passage", "outranks")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.usage = (
        "bri-kg explain [--sources DIR] [--all] CLAIM\n"
        "       bri-kg explain [--sources DIR] [--all] SUBJECT PREDICATE OBJECT"
    )
    parser.add_argument(
        "fact",
        metavar="CLAIM | SUBJECT PREDICATE OBJECT",
        nargs="+",
        help="one claim; or subject, predicate and object of a fact: IRIs, prefixed names, "
        "exact names or aliases",
    )
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        help="the folder of texts, to check digests and show the words; or set BRI_KG_SOURCES",
    )
    parser.add_argument("--all", action="store_true", help="show all, and not two screens of it")


def run(args: Namespace) -> int:
    """Show the claims behind a fact, or one claim: evidence, context, rivals; else what it follows from."""
    if is_for_people(args, ROW_FORMATS):
        return _show(args)
    from bri_kg.answers.tabular import explanation_rows

    folder = texts_at_hand(texts_named(args))
    explanation = open_for(args).explain(*args.fact, lang=args.lang, texts=folder)
    if folder is None:
        talk(args, "digests are not checked: give --sources DIR to check them against the texts")
    if not explanation.is_known:
        talk(args, "no claim says this, and no rule that explain knows leads to it")
    return emit_rows(explanation_rows(explanation), args)


def _show(args: Namespace) -> int:
    from bri_kg.cli.show.explained import explanation_lines

    found = open_for(args).explain(*args.fact, lang=args.lang, texts=texts_to_show(args))
    lines = explanation_lines(
        page_for(args), found, everything=args.all, limit=args.limit, asked=("explain", *args.fact)
    )
    emit_lines(lines, args)
    return 0
