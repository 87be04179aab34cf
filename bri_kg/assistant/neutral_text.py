"""Text of the graph as data: nothing in it is hidden, and nothing in it is taken for words of ours."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from bri_kg.plain import visible

LONGEST: Final = 800  # characters of one text in an item; what is longer is continued
_SHORT: Final = 160  # characters of a name beside others, and of what a user wrote
# What is drawn as nothing, or changes what is drawn: soft hyphen, joiners, fillers, variation selectors, tags.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
# What HTML and Markdown read as markup, in a JSON string; & alone, as in R&D, is itself.
_MARKUP: Final = re.compile(
    r"[<>`\[\]]|&(?=#|[A-Za-z][A-Za-z0-9]*;|lt|gt|amp|quot|nbsp)", re.IGNORECASE
)


def bare(text: str) -> str:
    """Return a text with its unseen characters, and those that move others, as escapes that all can see."""
    return "\n".join(_UNSEEN.sub(_escaped, visible(line)) for line in text.split("\n"))


def brief(text: str) -> str:
    """Return a text as `bare` does, its end left off with a mark where it is long."""
    shown = bare(text[: _SHORT + 1])
    kept = fitting(shown, _SHORT)
    return shown if kept == shown else f"{kept} (...)"


def quoted(text: str) -> str:
    """Return a text of the graph as a JSON string in which no markup is left.

    It cannot end its own quotation, begin a line, or be read as HTML or Markdown; a reader of JSON gets it back.
    """
    return _MARKUP.sub(_as_json, json.dumps(text, ensure_ascii=False))


def weight(value: Any) -> int:
    """Return how many characters plain data takes as JSON without markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(_MARKUP.sub(_as_json, text))


def fitting(text: str, room: int) -> str:
    """Return the longest beginning of a text that weighs no more than this."""
    fits, less = 1, min(len(text), room) + 1
    if len(text) < less and weight(text) <= room:
        return text
    while less - fits > 1:
        half = (fits + less) // 2
        fits, less = (half, less) if weight(text[:half]) <= room else (fits, half)
    return text[:fits]


def address(text: str) -> str:
    """Return an identifier of the graph, such as an IRI, without markup and in one line."""
    return _MARKUP.sub(_as_json, visible(bare(text)))


def cleaned(value: Any) -> Any:
    """Return plain data with every text in it as `bare` shows it."""
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, dict):
        return {name: cleaned(one) for name, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list) else value


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _as_json(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
