"""Where pasted words stand in a text: exactly, nearly with what differs, or nowhere. Nothing near is accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bri_kg.texts.originals import find_span

_TOKEN: Final = re.compile(r"[\u3400-\u9fff]|[^\W_]+(?:[.,][0-9]+)*", re.UNICODE)
_PLACE: Final = re.compile(r"#?char=([0-9]{1,9}),([0-9]{1,9})")
_NEAR: Final = 0.6
_LONGEST_QUOTE: Final = 400  # tokens; more is no quotation of one passage
_NEGATIONS: Final = frozenset(
    (
        "not",
        "no",
        "never",
        "none",
        "without",
        "nor",
        "neither",
        "cannot",
        "不",
        "未",
        "没",
        "无",
        "非",
        "否",
    )
)


class Verdict(StrEnum):
    """What became of a quotation."""

    EXACT = "EXACT"
    SEVERAL = "SEVERAL"
    NEAR = "NEAR"
    NOT_FOUND = "NOT FOUND"
    UNAVAILABLE = "SOURCE UNAVAILABLE"


@dataclass(frozen=True)
class Text:
    """The source of a workbook: its slug, its language, and its words where they are at hand."""

    slug: str
    language: str
    words: str | None


@dataclass(frozen=True)
class Quotation:
    """Pasted words: the verdict, the spans where they stand, and of near ones the words and what differs.

    `differs` pairs what was pasted with what stands there; `of` says what kind of words they are:
    number, negation, name or words.
    """

    verdict: Verdict
    spans: tuple[tuple[int, int], ...] = ()
    likeness: float = 0.0
    differs: tuple[str, str] = ("", "")
    of: str = "words"


def quotation(text: str | None, words: str) -> Quotation:
    """Return where words stand in the text of a source; None is a source that is not at hand.

    In place of words that stand in many places, `#char=812,1190` says which are meant.
    """
    if text is None:
        return Quotation(Verdict.UNAVAILABLE)
    if place := _PLACE.fullmatch(words):
        begin, end = int(place[1]), int(place[2])
        is_there = begin < end <= len(text)
        return (
            Quotation(Verdict.EXACT, ((begin, end),), 1.0)
            if is_there
            else Quotation(Verdict.NOT_FOUND)
        )
    spans = find_span(text, words)
    if len(spans) == 1:
        return Quotation(Verdict.EXACT, tuple(spans), 1.0)
    if spans:
        return Quotation(Verdict.SEVERAL, tuple(spans), 1.0)
    return _nearest(text, words)


def _nearest(text: str, words: str) -> Quotation:
    pasted = _tokens(words)
    standing = _tokens_of_text(text)
    if not pasted or not standing or len(pasted) > _LONGEST_QUOTE:
        return Quotation(Verdict.NOT_FOUND)
    a = [token for token, _, _ in standing]
    b = [token for token, _, _ in pasted]
    block = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    if not block.size:
        return Quotation(Verdict.NOT_FOUND)
    begin = max(0, block.a - block.b)
    end = min(len(a), begin + len(b))
    compared = SequenceMatcher(None, a[begin:end], b, autojunk=False)
    if compared.ratio() < _NEAR:
        return Quotation(Verdict.NOT_FOUND)
    span = (standing[begin][1], standing[end - 1][2])
    there, here = _difference(compared, text, standing[begin:end], words, pasted)
    return Quotation(Verdict.NEAR, (span,), compared.ratio(), (here, there), _kind(here, there))


def _difference(
    compared: SequenceMatcher[str],
    text: str,
    standing: list[tuple[str, int, int]],
    words: str,
    pasted: list[tuple[str, int, int]],
) -> tuple[str, str]:
    """Return the words of the text and of the pasted ones where they differ most tellingly."""
    pairs = [
        (_between(text, standing[a:b]), _between(words, pasted[c:d]))
        for tag, a, b, c, d in compared.get_opcodes()
        if tag != "equal"
    ]
    order = ("number", "negation", "name", "words")
    return min(pairs, key=lambda pair: order.index(_kind(pair[1], pair[0])), default=("", ""))


def _between(text: str, tokens: list[tuple[str, int, int]]) -> str:
    return " ".join(text[tokens[0][1] : tokens[-1][2]].split()) if tokens else ""


def _kind(here: str, there: str) -> str:
    if re.search("[0-9]", here + there):
        return "number"
    parts = {token for token, _, _ in (*_tokens(here), *_tokens(there))}
    if parts & _NEGATIONS or any(part.endswith("n't") for part in (here, there)):
        return "negation"
    return "name" if re.search(r"\b[A-Z]", here + " " + there) else "words"


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(m[0].casefold(), *m.span()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=2)
def _tokens_of_text(text: str) -> list[tuple[str, int, int]]:
    return _tokens(text)
