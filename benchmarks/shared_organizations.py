"""Organizations that exist, in place of some that a corpus grows: what many sources speak of.

They come from a file of N-Triples, as `ror.py` writes it. Of it, only organizations and what these name are taken,
and no claim; what stands for a generated organization is described once, for all sources.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bri_kg.names import BASE, BRI, PREFIXES

_SHARE: Final = 0.3
_IS_ORGANIZATION: Final = f" <{PREFIXES['rdf']}type> <{BRI}Organization> .\n"
_THING: Final = f"<{BASE}id/"
_IRI: Final = re.compile(r"<[^<>\s]*>")


class Organizations:
    """What a file describes, under names of a namespace, and which of its organizations stand for generated ones."""

    def __init__(self, path: Path, namespace: str) -> None:
        with path.open(encoding="utf-8", newline="\n") as file:
            told = sorted({line for line in file if line.startswith(_THING)})
        described = {line.split(" ", 1)[0] for line in told}
        # What it names in the real graph is not in a corpus.
        kept = [line for line in told if described.issuperset(_things(line))]
        self.lines = [line.replace(_THING, f"<{namespace}id/") for line in kept]
        self._names = [
            line.split(" ", 1)[0] for line in self.lines if line.endswith(_IS_ORGANIZATION)
        ]
        if not self._names:
            raise SystemExit(
                f"{path} describes no bri:Organization; write it with benchmarks/ror.py"
            )

    def in_place_of_some(self, lines: Iterable[str], seed: str) -> Iterator[str]:
        """Yield the lines of a world; about three of ten of its organizations are some of these.

        The same seed gives the same lines.
        """
        told = list(lines)
        chance = random.Random(seed)
        others = {
            line.split(" ", 1)[0]: chance.choice(self._names)
            for line in told
            if line.endswith(_IS_ORGANIZATION) and chance.random() < _SHARE
        }
        for line in told:
            if line.split(" ", 1)[0] not in others:
                yield _IRI.sub(lambda name: others.get(name[0], name[0]), line)


def _things(line: str) -> Iterator[str]:
    return (name for name in _IRI.findall(line) if name.startswith(_THING))
