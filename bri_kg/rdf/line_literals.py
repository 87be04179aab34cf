"""Literals with a datatype of XML Schema in the bytes of N-Triples or N-Quads, found without a parser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bri_kg.names import PREFIXES

# Between the text of a literal and the local name of its datatype.
_BETWEEN: Final = f'"^^<{PREFIXES["xsd"]}'.encode()


def typed_in_lines(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield text and local name of the datatype of each such literal in whole lines.

    A text with an escape comes from its last quotation mark on, with a backslash; what looks like a
    literal inside a string comes too.
    """
    for before, after in pairwise(content.split(_BETWEEN)):
        yield before[before.rfind(b'"') + 1 :], after[: after.find(b">")]
