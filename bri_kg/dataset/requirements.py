"""What a store of the user's must hold to be a bri-kg dataset."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import BRI
from bri_kg.stores.selecting import Quads

# A term of the ontology as subject, as predicate, or named graphs.
_NEEDED: Final = {
    "the ontology": ("Claim", None, False),
    "claims with evidence (bri:evidence)": (None, "evidence", False),
    "facts in the graphs of their claims (named graphs)": (None, None, True),
}


def require_dataset(store: Quads, *, with_facts: bool = True) -> None:
    """Raise InputError when a store lacks what questions about claims need, or what checks of claims do."""
    lacking = [
        what
        for what, (subject, predicate, named) in _NEEDED.items()
        if (with_facts or not named) and not _has(store, subject, predicate, named)
    ]
    if lacking:
        raise InputError(
            code="BRI266",
            message="the store holds no bri-kg dataset",
            why="it lacks " + ", ".join(lacking),
            fix="load the release, `bri-kg load --store URL`, or what `bri-kg export --format nq` writes; "
            "`bri-kg query` works on any data",
        )


def _has(store: Quads, subject: str | None, predicate: str | None, named: bool) -> bool:
    if named:
        return next(store.named_graphs(), None) is not None
    node, by = (ox.NamedNode(BRI + name) if name else None for name in (subject, predicate))
    found = store.quads_for_pattern(node, by, None, ox.DefaultGraph())
    return next(found, None) is not None
