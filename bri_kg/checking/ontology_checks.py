"""The rules of a good ontology, held against ours or anybody's: which ran, what they found, what was not seen.

The rules are the queries of `queries/checks/ontology/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from bri_kg.checking.checks import Check, Found, find_with, read_checks
from bri_kg.checking.locations import located
from bri_kg.checking.ontologies import STORE, Ontology, given, held, packaged
from bri_kg.checking.store_ontology import ontology_in
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.findings import Finding, in_order
from bri_kg.plain import Plain
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.parsing import parse_input
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.stores.selecting import Guarded


@dataclass(frozen=True)
class CheckReport(Plain):
    """The checks that passed and those that failed, by name, with what these found.

    `left_out` are rules of this project's own house, which bind no other ontology; `missing` are
    imports that no file answers: what they declare is not known.
    """

    also_plain: ClassVar[tuple[str, ...]] = ("conforms",)

    passed: tuple[str, ...]
    failed: tuple[str, ...]
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity error was found."""
        return all(finding.severity != "error" for finding in self.findings)


def check_ontology(
    resources: Resources,
    files: Sequence[Path] = (),
    previous: Path | None = None,
    lang: str = "en",
    reading: Reading = AS_IT_IS,
    *,
    profile: str | None = None,
) -> CheckReport:
    """Run the checks on the ontology in `files`, with the imports that are on this machine; on ours without files.

    Of a collection its own files are looked at, where it has such.

    `previous` is a file with the release before: no term may vanish from it (of ours: the last
    one). `profile` holds it to a profile of OWL 2, "rl" (which is within DL), "dl" or "none"; by
    default ours is held to rl, and of others what DL does not allow is a warning. Raise InputError
    for what cannot be read, and where there are no checks.
    """
    if not files and resources.over:  # as any ontology that is none of ours
        files = [*resources.top.ontology_files(), *resources.top.shape_files()]
    ontology = given(files, resources, reading) if files else packaged(resources)
    before = previous or (None if files else resources.last_release())
    if before:
        ontology = replace(ontology, previous=tuple(parse_input(rdf_input(before, reading))))
    return _checked(resources, ontology, lang, profile)


def check_store(
    resources: Resources,
    store: Guarded,
    previous: Path | None = None,
    lang: str = "en",
    reading: Reading = AS_IT_IS,
    *,
    profile: str | None = None,
) -> CheckReport:
    """Run the checks on the ontology that a store holds; see `check_ontology`.

    Findings have no file, and what is said of files themselves, their names and headers, is left out.
    """
    ontology = held(ontology_in(store), resources)
    if previous:
        ontology = replace(ontology, previous=tuple(parse_input(rdf_input(previous, reading))))
    return _checked(resources, ontology, lang, profile)


def _checked(
    resources: Resources, ontology: Ontology, lang: str, profile: str | None
) -> CheckReport:
    checks = read_checks(resources, "ontology")
    if not checks:
        raise InputError(
            code="BRI247",
            message=f"there are no checks in {str(resources.queries)!r}",
            fix="put checks/ontology/*.rq there, or leave out the folder to use those of bri-kg",
        )
    asked = profile or ("rl" if ontology.is_ours else None)
    binding = [check for check in checks if _holds(check, ontology, asked)]
    rows = {
        check.name: list(
            find_with(check, ontology.store, "ontology", lang, _severity(check, ontology, asked))
        )
        for check in binding
    }
    found = {
        check.name: [
            _placed(one, ontology)
            for one in _not_said_better(check, rows)
            if ontology.names.get(one.finding.focus or "") != STORE
        ]
        for check in binding
    }
    return CheckReport(
        passed=tuple(name for name, findings in found.items() if not findings),
        failed=tuple(name for name, findings in found.items() if findings),
        left_out=tuple(check.name for check in checks if check.house and check not in binding),
        missing=ontology.missing,
        findings=tuple(in_order(f for findings in found.values() for f in findings)),
    )


def _holds(check: Check, ontology: Ontology, profile: str | None) -> bool:
    """Return whether a check is for this ontology: OWL 2 RL only where asked, DL unless not asked."""
    if check.scope in ("rl", "dl"):
        return profile in {"rl": ("rl",), "dl": ("rl", "dl", None)}[check.scope]
    return ontology.is_ours or not check.house


def _severity(check: Check, ontology: Ontology, profile: str | None) -> str:
    """Return the severity of findings: our own ontology is held to every rule, others to what they ask for."""
    if ontology.is_ours:
        return "error"
    if check.scope in ("rl", "dl"):
        return "warning" if profile is None else "error"
    return check.severity


def _not_said_better(check: Check, rows: Mapping[str, Sequence[Found]]) -> Iterator[Found]:
    """Yield what a check found, but for the values that a check named by its `unless` found too."""
    said = {one.finding.value for name in check.unless for one in rows.get(name, ())}
    return (one for one in rows[check.name] if one.finding.value not in said)


def _placed(found: Found, ontology: Ontology) -> Finding:
    finding = found.finding
    if STORE in ontology.files:
        return finding
    focus = finding.focus or ""
    if focus in ontology.names and not found.clue:
        return replace(finding, file=str(ontology.names[focus]), line=1)
    stated = ontology.names.get(found.graph or "")
    paths = (stated,) if stated else ontology.described_in.get(focus, ())
    origin = {focus: paths[0]} if paths else {}
    return located(finding, paths or tuple(ontology.files), origin, found.clue)
