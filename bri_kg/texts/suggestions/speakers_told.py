"""Who is quoted in a text: names beside words such as said, according to, 表示."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

_SAID: Final = re.compile(
    r"\b(?:said|says|told|noted|added|stressed|stated|remarked|explained|announced that|called (?:on|for)|pointed out"
    r"|emphasi[sz]ed|recogni[sz]ing|hoped|looked forward|congratulated|argued|observed|commented|wrote|recalled)\b"
    r"|表示|指出|强调|认为|介绍说?|说[，：“道]|称[，：“]",
    re.IGNORECASE,
)
_ACCORDING: Final = re.compile(
    r"\b(?:according to|in the words of|quoted|quoting)\s(?:the\s)?|据|按照", re.I
)
_SENT: Final = re.compile(
    r"\s(?:sent|delivered|addressed|gave)\s(?:an?|the|his|her)\s(?:[a-z]+\s){0,2}"
    r"(?:letter|speech|address|message|remarks)",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"[’']s\s(?:ad+r+ess|speech|remarks|words|message|statement|letter)", re.I)
_ADVERBS: Final = re.compile(
    r"\s(?:(?:also|has|have|had|then|later|further|sincerely)\s){0,3}", re.I
)
_APPOSED: Final = re.compile(
    r"\s?[,，（(][^.!?。！？\n]{1,160}[,，)）]\s?(?:(?:also|has|have)\s)?", re.I
)
_FAR: Final = 180
_BEFORE_SAID: Final = re.compile(r"\b([A-Z][\w-]+)\s(?:also\s|has\s)?$")


def speakers_told(text: str, named: list[Span]) -> list[tuple[Span, Span]]:
    """Return the spans of names that are quoted, each with that of the word that shows it.

    `named` are the spans of the names of people and bodies, from the left, none overlapping another.
    """
    return sorted({*_saying(text, named), *_according(text, named), *_speaking(text, named)})


def family_names(text: str) -> Iterator[Span]:
    """Yield the spans of single words with a capital before a word of saying: Cong said."""
    for cue in _SAID.finditer(text):
        if found := _BEFORE_SAID.search(text, max(0, cue.start() - 40), cue.start()):
            yield found.span(1)


def _saying(text: str, named: list[Span]) -> Iterator[tuple[Span, Span]]:
    begins = [begin for begin, _ in named]
    ends = [end for _, end in named]
    for cue in _SAID.finditer(text):
        last = bisect_right(ends, cue.start())
        first = bisect_left(begins, cue.start() - _FAR, 0, last)
        near = named[max(first, last - 6) : last]
        direct = [span for span in near if _is_next(text, span[1], cue.start())]
        apposed = [span for span in near if _APPOSED.fullmatch(text, span[1], cue.start())]
        if chosen := direct or apposed[:1]:
            yield chosen[-1], cue.span()


def _is_next(text: str, end: int, begin: int) -> bool:
    return end == begin or bool(_ADVERBS.fullmatch(text, end, begin))


def _according(text: str, named: list[Span]) -> Iterator[tuple[Span, Span]]:
    begins = [begin for begin, _ in named]
    for cue in _ACCORDING.finditer(text):
        place = bisect_left(begins, cue.end())
        if place < len(named) and _is_short(text[cue.end() : named[place][0]]):
            yield named[place], cue.span()


def _is_short(between: str) -> bool:
    """Return whether at most titles stand between a word and a name."""
    return len(between) <= 24 and not re.search(r"[.,;!?。，；\n]", between)


def _speaking(text: str, named: list[Span]) -> Iterator[tuple[Span, Span]]:
    for span in named:
        if cue := _SENT.match(text, span[1]) or _OF.match(text, span[1]):
            yield span, cue.span()
