"""`bri-kg validate [FILE…]`: every stage of validation over the graph, or over files laid on it."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from bri_kg.graphs import write_graph
from bri_kg.names import shorten
from bri_kg.output import choose_format, emit, talk
from bri_kg.resources import find
from bri_kg.validation import STAGES, Finding, Report, validate

_FORMATS = ("table", "json", "ttl", "nt", "jsonld")


def run(args: Namespace) -> int:
    """Print the findings; 0 when none is an error, else 1."""
    chosen = choose_format(args, _FORMATS, "table")
    report = validate(find(args.graph), [Path(file) for file in args.files], args.lang)
    emit(_written(report, chosen), args, for_people=chosen == "table")
    talk(args, _verdict(report))
    return 0 if report.conforms else 1


def _written(report: Report, chosen: str) -> str | bytes:
    if chosen == "table":
        return "".join(_lines(finding) for finding in report.findings)
    if chosen == "json":
        return (
            json.dumps(
                [asdict(finding) for finding in report.findings], ensure_ascii=False, indent=2
            )
            + "\n"
        )
    return write_graph(report.shacl, chosen)


def _lines(finding: Finding) -> str:
    line = f"{finding.line}:" if finding.line else ""
    place = f"{finding.file}:{line} " if finding.file else ""
    lines = [f"{place}{finding.severity}[{finding.code}]: {finding.message}"]
    about = [shorten(part) for part in (finding.focus, finding.path, finding.value) if part]
    if about:
        lines.append("  at: " + " ".join(about))
    if finding.fix:
        lines.append(f"  fix: {finding.fix}")
    return "\n".join(lines) + "\n"


def _verdict(report: Report) -> str:
    errors = sum(f.severity == "error" for f in report.findings)
    if report.conforms:
        return f"valid: {', '.join(report.stages)} passed"
    left = [stage for stage in STAGES if stage not in report.stages]
    return f"{errors} errors in the stage {report.stages[-1]!r}" + (
        f"; not run: {', '.join(left)}" if left else ""
    )
