"""The words that claims are said in: of summaries and reasons, and of passages where the texts are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.cited_passages import cited_passages
from bri_kg.answers.other_spellings import in_one_spelling
from bri_kg.answers.word_matching import Word, words_of
from bri_kg.names import BRI
from bri_kg.stores.selecting import Guarded

# What the editors say of a claim in their own words.
_TOLD: Final = tuple(ox.NamedNode(BRI + name) for name in ("summary", "reason"))
_EVIDENCE: Final = ox.NamedNode(BRI + "evidence")
_OMISSION: Final = ox.NamedNode(BRI + "omissionReason")
_MOST_READ: Final = 20_000  # claims: in more, words tell little
_LONG: Final = 4  # letters: a longer word is found as the beginning of another


@dataclass(frozen=True)
class SaidWords:
    """Claims by the words they are said in, and passages that are left out of all claims by theirs."""

    claims: dict[str, frozenset[str]]
    han: tuple[tuple[str, str], ...]

    def holding(self, word: Word) -> set[str]:
        """Return the claims, and the passages left out, whose words hold one, in any spelling."""
        if word.is_han:
            return {node for node, text in self.han if word.joined in text}
        plain = in_one_spelling(word.joined)
        if len(plain) < _LONG:
            return set(self.claims.get(plain, ()))
        kept = (nodes for known, nodes in self.claims.items() if known.startswith(plain))
        return {node for nodes in kept for node in nodes}


def said_words(store: Guarded, texts: Path | None) -> SaidWords:
    """Return the words of all claims of a store; none of a store with too many."""
    by_word: dict[str, set[str]] = {}
    han: list[tuple[str, str]] = []
    for node, text in _texts(store, texts):
        for word in words_of(text):
            if word.is_han:
                han.append((node, word.joined))
            for part in () if word.is_han else (*word.parts, word.joined):
                by_word.setdefault(in_one_spelling(part), set()).add(node)
    return SaidWords({word: frozenset(nodes) for word, nodes in by_word.items()}, tuple(han))


def _texts(store: Guarded, texts: Path | None) -> Iterator[tuple[str, str]]:
    evidence = list(_pairs(store, _EVIDENCE))
    if len(evidence) > _MOST_READ:
        return
    claims = {claim for claim, _ in evidence}
    for prop in _TOLD:
        yield from ((one, text) for one, text in _pairs(store, prop) if one in claims)
    left_out = [(one, one) for one, _ in _pairs(store, _OMISSION)] if texts else []
    yield from _words(store, [*evidence, *left_out] if texts else [], texts)


def _words(
    store: Guarded, pairs: Iterable[tuple[str, str]], texts: Path | None
) -> Iterator[tuple[str, str]]:
    given = list(pairs)
    cited = cited_passages(store, (passage for _, passage in given), "en", texts)
    for node, passage in given:
        if (found := cited.get(passage)) and found.words:
            yield node, found.words


def _pairs(store: Guarded, prop: ox.NamedNode) -> Iterator[tuple[str, str]]:
    for quad in store.quads.quads_for_pattern(None, prop, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(
            quad.object, ox.NamedNode | ox.Literal
        ):
            yield quad.subject.value, str(quad.object.value)
