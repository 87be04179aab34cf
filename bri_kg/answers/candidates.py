"""Pairs of claims that wait for a comparison, those first that are most worth an editor's time."""

from __future__ import annotations

import pyoxigraph as ox

from bri_kg.answers.claims import read_claims
from bri_kg.answers.model import Candidate
from bri_kg.answers.scope import Ground
from bri_kg.checking.checks import read_checks
from bri_kg.checking.pairs import by_pair, find_pairs, ranked
from bri_kg.plain import Several


def candidates(ground: Ground, thing: ox.NamedNode | None = None) -> tuple[Candidate, ...]:
    """Return the pairs of claims that the queries of `queries/checks/candidates/` find, the weightiest first.

    A pair is there once, with all the reasons for it. With a thing, only those of which it is one side,
    or named by one side.
    """
    naming: set[str] | None = None
    if thing is not None:
        naming = {*ground.column("claims-naming", "claim", thing=thing), thing.value}
    checks = {check.name: check for check in read_checks(ground.resources, "candidates")}
    found = (one for check in checks.values() for one in find_pairs(check, ground.store))
    pairs = by_pair(one for one in found if naming is None or not naming.isdisjoint(one.pair))
    claims = read_claims(ground, {claim for pair in pairs for claim in pair})
    known = {pair: of for pair, of in pairs.items() if claims.keys() >= set(pair)}
    return Several(
        Candidate(
            check=known[pair][0].check,
            summary=checks[known[pair][0].check].wording(ground.lang),
            claims=(claims[pair[0]], claims[pair[1]]),
            weight=known[pair][0].weight,
            also=tuple(checks[found.check].wording(ground.lang) for found in known[pair][1:]),
        )
        for pair in ranked({pair: of[0].weight for pair, of in known.items()})
    )
