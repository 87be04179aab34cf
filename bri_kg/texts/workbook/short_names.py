"""The short names of rows: given, or made of words, with a number behind them where they are taken."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SHORT_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST: Final = 60
_NUMBERED: Final = ("claims", "comparisons")


class ShortNames:
    """The short names of one sheet. Those of things and concepts are not numbered: one name means one thing."""

    def __init__(self, sheet: str) -> None:
        self._is_numbered = sheet in _NUMBERED
        self._taken: dict[str, int] = {}  # with the last number known to be taken behind it

    def is_taken(self, name: str) -> bool:
        """Return whether another row has a name that only one can have."""
        return self._is_numbered and name in self._taken

    def made_of(self, words: str, row: int) -> str:
        """Return the name of a row that is given none, made of words; it is not taken by this."""
        first = slug(words) or f"row-{row}"
        if not self.is_taken(first):
            return first
        number = self._taken[first]
        while f"{first}-{number + 1}" in self._taken:
            number += 1
        self._taken[first] = number
        return f"{first}-{number + 1}"

    def take(self, name: str) -> None:
        """Let a name be taken."""
        self._taken.setdefault(name, 1)


def is_short_name(text: str) -> bool:
    """Return whether a text is small letters and digits, with single hyphens between."""
    return bool(_SHORT_NAME.fullmatch(text))


def slug(text: str) -> str:
    """Return a short name made of a text: small letters and digits with hyphens between words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    made = ""
    for word in words:
        if len(made) + len(word) + 1 > _LONGEST and made:
            break
        made = f"{made}-{word}" if made else word[:_LONGEST]
    return made
