"""The index of a written site: the names that a search knows, as a script that pages on a disk can load.

`bri_kg/web/assets/search-matcher.js` looks words up in it, by the rules of `bri_kg.answers.name_index`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bri_kg.answers.asked_words import FILLER, FILLER_HAN, NEGATION, NEGATION_HAN
from bri_kg.answers.claim_words import without_gap
from bri_kg.answers.comparison_topics import topics_once
from bri_kg.answers.name_index import Name, Reason
from bri_kg.answers.search import NAMED
from bri_kg.answers.searched_names import SearchedNames, class_of, label_in, searched_names
from bri_kg.dataset.questions import Question
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.web.explorer.asked_in_index import asked_of, places_told
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.searching import address_of

MOST: Final = 20_000
"""The things, concepts, terms, questions and comparisons in an index: one of so many has about 2 MB."""


@dataclass(frozen=True)
class SearchIndex:
    """The script, how many can be found by it, and how many names were left out for want of a page or of room."""

    script: str
    held: int
    left_out: int


def index_file(lang: str) -> str:
    """Return the name of the asset in which pages of a language look for their index."""
    return f"search-index-{lang}.js"


def search_index(graph: KnowledgeGraph, page: Page, most: int = MOST) -> SearchIndex:
    """Return the index of what has a page, in the language of `page`, as whose addresses stand those of hits.

    It must stand in the folder that holds the folder of assets.
    """
    release = None if graph.is_given else graph.release
    has_page = cache(lambda node: page.at.thing(node) is not None)
    known = searched_names(
        graph.guarded, graph.resources, graph.questions.values(), release, has_page
    )
    by_node: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in known.names:
        by_node[name.kind, name.node].append(name)
    ordered = sorted(by_node, key=lambda one: (_ROOM[one[0]], one[1]))
    kept = sorted(ordered[:most], key=lambda one: (NAMED.index(one[0]), one[1]))
    classes: dict[str, int] = {}
    places = {node: place for place, (kind, node) in enumerate(kept) if kind == "comparison"}
    takes = {node: place for place, (kind, node) in enumerate(kept) if kind in ("thing", "concept")}
    topics = topics_once(graph.guarded, graph.resources, graph.kept).shared
    entries = [
        [
            *_entry(graph, page, known, classes, kind, node, by_node[kind, node]),
            *(
                [asked_of(page, graph.questions[node], takes)]
                if kind == "question"
                else _about(places, topics.get(node, ()))
            ),
        ]
        for kind, node in kept
    ]
    cut = sum(len(by_node[one]) for one in ordered[most:])
    data = {
        "kinds": [[name, *(page.say(one) for one in page.words.HITS[name])] for name in NAMED],
        "reasons": [reason.name for reason in Reason],
        "classes": list(classes),
        "filler": sorted(FILLER),
        "fillerHan": FILLER_HAN.pattern,
        "negation": sorted(NEGATION),
        "negationHan": sorted(NEGATION_HAN),
        "page": page.say(page.words.A_PAGE),
        "otherThings": page.say(page.words.OTHER_THINGS),
        "places": places_told(page),
        "entries": entries,
    }
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return SearchIndex(
        f'"use strict";\nvar briKgIndex = {told};\n', len(kept), known.left_out + cut
    )


# What makes room for what: the ontology and the questions are few, and lead to all else.
_ROOM: Final[Mapping[str, int]] = {
    kind: place for place, kind in enumerate(("question", "term", "concept", "thing", "comparison"))
}


def _entry(
    graph: KnowledgeGraph,
    page: Page,
    known: SearchedNames,
    classes: dict[str, int],
    kind: str,
    node: str,
    names: list[Name],
) -> list[Any]:
    """Return kind, class, address, label, and the names: how many are labels, how many what people ask."""
    question = graph.questions[node] if kind == "question" else None
    label = question.wording(page.lang) if question else label_in(known.labels, node, page.lang)
    asked = _asked_as(question) if question else frozenset()
    grouped = sorted(names, key=lambda one: (_group(one, asked), one.text))
    texts = [one.text for one in grouped]
    counts = [sum(_group(one, asked) == group for one in grouped) for group in range(2)]
    cls = _class(graph, page, node) if kind == "thing" else None
    place = classes.setdefault(cls, len(classes)) if cls else -1
    return [
        NAMED.index(kind),
        place,
        address_of(page, kind, node),
        without_gap(label or texts[0]),
        *counts,
        texts,
    ]


def _about(places: Mapping[str, int], comparisons: Iterable[str]) -> list[list[int]]:
    """Return where the comparisons that are about something stand, if there are any."""
    found = [places[one] for one in comparisons if one in places]
    return [found] if found else []


def _group(name: Name, asked: frozenset[str]) -> int:
    return 0 if name.is_label else 1 if name.text in asked else 2


def _asked_as(question: Question) -> frozenset[str]:
    return frozenset(text for texts in question.asked_as.values() for text in texts)


def _class(graph: KnowledgeGraph, page: Page, node: str) -> str | None:
    return class_of(graph.guarded, graph.resources, node, page.lang)[1]
