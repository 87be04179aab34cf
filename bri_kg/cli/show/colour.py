"""Bold headings and coloured marks, put into lines that are laid out already, for a terminal that can show them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TextIO

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_CYAN, _OWN = "\x1b[36m", "\x1b[39m"  # the colour that text has by itself
# How far a claim has come about stands in brackets, at the end or before a citation.
_MARK = re.compile(r"(?<=  )\[[^\[\]]+\](?=$|  )")
_WORDS = re.compile(r"\s*\| ")  # words of a source, which may hold anything


def shows_colour(out: TextIO | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a stream is a terminal that has colours, and nobody asked for none (NO_COLOR)."""
    if out is None or not out.isatty() or environment.get("NO_COLOR"):
        return False
    return os.name == "posix" and environment.get("TERM", "dumb") != "dumb"


def coloured(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines; what heads a block is bold, and the marks of claims are coloured."""
    for (before, line), (_, after) in pairwise(pairwise(["", *lines, ""])):
        heads = not before and line[:1].strip() and after.startswith(" ")
        told = line if _WORDS.match(line) else _MARK.sub(rf"{_CYAN}\g<0>{_OWN}", line)
        yield f"{_BOLD}{told}{_PLAIN}" if heads else told
