"""`bri-kg query FILE|-` or `query -e TEXT`: a read-only SPARQL 1.1 query of one's own.

The work is done in `bri_kg.sparql` and `bri_kg.stores.memory`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from bri_kg import sparql
from bri_kg.cli.arguments import add_engine
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import choose_format, emit, emit_graph, emit_rows
from bri_kg.cli.store_warnings import warn_of_store
from bri_kg.cli.talking import talk
from bri_kg.errors import InputError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.row_formats import ROW_FORMATS, write_boolean
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.text_files import read_text

_DESCRIPTION = """run a read-only SPARQL 1.1 query of your own

docs/sparql.md shows the model in one picture, with recipes and traps. FROM and
FROM NAMED choose among the graphs that are there; SERVICE, LOAD and updates are
refused. Where answers depart from SPARQL 1.1: docs/departures.md"""
EXAMPLES: Final = (
    ("our prefixes need not be declared", "bri-kg query -e 'SELECT ?c { ?c a bri:Country }'"),
    ("a query in a file, over a file of yours", "bri-kg query query.rq --store data.ttl"),
    ("a graph", "bri-kg query -e 'DESCRIBE bri-org:twas' -o twas.ttl"),
)

WORDS: Final = ("fact", "live", "projected")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="a file with the query, or - for standard input"
    )
    parser.description = _DESCRIPTION
    parser.add_argument("-e", "--expression", metavar="TEXT", help="the query itself")
    add_engine(parser, "rdflib")


def run(args: Namespace) -> int:
    """Evaluate the query; rows for SELECT, yes or no for ASK, a graph for CONSTRUCT and DESCRIBE."""
    text, name = _query_text(args)
    sparql.refuse_unfit(text, file=name)
    graph = open_for(args)
    found = graph.query(text, limit=args.limit, file=name, engine=args.engine)
    warn_of_store(args, graph.guarded)
    if isinstance(found, Rows):
        emit_rows(found, args)
        return 0 if found.rows else _explain_nothing(graph, text, args, "0 rows")
    if isinstance(found, bool):
        chosen = choose_format(args, ROW_FORMATS, "table")
        emit(write_boolean(found, chosen), args, for_people=chosen in {"table", "md"})
        return 0 if found else _explain_nothing(graph, text, args, None)
    emit_graph(found.quads(), args, "ttl", is_cut=found.truncated)
    return 0 if len(found) else _explain_nothing(graph, text, args, "0 triples")


def _explain_nothing(graph: KnowledgeGraph, text: str, args: Namespace, count: str | None) -> int:
    """Say on standard error that nothing was found, and which terms the data does not know."""
    if not args.quiet:
        unknown = [term.sentence() for term in graph.unknown_terms(text)]
        for line in ([count] if count else []) + unknown:
            talk(args, line)
    return 0


def _query_text(args: Namespace) -> tuple[str, str | None]:
    if args.expression is not None and args.file is not None:
        raise UsageError(
            code="BRI116",
            message="a query is given twice, as a file and with -e",
            fix="give one of them",
        )
    if args.expression is not None:
        return _not_empty(args.expression), None
    if args.file is None:
        raise UsageError(
            code="BRI117",
            message="no query is given",
            fix="name a file, - for standard input, or use -e TEXT",
        )
    if "{" in args.file:
        raise UsageError(
            code="BRI138",
            message="a query stands where a file is wanted",
            fix="write -e before the query",
        )
    if args.file != "-":
        return read_text(args.file, "a SPARQL query"), str(args.file)
    try:
        return _not_empty(sys.stdin.buffer.read().decode("utf-8-sig")), "<stdin>"
    except UnicodeDecodeError as error:
        raise InputError(
            code="BRI213",
            message=f"byte {error.start} of standard input is not UTF-8 text",
            fix="send a query as UTF-8",
        ) from None


def _not_empty(text: str) -> str:
    if not text.strip():
        raise InputError(
            code="BRI214",
            message="the query is empty",
            fix="write a query such as SELECT * WHERE { ?s ?p ?o } LIMIT 10",
        )
    return text
