"""Sources as documents: who stands behind them, when, where they can be read, what of them is in the graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.claims import read_claims
from bri_kg.answers.model import Claim, Named, Text
from bri_kg.answers.scope import Ground, in_language, iri, names_of, statements
from bri_kg.names import BRI, PREFIXES
from bri_kg.plain import Plain
from bri_kg.rdf.terms import Term

_DCTERMS: Final = PREFIXES["dcterms"]
_DATES: Final = (_DCTERMS + "issued", _DCTERMS + "date", PREFIXES["schema"] + "datePublished")
_PAGE: Final = PREFIXES["schema"] + "url"


@dataclass(frozen=True)
class SourceRecord(Plain):
    """A document. `claims` are those about the document itself: who wrote, published, credited it; of what kind it is.

    `left_open` is what the document does not tell of itself, with the editors' `reason`. `creator`,
    `publisher` and `date` are those that the description of the document gives; what a claim tells stands in `claims`.
    """

    source: Named
    slug: str
    title: Text | None
    creator: Text | None
    publisher: Text | None
    language: str | None
    date: str | None
    pages: tuple[str, ...]
    file: str | None
    characters: str | None
    sha256: str | None
    left_open: tuple[Named, ...]
    reason: Text | None
    claims: tuple[Claim, ...]
    passages_there: int
    claims_there: int


@dataclass(frozen=True)
class GapCount(Plain):
    """What claims of a source leave open, and how many of them do."""

    gap: Named
    claims: int


def source_records(
    ground: Ground, sources: Iterable[str] | None = None
) -> tuple[SourceRecord, ...]:
    """Return the sources with these IRIs, or all, by IRI; what is no source is left out."""
    counts = {iri(row["source"]): row for row in ground.select("sources")}
    wanted = sorted(counts if sources is None else counts.keys() & set(sources))
    said = statements(ground, wanted)
    about: dict[str, list[str]] = {}
    for row in ground.select_each("claims-about", "thing", wanted):
        about.setdefault(iri(row["thing"]), []).append(iri(row["claim"]))
    claims = read_claims(ground, (claim for of in about.values() for claim in of))
    gaps = {gap for of in said.values() for gap in of.get(BRI + "leavesOpen", ())}
    names = names_of(ground, {*wanted, *map(iri, gaps)})

    def record(source: str) -> SourceRecord:
        of, row = said.get(source, {}), counts[source]

        def first(*properties: str) -> str | None:
            return next((iri(value) for prop in properties for value in of.get(prop, ())), None)

        return SourceRecord(
            source=names.named(source),
            slug=source.rsplit("/", 1)[-1],
            title=in_language(of.get(_DCTERMS + "title", ()), ground.lang),
            creator=in_language(of.get(_DCTERMS + "creator", ()), ground.lang),
            publisher=in_language(of.get(_DCTERMS + "publisher", ()), ground.lang),
            language=first(_DCTERMS + "language"),
            date=first(*_DATES),
            pages=tuple(map(iri, of.get(_PAGE, ()))),
            file=first(BRI + "fileName"),
            characters=first(BRI + "characterCount"),
            sha256=first(BRI + "sha256"),
            left_open=names.all(of.get(BRI + "leavesOpen", ())),
            reason=in_language(of.get(BRI + "reason", ()), ground.lang),
            claims=tuple(claims[one] for one in about.get(source, ()) if one in claims),
            passages_there=_number(row["passages"]),
            claims_there=_number(row["claims"]),
        )

    return tuple(map(record, wanted))


def gap_counts(ground: Ground, source: str) -> tuple[GapCount, ...]:
    """Return what the claims of a source leave open, what most of them do first."""
    rows = ground.select("gaps-of-source", source=ox.NamedNode(source))
    names = names_of(ground, [iri(row["gap"]) for row in rows])
    return tuple(GapCount(names.named(iri(row["gap"])), _number(row["claims"])) for row in rows)


def _number(term: Term | None) -> int:
    return int(term.value) if isinstance(term, ox.Literal) else 0
