"""What a validation or a check finds: where, what, and how to mend it; written out for people and machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bri_kg.names import shorten
from bri_kg.plain import Plain, visible


@dataclass(frozen=True)
class Finding(Plain):
    """One thing that is wrong: where, what, and how to mend it."""

    stage: str
    code: str
    severity: str
    message: str
    fix: str | None = None
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    file: str | None = None
    line: int | None = None


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by file and line; of no two that differ does the order depend on how they came."""

    def place(f: Finding) -> tuple[str | int, ...]:
        told = (f.focus, f.value, f.path, f.message, f.stage, f.severity)
        return (f.file or "", f.line or 0, f.code, *(text or "" for text in told))

    return sorted(findings, key=place)


def as_text(findings: Iterable[Finding], say: Callable[[str], str] = str) -> str:
    """Return each finding as `file:line: severity[code]: message`, with the terms and the mend.

    `say` puts the labels into another language.
    """
    return "".join(_lines(finding, say) for finding in findings)


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings as a JSON list of objects."""
    listed = [finding.to_dict() for finding in findings]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def _lines(finding: Finding, say: Callable[[str], str]) -> str:
    line = f"{finding.line}:" if finding.line else ""
    place = f"{finding.file}:{line} " if finding.file else ""
    first, *rest = finding.message.split("\n")
    lines = [
        place + say(f"{finding.severity}[{finding.code}]: ") + first,
        *(f"  {line}" for line in rest),
    ]
    about = [shorten(part) for part in (finding.focus, finding.path, finding.value) if part]
    if about:
        lines.append(f"  {say('at: ')}{' '.join(about)}")
    if finding.fix:
        lines.append(f"  {say('fix: ')}{finding.fix}")
    return "\n".join(visible(line) for line in lines) + "\n"
