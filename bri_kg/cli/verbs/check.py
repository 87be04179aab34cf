"""`bri-kg check [FILE…]`: the rules of a good ontology, for ours or anybody's.

The work is done in `bri_kg.checking.ontology_checks`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.ontology_checks import CheckReport, check_ontology, check_store
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.given_options import reading_of
from bri_kg.cli.messages.speaking import in_language_of, said
from bri_kg.cli.opened_store import files_beside_store, opened_for
from bri_kg.cli.output import choose_format, emit, emit_rows
from bri_kg.cli.store_warnings import warn_of_store
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import find
from bri_kg.findings import Finding, as_json, as_text
from bri_kg.names import shorten
from bri_kg.rdf.row_formats import ROW_FORMATS
from bri_kg.rdf.rows import Rows

_KINDS = ("error", "warning", "info")
_COLUMNS = ("file", "line", "code", "message", "focus", "value", "fix")

EXAMPLES: Final = (
    ("our ontology", "bri-kg check"),
    ("an ontology of yours", "bri-kg check onto.ttl"),
    ("the ontology that a store holds", "bri-kg check --store http://localhost:7878"),
    ("and what its last release promised", "bri-kg check onto.ttl --previous onto-1.ttl"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="the same as --ontology FILE")
    parser.add_argument(
        "--ontology",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="RDF files of another ontology; imports are looked for among them and in the "
        "catalog-v001.xml beside them, never on the network",
    )
    parser.add_argument(
        "--previous",
        metavar="FILE",
        type=not_empty,
        help="the release before: no term may vanish from it (default: our last one)",
    )
    parser.add_argument(
        "--profile",
        choices=("rl", "dl", "none"),
        help="hold the ontology to OWL 2 RL (which is within DL), to OWL 2 DL, or to neither "
        "(default: rl for ours; for others what DL does not allow is a warning)",
    )


def run(args: Namespace) -> int:
    """Print the findings; 1 when one is an error, else 0."""
    chosen = choose_format(args, ROW_FORMATS, "table")
    files = [Path(file) for file in (*args.files, *(args.ontology or ()))]
    previous = Path(args.previous) if args.previous else None
    report = _report(args, files, previous)
    for iri in report.missing:
        talk(args, f"not looked at: {shorten(iri)} is imported and not among the files")
    findings = said(report.findings, args.lang)
    if chosen == "table":
        emit(as_text(findings, in_language_of(args)), args, for_people=True)
    elif chosen == "json":
        emit(as_json(findings), args)
    else:
        emit_rows(_rows(findings), args)
    talk(args, _verdict(report))
    return 0 if report.conforms else 1


def _report(args: Namespace, files: list[Path], previous: Path | None) -> CheckReport:
    resources, reading = find(args.graph, alone=args.alone), reading_of(args)
    if args.store is None:
        return check_ontology(resources, files, previous, args.lang, reading, profile=args.profile)
    if files:
        raise files_beside_store()
    store = opened_for(args)
    warn_of_store(args, store)
    return check_store(resources, store, previous, args.lang, reading, profile=args.profile)


def _rows(findings: Iterable[Finding]) -> Rows:
    def cell(value: object) -> ox.Literal | None:
        return None if value is None else ox.Literal(str(value))

    return Rows(
        _COLUMNS, tuple(tuple(cell(getattr(f, name)) for name in _COLUMNS) for f in findings)
    )


def _verdict(report: CheckReport) -> str:
    passed, left_out = len(report.passed), len(report.left_out)
    verdict = f"{passed} of {passed + len(report.failed)} checks pass"
    told = Counter(finding.severity for finding in report.findings)
    if told:
        kinds = (f"{told[kind]} of severity {kind}" for kind in _KINDS if told[kind])
        verdict += f"; findings: {', '.join(kinds)}"
    return verdict + (f"; {left_out} rules of bri-kg's own house are left out" if left_out else "")
