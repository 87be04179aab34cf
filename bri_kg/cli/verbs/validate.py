"""`bri-kg validate [FILE…]`: every stage of validation over the graph, or over files laid on it.

`bri-kg validate DATA… --shapes SHAPES`: SHACL alone, for any graph.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import reading_of
from bri_kg.cli.output import choose_format, emit, talk
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError, visible
from bri_kg.findings import Finding, as_json, as_text
from bri_kg.rdf.graphs import write_graph

if TYPE_CHECKING:
    from bri_kg.checking.validation import Report

_FORMATS = ("table", "json", "ttl", "nt", "jsonld")
# The word that `--shapes` takes for the shapes of the graph.
_OUR_SHAPES = "bri"


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="RDF files that refer to the graph; with --shapes, any data, or - for standard input",
    )
    parser.add_argument(
        "--shapes",
        metavar="SHAPES",
        action="append",
        type=not_empty,
        help="SHACL alone: validate the files, and nothing else, against the shapes of this "
        "file (- for standard input, bri for ours, with our ontology laid under the data); may be repeated",
    )


def run(args: Namespace) -> int:
    """Print the findings; 0 when none is an error (with `--shapes`: when there is none), else 1."""
    chosen = choose_format(args, _FORMATS, "table")
    if args.shapes:
        return _shapes_alone(args, chosen)
    from bri_kg.checking.validation import (
        validate,  # all that builds a graph, which SHACL alone spares
    )

    files = [Path(file) for file in args.files]
    report = validate(find(args.graph), files, args.lang, reading_of(args))
    emit(_written(report.findings, report.shacl, chosen), args, for_people=chosen == "table")
    talk(args, _verdict(report))
    return 0 if report.conforms else 1


def _shapes_alone(args: Namespace, chosen: str) -> int:
    from bri_kg.shacl import as_findings, validate_files

    shapes = [file for name in args.shapes for file in _files_of(name, args)]
    if not args.files:
        raise UsageError(
            code="BRI133",
            message="--shapes is given, but no data to validate",
            fix="name the files with the data, or - for standard input",
        )
    report = validate_files([*args.files, *_laid_under(args)], shapes, reading=reading_of(args))
    for triple in report.imports:
        said = f"{triple.subject} imports {triple.object}, which is not among the files"
        talk(args, visible(f"warning: {said}: it is not followed"))
    if args.verbose:
        why = f": {report.refused}" if report.refused else ""
        talk(args, visible(f"validated by {report.engine}{why}"))
    findings = tuple(as_findings(report.results, args.lang))
    emit(_written(findings, report.triples, chosen), args, for_people=chosen == "table")
    talk(args, "conforms" if report.conforms else f"does not conform: {len(findings)} results")
    return 0 if report.conforms else 1


def _laid_under(args: Namespace) -> list[str]:
    """The ontology, where our shapes serve: without it none of them knows which class is above another."""
    if _OUR_SHAPES not in args.shapes:
        return []
    return [str(path) for path in find(args.graph).ontology_files()]


def _files_of(name: str, args: Namespace) -> list[str]:
    if name != _OUR_SHAPES:
        return [name]
    return [str(path) for path in find(args.graph).shape_files()]


def _written(findings: Sequence[Finding], triples: Sequence[ox.Quad], chosen: str) -> str | bytes:
    if chosen == "table":
        return as_text(findings)
    if chosen == "json":
        return as_json(findings)
    return write_graph(triples, chosen)


def _verdict(report: Report) -> str:
    from bri_kg.checking.validation import STAGES

    errors = sum(f.severity == "error" for f in report.findings)
    if report.conforms:
        return f"valid: {', '.join(report.stages)} passed"
    left = [stage for stage in STAGES if stage not in report.stages]
    return f"{errors} errors in the stage {report.stages[-1]!r}" + (
        f"; not run: {', '.join(left)}" if left else ""
    )
