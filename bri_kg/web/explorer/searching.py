"""What words of a name find, as a page and as suggestions: every hit leads to its page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bri_kg.answers.claim_words import without_gap
from bri_kg.answers.face_words import Both
from bri_kg.answers.name_index import Reason
from bri_kg.answers.node_lookups import label_of, meaning_of
from bri_kg.answers.question_choice import asking_of, ways_asked
from bri_kg.answers.question_wording import asked_wording
from bri_kg.answers.search import KINDS, Hit, Hits
from bri_kg.answers.word_matching import words_of
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten
from bri_kg.texts.spellings import singular
from bri_kg.web.explorer.overview_words import WAY_TO
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.explorer.searched_places import places_asked_for
from bri_kg.web.site import Site

KEY: Final = "search"
_LOOKED_AT: Final = 200  # hits of a page
_OF_EACH: Final = 8  # kind, until one is asked for
_SUGGESTED: Final = 8
_SUGGESTED_OF: Final = 40
_ORDER: Final = ("thing", "concept", "question", "term", "comparison", "claim")
_EXACT: Final = (Reason.NAME, Reason.ALIAS)
Block = tuple[str, Both, list[Hit]]
"""Hits of a kind below a heading."""


@dataclass(frozen=True)
class Found:
    """A hit on a page: its name, where it leads, its name in the other language, what it means, the name that matched.

    A question leads to its answer about the thing that the words name, which stands in its wording, or beside it as
    `matched`.
    """

    hit: Hit
    label: str
    address: str | None
    other: str | None
    meaning: str | None
    matched: str | None
    is_filled: bool


def search_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the page of what the words `q` find, by kind; all of one with `kind`."""
    words, kind = asked.get("q", "").strip(), asked.get("kind")
    hits = _hits(site.graph, words, page.lang, _LOOKED_AT, kind if kind in KINDS else None)
    named = named_in(hits)
    questions = [hit for hit in hits if hit.kind == "question"]
    questions.sort(key=lambda hit: _distance(site.graph, named, hit))
    if not kind and (about := _to_be_asked(site.graph, hits, named, questions)):
        named = about
        questions = [*_asking(site.graph, page, about), *questions]
    groups = {
        name: questions if name == "question" else [hit for hit in hits if hit.kind == name]
        for name in _order(named, questions)
    }
    blocks = [(name, page.words.HITS[name][1], of) for name, of in groups.items() if of]
    if not kind and named and _is_only_one(named, groups["thing"]):
        blocks = _named_first(page, blocks, named)
    shown = [
        (
            name,
            page.say(heading),
            tuple(_found(site.graph, page, of if kind else of[:_OF_EACH], named)),
            len(of),
            len(groups[name]),
        )
        for name, heading, of in blocks
    ]
    return filled(
        page,
        "search.html",
        sought=words,
        hits=hits,
        is_partial=hits.is_partial and not (named and _fits(site.graph, named, questions)),
        kind=kind,
        places=() if kind else places_asked_for(words),
        meanings=WAY_TO,
        groups=shown,
        topic=_topic(hits),
    )


def suggestions(site: Site, page: Page, words: str) -> dict[str, Any]:
    """Return the best few hits as plain data, with some of each kind, behind pages of the whole graph."""
    every = _hits(site.graph, words, page.lang, _SUGGESTED_OF)
    hits, named = every.some_of_each(_SUGGESTED), named_in(every)
    places = [_place(page, key) for key in places_asked_for(words)]
    return {
        "total": hits.total + len(places),
        "near": hits.nearest,
        "hits": [
            *places,
            *(
                {
                    "label": filled_in(site.graph, page, hit, named),
                    "kind": _kind(page, hit),
                    "matched": _other_name(hit) if hit.kind in ("thing", "concept") else None,
                    "address": _address(site.graph, page, hit, named),
                }
                for hit in hits
            ),
        ],
    }


def _place(page: Page, key: str) -> dict[str, str | None]:
    label = page.say(page.words.PLACES[key])
    return {
        "label": label,
        "kind": page.say(page.words.A_PAGE),
        "matched": None,
        "address": page.at.of(key),
    }


def _hits(graph: KnowledgeGraph, words: str, lang: str, most: int, kind: str | None = None) -> Hits:
    """Return what words find; of none, nothing."""
    if not words_of(words):
        return Hits(words, (), 0)
    return graph.search(words, lang=lang, limit=most, kinds=kind)


def named_in(hits: Hits) -> Hit | None:
    """Return the thing that some of the words name, the others asking about it; else the concept held whole."""
    some = [hit for hit in hits if hit.reason == Reason.SOME_WORDS]
    asked = _forms(hits.words)
    concepts = (h for h in some if h.kind == "concept" and _forms(h.matched) <= asked)
    return next((h for h in some if h.kind == "thing"), None) or next(concepts, None)


def _forms(text: str) -> set[str]:
    return {singular(part) for word in words_of(text) for part in word.parts}


