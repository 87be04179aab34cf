"""Plain text: what is safe to show, and how wide a terminal shows it."""

import re

# C0 and C1 controls move a terminal's cursor; the bidirectional ones reorder
# what is seen; lone surrogates cannot be encoded at all.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Return text from elsewhere so that it is safe to print.

    Control characters (C0, C1, the bidirectional ones of UAX #9, line separators) and lone
    surrogates become escapes such as ``\\n``, ``\\x1b`` or ``\\u202e``.
    """
    return _CONTROLS.sub(lambda match: _escape(match[0]), text)


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def display_width(text: str) -> int:
    """Return how many columns a terminal takes for a text without control characters.

    2 for each wide or fullwidth character (UAX #11), 0 for each combining one or joiner, 1 for any other.
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        2 if east_asian_width(char) in "WF" else 0 if category(char) in ("Mn", "Me", "Cf") else 1
        for char in text
    )
