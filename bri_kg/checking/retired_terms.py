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
    if not instead:
        return
    for quad in used:
        for term in (quad.predicate, quad.object):
            if term not in instead:
                continue
            if isinstance(term, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                now = " or ".join(sorted(instead[term]))
                yield Finding(
                    stage="terms",
                    code="retired-term",
                    severity="warning",
                    message=f"{shorten(term.value)} is a name of an earlier release",
                    fix=f"write {now}, or move the data by the update in ontology/releases",
                    focus=quad.subject.value,
                    value=term.value,
                )


def _replacements(described: Iterable[ox.Quad]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for quad in described:
        if quad.predicate != _REPLACED_BY:
            continue
        old, new = quad.subject, quad.object
        ours = isinstance(old, ox.NamedNode) and old.value.startswith(BASE)
        if ours and isinstance(new, ox.NamedNode):
            found.setdefault(old, []).append(shorten(new.value))
    return found
