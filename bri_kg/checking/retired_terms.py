"""Names of an earlier release that data still uses, and what stands for each now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.findings import Finding
from bri_kg.names import BASE, PREFIXES, shorten

_REPLACED_BY = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")


def retired_terms(used: Iterable[ox.Quad], described: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Yield a warning for each name of ours in `used` that `described` says is replaced."""
    instead = _replacements(described)
    for quad in used:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        for term in (quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and term.value in instead:
                now = " or ".join(sorted(instead[term.value]))
                yield Finding(
                    stage="terms",
                    code="retired-term",
                    severity="warning",
                    message=f"{shorten(term.value)} is a name of an earlier release",
                    fix=f"write {now}, or move the data by the update in ontology/releases",
                    focus=quad.subject.value,
                    value=term.value,
                )


def _replacements(described: Iterable[ox.Quad]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in described:
        old, new = quad.subject, quad.object
        ours = isinstance(old, ox.NamedNode) and old.value.startswith(BASE)
        if quad.predicate == _REPLACED_BY and ours and isinstance(new, ox.NamedNode):
            found.setdefault(str(old).strip("<>"), []).append(shorten(new.value))
    return found
