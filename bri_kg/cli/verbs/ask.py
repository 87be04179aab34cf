"""`bri-kg ask QUESTION`: the rows of a stored question, each with its passage.

The work is done in `bri_kg.dataset.questions`.
"""

from __future__ import annotations

import shlex
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bri_kg.cli.arguments import add_engine, add_sources
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import choose_format, emit, emit_rows
from bri_kg.cli.store_warnings import warn_of_store
from bri_kg.cli.talking import talk
from bri_kg.dataset.questions import answered, as_sent, find_question, once_each
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
    # Taken so that they can be refused with the names of the parameters.
    parser.add_argument("values", nargs="*", help=SUPPRESS)
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
    if args.values:
        raise _without_names(kg.release.index(), args.question, args.values)
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


def _without_names(index: Mapping[str, Any], name: str, given: Sequence[str]) -> UsageError:
    """Return the error for values that stand behind a question without the parameters that they are for."""
    if name not in index:
        words = " ".join([name, *given])
        return UsageError(
            code="BRI110",
            message=f"there is no question {words!r}",
            fix=f"`bri-kg search {words}` looks for words",
        )
    names = [parameter.name for parameter in find_question(index, name).params]
    value = " ".join(given)
    pair = shlex.quote(value if "=" in value or len(names) != 1 else f"{names[0]}={value}")
    if not names:
        fix = f"`bri-kg ask {name}` asks it"
    elif "=" in pair:
        fix = f"name the parameter: `bri-kg ask {name} --param {pair}`"
    else:
        fix = f"name the parameter, one of {', '.join(names)}: `bri-kg ask {name} --param NAME={pair}`"
    return UsageError(
        code="BRI160",
        message=f"{value!r} stands without --param",
        why=None if names else f"{name} has no parameters",
        fix=fix,
    )


def parse_params(given: list[str]) -> dict[str, str]:
    """Return `name=value` arguments as a mapping. Raises UsageError for any other form."""
    return once_each(map(_pair, given))


def _pair(argument: str) -> tuple[str, str]:
    name, equals, value = argument.partition("=")
    if not equals or not name:
        raise UsageError(
            code="BRI114",
            message=f"--param {argument!r} is not of the form name=value",
            fix="write --param partner=bri-org:cas",
        )
    return name, value
