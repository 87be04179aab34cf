"""What verbs share on the command line: a parser that raises our errors, common options, types of values."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from bri_kg.errors import UsageError
from bri_kg.names import ENGINES


class Parser(argparse.ArgumentParser):
    """A parser whose errors are ours, and which takes no abbreviation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # What is short for one option today is short for two tomorrow.
        super().__init__(*args, **{**kwargs, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print as our own error."""
        raise UsageError(
            code="BRI100", message=message, fix=f"`{self.prog} --help` shows what can be given"
        )


def common_options() -> Parser:
    """Return a parser to inherit from, with the options of every verb."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "-g",
        "--graph",
        metavar="DIR",
        type=not_empty,
        help="another graph/ folder; an ontology/ or queries/ beside it is used too",
    )
    common.add_argument(
        "--store",
        metavar="PATH",
        type=not_empty,
        help="a store on disk or an RDF file, read in place of the graph; of load, the store to make",
    )
    common.add_argument(
        "-l", "--lang", choices=("en", "zh"), help="language of labels and messages (default en)"
    )
    common.add_argument(
        "-f",
        "--format",
        metavar="FORMAT",
        type=not_empty,
        help="table csv tsv json xml md, or ttl nt nq trig jsonld rdfxml",
    )
    common.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=not_empty,
        help="write data to a file; an ending such as .csv, .ttl or .nq.gz tells the format",
    )
    common.add_argument(
        "--base",
        metavar="IRI",
        type=not_empty,
        help="what relative IRIs in RDF files are relative to",
    )
    common.add_argument(
        "--input-format",
        metavar="FORMAT",
        type=not_empty,
        help="what RDF files are written in, where neither text nor ending tells: "
        "ttl nt nq trig jsonld rdfxml",
    )
    common.add_argument("-q", "--quiet", action="store_true", help="no talk on stderr")
    common.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="print the trace of a bug; of infer, every contradiction; of validate, the engine",
    )
    common.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        help="stop after N rows or triples, and say on stderr when there are more",
    )
    common.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=seconds,
        help="stop after so many seconds (exit code 3)",
    )
    return common


def not_empty(text: str) -> str:
    """Return the text. Raises ArgumentTypeError where there is none."""
    # An empty value is a variable of a script that was never set; it must not mean the default.
    if not text.strip():
        raise argparse.ArgumentTypeError("the value is empty")
    return text


def positive(text: str) -> int:
    """Return the whole number. Raises ArgumentTypeError for any other text, and for 0."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def seconds(text: str) -> float:
    """Return the number. Raises ArgumentTypeError where it is none, or not above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return number


def add_engine(parser: argparse.ArgumentParser, reference: str) -> None:
    """Let a verb take `--engine`; `reference` says what serves as the reference."""
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        help=f"embedded (default), or reference: {reference}",
    )


def parts_of(
    verb: argparse.ArgumentParser, *options: Parser
) -> Callable[[str, str], argparse.ArgumentParser]:
    """Return what adds a part, with these and the common options, to a verb that has parts."""
    group = verb.add_subparsers(dest="part", metavar="PART", required=True, parser_class=Parser)
    verb.set_defaults(sources=None)
    parents = [common_options(), *options]
    return lambda name, summary: group.add_parser(
        name, help=summary, description=summary, parents=parents
    )


def sources_option() -> Parser:
    """Return a parser to inherit from, with the folder of texts."""
    option = Parser(add_help=False)
    option.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        default=argparse.SUPPRESS,
        help="the folder of texts; or set BRI_KG_SOURCES",
    )
    return option
