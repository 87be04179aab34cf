"""Links to the words of a passage on its publisher's page, made from the reader's own copy and stored nowhere."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from bri_kg.answers.passage_model import Passage

_WEB: Final = ("https://", "http://")
_ENDS: Final = 4  # words at either end that find a passage
# Chinese and Japanese are written without spaces: each sign counts as a word.
_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def at_publisher(passage: Passage) -> str | None:
    """Return the address of the publisher's page, which a browser opens at the words where they are at hand."""
    page = passage.source.page
    if page is None or not page.startswith(_WEB):
        return None
    if not passage.words:
        return page
    return f"{page}{'' if '#' in page else '#'}:~:text={','.join(map(_term, _ends(passage.words)))}"


def _ends(words: str) -> tuple[str, ...]:
    """Return the first and the last words, or all where they are few; neither goes beyond a line of the text."""
    lines = [line for line in words.splitlines() if line.strip()]
    first, last = (tuple(_WORD.finditer(line)) for line in (lines[0], lines[-1]))
    if len(lines) == 1 and len(first) <= 2 * _ENDS:
        return (lines[0].strip(),)
    begin, end = first[:_ENDS], last[-_ENDS:]
    return lines[0][begin[0].start() : begin[-1].end()], lines[-1][end[0].start() : end[-1].end()]


def _term(text: str) -> str:
    """Return text for a text directive, in which hyphens and commas have a meaning of their own."""
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")
