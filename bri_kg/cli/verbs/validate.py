"""`bri-kg validate [FILE…]`: every stage of validation over the graph, or over files laid on it.

`bri-kg validate DATA… --shapes SHAPES`: SHACL alone, for any graph. `--store` names a store to look at where it is.

The work is done in `bri_kg.checking.validation`; with `--shapes` in `bri_kg.checking.shapes_alone` and `bri_kg.shacl`;
with `--batch` in `bri_kg.corpus.validating`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bri_kg.cli.arguments import add_engine, not_empty, positive
from bri_kg.cli.given_options import reading_of, refuse_work_alone, wanted
from bri_kg.cli.messages.speaking import in_language_of, said
from bri_kg.cli.opened_store import files_beside_store, opened_for
from bri_kg.cli.output import choose_format, emit
from bri_kg.cli.store_warnings import warn_of_store
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError, UsageError
from bri_kg.findings import Finding, as_json, as_text
from bri_kg.plain import visible
from bri_kg.rdf.graphs import write_graph

if TYPE_CHECKING:
    from bri_kg.checking.shapes_alone import ShapesReport
    from bri_kg.checking.validation import Report

_FORMATS = ("table", "json", "ttl", "nt", "jsonld")
_OF_PARTS: Final = ("table", "json")
# Where a file of a part could not be read.
_READING: Final = "reading"

EXAMPLES: Final = (
    ("the graph in every stage", "bri-kg validate"),
    ("a file of yours, laid over the graph", "bri-kg validate mine.ttl"),
    ("any data against any shapes", "bri-kg validate data.ttl --shapes shapes.ttl"),
    ("data against our shapes", "bri-kg validate mine.ttl --shapes bri"),
    (
        "what a store holds, without fetching it",
        "bri-kg validate --store http://localhost:7878 --shapes shapes.ttl",
    ),
    (
        "a graph of many sources in parts, and next time only what changed",
        "bri-kg validate --batch 50 --work my-work",
    ),
)

WORDS: Final = ("claim", "factuality")


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
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        help="the folder of texts, to hold claims against their words; or set BRI_KG_SOURCES",
    )
    add_engine(parser, "pySHACL validates, owlrl infers")
    parser.add_argument(
        "--batch",
        metavar="N",
        type=positive,
        help="validate in parts of N sources each, in bounded memory; no stage hides what another finds",
    )
    parser.add_argument(
        "--work",
        metavar="DIR",
        type=not_empty,
        help="with --batch: keep there what is done, so that the next run does only what changed, or is left",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="with --shapes: exit 2 where something that the shapes ask for was not evaluated",
    )


def run(args: Namespace) -> int:
    """Print the findings; 0 when none is an error (with `--shapes`: when there is none), else 1."""
    chosen = choose_format(args, _FORMATS, "table")
    if args.store is not None and args.files:
        raise files_beside_store()
    if args.batch:
        _refuse_beside_batch(args, chosen)
    refuse_work_alone(args)
    if args.shapes:
        return _shapes_alone(args, chosen)
    report = _report(args)
    emit(_written(report.findings, report.shacl, chosen, args), args, for_people=chosen == "table")
    talk(args, _verdict(report, _left_out(report, args)))
    return 0 if report.conforms else 1


def _report(args: Namespace) -> Report:
    if args.batch:
        return _in_parts(args)
    return _of_files(args) if args.store is None else _in_store(args)


def _refuse_beside_batch(args: Namespace, chosen: str) -> None:
    others: dict[str, object] = {
        "FILE": args.files,
        "--store": args.store,
        "--shapes": args.shapes,
        "--sources": args.sources,
        "--engine": args.engine == "reference",
        "--format": chosen not in _OF_PARTS,
    }
    given = ", ".join(name for name, is_given in others.items() if is_given)
    if given:
        raise UsageError(
            "BRI525",
            f"--batch does not go with {given}",
            why="parts of a graph are validated by the embedded engines, without texts, as a table or as JSON",
            fix="leave --batch out, or the others",
        )


def _of_files(args: Namespace) -> Report:
    # All that builds a graph, which SHACL alone spares.
    from bri_kg.checking.validation import validate
    from bri_kg.cli.which_graph import say_which_graph
    from bri_kg.texts.originals import texts_at_hand

    files, resources = [Path(file) for file in args.files], find(args.graph, alone=args.alone)
    say_which_graph(args, resources)
    return validate(
        resources,
        files,
        args.lang,
        reading_of(args),
        engine=args.engine,
        sources=texts_at_hand(args.sources),
    )


def _in_parts(args: Namespace) -> Report:
    from bri_kg.cli.which_graph import say_which_graph
    from bri_kg.corpus.validating import validate_in_parts

    resources = find(args.graph, alone=args.alone)
    say_which_graph(args, resources)
    work = Path(args.work) if args.work else None
    return validate_in_parts(resources, args.batch, args.lang, work)


def _in_store(args: Namespace) -> Report:
    from bri_kg.checking.store_validation import validate_store

    store = opened_for(args)
    warn_of_store(args, store)
    return validate_store(
        find(args.graph, alone=args.alone), store, args.lang, engine=args.engine, show=wanted(args)
    )


def _shapes_alone(args: Namespace, chosen: str) -> int:
    report = _report_alone(args)
    for triple in report.imports:
        said = f"{triple.subject} imports {triple.object}, which is not among the files"
        talk(args, visible(f"warning: {said}: it is not followed"))
    if args.verbose:
        why = f": {report.refused}" if report.refused else ""
        talk(args, visible(f"validated by {report.engine}{why}"))
    for notice in report.notices:
        talk(args, visible(f"warning: {notice}"))
    if args.strict and report.left_out:
        raise InputError(
            code="BRI256",
            message="not everything that the shapes ask for was evaluated",
            why="; ".join(map(str, report.left_out)),
            fix="mend or take away what is named, or leave --strict out",
        )
    emit(_written(report.findings, report.shacl, chosen, args), args, for_people=chosen == "table")
    found = len(report.findings)
    talk(args, "conforms" if report.conforms else f"does not conform: {found} results")
    return 0 if report.conforms else 1


def _report_alone(args: Namespace) -> ShapesReport:
    from bri_kg.checking.shapes_alone import validate_alone, validate_store_alone

    resources, reading = find(args.graph, alone=args.alone), reading_of(args)
    if args.store is None:
        return validate_alone(
            resources, args.files, args.shapes, args.lang, reading, engine=args.engine
        )
    return validate_store_alone(
        resources, opened_for(args), args.shapes, args.lang, reading,
        engine=args.engine, show=wanted(args),
    )  # fmt: skip


def _written(
    findings: Sequence[Finding], triples: Sequence[ox.Quad], chosen: str, args: Namespace
) -> str | bytes:
    if chosen == "table":
        return as_text(said(findings, args.lang), in_language_of(args))
    if chosen == "json":
        return as_json(said(findings, args.lang))
    return write_graph(triples, chosen)


def _left_out(report: Report, args: Namespace) -> str:
    if args.store is not None:
        return f"; not run in a store: {', '.join(report.not_run)}"
    if args.batch:
        return f"; not run in parts: {', '.join(report.not_run)}"
    if "words" in report.stages:
        return ""
    return "; claims were not held against the words of their passages (--sources)"


def _verdict(report: Report, left_out: str) -> str:
    if report.conforms:
        warnings = f", with {len(report.findings)} warnings" if report.findings else ""
        return f"valid: {', '.join(report.stages)} passed{warnings}{left_out}"
    not_run = f"; not run: {', '.join(report.not_run)}" if report.not_run else ""
    having = {finding.stage for finding in report.errors}
    failed = [stage for stage in (_READING, *report.stages) if stage in having]
    if len(failed) == 1:
        return f"{len(report.errors)} errors in the stage {failed[0]!r}{not_run}"
    return f"{len(report.errors)} errors in the stages {', '.join(failed)}{not_run}"
