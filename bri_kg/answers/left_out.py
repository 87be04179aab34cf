"""Passages of which no claim is made, and why: so that silence of the graph can be told from an oversight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.cited_passages import cited_passages
from bri_kg.answers.model import Named, Text
from bri_kg.answers.node_lookups import meaning_of
from bri_kg.answers.passage_model import Passage
from bri_kg.answers.scope import Ground, iri, names_of
from bri_kg.names import BRI
from bri_kg.plain import Plain
from bri_kg.stores.selecting import Quads

_OMISSION: Final = ox.NamedNode(BRI + "omissionReason")


@dataclass(frozen=True)
class LeftOut(Plain):
    """A passage, the reason why no claim is made of it, and what this reason means."""

    passage: Passage
    reason: Named
    meaning: Text | None


def left_out(ground: Ground, things: Iterable[str]) -> tuple[LeftOut, ...]:
    """Return the passages left out of all claims: those of some sources, those left out for a reason, or these."""
    reasons = {
        iri(row["passage"]): iri(row["omission"])
        for row in ground.select_each("left-out", "thing", things)
    }
    names = names_of(ground, reasons.values())
    cited = cited_passages(ground.store, reasons, ground.lang, ground.texts)
    meanings = {one: meaning_of(ground.store.quads, one, ground.lang) for one in reasons.values()}
    found = [
        LeftOut(cited[passage], names.named(reason), _text(meanings[reason], ground.lang))
        for passage, reason in reasons.items()
        if passage in cited
    ]
    return tuple(sorted(found, key=lambda one: (one.passage.source.slug, one.passage.begin)))


def left_out_nodes(store: Quads, reason: str) -> set[str]:
    """Return the passages left out for a reason; none where it is no reason."""
    found = store.quads_for_pattern(None, _OMISSION, ox.NamedNode(reason))
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def _text(meaning: str | None, lang: str) -> Text | None:
    return None if meaning is None else Text(meaning, lang)
