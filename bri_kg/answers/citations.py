"""The passages of claims: where they stand, whether their digests hold, and their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bri_kg.answers.model import Passage, Source
from bri_kg.answers.scope import Ground, iri, names_of
from bri_kg.names import BRI, slug_of, split_passage
from bri_kg.rdf.rows import Row
from bri_kg.texts.evidence import state_of
from bri_kg.texts.originals import read_source
from bri_kg.texts.source_files import source_files

_EVIDENCE = BRI + "evidence"


def passages_of(ground: Ground, claims: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of each claim: evidence, then context, each in the order of the text."""
    rows = tuple(ground.select_each("passages-of-claims", "claim", claims))
    sources = _sources(ground, rows)
    texts = _texts(ground, {source.slug for source in sources.values()})
    found: dict[str, dict[tuple[str, str], Passage]] = {}
    for row in rows:
        passage = _passage(row, sources[iri(row["source"])], texts)
        found.setdefault(iri(row["claim"]), {})[passage.role, passage.iri] = passage
    return {claim: tuple(sorted(of.values(), key=_order)) for claim, of in found.items()}


def _order(passage: Passage) -> tuple[bool, str, int, int]:
    return passage.role != "evidence", passage.source.slug, passage.begin, passage.end


def _sources(ground: Ground, rows: Iterable[Row]) -> dict[str, Source]:
    pages, languages = (_by_source(rows, column) for column in ("page", "language"))
    names = names_of(ground, pages)
    return {
        source: Source(
            source,
            slug_of(source),
            names.named(source).label,
            names.named(source).lang,
            min(known, default=None),
            min(languages[source], default=None),
        )
        for source, known in pages.items()
    }


def _by_source(rows: Iterable[Row], column: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        known = found.setdefault(iri(row["source"]), set())
        if (value := row[column]) is not None:
            known.add(iri(value))
    return found


@dataclass(frozen=True)
class _Texts:
    """The texts at hand by the slug of their source; `given` is whether the user named a folder."""

    given: bool
    texts: dict[str, str]


def _texts(ground: Ground, slugs: Collection[str]) -> _Texts:
    if ground.texts is None:
        return _Texts(False, {})
    folder = ground.texts
    files = source_files(ground.store)
    read = ((slug, read_source(folder, files[slug])) for slug in slugs if slug in files)
    return _Texts(True, {slug: text for slug, text in read if text is not None})


def _passage(row: Row, source: Source, texts: _Texts) -> Passage:
    passage = iri(row["passage"])
    sealed = None if row["sha256"] is None else iri(row["sha256"])
    _, begin, end = split_passage(passage) or ("", _whole(row, "begin"), _whole(row, "end"))
    text = texts.texts.get(source.slug)
    state = state_of(passage, sealed, text) if texts.given else "unchecked"
    return Passage(
        iri=passage,
        role="evidence" if iri(row["tie"]) == _EVIDENCE else "context",
        source=source,
        begin=begin,
        end=end,
        sha256=sealed,
        state=state,
        words=text[begin:end] if text is not None and state == "verified" else None,
    )


def _whole(row: Row, name: str) -> int:
    value = row.value(name)
    return value if isinstance(value, int) else 0
