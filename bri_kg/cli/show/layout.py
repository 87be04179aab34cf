"""Text that fits a terminal: wrapped by the columns that it takes, and never cut.

Columns are those of UAX #11 (two for a wide character). Dashes, quotes and dots are one or two
columns wide in Chinese terminals, so nothing is aligned after them, and `SPARE` columns stay free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bri_kg.answers.face_words import Both, say
from bri_kg.plain import display_width, encodable, visible

SPARE = 4
NARROW = 70  # below it, two columns become one
_UNKNOWN = 80  # columns of what is no terminal, such as a pipe or a file

# A word with the space before it. Han characters, kana and full-width marks are words by
# themselves, and closing marks stay with what they close (the start of UAX #14).
_CJK = "\u2e80-\u2fff\u3040-\u30ff\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CLOSING = "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u201d\u2019"
_OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\uff08\u201c\u2018"
_WIDE_WORD = (
    rf"\s*(?:[{_OPENING}]*[{_CJK}][{_CLOSING}]*"
    rf"|[^\s{_CJK}{_OPENING}{_CLOSING}]+[{_CLOSING}]*|[{_OPENING}{_CLOSING}])"
)
_WORD = re.compile(r"\s*\S+")
_FIRST_WIDE = "\u2e80"
_TYPED = str.maketrans(
    {"\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
)
_ADDRESS = re.compile(r"(https?://[!-~]+)")
_BREAK = re.compile(r"[^/#?&=_,;-]*[/#?&=_,;-]+|[^/#?&=_,;-]+")


@dataclass(frozen=True)
class Page:
    """Where lines go: how many columns there are, what the console can show, in which language it speaks.

    `encoding` is None where everything can be shown; `left` columns stand before a part of a page.
    """

    columns: int = _UNKNOWN
    encoding: str | None = None
    lang: str = "en"
    left: int = 0

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for two columns beside each other."""
        return self.columns < NARROW

    @property
    def width(self) -> int:
        """The columns that lines may take."""
        return max(self.columns - SPARE, 20)

    def say(self, wording: Both, **values: object) -> str:
        """Return a wording in the language of the page, with its fields filled."""
        return say(self.lang, wording, **values)

    def safe(self, text: str) -> str:
        """Return text so that it can be printed here: controls and what the console lacks as escapes."""
        shown = visible(text)
        return encodable(_plainer(shown, self.encoding), self.encoding)

    def lines(
        self, text: str, *, indent: int = 0, first: str = "", rest: str | None = None
    ) -> list[str]:
        """Return text wrapped, its first line after `first`, the others after `rest` (spaces as wide as `first`).

        An address that would be broken stands on a line of its own where the page is wide enough
        for it, further to the left if need be, so that it can be followed.
        """
        head = " " * indent + self.safe(first)
        tail = " " * (indent + display_width(self.safe(first)) if rest is None else indent) + (
            rest or ""
        )
        room = max(self.width - max(display_width(head), display_width(tail)), 10)
        shown = self.safe(text)
        whole = range(room + 1, 1 if tail.strip() else self.columns + self.left + 1)
        if "://" not in shown or not whole:
            wrapped = _wrapped(shown, room) or ("",)
            return [(head + wrapped[0]).rstrip(), *((tail + line).rstrip() for line in wrapped[1:])]
        lines: list[str] = []
        for part in _parts(shown, whole):
            start = tail if lines else head
            if not _is_address(part, whole):
                first_line, *others = _wrapped(part, room)
                lines += [start + first_line, *(tail + line for line in others)]
                continue
            lines += [start] if start.strip() else []
            lines.append(" " * min(display_width(start), self.columns - len(part)) + part)
        return [line.rstrip() for line in lines]

    def pairs(self, pairs: Iterable[tuple[str, str]], *, indent: int = 0) -> list[str]:
        """Return labels and texts side by side where there is room, else each text below its label."""
        given = [(self.safe(label), text) for label, text in pairs]
        widest = max((display_width(label) for label, _ in given), default=0)
        lines: list[str] = []
        for label, text in given:
            if self.is_narrow or widest > self.width // 2:
                lines += [*self.lines(label, indent=indent), *self.lines(text, indent=indent + 2)]
            else:
                pad = " " * (widest - display_width(label) + 2)
                lines += self.lines(text, indent=indent, first=label + pad)
        return lines


def _is_address(text: str, lengths: range) -> bool:
    return len(text) in lengths and _ADDRESS.fullmatch(text) is not None


def _parts(text: str, lengths: range) -> list[str]:
    """Return a text in parts, of which an address with one of these lengths is one."""
    parts = [""]
    for piece in _ADDRESS.split(text):
        if _is_address(piece, lengths):
            parts += [piece, ""]
        else:
            parts[-1] += piece
    return [part for part in parts if part.strip()]


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    # What fits a number of lines is found by laying it out again and again.
    return tuple(wrap(text, width))


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` columns that together hold every character of a text but spaces at breaks.

    A break stands at a space or beside a Han character, in a word only where the word alone is wider
    than a line, and then after `/ # ? & = _ , ; -` where there is one.
    """
    line, used = "", 0
    for word in _words(text):
        piece = word if line else word.lstrip()
        if used + display_width(piece) > width:
            if line:
                yield line
            *whole, piece = _folded(word.lstrip(), width)
            yield from whole
            line, used = "", 0
        line += piece
        used += display_width(piece)
    if line:
        yield line


def _plainer(text: str, encoding: str | None) -> str:
    """Return text with the dashes and quotes of a typewriter where the console has no others."""
    if encoding is None or text.isascii():
        return text
    try:
        text.encode(encoding)
    except (LookupError, UnicodeError):
        return text.translate(_TYPED)
    return text


def _words(text: str) -> list[str]:
    if not text or max(text) < _FIRST_WIDE:
        return _WORD.findall(text)
    # Compiled where it is used: such wide ranges take longer than the rest of an answer.
    return re.findall(_WIDE_WORD, text)


def _folded(word: str, width: int) -> list[str]:
    lines, line = [], ""
    for part in _BREAK.findall(word):
        if line and display_width(line) + display_width(part) > width:
            lines.append(line)
            line = ""
        for char in part:
            if display_width(line) + display_width(char) > width:
                lines.append(line)
                line = ""
            line += char
    return [*lines, line]
