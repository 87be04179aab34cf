"""Claims whose words do not speak of their parties: the evidence may be another sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bri_kg.stores.memory import Store
from bri_kg.texts.cited_words import Cited

_PARTIES = """SELECT DISTINCT ?claim ?thing ?label WHERE {
  VALUES ?part { bri:hasSubject bri:hasObject bri:hasAgent bri:hasParty bri:hasPlace }
  ?claim ?part ?thing .
  # No text names itself.
  FILTER NOT EXISTS { ?thing a bri:Source }
  ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label } ORDER BY ?claim ?thing ?label"""
_CONCEPTS = """SELECT DISTINCT ?claim ?thing ?label WHERE {
  VALUES ?part { bri:countedKind bri:kind bri:theme bri:purpose bri:challenge }
  { ?claim ?part ?thing . ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label }
  UNION { ?claim bri:name ?label . BIND (?label AS ?thing) } } ORDER BY ?claim ?thing ?label"""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|[0-9]{4}")
_HAN = re.compile(r"[㐀-鿿]+")
# Words that any sentence has, or that stand in the labels of sets and not in texts.
_COMMON = frozenset({
    "from", "with", "that", "this", "which", "those", "their", "they", "have", "been", "were", "other", "more", "most",
    "many", "some", "such", "also", "under", "into", "over", "about", "through", "within", "between", "named",
    "several", "international", "national", "science", "scientific", "technology", "innovation", "cooperation",
    "development",
})  # fmt: skip

_SHORT = frozenset({
    "the", "and", "for", "of", "in", "on", "at", "by", "to", "as", "it", "we", "an", "or", "is", "are", "was", "has",
    "had", "its", "our", "but", "not", "all", "new",
})  # fmt: skip


def unnamed(store: Store, cited: Mapping[str, Cited]) -> Iterator[tuple[str, str]]:
    """Yield each claim whose words do not speak of it, with the first party that they do not name.

    They do not when they name none of its parties, places and concepts; or leave out a party, and
    every concept. A word of a label counts by its stem, a Chinese label by any two characters of it;
    words such as science and cooperation stand everywhere in these texts and are no sign.
    """
    parties = _labelled(store, cited, _PARTIES)
    concepts = _labelled(store, cited, _CONCEPTS)
    for claim in sorted(parties):
        words = _signs(cited[claim].words)
        told = {party: signs for party, signs in parties[claim].items() if signs}
        absent = [party for party, signs in told.items() if signs.isdisjoint(words)]
        meant = set().union(*concepts.get(claim, {}).values())
        if absent and meant.isdisjoint(words) and (meant or len(absent) == len(told)):
            yield claim, absent[0]


def _labelled(
    store: Store, cited: Mapping[str, Cited], query: str
) -> dict[str, dict[str, set[str]]]:
    """Return the signs of what each claim names, by claim and thing."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in store.select(query):
        claim = str(row.value("claim"))
        if claim in cited:
            signs = found.setdefault(claim, {}).setdefault(str(row.value("thing")), set())
            signs.update(_signs(str(row.value("label"))))
    return found


def _signs(text: str) -> set[str]:
    """Return what a text can be told by: stems of its words, abbreviations, pairs of Chinese characters."""
    words = _WORD.findall(text)
    stems = {
        word.lower()[:5] for word in words if len(word) > 3 and word.lower() not in _COMMON
    }  # fmt: skip
    short = {
        word
        for word in words
        if 1 < len(word) < 4 and word[0].isupper() and word.lower() not in _SHORT
    }
    runs = _HAN.findall(text)
    return stems | short | {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
