"""`bri-kg conflicts [THING]`: where sources disagree, agree or merely look alike, with both sides' passages.

The work is done in `bri_kg.answers.comparisons`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from bri_kg.answers.tabular import candidate_rows, comparison_rows
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import emit_rows, talk
from bri_kg.errors import UsageError

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
        help="pairs of claims that look alike and that no comparison holds yet",
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
    if args.candidates:
        rows = candidate_rows(kg.candidates(args.thing, lang=args.lang))
    else:
        nature = kg.nature(args.nature).value if args.nature else None
        rows = comparison_rows(kg.conflicts(args.thing, nature=nature, lang=args.lang), nature)
    if not rows.rows:
        talk(args, "nothing is left to compare" if args.candidates else "no comparison is about it")
    return emit_rows(rows, args)
