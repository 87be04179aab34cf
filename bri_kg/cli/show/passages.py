"""A passage as people read it: the source, both offsets, the state of its digest, and the words or where they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bri_kg.answers.face_words import STATES, Both
from bri_kg.cli.show.layout import Page
from bri_kg.names import citation

if TYPE_CHECKING:
    from bri_kg.answers.passage_model import Passage, Source

NO_WORDS: Both = ("give --sources DIR to see the words", "以 --sources DIR 给出文本目录可显示原文")
_WORDS = "| "  # before the words of the reader's own copy


def cite(passage: Passage) -> str:
    """Return `cas-decade 3036–3249`: code points, the end exclusive."""
    return citation(passage.source.slug, passage.begin, passage.end)


def cite_with_state(page: Page, passage: Passage) -> str:
    """Return the citation with what is known of its digest; nothing is said of what was not checked."""
    if passage.state == "unchecked":
        return cite(passage)
    return f"{cite(passage)}  {page.say(STATES[passage.state])}"


def word_lines(page: Page, passage: Passage, *, indent: int = 0) -> list[str]:
    """Return the words of a passage, each line marked; none where they are not at hand."""
    if passage.words is None:
        return []
    return page.lines(" ".join(passage.words.split()), indent=indent, first=_WORDS, rest=_WORDS)


def source_entries(page: Page, sources: Iterable[Source], *, indent: int = 0) -> list[str]:
    """Return what the names in citations stand for: the title and address of each source."""
    return [
        line
        for source in sources
        for line in (
            *page.lines(source.title or "", indent=indent, first=f"{source.slug}  "),
            *address_lines(page, source, indent=indent + 2),
        )
    ]


def address_lines(page: Page, source: Source, *, indent: int = 0) -> list[str]:
    """Return the public address of a source where it has one."""
    return page.lines(source.page, indent=indent) if source.page else []
