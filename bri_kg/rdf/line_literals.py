"""Literals with a datatype of XML Schema in the bytes of N-Triples or N-Quads, found without a parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bri_kg.names import PREFIXES

# Between the text of a literal and the local name of its datatype.
_BETWEEN: Final = f'"^^<{PREFIXES["xsd"]}'.encode()


def typed_in_lines(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield text and local name of the datatype of each such literal in whole lines.

    A text with an escape comes from its last quotation mark on, with a backslash; what looks like a
    literal inside a string comes too.
    """
    at = content.find(_BETWEEN)
    while at >= 0:
        begin = at + len(_BETWEEN)
        yield (
            content[content.rfind(b'"', 0, at) + 1 : at],
            content[begin : content.find(b">", begin)],
        )
        at = content.find(_BETWEEN, begin)
