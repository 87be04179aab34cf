"""Answers of an immutable release, kept up to so many bytes; those used last stay."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

_SHARE: Final = 16  # no answer takes more than such a part of the room
_OVERHEAD: Final = 500  # bytes that an entry costs besides its body


@dataclass(frozen=True)
class Kept:
    """An answer: its media type, whether it is packed, and its bytes."""

    media_type: str
    packed: bool
    body: bytes


class AnswerCache:
    """Answers by key. What is in it never changes, so that it is asked from one thread without a lock."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, key: str) -> Kept | None:
        """Return the answer of this key, None where it is not kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: str, answer: Kept) -> None:
        """Keep an answer, unless it is too large; the ones not used for longest go."""
        if _cost(answer) > self._room // _SHARE or key in self._kept:
            return
        self._kept[key] = answer
        self._used += _cost(answer)
        while self._used > self._room:
            _, gone = self._kept.popitem(last=False)
            self._used -= _cost(gone)


def _cost(answer: Kept) -> int:
    return len(answer.body) + _OVERHEAD
