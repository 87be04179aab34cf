"""Stored checks: SPARQL queries that must return nothing; each row of one is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.rdf.files import read_text
from bri_kg.rdf.rows import plain_text, require_columns
from bri_kg.stores.memory import Store

_KEYS = {"summary", "summary_zh", "fix", "scope", "severity"}
_SCOPES = {"any", "house", "dl", "rl"}
_SEVERITIES = {"error", "warning", "info"}


@dataclass(frozen=True)
class Check:
    """A query with what it says in two languages, and how to mend what it finds.

    `scope` is "any"; "house" for a rule that only this project holds itself to; "dl" or "rl" for
    one of that profile of OWL 2. `severity` is how much it weighs for other ontologies than ours.
    """

    file: Path
    query: str
    summary: str
    summary_zh: str
    fix: str | None
    scope: str
    severity: str

    @property
    def house(self) -> bool:
        """Whether only this project holds itself to it."""
        return self.scope == "house"

    @property
    def name(self) -> str:
        """The name of the file without its ending, which is the code of the findings."""
        return self.file.stem


def read_checks(resources: Resources, room: str) -> tuple[Check, ...]:
    """Return the checks in `queries/checks/<room>/` by name. Raises InputError for a bad header."""
    return tuple(read_check(path) for path in resources.query_files(f"checks/{room}"))


def read_check(path: Path) -> Check:
    """Return the check in a file. Raises InputError for a line of its header that has no meaning."""
    text = read_text(path, "a check")
    header: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.startswith("#+"):
            continue
        key, _, value = (part.strip() for part in line[2:].partition(":"))
        if key not in _KEYS:
            raise _bad_header(path, number, f"a check has no line {key!r} in its header")
        header[key] = value
    scope = header.get("scope", "any")
    if scope not in _SCOPES:
        raise _bad_header(path, 1, f"the scope of a check is one of {', '.join(sorted(_SCOPES))}")
    severity = header.get("severity", "error")
    if severity not in _SEVERITIES:
        raise _bad_header(
            path, 1, f"the severity of a check is one of {', '.join(sorted(_SEVERITIES))}"
        )
    summary = header.get("summary") or path.stem
    return Check(
        file=path,
        query=text,
        summary=summary,
        summary_zh=header.get("summary_zh") or summary,
        fix=header.get("fix"),
        scope=scope,
        severity=severity,
    )


def run_check(
    check: Check, store: Store, stage: str, lang: str = "en", severity: str = "error"
) -> Iterator[Finding]:
    """Yield a finding for each row of a check; none is located yet."""
    rows = store.select(check.query, file=str(check.file))
    for row in require_columns(rows, ("focus",), str(check.file)):
        focus, value = row["focus"], row.get("value")
        yield Finding(
            stage=stage,
            code=check.name,
            severity=severity,
            message=check.summary_zh if lang == "zh" else check.summary,
            fix=check.fix,
            focus=None if focus is None else plain_text(focus),
            value=None if value is None else plain_text(value),
        )


def _bad_header(path: Path, line: int, message: str) -> InputError:
    return InputError(
        code="BRI260",
        file=str(path),
        line=line,
        message=message,
        fix="write #+ summary, #+ summary_zh, #+ fix and, where they differ from any and error, "
        "#+ scope: house, dl or rl, and #+ severity: warning or info",
    )
