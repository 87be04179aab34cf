"""Bold headings and coloured marks, put into lines that are laid out already, for a terminal that can show them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TextIO

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_CYAN, _OWN = "\x1b[36m", "\x1b[39m"  # the colour that text has by itself
# How far a claim has come about stands in brackets, at the end or before a citation.
_MARK = re.compile(r"(?:^|(?<=  ))\[[^\[\]]+\](?=$|  )")
_TITLE = 5  # lines of a title at most; more is a table
_NUMBERED = re.compile(r"\d+  ")
_WORDS = re.compile(r"\s*\| ")  # words of a source, which may hold anything


def shows_colour(out: TextIO | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a stream is a terminal that has colours, and nobody asked for none (NO_COLOR)."""
    if out is None or not out.isatty() or environment.get("NO_COLOR"):
        return False
    return os.name == "posix" and environment.get("TERM", "dumb") != "dumb"


def _heads(line: str, after: str) -> bool:
    """Return whether what follows stands below a line: it is moved in, or the first of numbered answers."""
    if after.startswith(" "):
        return bool(line[:1].strip())
    return bool(line and _NUMBERED.match(after) and not _NUMBERED.match(line))


def _title(lines: Sequence[str]) -> int:
    """Return how many lines tell what a page is about: those before the first that is moved in or empty."""
    count = next((number for number, line in enumerate(lines) if not line[:1].strip()), 0)
    return count if count <= _TITLE else 0


def coloured(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines; what heads a page or a block is bold, and the marks of claims are coloured."""
    given = list(lines)
    title = _title(given)
    around = pairwise(pairwise(["", *given, ""]))
    for number, ((before, line), (_, after)) in enumerate(around):
        heads = number < title or (not before and _heads(line, after))
        told = line if _WORDS.match(line) else _MARK.sub(rf"{_CYAN}\g<0>{_OWN}", line)
        yield f"{_BOLD}{told}{_PLAIN}" if heads else told