def _order(named: Hit | None, questions: Collection[Hit]) -> tuple[str, ...]:
    """Return the kinds as a page has them: questions first where the words ask more than the name of a thing."""
    is_asked = named is not None and (named.reason not in _EXACT or named.kind == "concept")
    first = "question" if is_asked and questions else None
    return tuple(sorted(_ORDER, key=lambda kind: kind != first))


def _distance(
    graph: KnowledgeGraph, named: Hit | None, hit: Hit
) -> tuple[bool, bool, bool, int, int]:
    """Return the key to sort questions by: asked so, about it, by default, with little else to give, often."""
    question = graph.questions[hit.node]
    asking = asking_of(question, named.node) if named else None
    is_own = asking is not None and named is not None and asking.default == shorten(named.node)
    number = len(question.params) if named else 0
    often = ways_asked(question)
    return hit.reason != Reason.ASKED, asking is None, not is_own, number, -often


def _fits(graph: KnowledgeGraph, named: Hit, hits: Iterable[Hit]) -> bool:
    """Return whether a question that was found asks about what the words name."""
    return any(asking_of(graph.questions[hit.node], named.node) for hit in hits)


def _to_be_asked(
    graph: KnowledgeGraph, hits: Hits, named: Hit | None, questions: Collection[Hit]
) -> Hit | None:
    """Return what questions are to be offered about, where those that were found do not ask about it."""
    if not questions:
        return _exact(hits)
    is_concept = named is not None and named.kind == "concept"
    return named if named and is_concept and not _fits(graph, named, questions) else None


def _exact(hits: Hits) -> Hit | None:
    """Return the thing that goes by the very words, or the concept, of which one may ask for several."""
    asked = _forms(hits.words)
    return next(
        (
            hit
            for hit in hits
            if (hit.kind == "thing" and hit.reason in _EXACT)
            or (hit.kind == "concept" and _forms(hit.matched) == asked)
        ),
        None,
    )


def _asking(graph: KnowledgeGraph, page: Page, thing: Hit) -> list[Hit]:
    """Return a few questions that can be asked of a thing: those first that ask of it where nothing else is given."""
    asking = [one for one in graph.questions.values() if asking_of(one, thing.node)]
    found = [
        Hit(one.name, "question", one.wording(page.lang), thing.label, Reason.ABOUT, 0.0)
        for one in asking
    ]
    return sorted(found, key=lambda hit: _distance(graph, thing, hit))[:_OF_EACH]


def _is_only_one(named: Hit, things: Iterable[Hit]) -> bool:
    """Return whether the very words are a name of one thing, and of no other."""
    return [hit.node for hit in things if hit.reason in _EXACT] == [named.node]


def _named_first(page: Page, blocks: Iterable[Block], named: Hit) -> list[Block]:
    """Return the thing that goes by the very words, the questions about it, then other things and the rest."""
    things, one = page.words.HITS["thing"][0], [named]
    rest = [
        (name, page.words.OTHER_THINGS, [hit for hit in of if hit.node != named.node])
        if name == "thing"
        else (name, heading, of)
        for name, heading, of in blocks
    ]
    rest.sort(key=lambda block: block[0] != "question")
    return [("thing", things, one), *(block for block in rest if block[2])]


def _topic(hits: Hits) -> Hit | None:
    """Return the thing or concept that comparisons were found for."""
    about = {hit.matched for hit in hits if hit.reason == Reason.ABOUT}
    return next((h for h in hits if h.kind in ("thing", "concept") and h.matched in about), None)


def _address(graph: KnowledgeGraph, page: Page, hit: Hit, named: Hit | None) -> str | None:
    if hit.kind == "question" and named:
        question = graph.questions[hit.node]
        if parameter := asking_of(question, named.node):
            key, value = f"questions/{question.name}", shorten(named.node)
            return page.at.of(key, **{parameter.name: value})
    return address_of(page, hit.kind, hit.node)


def filled_in(graph: KnowledgeGraph, page: Page, hit: Hit, named: Hit | None) -> str:
    """Return the label of a hit, of a question with what the words name in it."""
    if hit.kind != "question" or not named:
        return without_gap(hit.label)
    question = graph.questions[hit.node]
    asking = asking_of(question, named.node)
    chosen = {asking.name: named.label} if asking else {}
    return asked_wording(question, page.lang, chosen)


def _found(
    graph: KnowledgeGraph, page: Page, hits: Iterable[Hit], named: Hit | None
) -> Iterator[Found]:
    store = graph.guarded.quads
    for hit in hits:
        is_node = hit.kind != "question"
        other = label_of(store, hit.node, page.other) if is_node else None
        address = _address(graph, page, hit, named)
        label = filled_in(graph, page, hit, named)
        is_filled = named is not None and address != address_of(page, hit.kind, hit.node)
        is_filled = is_filled and label == hit.label
        yield Found(
            hit,
            label,
            address,
            other if other != hit.label else None,
            meaning_of(store, hit.node, page.lang) if is_node else None,
            named.label if named and is_filled else _other_name(hit, other),
            is_filled,
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
    by_itself = hit.reason in (Reason.SOME_WORDS, Reason.ABOUT, Reason.READS)
    return None if by_itself or hit.matched in (hit.label, hit.node, *shown) else hit.matched
