"""The mutation score of the shapes: `python tests/mutation.py`.

A mutant dies when the report on one of the examples differs from the stored one. All must die,
but for those that `shapes/equivalent-mutants.csv` lists with the reason why they cannot.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from shape_examples import EXAMPLES, Example, Row, examples, rows, shapes
from shape_mutants import Mutant, mutants

LIST = EXAMPLES / "equivalent-mutants.csv"
HEADER = ["operator", "shape", "change", "reason"]


@dataclass(frozen=True)
class Score:
    """What became of the mutants: those not listed die, those listed live and are there."""

    killed: tuple[Mutant, ...]
    survived: tuple[Mutant, ...]
    listed: frozenset[tuple[str, str, str]]

    def faults(self) -> list[str]:
        """Return what is wrong, one line each."""
        names = {mutant.key for mutant in (*self.killed, *self.survived)}
        dead = {mutant.key for mutant in self.killed}
        return [
            *(f"survives: {m.key}" for m in self.survived if m.key not in self.listed),
            *(f"listed, and dies: {key}" for key in sorted(self.listed & dead)),
            *(f"listed, and is no mutant: {key}" for key in sorted(self.listed - names)),
        ]

    def table(self) -> str:
        """Return the score by operator."""
        every = Counter(mutant.operator for mutant in (*self.killed, *self.survived))
        dead = Counter(mutant.operator for mutant in self.killed)
        listed = Counter(key[0] for key in self.listed)
        rows = [("operator", "mutants", "killed", "listed")]
        rows += [(name, str(n), str(dead[name]), str(listed[name])) for name, n in every.items()]
        rows.append(("all", str(every.total()), str(dead.total()), str(listed.total())))
        return "\n".join(f"{a:<34}{b:>8}{c:>8}{d:>8}" for a, b, c, d in rows)


class Bench:
    """The fast engine on examples. Everything is written down once: there are many mutants."""

    def __init__(self, of: Iterable[Example]) -> None:
        self._shapes = {quad: _line(quad) for quad in shapes()}
        self._data = [
            (example.name, kind, _text(data), expected)
            for example in of
            for kind, data, expected in (
                ("fail", example.failing, example.expected),
                ("pass", example.passing, Counter[Row]()),
            )
        ]

    def killer(self, mutant: Mutant, kinds: Container[str] = ("fail", "pass")) -> str | None:
        """Return an example that kills the mutant, asking first the one that its shape is named for."""
        import shacl

        kept = (line for quad, line in self._shapes.items() if quad not in mutant.old)
        text = "".join((*kept, *map(_line, mutant.new)))
        spoiled = shacl.Shapes.from_text(text, format="ntriples")
        first = mutant.shape.removeprefix("bris:").split("-")[0]
        for name, kind, data, expected in sorted(self._data, key=lambda row: row[0] != first):
            if kind in kinds:
                said = spoiled.validate_text(data, format="ntriples").serialize("ntriples")
                if rows(ox.parse(said, ox.RdfFormat.N_TRIPLES)) != expected:
                    return f"{name}/{kind}.ttl"
        return None


def listed() -> frozenset[tuple[str, str, str]]:
    """Return the mutants that cannot die; each has a reason."""
    with LIST.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == HEADER, header
    assert all(len(line) == len(HEADER) and line[3].strip() for line in lines), (
        "a reason is missing"
    )
    return frozenset((line[0], line[1], line[2]) for line in lines)


def score(mutants: Iterable[Mutant], of: Iterable[Example]) -> Score:
    """Try the mutants on the examples."""
    bench = Bench(of)
    killed, survived = [], []
    for mutant in mutants:
        (killed if bench.killer(mutant) else survived).append(mutant)
    return Score(tuple(killed), tuple(survived), listed())


def _line(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _text(quads: Iterable[ox.Quad]) -> str:
    return "".join(map(_line, quads))


def main() -> int:
    """Print the score; return 1 when it is not whole."""
    result = score(mutants(shapes()), examples())
    faults = result.faults()
    sys.stdout.write("\n".join([result.table(), *faults]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
