"""Known names in a text: the longest at each place, at the edges of words, in time that grows as the text does.

Capitals, accents, hyphens, quotation marks and spellings do not count, but an abbreviation is as it is written, and a
name with a capital letter begins with one. Chinese has no edges of words: there the longest name counts alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bri_kg.texts.spellings import levelled

_HAN: Final = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD: Final = re.compile(rf"[{_HAN}]|(?:(?![{_HAN}])[^\W_])+")
_IS_HAN: Final = re.compile(f"[{_HAN}]")
_WIDEST_GAP: Final = 8
# What may stand between two words of a name or not: blanks, hyphens, quotation marks.
_IGNORED: Final = dict.fromkeys(
    map(ord, " \t\r\n\u00a0\u3000-\u2010\u2011\u2012\u2013\u2014'\"‘’“”«»")
)
_OPENING: Final = "“\"‘'«《"
_SHORT: Final = 4  # letters of a name that is written in one way only
_LONGEST_NAME: Final = 40  # words


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it is compared, where it stands, and what stands before it.

    `gap` is None where a name cannot run on: after a blank line, or far away.
    """

    level: str
    begin: int
    end: int
    gap: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a name stands, the numbers of its first and last word, and what it names."""

    begin: int
    end: int
    first: int
    last: int
    nodes: tuple[str, ...]


@dataclass(slots=True)
class _Branch:
    further: dict[tuple[str | None, str], _Branch] = field(default_factory=dict)
    named: list[tuple[str, str]] = field(default_factory=list)  # node, name


def words_of_text(text: str) -> list[Word]:
    """Return the words of a text; a Han character is one."""
    words, before = [], 0
    for match in _WORD.finditer(text):
        begin, end = match.span()
        gap = text[before:begin] if begin - before <= _WIDEST_GAP else None
        if gap is not None:
            gap = None if gap.count("\n") > 1 else gap.translate(_IGNORED)
        words.append(Word(_level(match[0]), begin, end, gap))
        before = end
    return words


def _level(word: str) -> str:
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in plain if not unicodedata.combining(c))
    return levelled(word.casefold())


class NameTree:
    """Names by their words."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._root = _Branch()
        for node, name in names:
            self._add(node, name.strip())

    def _add(self, node: str, name: str) -> None:
        words = words_of_text(name)
        if words and words[0].level == "the" and len(words) > 1:
            words = words[1:]
            name = name[words[0].begin :]
        if not 0 < len(words) <= _LONGEST_NAME or len(name) < 2 or not any(map(str.isalpha, name)):
            return
        branch = self._root
        for place, word in enumerate(words):
            key = (word.gap if place else "", word.level)
            branch = branch.further.setdefault(key, _Branch())
        if (node, name) not in branch.named:
            branch.named.append((node, name))

    def find(self, text: str, words: list[Word] | None = None) -> Iterator[Match]:
        """Yield the longest names from the left; none overlaps another."""
        words = words_of_text(text) if words is None else words
        place = 0
        while place < len(words):
            match = self._longest(text, words, place)
            if match is None:
                place += 1
            else:
                yield match
                place = match.last + 1

    def _longest(self, text: str, words: list[Word], first: int) -> Match | None:
        best: Match | None = None
        branch, place = self._root, first
        while place < len(words):
            word = words[place]
            gap = "" if place == first else word.gap
            following = None if gap is None else branch.further.get((gap, word.level))
            if following is None:
                break
            branch = following
            if branch.named:
                begin, end = words[first].begin, word.end
                nodes = {node for node, name in branch.named if _is_so(text, begin, end, name)}
                if nodes:
                    begin = _opened(text, begin, branch.named)
                    best = Match(begin, end, first, place, tuple(sorted(nodes)))
            place += 1
        return best


def _is_so(text: str, begin: int, end: int, name: str) -> bool:
    """Return whether words are written as a name may be: an abbreviation exactly, a capital as a capital."""
    if is_abbreviation(name):
        return text[begin:end] == name
    return not name[0].isupper() or not text[begin].islower()


def is_abbreviation(name: str) -> bool:
    """Return whether a name is written in one way only: CAS, TUBITAK, B&R."""
    letters = [char for char in name if char.isalpha()]
    if any(map(_IS_HAN.match, letters)) or " " in name.strip():
        return False
    return len(letters) <= _SHORT or all(char.isupper() for char in letters)


def _opened(text: str, begin: int, named: list[tuple[str, str]]) -> int:
    """Return where words begin with the quotation mark that belongs to the name: “一带一路”国际科学组织联盟."""
    is_quoted = any(name[0] in _OPENING for _, name in named)
    return begin - 1 if is_quoted and begin and text[begin - 1] in _OPENING else begin
