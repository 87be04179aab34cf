"""Words and names as a search sees them: no capitals, accents or punctuation, and one slip of the pen.

Chinese is written without spaces: a run of Han characters is one word, and is found inside longer ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_RUN = re.compile(f"[{_HAN}]+")
# Hyphens of all kinds tie words together; so does a stroke between letters, as in B&R.
_COMPOUND = re.compile(
    rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+(?:[-\u2010-\u2013&](?:(?![{_HAN}])[^\W_])+)*"
)
_PART = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")


@dataclass(frozen=True)
class Word:
    """A run of Han characters, or a word in letters; `parts` are more than one where hyphens tie it."""

    parts: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        """The word without its hyphens."""
        return "".join(self.parts)

    @property
    def is_han(self) -> bool:
        """Whether it is written in Han characters."""
        return _HAN_RUN.match(self.joined) is not None


def fold(text: str) -> str:
    """Return the text in small letters without accents and apostrophes; wide forms become plain."""
    if text.isascii():
        return text.lower().replace("'", "")
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, folded."""
    return tuple(Word(tuple(_PART.findall(found))) for found in _COMPOUND.findall(fold(text)))


def is_slip(one: str, other: str) -> bool:
    """Return whether one letter more, less or other, or two neighbours swapped, tell the words apart."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = _shared(one, other)
    rest, other_rest = one[begin:], other[begin:]
    if len(rest) == len(other_rest):
        swapped = rest[1::-1] + rest[2:]
        return rest[1:] == other_rest[1:] or (len(rest) > 1 and swapped == other_rest)
    longer, shorter = sorted((rest, other_rest), key=len, reverse=True)
    return longer[1:] == shorter


def _shared(one: str, other: str) -> int:
    """Return the length of what both begin with."""
    for place, (letter, other_letter) in enumerate(zip(one, other, strict=False)):
        if letter != other_letter:
            return place
    return min(len(one), len(other))
