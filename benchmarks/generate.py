"""Grow a graph of this ontology, of any size, with the proportions of the real one.

    python benchmarks/generate.py --triples 100000 --seed 42 -o graph.nt
    python benchmarks/generate.py --triples 100000 --part facts -o graph.nq
    python benchmarks/generate.py --triples 10000 --violations 50 -o broken.nt

The same arguments give the same bytes. Every generated node has `gen-` in its name; nothing that is
generated speaks of anything real.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from bri_kg.dataset import projection, resources
from bri_kg.dataset.values import value_triples
from bri_kg.names import QUANTITY, TIME
from bri_kg.progress import Progress
from bri_kg.stores.memory import Store
from templates import Templates, measure
from violations import Violation, break_some
from worlds import Naming, World, shared_quads

PARTS = ("asserted", "facts", "data")


@dataclass
class Growth:
    """What was written so far."""

    wanted: int
    written: int = 0
    worlds: int = 0
    violations: list[Violation] = field(default_factory=list)


class Generator:
    """Grows worlds until there are enough triples; no more than one world is in memory."""

    def __init__(
        self,
        triples: int,
        seed: int = 42,
        part: str = "asserted",
        violations: int = 0,
        named_graphs: bool = False,
    ) -> None:
        self.resources = resources.find()
        self.templates: Templates = measure(self.resources)
        self.naming = Naming(self.templates)
        self.growth = Growth(triples)
        self._seed = seed
        self._part = part
        self._violations = violations
        self._named_graphs = named_graphs
        self._values: set[object] = set()
        self._earlier: list[frozenset[str]] = []

    def counterpart(self, iri: str) -> str:
        """The node of the first world that stands where `iri` stands in the real graph."""
        return self.naming.of(iri, 0)

    def batches(self) -> Iterator[list[ox.Quad]]:
        """Yield the quads, world by world, each batch sorted."""
        kept = list(self.templates.kept)
        shared = list(shared_quads(self.templates, self.naming, self._seed))
        ours = [] if self._part == "data" else [*kept, *value_triples(_quantities(kept))]
        first = sorted({*ours, *shared}, key=str)
        self._ground = [*kept, *shared]
        self._values.update(q.subject for q in kept if _is_value(q.subject))
        yield self._counted(first)
        whole = float(len(self._grow(0, 1.0)[0]))
        while (left := self.growth.wanted - self.growth.written) > 0:
            ahead = max(1, math.ceil(left / whole - 0.005))
            share = min(1.0, left / (ahead * whole))
            quads, chosen = self._fitting(self.growth.worlds, share, last=ahead == 1)
            # Later worlds are a little smaller: they find years and numbers already described.
            whole = len(quads) / share
            quads = self._broken(quads)
            self._earlier.append(chosen)
            self._values.update(q.subject for q in quads if _is_value(q.subject))
            self.growth.worlds += 1
            yield self._counted(quads)
            if ahead == 1:
                return

    def _broken(self, quads: list[ox.Quad]) -> list[ox.Quad]:
        growth = self.growth
        done = min(1.0, (growth.written + len(quads)) / growth.wanted)
        due = round(self._violations * done) - len(growth.violations)
        if due <= 0:
            return quads
        quads, made = break_some(quads, due, f"{self._seed}/{growth.worlds}")
        growth.violations += made
        return quads

    def _fitting(
        self, world: int, share: float, *, last: bool
    ) -> tuple[list[ox.Quad], frozenset[str]]:
        """Grow a world; the last one again and again until it fills what is left as well as it can."""
        best = self._grow(world, share)
        if not last:
            return best
        left = self.growth.wanted - self.growth.written
        for _ in range(6):
            size = len(best[0])
            if abs(size - left) <= max(20, left // 500):
                break
            share = min(1.0, share * left / size)
            other = self._grow(world, share)
            if abs(len(other[0]) - left) < abs(size - left):
                best = other
            else:
                break
        return best

    def _grow(self, number: int, share: float) -> tuple[list[ox.Quad], frozenset[str]]:
        world = World(self.templates, self.naming, self._seed, number, share)
        quads = set(world.quads(self._earlier))
        nodes = {t for q in quads for t in (q.subject, q.object) if isinstance(t, ox.NamedNode)}
        quads.update(value_triples(nodes - self._values))
        store = Store([*self._ground, *quads, *value_triples(nodes & self._values)])
        links = projection.run_rules(store, self.resources.query_files("links"))
        quads.update(links)
        if self._part == "facts":
            store.add(links)
            facts = projection.project(store, self.resources)
            quads.update(
                q for q in facts if self._named_graphs or isinstance(q.graph_name, ox.DefaultGraph)
            )
        return sorted(quads, key=str), world.chosen

    def _counted(self, quads: list[ox.Quad]) -> list[ox.Quad]:
        self.growth.written += len(quads)
        return quads


def _quantities(quads: Iterable[ox.Quad]) -> Iterator[ox.NamedNode]:
    """Yield what is described as a quantity: its value follows from its name, and is not written."""
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(QUANTITY):
            yield quad.subject


def _is_value(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith((QUANTITY, TIME))


def lines(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as N-Quads, which is N-Triples where there are no named graphs."""
    return "".join(f"{quad} .\n" for quad in quads).encode()


def main(arguments: list[str] | None = None) -> int:
    """Write the graph; see the top of this file."""
    args = _parser().parse_args(arguments)
    named = args.part == "facts" and args.output.suffix == ".nq"
    generator = Generator(args.triples, args.seed, args.part, args.violations, named)
    growth = generator.growth
    progress = Progress(
        "generating", growth.wanted / 1000, "thousand triples", show=sys.stderr.isatty()
    )
    with _opened(args.output) as out, progress:
        for batch in generator.batches():
            out.write(lines(batch))
            progress.reached(growth.written / 1000)
    if args.violations:
        listed = "".join(f"{violation}\n" for violation in growth.violations)
        args.output.with_suffix(".violations.tsv").write_text(
            Violation.HEADER + listed, encoding="utf-8"
        )
    print(
        f"{growth.written:,} triples in {growth.worlds} worlds, seed {args.seed}", file=sys.stderr
    )
    return 0


def _opened(path: Path) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdout.buffer) if str(path) == "-" else path.open("wb")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--triples", type=size, required=True, help="about how many; 10k, 1m and the like will do"
    )
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument(
        "--part",
        choices=PARTS,
        default="asserted",
        help=(
            "asserted: everything but facts (the default)\n"
            "facts: the projected facts too, in named graphs as well where the file ends in .nq\n"
            "data: asserted without ontology and vocabularies, to be laid over them"
        ),
    )
    parser.add_argument(
        "--violations",
        type=int,
        default=0,
        help="break so many nodes, and list them in FILE.violations.tsv",
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="an .nt or .nq file; - for standard output"
    )
    return parser


def size(text: str) -> int:
    """A number such as 100000, 100k or 5m."""
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower(), 1)
    number = int(float(text[:-1]) * factor) if factor > 1 else int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 triple")
    return number


if __name__ == "__main__":
    sys.exit(main())
