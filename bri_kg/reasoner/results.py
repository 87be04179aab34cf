"""What an inference returns: new triples, kept as numbers until they are asked for, and findings."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.interning import MASK, SHIFT, Term


@dataclass(frozen=True)
class Contradiction:
    """A rule of OWL 2 RL that concludes `false`: its name, the axiom and the facts that break it."""

    rule: str
    axiom: tuple[ox.Triple, ...]
    facts: tuple[ox.Triple, ...]
    message: str


@dataclass(frozen=True, order=True)
class Unsupported:
    """An axiom, or a part of one, from which no rule concludes anything."""

    form: str
    node: str
    message: str


@dataclass(frozen=True)
class Inferred:
    """The inferred triples, sorted as `bri_kg.graphs.write_graph` sorts: types first within a subject."""

    terms: list[Term] = field(repr=False)
    edges: Mapping[int, array[int]] = field(repr=False)

    def __len__(self) -> int:
        return sum(map(len, self.edges.values()))

    def __iter__(self) -> Iterator[ox.Triple]:
        terms = self.terms
        for subject, predicate, value in self._sorted():
            yield ox.Triple(terms[subject], terms[predicate], terms[value])  # type: ignore[arg-type]

    def n_triples(self) -> Iterator[str]:
        """Yield the triples as lines of N-Triples."""
        texts: dict[int, str] = {}
        terms = self.terms
        for triple in self._sorted():
            for number in triple:
                if number not in texts:
                    texts[number] = str(terms[number])
            yield f"{texts[triple[0]]} {texts[triple[1]]} {texts[triple[2]]} .\n"

    def _sorted(self) -> Iterator[tuple[int, int, int]]:
        """Sort by numbers: the rank of a term stands for its text, and text is compared once."""
        used = {number for keys in self.edges.values() for key in keys for number in _ends(key)}
        nodes = sorted(used, key=lambda number: str(self.terms[number]))
        ranks = {number: rank for rank, number in enumerate(nodes)}
        predicates = sorted(
            self.edges,
            key=lambda p: (p != v.TYPE, self.terms[p].value),  # type: ignore[union-attr]
        )
        keys = sorted(
            ((ranks[key & MASK] << SHIFT | place) << SHIFT) | ranks[key >> SHIFT]
            for place, predicate in enumerate(predicates)
            for key in self.edges[predicate]
        )
        for key in keys:
            yield nodes[key >> 2 * SHIFT], predicates[key >> SHIFT & MASK], nodes[key & MASK]


@dataclass(frozen=True)
class Inference:
    """What follows from data and ontology and is new; what contradicts; what no rule covers.

    `imports` are the owl:imports of ontologies that no triple describes: nothing was fetched.
    """

    inferred: Inferred
    contradictions: tuple[Contradiction, ...]
    unsupported: tuple[Unsupported, ...]
    imports: tuple[ox.Triple, ...] = ()


def _ends(key: int) -> tuple[int, int]:
    return key & MASK, key >> SHIFT
