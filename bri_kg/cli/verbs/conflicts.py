"""`bri-kg conflicts [THING]`: where sources disagree, agree or merely look alike, with both sides' passages.

The work is done in `bri_kg.answers.comparisons`.
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
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.row_formats import ROW_FORMATS

EXAMPLES: Final = (
    ("where the sources tell of one thing differently", "bri-kg conflicts CAS"),
    ("only what contradicts", "bri-kg conflicts --nature contradiction"),
    ("look-alikes that nobody has compared", "bri-kg conflicts --candidates"),
)

WORDS: Final = ("comparison", "claim")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "thing",
        metavar="THING",
        nargs="?",
        type=not_empty,
        help="only what concerns it: an IRI, a prefixed name, or an exact name",
    )
    parser.add_argument(
        "--nature",
        metavar="NATURE",
        type=not_empty,
        help="only comparisons of this nature, such as other-time",
    )
    parser.add_argument(
        "--candidates",
        action="store_true",
        help="pairs of claims that no comparison holds yet, the likeliest first",
    )
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        help="the folder of texts, to check digests and show the words; or set BRI_KG_SOURCES",
    )
    parser.add_argument(
        "--all", action="store_true", help="show all, and not six screens or ten candidates"
    )


def run(args: Namespace) -> int:
    """List the comparisons, or with `--candidates` the pairs of claims that nobody has compared yet."""
    if args.candidates and args.nature:
        raise UsageError(
            code="BRI140",
            message="candidates have no nature yet",
            fix="leave out --nature or --candidates",
        )
    kg = open_for(args)
    if is_for_people(args, ROW_FORMATS):
        return _show(kg, args)
    from bri_kg.answers.tabular import candidate_rows, comparison_rows

    if args.candidates:
        rows = candidate_rows(kg.candidates(args.thing, lang=args.lang))
    else:
        nature = kg.nature(args.nature).value if args.nature else None
        rows = comparison_rows(kg.conflicts(args.thing, nature=nature, lang=args.lang), nature)
    if not rows.rows:
        talk(args, "none was found" if args.candidates else "no comparison is about it")
    return emit_rows(rows, args)


def _show(kg: KnowledgeGraph, args: Namespace) -> int:
    from bri_kg.answers.comparisons import looked_up
    from bri_kg.answers.scope import Ground
    from bri_kg.cli.show.compared import comparison_lines, looked_up_lines
    from bri_kg.cli.show.waiting import candidate_lines

    page, texts = page_for(args), texts_to_show(args)
    if args.candidates:
        pairs = kg.candidates(args.thing, lang=args.lang, texts=texts)
        asked_of = (args.thing,) if args.thing else ()
        lines = candidate_lines(page, pairs, everything=args.all, limit=args.limit, asked=asked_of)
    else:
        nature = kg.nature(args.nature).value if args.nature else None
        found = kg.conflicts(args.thing, nature=nature, lang=args.lang, texts=texts)
        asked = next((n for one in found for n in one.natures if n.iri == nature), None)
        head: list[str] = []
        if args.thing:
            ground = Ground(kg.guarded, kg.resources, kg.resolve, lambda: kg.guarded, args.lang)
            head = looked_up_lines(page, looked_up(ground, kg.resolve(args.thing)))
        lines = comparison_lines(
            page,
            found,
            asked,
            everything=args.all,
            limit=args.limit,
            head=head,
            asked=(args.thing,) if args.thing else (),
        )
    emit_lines(lines, args)
    return 0
