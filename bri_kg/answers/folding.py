"""Text in lines of a few columns, for labels of drawings: nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.plain import display_width

_CLOSING = "、。，；：！？）》】”’)]"  # stand with what they close


def folded(text: str, columns: int) -> str:
    """Return text in lines of at most this many columns, about as long as each other; nothing is cut.

    Lines break at spaces and beside Han characters; a longer word stays whole.
    """
    lines = _lines(text, columns)
    even = -(-display_width(text) // len(lines))
    fitting = (_lines(text, width) for width in range(even, columns))
    return "\n".join(next((few for few in fitting if len(few) == len(lines)), lines))


def _lines(text: str, columns: int) -> list[str]:
    lines, current = [], ""
    for word in _words(text):
        joined = current + word
        if current and display_width(joined.strip(" ")) > columns:
            lines.append(current.strip(" "))
            joined = word
        current = joined
    return [*lines, current.strip(" ")]


def _words(text: str) -> Iterable[str]:
    """Yield words with the space before them; a Han character is one, with the marks that close it."""
    word = ""
    for char in text:
        wide = display_width(char) == 2
        ends_one = bool(word) and display_width(word[0]) == 2
        if char == " " or (word and char not in _CLOSING and (wide or ends_one)):
            yield word
            word = char
        else:
            word += char
    if word:
        yield word
