"""The words that claims cite, read from the texts at hand: evidence and context apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bri_kg.names import BRI, split_passage
from bri_kg.stores.memory import Store

_PASSAGES = """SELECT DISTINCT ?claim ?tie ?passage WHERE {
  VALUES ?tie { bri:evidence bri:hasContext }
  ?claim ?tie ?passage . FILTER (isIRI(?passage)) } ORDER BY ?claim ?tie ?passage"""


@dataclass(frozen=True)
class Quote:
    """A passage with its words, and the letters just before and after it."""

    passage: str
    slug: str
    words: str
    before: str
    after: str


@dataclass(frozen=True)
class Cited:
    """What one claim cites of the texts at hand."""

    claim: str
    evidence: tuple[Quote, ...]
    context: tuple[Quote, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Evidence, then context."""
        return (*self.evidence, *self.context)

    @cached_property
    def words(self) -> str:
        """All the words, a line for each passage."""
        return "\n".join(quote.words for quote in self.quotes)

    @cached_property
    def said(self) -> str:
        """The words of the evidence alone."""
        return "\n".join(quote.words for quote in self.evidence)


def cited_words(store: Store, texts: Mapping[str, str | None]) -> dict[str, Cited]:
    """Return what each claim cites, by claim; passages whose text is missing, or that end beyond it, are left out."""
    found: dict[str, dict[bool, list[Quote]]] = {}
    for row in store.select(_PASSAGES):
        quote = _quote(str(row.value("passage")), texts)
        if quote is not None:
            ties = found.setdefault(str(row.value("claim")), {True: [], False: []})
            ties[row.value("tie") == BRI + "evidence"].append(quote)
    return {
        claim: Cited(claim, tuple(ties[True]), tuple(ties[False])) for claim, ties in found.items()
    }


def _quote(passage: str, texts: Mapping[str, str | None]) -> Quote | None:
    parts = split_passage(passage)
    text = texts.get(parts[0]) if parts else None
    if parts is None or text is None or not parts[1] < parts[2] <= len(text):
        return None
    slug, begin, end = parts
    return Quote(
        passage=passage,
        slug=slug,
        words=text[begin:end],
        before=text[begin - 1 : begin] if begin else "",
        after=text[end : end + 1],
    )
