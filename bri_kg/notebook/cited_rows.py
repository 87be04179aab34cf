"""The passages that rows cite, with their state and their words where the texts are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bri_kg.answers.model import Passage
from bri_kg.names import source_iri, split_passage
from bri_kg.plain import Several
from bri_kg.rdf.rows import Rows

if TYPE_CHECKING:
    from bri_kg.knowledge import Folder, KnowledgeGraph


def cited(
    kg: KnowledgeGraph, rows: Rows, *, lang: str = "en", texts: Folder = None
) -> Several[Passage]:
    """Return the passages that rows cite, each once, in the order of the rows.

    `texts` is a folder of texts, as for `kg.explain`. A passage that no claim cites is left out.
    """
    wanted = dict(_passages(rows))
    known: dict[str, Passage] = {}
    for slug in sorted(set(wanted.values())):
        for claim in kg.claims(source=source_iri(slug), lang=lang, texts=texts):
            for passage in claim.passages:
                if passage.iri in wanted and passage.role == "evidence":
                    known[passage.iri] = passage
                elif passage.iri in wanted:
                    known.setdefault(passage.iri, passage)
    return Several(known[iri] for iri in wanted if iri in known)


def _passages(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield each passage with the slug of its source."""
    for row in rows:
        for term in row:
            if isinstance(term, ox.NamedNode) and (parts := split_passage(term.value)):
                yield term.value, parts[0]
