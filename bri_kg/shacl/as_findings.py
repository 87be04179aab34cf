"""SHACL results among the other things that validation finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.findings import Finding
from bri_kg.names import shorten
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import SH
from bri_kg.shacl.report import Result

# A severity of the shapes' own is told by its own name.
_SEVERITIES = {SH + "Violation": "error", SH + "Warning": "warning", SH + "Info": "info"}


def as_findings(results: Iterable[Result], lang: str) -> Iterator[Finding]:
    """Yield SHACL results as findings: under the name of the shape, else of the constraint."""
    for result in results:
        named = isinstance(result.shape, ox.NamedNode)
        yield Finding(
            stage="shapes",
            code=shorten(result.shape.value if named else result.component),
            severity=_SEVERITIES.get(result.severity) or shorten(result.severity),
            message=result.message(lang),
            fix=result.mend(lang),
            focus=_plain(result.focus),
            path=None if result.path is None else str(result.path),
            value=_plain(result.value),
        )


def _plain(term: Term | None) -> str | None:
    if term is None:
        return None
    return str(term) if isinstance(term, ox.BlankNode) else term.value
