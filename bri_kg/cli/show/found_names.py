"""What a search found, by kind: names in both languages, what it is, the name to give back, and what matched."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Final

from bri_kg.answers.name_index import Reason
from bri_kg.answers.node_lookups import claims_naming, label_of
from bri_kg.answers.search import KINDS, NAMED, Hit, Hits
from bri_kg.answers.word_matching import is_slip, words_of
from bri_kg.cli.show.layout import Both, Page
from bri_kg.cli.show.pages import page_for
from bri_kg.cli.show.row_layout import packed
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten

_GROUPS: Final[dict[str, Both]] = {
    "thing": ("THINGS", "事物"),
    "concept": ("CONCEPTS", "概念"),
    "term": ("TERMS OF THE ONTOLOGY", "本体术语"),
    "question": ("QUESTIONS", "问题"),
    "comparison": ("COMPARISONS", "比较"),
    "claim": ("CLAIMS", "主张"),
}
_NEAREST: Final[Both] = (
    "No exact hit; nearest spelling: {words}",
    "没有完全匹配；最接近的写法：{words}",
)
_SOME: Final[Both] = (
    "No name has all these words; these have some of them.",
    "没有名称含有全部词语；以下含有其中一些。",
)
_MATCHED: Final[Both] = ("matched: {text}", "匹配：{text}")
_ONE_CLAIM: Final[Both] = ("1 claim", "1 个主张")
_CLAIMS: Final[Both] = ("{n} claims", "{n} 个主张")
_FOUND: Final[Both] = ("{n} found", "共 {n} 项")
_FIRST: Final[Both] = (
    "the first {n} of {total}: --limit {total}",
    "{total} 项中的前 {n} 项：--limit {total}",
)
_NOTHING: Final[Both] = (
    "0 rows: no name has these words",
    "没有找到：没有名称含有这些词",
)
_TRY: Final[Both] = ("try", "可试")


def found_page(args: Namespace, kg: KnowledgeGraph, found: Hits) -> list[str]:
    """Return what was found, the best first in each group; what to try where nothing was."""
    page = page_for(args)
    if not found.hits:
        return [page.say(_NOTHING), page.say(_TRY), *_tries(page, args)]
    lines = _how_near(page, found)
    for kind in KINDS:
        hits = [hit for hit in found if hit.kind == kind]
        if hits:
            lines += [""] if lines else []
            lines += [
                page.say(_GROUPS[kind]),
                *(line for hit in hits for line in _hit(page, kg, hit)),
            ]
    total = _FIRST if found.truncated else _FOUND
    return [*lines, "", *page.lines(page.say(total, n=len(found), total=found.total))]


def _tries(page: Page, args: Namespace) -> Iterator[str]:
    if "claim" not in (args.kind or ()):
        yield from page.lines(f"bri-kg search {' '.join(args.words)} --kind claim", indent=2)
    yield from page.lines("bri-kg questions", indent=2)


def _how_near(page: Page, found: Hits) -> list[str]:
    reasons = {hit.reason for hit in found}
    if reasons == {Reason.SLIP}:
        return page.lines(page.say(_NEAREST, words=_corrected(found.words, found[0].matched)))
    return page.lines(page.say(_SOME)) if reasons == {Reason.SOME_WORDS} else []


def _corrected(words: str, matched: str) -> str:
    """Return the words that were asked for, as the name that was found spells them."""
    known = [word.joined for word in words_of(matched)]
    asked = [word.joined for word in words_of(words)]
    return " ".join(next((k for k in known if is_slip(word, k)), word) for word in asked)


def _hit(page: Page, kg: KnowledgeGraph, hit: Hit) -> Iterator[str]:
    if hit.kind == "question":
        yield from page.lines(hit.node, indent=2)
        yield from page.lines(hit.label, indent=4)
        return
    other = label_of(kg.guarded.quads, hit.node, "en" if page.lang == "zh" else "zh")
    names = (hit.label, other if other != hit.label else None)
    count = claims_naming(kg.guarded.quads, hit.node) if hit.kind in NAMED[:2] else 0
    told = page.say(_ONE_CLAIM if count == 1 else _CLAIMS, n=count) if count else None
    kind = (", " if page.lang == "en" else "，").join(filter(None, (hit.cls_label, told)))
    yield from packed(page, (text for text in (*names, kind) if text), "  ", indent=2)
    yield from page.lines(shorten(hit.node), indent=4)
    if hit.matched not in names and hit.reason != Reason.SOME_WORDS:
        yield from page.lines(page.say(_MATCHED, text=hit.matched), indent=4)
