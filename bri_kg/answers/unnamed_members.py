"""Groups and sets that sources count and whose members no source names: what is left open beside a number."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.scope import Ground, iri


def unnamed_among(ground: Ground, nodes: Iterable[str]) -> frozenset[str]:
    """Return those of some nodes that are counted and of which no member or part is named."""
    asked = (node for node in nodes if not node.startswith("_:"))
    return frozenset(
        iri(row["thing"]) for row in ground.select_each("unnamed-members", "thing", asked)
    )
