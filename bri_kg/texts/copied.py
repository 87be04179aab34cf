"""Texts of the editors that repeat a sentence of the source: what is said must be said in own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bri_kg.stores.memory import Store
from bri_kg.texts.cited_words import Cited

_OWN_WORDS = """SELECT DISTINCT ?claim ?text WHERE {
  VALUES ?property { bri:summary bri:reason } ?claim ?property ?text } ORDER BY ?claim ?text"""
_LABELS = (
    "SELECT DISTINCT ?label WHERE { ?thing skos:prefLabel|skos:altLabel|dcterms:title ?label }"
)
_WORD = re.compile(r"[A-Za-z0-9]+")
_HAN = re.compile(r"[㐀-鿿0-9]+")

LONGEST_RUN = 7
"""English words in a row that a text of ours may share with a source; a name counts as one."""

LONGEST_RUN_ZH = 15
"""Chinese characters in a row that it may share, names left out."""


def repeated(
    store: Store, cited: Mapping[str, Cited], texts: Mapping[str, str | None]
) -> Iterator[tuple[str, str]]:
    """Yield each claim whose summary or reason shares a longer run of words with its source, and the run."""
    names = _Names(store)
    runs: dict[str, set[tuple[str, ...]]] = {}
    for row in store.select(_OWN_WORDS):
        claim, own = str(row.value("claim")), str(row.value("text"))
        slugs = {quote.slug for quote in cited[claim].quotes} if claim in cited else set()
        for slug in sorted(slugs):
            if slug not in runs:
                runs[slug] = set(names.runs(texts.get(slug) or ""))
            shared = next((run for run in names.runs(own) if run in runs[slug]), None)
            if shared:
                yield claim, (" " if shared[0].isascii() else "").join(shared)
                break


class _Names:
    """The names that the graph knows: in a run of words each counts as one, since it cannot be said otherwise."""

    def __init__(self, store: Store) -> None:
        labels = [str(row.value("label")) for row in store.select(_LABELS)]
        self._by_first: dict[str, list[list[str]]] = {}
        for words in (_WORD.findall(label.lower()) for label in labels):
            if 2 < len(words) < 17:
                self._by_first.setdefault(words[0], []).append(words)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)
        self._chinese: dict[str, list[str]] = {}
        for label in {label for label in labels if len(label) > 3 and _HAN.fullmatch(label)}:
            self._chinese.setdefault(label[:2], []).append(label)

    def runs(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield the runs of words one longer than may be shared."""
        words = self._folded(_WORD.findall(text.lower()))
        size = LONGEST_RUN + 1
        yield from (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
        size = LONGEST_RUN_ZH + 1
        for run in _HAN.findall(text):
            for piece in self._between_names(run).split():
                yield from (tuple(piece[at : at + size]) for at in range(len(piece) - size + 1))

    def _between_names(self, run: str) -> str:
        kept, at = [], 0
        while at < len(run):
            known = (
                name for name in self._chinese.get(run[at : at + 2], ()) if run.startswith(name, at)
            )
            longest = max(map(len, known), default=0)
            kept.append(" " if longest else run[at])
            at += longest or 1
        return "".join(kept)

    def _folded(self, words: list[str]) -> list[str]:
        folded, at = [], 0
        while at < len(words):
            known = self._by_first.get(words[at], [])
            name = next((n for n in known if words[at : at + len(n)] == n), None)
            folded.append(" ".join(name) if name else words[at])
            at += len(name) if name else 1
        return folded
