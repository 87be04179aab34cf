"""More triples than memory holds, in the order in which inferred triples are written: types first within a subject."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO, Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_HELD: Final = 50_000  # triples in memory at a time


def sorted_lines(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield triples as lines of N-Triples, sorted as `bri_kg.reasoner.Inferred` sorts them.

    What is not in memory is in temporary files, which are gone when the last line was taken.
    """
    rest = iter(triples)
    with ExitStack() as open_files:
        files: list[IO[str]] = []
        while some := list(islice(rest, _HELD)):
            lines = sorted((f"{t.subject} {t.predicate} {t.object} .\n" for t in some), key=_order)
            file = open_files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            file.writelines(lines)
            file.seek(0)
            files.append(file)
        yield from heapq.merge(*files, key=_order)


def _order(line: str) -> tuple[str, bool, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate != _TYPE, predicate[1:-1], rest[:-3]
