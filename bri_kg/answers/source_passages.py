"""A source passage by passage, in the order of its text: what rests on each, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.answers.cited_passages import cited_passages
from bri_kg.answers.claims import read_claims
from bri_kg.answers.model import Claim, Named, Passage
from bri_kg.answers.scope import Ground, iri, names_of
from bri_kg.names import BRI, split_passage
from bri_kg.plain import Plain

_EVIDENCE = BRI + "evidence"


@dataclass(frozen=True)
class Placed(Plain):
    """Where a passage stands, and the reason (an IRI) where no claim is made of it."""

    iri: str
    begin: int
    end: int
    omission: str | None


@dataclass(frozen=True)
class ReadPassage(Plain):
    """A passage: the claims that rest on it, those that take a date, speaker or heading from it, or why none does."""

    passage: Passage
    claims: tuple[Claim, ...]
    context_of: tuple[Claim, ...]
    omission: Named | None


def placed_passages(ground: Ground, source: str) -> tuple[Placed, ...]:
    """Return where the passages of a source stand, in the order of its text."""
    found: dict[str, Placed] = {}
    for row in ground.select("passages-of-source", source=ox.NamedNode(source)):
        passage, omission = iri(row["passage"]), row["omission"]
        if span := split_passage(passage):
            found[passage] = Placed(passage, *span[1:], iri(omission) if omission else None)
    return tuple(sorted(found.values(), key=lambda one: (one.begin, one.end)))


def read_passages(ground: Ground, placed: Iterable[Placed]) -> tuple[ReadPassage, ...]:
    """Return passages with what rests on them, in the order given."""
    wanted = {one.iri: one for one in placed}
    resting: dict[tuple[str, bool], list[str]] = {}
    for row in ground.select_each("claims-on-passages", "passage", wanted):
        key = iri(row["passage"]), iri(row["tie"]) == _EVIDENCE
        resting.setdefault(key, []).append(iri(row["claim"]))
    claims = read_claims(ground, (claim for of in resting.values() for claim in of))
    names = names_of(ground, {one.omission for one in wanted.values() if one.omission})
    cited = cited_passages(ground.store, wanted, ground.lang, ground.texts)

    def those(passage: str, *, is_evidence: bool) -> tuple[Claim, ...]:
        return tuple(claims[c] for c in resting.get((passage, is_evidence), ()) if c in claims)

    return tuple(
        ReadPassage(
            passage=cited[one.iri],
            claims=those(one.iri, is_evidence=True),
            context_of=those(one.iri, is_evidence=False),
            omission=names.named(one.omission) if one.omission else None,
        )
        for one in wanted.values()
        if one.iri in cited
    )
