"""`bri-kg compare [FILE…]`: the embedded engines beside rdflib, pySHACL and owlrl, for whoever doubts them.

With `--store`: what a store holds and answers, beside the release. The work is done in
`bri_kg.checking.compare_engines` and `bri_kg.checking.store_certificates`.
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
from bri_kg.rdf.rows import Rows

if TYPE_CHECKING:
    from bri_kg.checking.compare_engines import EngineComparison

EXAMPLES: Final = (
    ("one query over the graph", "bri-kg compare -e 'SELECT ?c { ?c a bri:Country }'"),
    ("reports and closure of your data", "bri-kg compare data.ttl --shapes shapes.ttl"),
    ("every question, the report and the closure; takes minutes", "bri-kg compare"),
    ("whether a store holds the release", "bri-kg compare --store http://localhost:7878"),
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
    if args.store is not None:
        return _store(args)
    comparison = _files(args) if args.files else _graph(args)
    shown = comparison if wants_all(args) else comparison.differing
    if shown.parts:
        emit_rows(shown.rows(), args)
    talk(args, comparison.verdict)
    return 0 if comparison.same else 1


def _store(args: Namespace) -> int:
    """Print what a store gave where it differs (`-v`: everywhere); 0 when it is as listed, else 1."""
    if args.files or args.shapes or args.ontology:
        raise UsageError(
            code="BRI760",
            message="files are given, and a store is compared with the release",
            fix="leave out the files, or --store",
        )
    from bri_kg.checking.store_certificates import certify, hold_query

    kg = open_for(args)
    here = kg.release.store()
    if args.expression is not None:
        held = hold_query(args.expression, here, kg.guarded)
        talk(args, held.difference or "the rows are the same by value")
        return 1 if held.difference else 0
    kg.require_dataset()
    stored = tuple(kg.questions.values())
    certificate = certify(here, kg.guarded, stored, show=wanted(args))

    def show(_: Rows) -> list[str]:
        from bri_kg.cli.show.certified import certificate_lines  # of use to people only
        from bri_kg.cli.show.pages import page_for

        return certificate_lines(page_for(args), certificate, everything=args.verbose)

    emit_rows(certificate.rows(everything=args.verbose), args, show)
    talk(args, certificate.verdict)
    return 0 if certificate.holds else 1


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

    resources, shapes = find(args.graph, alone=args.alone), args.shapes or ()
    return compare_data(
        read_quads([*args.files, *laid_under(shapes, resources)]),
        shapes=read_shapes(shape_files(shapes, resources)) if shapes else (),
        ontology=read_quads(args.ontology),
        query=args.expression,
        show=wanted(args),
    )
