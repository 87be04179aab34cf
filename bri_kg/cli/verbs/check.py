"""`bri-kg check [FILE…]`: the rules of a good ontology, for ours or anybody's."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from bri_kg.checking.checks import Check, read_checks, run_check
from bri_kg.checking.locations import located
from bri_kg.checking.ontologies import Ontology, given, packaged
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.output import choose_format, emit, emit_rows, talk
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError
from bri_kg.findings import Finding, as_json, as_text, in_order
from bri_kg.names import shorten
from bri_kg.rdf.files import read_rdf
from bri_kg.rdf.row_formats import ROW_FORMATS
from bri_kg.rdf.rows import Rows

_KINDS = ("error", "warning", "info")
_COLUMNS = ("file", "line", "code", "message", "focus", "value", "fix")


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
    resources = find(args.graph)
    files = [*args.files, *(args.ontology or ())]
    ontology = given([Path(file) for file in files], resources) if files else packaged(resources)
    previous = _previous(args, resources)
    if previous:
        ontology = replace(ontology, previous=tuple(read_rdf(previous)))
    for iri in ontology.missing:
        talk(args, f"not looked at: {shorten(iri)} is imported and not among the files")
    checks = read_checks(resources, "ontology")
    if not checks:
        raise InputError(
            code="BRI247",
            message=f"there are no checks in {str(resources.queries)!r}",
            fix="put checks/ontology/*.rq there, or leave out the folder to use those of bri-kg",
        )
    profile = args.profile or ("rl" if ontology.is_ours else None)
    held = [check for check in checks if _holds(check, ontology, profile)]
    found = {
        check: list(_findings(check, ontology, args.lang, _severity(check, ontology, profile)))
        for check in held
    }
    findings = in_order(finding for several in found.values() for finding in several)
    code = 0
    if chosen in ("table", "json"):
        emit(
            as_text(findings) if chosen == "table" else as_json(findings),
            args,
            for_people=chosen == "table",
        )
    else:
        code = emit_rows(_rows(findings), args)
    skipped = sum(check.house for check in checks) if not ontology.is_ours else 0
    talk(args, _verdict(found, skipped))
    return code or (1 if any(finding.severity == "error" for finding in findings) else 0)


def _holds(check: Check, ontology: Ontology, profile: str | None) -> bool:
    """Whether a check is for this ontology: OWL 2 RL only where asked, DL unless not asked."""
    if check.scope in ("rl", "dl"):
        return profile in {"rl": ("rl",), "dl": ("rl", "dl", None)}[check.scope]
    return ontology.is_ours or not check.house


def _severity(check: Check, ontology: Ontology, profile: str | None) -> str:
    """Our own ontology is held to every rule; others to a profile where they ask for it."""
    if ontology.is_ours:
        return "error"
    if check.scope in ("rl", "dl"):
        return "warning" if profile is None else "error"
    return check.severity


def _previous(args: Namespace, resources: Resources) -> Path | None:
    """The file to compare with: the one named, else for our own ontology its last release."""
    if args.previous:
        return Path(args.previous)
    return None if args.ontology or args.files else resources.last_release()


def _findings(check: Check, ontology: Ontology, lang: str, severity: str) -> Iterator[Finding]:
    for finding in run_check(check, ontology.store, "ontology", lang, severity):
        yield _placed(finding, ontology)


def _placed(finding: Finding, ontology: Ontology) -> Finding:
    focus = finding.focus or ""
    if focus in ontology.names:
        return replace(finding, file=str(ontology.names[focus]), line=1)
    paths = ontology.described_in.get(focus, ())
    return located(finding, paths or tuple(ontology.files), {focus: paths[0]} if paths else {})


def _rows(findings: list[Finding]) -> Rows:
    def cell(value: object) -> ox.Literal | None:
        return None if value is None else ox.Literal(str(value))

    return Rows(
        _COLUMNS, tuple(tuple(cell(getattr(f, name)) for name in _COLUMNS) for f in findings)
    )


def _verdict(found: dict[Check, list[Finding]], skipped: int) -> str:
    passed = sum(not findings for findings in found.values())
    verdict = f"{passed} of {len(found)} checks pass"
    told = Counter(f.severity for findings in found.values() for f in findings)
    if told:
        kinds = (f"{told[kind]} of severity {kind}" for kind in _KINDS if told[kind])
        verdict += f"; findings: {', '.join(kinds)}"
    return verdict + (f"; {skipped} rules of bri-kg's own house are left out" if skipped else "")
