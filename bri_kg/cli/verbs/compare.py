"""`bri-kg compare [FILE…]`: the embedded engines beside rdflib, pySHACL and owlrl, for whoever doubts them.

The work is done in `bri_kg.checking.compare_engines`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.given_options import wanted
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import emit_rows, wants_all
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError

if TYPE_CHECKING:
    from bri_kg.checking.compare_engines import EngineComparison

EXAMPLES: Final = (
    ("one query over the graph", "bri-kg compare -e 'SELECT ?c { ?c a bri:Country }'"),
    ("reports and closure of your data", "bri-kg compare data.ttl --shapes shapes.ttl"),
    ("every question, the report and the closure; takes minutes", "bri-kg compare"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="RDF files to compare on (default: the graph, its questions, shapes and ontology)",
    )
    parser.add_argument(
        "--shapes",
        metavar="SHAPES",
        action="append",
        type=not_empty,
        help="compare the SHACL reports too, with the shapes of this file (bri for ours); may be repeated",
    )
    parser.add_argument(
        "--ontology",
        metavar="ONTO",
        action="append",
        default=[],
        type=not_empty,
        help="an RDF file with axioms for the closure; may be repeated",
    )
    parser.add_argument(
        "-e",
        "--expression",
        metavar="TEXT",
        type=not_empty,
        help="compare the answers to this query too; without FILE, to this query alone, over the graph",
    )


def run(args: Namespace) -> int:
    """Print what each engine gave where they differ (`-v`: everywhere); 0 when all is the same by value, else 1."""
    comparison = _files(args) if args.files else _graph(args)
    shown = comparison if wants_all(args) else comparison.differing
    if shown.parts:
        emit_rows(shown.rows(), args)
    talk(args, comparison.verdict)
    return 0 if comparison.same else 1


def _graph(args: Namespace) -> EngineComparison:
    if args.shapes or args.ontology:
        raise UsageError(
            code="BRI136",
            message="--shapes or --ontology is given, but no data",
            fix="name the files with the data; the graph is compared with its own shapes and ontology",
        )
    kg = open_for(args)
    if args.expression is None:
        return kg.compare(show=wanted(args))
    from bri_kg.checking.compare_engines import EngineComparison, compare_query

    return EngineComparison(
        (compare_query(args.expression, (kg.guarded, kg.answering("reference"))),)
    )


def _files(args: Namespace) -> EngineComparison:
    from bri_kg.checking.compare_engines import compare_data
    from bri_kg.checking.shapes_alone import laid_under, shape_files
    from bri_kg.shacl import read_quads, read_shapes

    resources, shapes = find(args.graph), args.shapes or ()
    return compare_data(
        read_quads([*args.files, *laid_under(shapes, resources)]),
        shapes=read_shapes(shape_files(shapes, resources)) if shapes else (),
        ontology=read_quads(args.ontology),
        query=args.expression,
        show=wanted(args),
    )
