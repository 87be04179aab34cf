"""English texts in Chinese: each is matched, whole, against the wordings of `zh.toml`, and its blanks are carried over.

Code says everything in English, so that only this file and `zh.toml` know of another language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

_BLANK = re.compile(r"\{(\d+)(!t|!o)?\}")
# From quotation mark to quotation mark, also as a literal with its language or datatype.
_CLOSED = re.compile(r"(['\"]).*\1(?:@[\w-]+|\^\^\S+)?", re.DOTALL)
_LONGEST_LIST = 50
_FEW = 5  # letters
_PROSE = re.compile(r"(?<!\S)[a-z]+ [a-z]+(?![\w:])")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_WITHIN = re.compile(rf"(?<=[{_HAN}）]) (?=[{_HAN}])")
_TOUCHING = re.compile(rf"[{_HAN}][A-Za-z0-9]|[A-Za-z0-9][{_HAN}]")


@dataclass(frozen=True)
class _Wording:
    """The English around the blanks, and their numbers; the Chinese: text, a number, how it is said, text …"""

    english: tuple[str, ...]
    numbers: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How much English it has: the more, the better it tells what a text is."""
        return sum(map(len, self.english))

    @property
    def says_nothing(self) -> bool:
        """Whether there are only signs between its blanks, as in `{0}: {1}`."""
        return not any(map(str.isalpha, "".join(self.english)))

    @property
    def says_little(self) -> bool:
        """Whether it could begin, or end, many another text, as `use {0}` does."""
        return sum(map(str.isalpha, "".join(self.english))) < _FEW

    def blanks(self, text: str) -> list[str] | None:
        """Return what fills the blanks of a text, each as short as may be; None where it is another text."""
        first, *others = self.english
        if not others:
            return [] if text == first else None
        *middle, last = others
        if not text.startswith(first) or not text.endswith(last):
            return None
        at, end = len(first), len(text) - len(last)
        found = []
        for part in middle:
            place = text.find(part, at, end)
            if place < 0:
                return None
            found.append(text[at:place])
            at = place + len(part)
        return [*found, text[at:end]] if at <= end else None

    def filled(self, blanks: Sequence[str]) -> str | None:
        """Return the Chinese with its blanks filled; None where one must be said in Chinese and cannot be."""
        given_by_number = dict(zip(self.numbers, blanks, strict=True))
        parts, is_said = [self.chinese[0]], not self.says_nothing
        for number, how, after in zip(
            *(islice(self.chinese, at, None, 3) for at in (1, 2, 3)), strict=True
        ):
            given = given_by_number[number]
            known = _said(given) if how and given else None
            if given and known is None and (how == "!t" or not self._may_stay(number, given)):
                return None
            is_said = is_said or known is not None
            parts += [given if known is None else known, after]
        return _joined(parts) if is_said else None

    def _may_stay(self, number: str, given: str) -> bool:
        """Return whether what fills a blank can stand in Chinese as it is: it is no sentence, nor begins one."""
        if self.says_little and _PROSE.search(given):
            return False
        is_first = number == self.numbers[0] and not self.english[0]
        return not (_is_open(given) or (is_first and _is_more_than_a_name(given)))


def _is_more_than_a_name(text: str) -> bool:
    return text[:1] not in ("'", '"', "[") and any(
        sign in text for sign in (", ", "; ", ": ", "\n")
    )


def _is_open(text: str) -> bool:
    """Return whether a quotation begins a text and does not end it: then the text goes on after it."""
    return text[:1] in ("'", '"') and not _CLOSED.fullmatch(text)


def in_chinese(text: str) -> str:
    """Return an English text in Chinese, or as it is where no wording is known."""
    return _said(text) or text


@lru_cache(maxsize=1024)
def _said(text: str) -> str | None:
    """Return a text in Chinese; None where no wording is all of it, and it is no list of wordings.

    What stands on several lines, such as a place in a file and what is wrong there, is said line by line.
    """
    if (said := _list(text, "; ", "；")) is not None:
        return said
    for wording in _wordings():
        blanks = wording.blanks(text)
        if blanks is not None and (said := wording.filled(blanks)) is not None:
            return said
    if "\n" in text:
        return _list(text, "\n", "\n", may_stay=True)
    return _list(text, ", ", "，") or _list(text, "  ", "  ", may_stay=True)


def _list(text: str, sign: str, chinese: str, *, may_stay: bool = False) -> str | None:
    """Return what `sign` separates in Chinese, where each part, or with `may_stay` any, can be said so."""
    parts = text.split(sign)
    if not 1 < len(parts) <= _LONGEST_LIST:
        return None
    known = [_said(part) if part else None for part in parts]
    if not any(known) or not (may_stay or all(known)):
        return None
    return chinese.join(said or part for said, part in zip(known, parts, strict=True))


def _joined(parts: Sequence[str]) -> str:
    """Return the parts as one text: a space between Chinese and Latin letters or digits, none within Chinese."""
    text = ""
    for part in parts:
        text += " " + part if _TOUCHING.fullmatch(text[-1:] + part[:1]) else part
    return _WITHIN.sub("", text)


@cache
def _wordings() -> tuple[_Wording, ...]:
    """Return the wordings, those with most English first."""
    path = files("bri_kg.cli.messages") / "zh.toml"
    rooms = tomllib.loads(path.read_text(encoding="utf-8"))
    found = [
        _Wording(
            tuple(_BLANK.split(english)[::3]),
            tuple(_BLANK.split(english)[1::3]),
            tuple(part or "" for part in _BLANK.split(chinese)),
        )
        for room in rooms.values()
        for english, chinese in room.items()
    ]
    return tuple(sorted(found, key=lambda wording: wording.weight, reverse=True))
