"""`bri-kg ask QUESTION`: the rows of a stored question, each with its passage.

The work is done in `bri_kg.dataset.questions`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from bri_kg.cli.arguments import add_engine, add_sources
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import choose_format, emit, emit_rows
from bri_kg.cli.store_warnings import warn_of_store
from bri_kg.cli.talking import talk
from bri_kg.dataset.questions import answered, as_sent, find_question
from bri_kg.errors import UsageError
from bri_kg.rdf.row_formats import ROW_FORMATS
from bri_kg.rdf.rows import Rows

EXAMPLES: Final = (
    ("who founded the alliance, in which role and when", "bri-kg ask founders"),
    ("who founded the alliance together with the Academy", "bri-kg ask cofounders"),
    (
        "the same of another founder, in Chinese",
        "bri-kg ask cofounders --param partner=UNESCO -l zh",
    ),
    ("for a spreadsheet", "bri-kg ask cofounders -o cofounders.csv"),
    ("the query behind it, for any engine", "bri-kg ask cofounders --show"),
)

WORDS: Final = ("passage",)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "question", metavar="QUESTION", help="the name of a question; `bri-kg questions` lists them"
    )
    parser.add_argument(
        "--param",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set a parameter; may be repeated",
    )
    parser.add_argument(
        "--show", action="store_true", help="print the SPARQL query instead of answering it"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="show all of an answer that stands in groups, and not six screens of it",
    )
    add_sources(parser)
    add_engine(parser, "rdflib")


def run(args: Namespace) -> int:
    """Answer the question, or with `--show` print the query as it can be sent anywhere."""
    kg = open_for(args, once=True)
    kg.require_dataset()
    question = find_question(kg.release.index(), args.question)
    params = parse_params(args.param)
    if args.show:
        query = as_sent(question, kg.bind(question, params, args.lang))
        emit(query if query.endswith("\n") else query + "\n", args, for_people=True)
        return 0
    values = kg.bind(question, params, args.lang)
    rows = answered(question, kg.answering(args.engine), values, args.limit)
    warn_of_store(args, kg.guarded, question.name)

    def show(shown: Rows) -> list[str]:
        from bri_kg.cli.show.answer_pages import answer_page  # of use to people only

        return answer_page(args, kg, question, values, shown)

    code = emit_rows(rows, args, show)
    if not rows.rows and choose_format(args, ROW_FORMATS, "table") != "table":
        talk(args, "0 rows")  # for people the page says why
    return code


def parse_params(given: list[str]) -> dict[str, str]:
    """Return `name=value` arguments as a mapping. Raises UsageError for any other form."""
    params: dict[str, str] = {}
    for argument in given:
        name, equals, value = argument.partition("=")
        if not equals or not name:
            raise UsageError(
                code="BRI114",
                message=f"--param {argument!r} is not of the form name=value",
                fix="write --param partner=bri-org:cas",
            )
        if name in params:
            raise UsageError(
                code="BRI115", message=f"parameter {name!r} is given twice", fix="give it once"
            )
        params[name] = value
    return params
