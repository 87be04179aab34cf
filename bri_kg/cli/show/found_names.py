"""What a search found, by kind: names, what it is, the name to give back, and what matched."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from itertools import islice
from typing import Final

from bri_kg.answers.face_words import (
    HITS,
    MATCHED,
    NEAREST_SPELLING,
    NOTHING_FOUND,
    SOME_OF_THE_WORDS,
    TRY,
    Both,
    Number,
    counted,
)
from bri_kg.answers.name_index import Reason
from bri_kg.answers.node_lookups import claims_naming, label_of
from bri_kg.answers.question_choice import asking_of
from bri_kg.answers.search import KINDS, NAMED, Hit, Hits
from bri_kg.cli.show.commands_shown import command_line
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.pages import page_for
from bri_kg.cli.show.row_layout import packed
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten

_CLAIMS: Final[Number] = (("1 claim", "1 条说法"), ("{count} claims", "{count} 条说法"))
_FOUND: Final[Both] = ("{n} found", "共 {n} 项")
_FIRST: Final[Both] = (
    "the first {n} of {total}: --limit {total}",
    "{total} 项中的前 {n} 项：--limit {total}",
)
_DISAGREEMENT: Final = "disagreement"  # a tag
_FEW: Final = 3  # questions that are proposed


def found_page(args: Namespace, kg: KnowledgeGraph, found: Hits) -> list[str]:
    """Return what was found, the best first in each group; what to try where nothing was."""
    page = page_for(args)
    if not found.hits:
        return [page.say(NOTHING_FOUND), page.say(TRY), *_tries(page, args)]
    lines = _how_near(page, found)
    for kind in KINDS:
        hits = [hit for hit in found if hit.kind == kind]
        if hits:
            lines += [""] if lines else []
            lines += [
                page.say(HITS[kind][1]).upper(),
                *(line for hit in hits for line in _hit(page, kg, hit)),
            ]
    total = _FIRST if found.truncated else _FOUND
    lines += ["", *page.lines(page.say(total, n=len(found), total=found.total))]
    asking = [
        line for command in _asking(page.lang, kg, found) for line in page.lines(command, indent=2)
    ]
    return [*lines, page.say(TRY), *asking] if asking else lines


def _asking(lang: str, kg: KnowledgeGraph, found: Hits) -> list[str]:
    """Return what to ask: what people put in such words, and how what was found by some of them goes together."""
    put = [hit.node for hit in found if hit.reason == Reason.ASKED][:_FEW]
    is_compared = any(_DISAGREEMENT in kg.questions[name].tags for name in put)
    first = [command_line(lang, "conflicts")] if is_compared else []
    asked = [command_line(lang, "ask", name) for name in put]
    return list(dict.fromkeys((*first, *asked, *_together(lang, kg, found))))


def _together(lang: str, kg: KnowledgeGraph, found: Hits) -> list[str]:
    thing = next((hit for hit in found if hit.kind in ("thing", "concept")), None)
    if thing is None or thing.reason != Reason.SOME_WORDS:
        return []
    name = shorten(thing.node)
    asked = (
        command_line(lang, "ask", hit.node, "--param", f"{parameter.name}={name}")
        for hit in found
        if hit.kind == "question"
        if (parameter := asking_of(kg.questions[hit.node], thing.node))
    )
    is_of_disagreement = any(
        _DISAGREEMENT in kg.questions[hit.node].tags for hit in found if hit.kind == "question"
    )
    compared = [command_line(lang, "conflicts", name)] if is_of_disagreement else []
    return [*islice(asked, _FEW), *compared, command_line(lang, "describe", name)]


def _tries(page: Page, args: Namespace) -> Iterator[str]:
    if "claim" not in (args.kind or ()):
        words = command_line(page.lang, "search", *args.words, "--kind", "claim")
        yield from page.lines(words, indent=2)
    yield from page.lines(command_line(page.lang, "questions"), indent=2)


def _how_near(page: Page, found: Hits) -> list[str]:
    if found.nearest is not None:
        return page.lines(page.say(NEAREST_SPELLING, words=found.nearest))
    return page.lines(page.say(SOME_OF_THE_WORDS)) if found.is_partial else []


def _hit(page: Page, kg: KnowledgeGraph, hit: Hit) -> Iterator[str]:
    if hit.kind == "question":
        yield from page.lines(hit.node, indent=2)
        yield from page.lines(hit.label, indent=4)
        return
    other = label_of(kg.guarded.quads, hit.node, "en" if page.lang == "zh" else "zh")
    # The name in the other language says something only to whoever asked by it.
    names = (hit.label, other if other != hit.label and hit.matched == other else None)
    count = claims_naming(kg.guarded.quads, hit.node) if hit.kind in NAMED[:2] else 0
    told = counted(page.lang, _CLAIMS, count) if count else None
    cls = None if hit.kind == "comparison" else hit.cls_label  # the heading says it
    kind = (", " if page.lang == "en" else "，").join(filter(None, (cls, told)))
    yield from packed(page, (text for text in (*names, kind) if text), "  ", indent=2)
    yield from page.lines(shorten(hit.node), indent=4)
    if hit.matched not in names and hit.reason != Reason.SOME_WORDS:
        yield from page.lines(page.say(MATCHED, text=hit.matched), indent=4)
