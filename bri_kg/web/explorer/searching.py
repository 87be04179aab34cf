"""What words of a name find, as a page and as suggestions: every hit leads to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bri_kg.answers.name_index import Reason
from bri_kg.answers.node_lookups import label_of, meaning_of
from bri_kg.answers.search import KINDS, Hit, Hits
from bri_kg.answers.word_matching import words_of
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.site import Site

KEY: Final = "search"
_LOOKED_AT: Final = 200  # hits of a page
_OF_EACH: Final = 8  # kind, until one is asked for
_SUGGESTED: Final = 8
_SUGGESTED_OF: Final = 40


@dataclass(frozen=True)
class Found:
    """A hit on a page: where it leads, its name in the other language, what it means, the name that matched."""

    hit: Hit
    address: str | None
    other: str | None
    meaning: str | None
    matched: str | None


def search_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the page of what the words `q` find, by kind; all of one with `kind`."""
    words, kind = asked.get("q", "").strip(), asked.get("kind")
    hits = _hits(site.graph, words, page.lang, _LOOKED_AT, kind if kind in KINDS else None)
    groups = [(name, [hit for hit in hits if hit.kind == name]) for name in KINDS]
    shown = [
        (name, tuple(_found(site.graph, page, hits if kind else hits[:_OF_EACH])), len(hits))
        for name, hits in groups
        if hits
    ]
    return filled(page, "search.html", sought=words, hits=hits, kind=kind, groups=shown)


def suggestions(site: Site, page: Page, words: str) -> dict[str, Any]:
    """Return the best few hits as plain data, with some of each kind."""
    hits = _hits(site.graph, words, page.lang, _SUGGESTED_OF).some_of_each(_SUGGESTED)
    return {
        "total": hits.total,
        "near": hits.nearest,
        "hits": [
            {
                "label": hit.label,
                "kind": _kind(page, hit),
                "matched": _other_name(hit) if hit.kind in ("thing", "concept") else None,
                "address": address_of(page, hit.kind, hit.node),
            }
            for hit in hits
        ],
    }


def _hits(graph: KnowledgeGraph, words: str, lang: str, most: int, kind: str | None = None) -> Hits:
    """Return what words find; of none, nothing."""
    if not words_of(words):
        return Hits(words, (), 0)
    return graph.search(words, lang=lang, limit=most, kinds=kind)


def _found(graph: KnowledgeGraph, page: Page, hits: Iterable[Hit]) -> Iterator[Found]:
    store = graph.guarded.quads
    for hit in hits:
        is_node = hit.kind != "question"
        other = label_of(store, hit.node, page.other) if is_node else None
        yield Found(
            hit,
            address_of(page, hit.kind, hit.node),
            other if other != hit.label else None,
            meaning_of(store, hit.node, page.lang) if is_node else None,
            _other_name(hit, other),
        )


def address_of(page: Page, kind: str, node: str) -> str | None:
    """Return the address of what was found, None for what is on no page."""
    return page.at.of(f"questions/{node}") if kind == "question" else page.at.thing(node)


def _kind(page: Page, hit: Hit) -> str:
    """Return what a hit is: its class, where that says more than its kind."""
    kind = page.say(page.words.HITS[hit.kind][0])
    return hit.cls_label or kind if hit.kind == "thing" else kind


def _other_name(hit: Hit, *shown: str | None) -> str | None:
    """Return the name that matched, where people would not see by themselves why this was found."""
    by_itself = hit.reason in (Reason.SOME_WORDS, Reason.READS)
    return None if by_itself or hit.matched in (hit.label, hit.node, *shown) else hit.matched
