"""The documents: all of them, and one passage by passage, in parts that are small enough to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bri_kg.answers.model import Claim, Named
from bri_kg.answers.source_passages import Placed, placed_passages, read_passages
from bri_kg.answers.source_records import SourceRecord, gap_counts, source_records
from bri_kg.names import BRI, PREFIXES, citation
from bri_kg.web.explorer.overview_page import ground_of, needed, overview
from bri_kg.web.explorer.page import Page, of_document
from bri_kg.web.explorer.page_addresses import PART, part_of
from bri_kg.web.explorer.paging import paged
from bri_kg.web.site import Site

_FROM: Final = "from"  # the character with which a part of the text begins
_DIGITS: Final = 9
KEY: Final = "sources"
_AT_ONCE: Final = 30  # documents
_INDEXED: Final = 500  # passages
_ROLE: Final = BRI + "role"
_DATE: Final = PREFIXES["bri-gap"] + "date"


@dataclass(frozen=True)
class Stood:
    """A role in which someone stands behind a document, who it is, and the claims that say so."""

    role: Named
    who: tuple[Named, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Part:
    """A stretch of a text whose passages stand on one page."""

    begin: int
    passages: tuple[Placed, ...]

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.begin + PART


def sources_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return all documents, with who published them, when, and how much of them is in the graph."""
    ground = ground_of(site, page)
    every = paged(ground.column("sources", "source"), asked, _AT_ONCE, page.most_pages)
    records = source_records(ground, every.items)
    return overview(
        page,
        "sources.html",
        shown=every,
        records=[(record, _stood(record)) for record in records],
        undated=_DATE,
        address=lambda number: page.at.of(KEY if number == 1 else f"{KEY}/{number}"),
    )


def begin_of(asked: Mapping[str, str]) -> int:
    """Return where the part of a source begins that is asked for; what is no number asks for the first."""
    text = asked.get(_FROM, "")
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0


def source_page(site: Site, page: Page, source: str, begin: int) -> str:
    """Return the page of a source with the part of its text in which a character stands."""
    ground = ground_of(site, page)
    record = source_records(ground, (source,))[0]
    placed = placed_passages(ground, source)
    parts = _parts(placed)
    part = _part_at(parts, begin)
    left_out = [one for one in placed if one.omission]
    return of_document(
        page,
        "source.html",
        source,
        **needed(page),
        record=record,
        stood=_stood(record),
        others=[claim for claim in record.claims if not claim.values(_ROLE)],
        undated=_DATE,
        opens=part == parts[0],
        part=part,
        parts=parts,
        passages=read_passages(ground, part.passages),
        elsewhere=[one for one in placed if one not in part.passages][:_INDEXED],
        total=len(placed),
        numbers={one.iri: number for number, one in enumerate(placed, 1)},
        left_out=read_passages(ground, left_out[:_INDEXED]),
        gaps=gap_counts(ground, source),
        anchor=_anchor,
        citation=lambda one: citation(record.slug, one.begin, one.end),
    )


def source_parts(site: Site, page: Page, source: str) -> Iterator[int]:
    """Yield where the parts of a source begin, each of which has a page."""
    yield from (part.begin for part in _parts(placed_passages(ground_of(site, page), source)))


def source_keys(site: Site, page: Page) -> Iterator[str]:
    """Yield the keys of the pages of documents behind the first."""
    count = len(ground_of(site, page).column("sources", "source"))
    yield from (f"{KEY}/{number}" for number in range(2, -(-count // _AT_ONCE) + 1))


def _parts(placed: tuple[Placed, ...]) -> tuple[Part, ...]:
    """Return the parts of a text that have passages; the first one always."""
    found: dict[int, list[Placed]] = {0: []}
    for one in placed:
        found.setdefault(part_of(one.iri), []).append(one)
    return tuple(Part(begin, tuple(found[begin])) for begin in sorted(found))


def _part_at(parts: tuple[Part, ...], begin: int) -> Part:
    """Return the last part that begins at a character or before it."""
    return [part for part in parts if part.begin <= max(begin, 0)][-1]


def _stood(record: SourceRecord) -> tuple[Stood, ...]:
    """Return who stands behind a document, role by role."""
    found: dict[Named, list[Claim]] = {}
    for claim in record.claims:
        for role in claim.values(_ROLE):
            if isinstance(role, Named):
                found.setdefault(role, []).append(claim)
    return tuple(Stood(role, _agents(of), tuple(of)) for role, of in found.items())


def _agents(claims: list[Claim]) -> tuple[Named, ...]:
    agents = (one for claim in claims for one in claim.values(BRI + "hasAgent"))
    return tuple(dict.fromkeys(one for one in agents if isinstance(one, Named)))


def _anchor(iri: str) -> str:
    return iri.partition("#")[2]
