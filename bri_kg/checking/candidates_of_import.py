"""Candidates for comparison between claims that come in and those of others.

Each query pairs whatever tells of one thing. Of many rows about one thing it would pair all with all, only to drop what
is of one source; so the rows come in batches, each without those of the other batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.checks import Check, read_checks, run_check
from bri_kg.checking.store_data import in_parts
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding
from bri_kg.names import BRI, PREFIXES
from bri_kg.stores.memory import Store

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
# What two claims have in common that our queries pair.
_SHARED: Final = tuple(
    ox.NamedNode(BRI + name) for name in ("hasSubject", "hasObject", "countedKind", "hasQuantity")
)
_QUANTITY, _MEMBERSHIP = BRI + "QuantityClaim", BRI + "MembershipClaim"
_TOGETHER: Final = 200  # claims


def candidates_of(
    store: Store,
    resources: Resources,
    quads: Sequence[ox.Quad],
    claims: Collection[str],
    lang: str,
) -> Iterator[Finding]:
    """Yield what the queries for candidates find of `claims`, which are told by `quads`, and of others.

    `store` holds the quads, and some of them come and go meanwhile.
    """
    checks = read_checks(resources, "candidates")
    paired = [check for check in checks if _pairs_by_what_is_shared(check, resources)]
    for check in checks:
        if check not in paired:
            yield from run_check(check, store, "candidates", lang, check.severity)
    met = _meeting_others(store, claims)
    sides = [q for q in quads if _name(q.subject) in claims and q.predicate in (_TYPE, *_SHARED)]
    of_class = _by_class(quad for quad in sides if _name(quad.subject) in met)
    members = {_name(q.subject) for q in sides if _name(q.object) == _MEMBERSHIP}
    # A number may be of a set, and memberships tell of which body; nothing else is asked of a claim that is no side.
    for counted, hidden in (
        (True, [quad for quad in sides if _name(quad.subject) not in members]),
        (False, sides),
    ):
        classes = [cls for cls in sorted(of_class) if (cls == _QUANTITY) is counted]
        if not classes:
            continue
        about: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in hidden:
            about[_name(quad.subject)].append(quad)
        with _without(store, hidden):
            for cls in classes:
                asked = [check for check in paired if _names(check, cls)]
                for some in in_parts(of_class[cls], _TOGETHER):
                    with store.holding(quad for claim in some for quad in about[claim]):
                        for check in asked:
                            yield from run_check(check, store, "candidates", lang, check.severity)


def _pairs_by_what_is_shared(check: Check, resources: Resources) -> bool:
    """Return whether a query is ours and pairs claims of one class by something they share, not by spelling."""
    ours = resources.base.query_files("checks/candidates")
    return check.file in ours and check.key != "label"


def _names(check: Check, cls: str) -> bool:
    return f"bri:{cls.removeprefix(BRI)}" in check.query


def _meeting_others(store: Store, claims: Collection[str]) -> set[str]:
    """Return the claims that share something with a claim that is not among them."""
    met: set[str] = set()
    for prop in _SHARED:
        own: dict[str, list[str]] = defaultdict(list)
        others: set[str] = set()
        for quad in store.quads.quads_for_pattern(None, prop, None):
            subject, value = _name(quad.subject), _name(quad.object)
            if subject in claims:
                own[value].append(subject)
            else:
                others.add(value)
        met.update(claim for value in own.keys() & others for claim in own[value])
    return met


def _by_class(quads: Iterable[ox.Quad]) -> dict[str, list[str]]:
    """Return the claims of each class."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.predicate == _TYPE:
            found[_name(quad.object)].append(_name(quad.subject))
    return found


@contextmanager
def _without(store: Store, quads: Sequence[ox.Quad]) -> Iterator[None]:
    for quad in quads:
        store.quads.remove(quad)
    try:
        yield
    finally:
        store.add(quads)


def _name(term: object) -> str:
    return str(getattr(term, "value", ""))
