"""Passages by their IRIs, looked up without a query: their source, and their words where the texts are at hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.passage_model import Passage, Source
from bri_kg.names import BRI, PREFIXES, source_iri, split_passage
from bri_kg.stores.selecting import Guarded, Quads

_SHA256: Final = ox.NamedNode(BRI + "sha256")
_LANGUAGE: Final = ox.NamedNode(PREFIXES["dcterms"] + "language")
_PAGE: Final = ox.NamedNode(PREFIXES["schema"] + "url")


def cited_passages(
    store: Guarded, passages: Iterable[str], lang: str, texts: Path | None = None
) -> dict[str, Passage]:
    """Return those of the IRIs that are passages, by IRI; with a folder of texts, their states and words."""
    spans = {passage: split_passage(passage) for passage in dict.fromkeys(passages)}
    slugs = sorted({span[0] for span in spans.values() if span})
    sources = {slug: _source(store.quads, slug, lang) for slug in slugs}
    read = _texts(store, slugs, texts)
    return {
        passage: _passage(store.quads, passage, span, sources[span[0]], read)
        for passage, span in spans.items()
        if span
    }


def _source(store: Quads, slug: str, lang: str) -> Source:
    iri = source_iri(slug)
    pages = sorted(_values(store, iri, _PAGE))
    language = min(_values(store, iri, _LANGUAGE), default=None)
    return Source(
        iri, slug, label_of(store, iri, lang), None, pages[0] if pages else None, language
    )


def _texts(
    store: Guarded, slugs: Iterable[str], folder: Path | None
) -> dict[str, str | None] | None:
    if folder is None:
        return None
    from bri_kg.texts.originals import read_source  # of no use to those without texts
    from bri_kg.texts.source_files import source_files

    files = source_files(store)
    return {slug: read_source(folder, files[slug]) if slug in files else None for slug in slugs}


def _passage(
    store: Quads,
    passage: str,
    span: tuple[str, int, int],
    source: Source,
    read: dict[str, str | None] | None,
) -> Passage:
    slug, begin, end = span
    sealed = min(_values(store, passage, _SHA256), default=None)
    state, words = "unchecked", None
    if read is not None:
        from bri_kg.texts.evidence import state_of

        text = read[slug]
        state = state_of(passage, sealed, text)
        words = text[begin:end] if text is not None and state == "verified" else None
    return Passage(passage, "evidence", source, begin, end, sealed, state, words)


def _values(store: Quads, node: str, prop: ox.NamedNode) -> set[str]:
    quads = store.quads_for_pattern(ox.NamedNode(node), prop, None)
    return {q.object.value for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)}
