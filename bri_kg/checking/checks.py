"""Stored checks: SPARQL queries that must return nothing; each row of one is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bri_kg.dataset.headers import read_stored
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding
from bri_kg.rdf.rows import plain_text, require_columns
from bri_kg.stores.selecting import Selecting

_KEYS = {"summary", "summary_zh", "fix", "fix_zh", "scope", "severity", "unless", "blames", "key"}
# What the rows of a check have in common, by which it can be run over parts of a corpus (docs/corpus.md).
KEYS = (
    "node", "source", "comparison", "thing", "label", "match", "outranking", "whole", "circle",
    "quantity", "kind",
)  # fmt: skip
_COLUMNS = ("focus", "path", "value", "file", "clue")
_SCOPES = {"any", "house", "dl", "rl"}
_SEVERITIES = {"error", "warning", "info"}


@dataclass(frozen=True)
class Check:
    """A query with what it says in two languages, and how to mend what it finds.

    `scope` is "any"; "house" for a rule that only this project holds itself to; "dl" or "rl" for
    one of that profile of OWL 2. `severity` is how much it weighs for other ontologies than ours.
    `unless` names checks that say it better: what they find a value of is not said again. Where a check of
    facts `blames` the "claim", the claim is at fault, and not the rule that made a fact of it. `key` is one of `KEYS`.
    """

    file: Path
    query: str
    summary: str
    summary_zh: str
    fix: str | None
    fix_zh: str | None
    scope: str
    severity: str
    unless: tuple[str, ...] = ()
    blames: str | None = None
    key: str | None = None

    @property
    def house(self) -> bool:
        """Whether only this project holds itself to it."""
        return self.scope == "house"

    @property
    def name(self) -> str:
        """The name of the file without its ending, which is the code of the findings."""
        return self.file.stem

    def wording(self, lang: str) -> str:
        """Return what the check says in a language."""
        return self.summary_zh if lang == "zh" else self.summary

    def mend(self, lang: str) -> str | None:
        """Return how to mend what it finds, in English where it is not said in Chinese."""
        return (self.fix_zh if lang == "zh" else None) or self.fix


def read_checks(resources: Resources, room: str) -> tuple[Check, ...]:
    """Return the checks in `queries/checks/<room>/` by name. Raises InputError for a bad header."""
    return tuple(read_check(path) for path in resources.query_files(f"checks/{room}"))


def read_check(path: Path) -> Check:
    """Return the check in a file. Raise InputError for a line of its header that has no meaning."""
    stored = read_stored(path, "a check", _KEYS)
    scope = stored.value("scope") or "any"
    if scope not in _SCOPES:
        allowed = ", ".join(sorted(_SCOPES))
        raise stored.fault(
            f"there is no scope {scope!r}", f"use one of {allowed}", stored.entries["scope"].line
        )
    severity = stored.value("severity") or "error"
    if severity not in _SEVERITIES:
        allowed = ", ".join(sorted(_SEVERITIES))
        line = stored.entries["severity"].line
        raise stored.fault(f"there is no severity {severity!r}", f"use one of {allowed}", line)
    key = stored.value("key")
    if key is not None and key not in KEYS:
        line = stored.entries["key"].line
        raise stored.fault(f"there is no key {key!r}", f"use one of {', '.join(KEYS)}", line)
    return Check(
        file=path,
        query=stored.text,
        summary=stored.wording("en"),
        summary_zh=stored.wording("zh"),
        fix=stored.value("fix"),
        fix_zh=stored.value("fix_zh"),
        scope=scope,
        severity=severity,
        unless=tuple((stored.value("unless") or "").split()),
        blames=stored.value("blames"),
        key=key,
    )


@dataclass(frozen=True)
class Found:
    """A finding with what tells its place: the graph of the file that says it, and a text at its line."""

    finding: Finding
    graph: str | None
    clue: str | None


def run_check(
    check: Check, store: Selecting, stage: str, lang: str = "en", severity: str = "error"
) -> Iterator[Finding]:
    """Yield a finding for each row of a check; none is located yet."""
    return (found.finding for found in find_with(check, store, stage, lang, severity))


def find_with(
    check: Check, store: Selecting, stage: str, lang: str = "en", severity: str = "error"
) -> Iterator[Found]:
    """Yield a finding for each row of a check, once, with what the row says of its place."""
    rows = store.select(check.query, file=str(check.file))
    seen: set[Finding] = set()
    for row in require_columns(rows, ("focus",), str(check.file)):
        said = {name: plain_text(term) for name in _COLUMNS if (term := row.get(name)) is not None}
        finding = Finding(
            stage=stage,
            code=check.name,
            severity=severity,
            message=check.wording(lang),
            fix=check.mend(lang),
            focus=said.get("focus"),
            path=said.get("path"),
            value=said.get("value"),
        )
        if finding not in seen:
            seen.add(finding)
            yield Found(finding, said.get("file"), said.get("clue"))
