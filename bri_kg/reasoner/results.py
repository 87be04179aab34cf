"""What an inference returns: new triples, kept as numbers until they are asked for, and findings."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import pyoxigraph as ox

from bri_kg.plain import Plain
from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.interning import MASK, SHIFT, Edges, Interned, Terms


@dataclass(frozen=True)
class Contradiction(Plain):
    """A rule of OWL 2 RL that concludes `false`: its name, the axiom and the facts that break it."""

    rule: str
    axiom: tuple[ox.Triple, ...]
    facts: tuple[ox.Triple, ...]
    message: str


@dataclass(frozen=True, order=True)
class Unsupported(Plain):
    """An axiom, or a part of one, from which no rule concludes anything."""

    form: str
    node: str
    message: str


@dataclass(frozen=True)
class Inferred:
    """The inferred triples, sorted as `bri_kg.rdf.graphs.write_graph` sorts: types first within a subject."""

    terms: list[Interned] = field(repr=False)
    edges: Mapping[int, array[int]] = field(repr=False)

    def __len__(self) -> int:
        return sum(map(len, self.edges.values()))

    def __iter__(self) -> Iterator[ox.Triple]:
        nodes, predicates, keys, width = self._sorted()
        mask = (1 << width) - 1
        for key in keys:
            subject, value = nodes[key >> 2 * width], nodes[key & mask]
            yield ox.Triple(subject, predicates[key >> width & mask], value)  # type: ignore[arg-type]

    def plain_value(self) -> object:
        """Return the triples, which stand for it in plain data."""
        return list(self)

    def n_triples(self) -> Iterator[str]:
        """Yield the triples as lines of N-Triples."""
        nodes, predicates, keys, width = self._sorted()
        mask = (1 << width) - 1
        texts, links = [f"{node} " for node in nodes], [f"{link} " for link in predicates]
        for key in keys:
            yield f"{texts[key >> 2 * width]}{links[key >> width & mask]}{texts[key & mask]}.\n"

    def _sorted(self) -> tuple[list[Interned], list[Interned], list[int], int]:
        """Return nodes and predicates in the order of their texts, and the triples as one number each.

        The number holds the ranks of subject, predicate and object, so that texts are compared
        once per term and not once per triple.
        """
        terms = self.terms
        used: set[int] = set()
        for keys in self.edges.values():
            used.update(key & MASK for key in keys)
            used.update(key >> SHIFT for key in keys)
        nodes = sorted(used, key=lambda number: str(terms[number]))
        predicates = sorted(self.edges, key=lambda p: (p != v.TYPE, str(terms[p].value)))  # type: ignore[union-attr]
        ranks = {number: rank for rank, number in enumerate(nodes)}
        width = max(len(nodes), len(predicates)).bit_length()
        triples = [
            (ranks[key & MASK] << width | place) << width | ranks[key >> SHIFT]
            for place, predicate in enumerate(predicates)
            for key in self.edges[predicate]
        ]
        triples.sort()
        return [terms[n] for n in nodes], [terms[p] for p in predicates], triples, width


def inferred_of(quads: Iterable[ox.Quad]) -> Inferred:
    """Return triples that another reasoner found, to be sorted and written like our own."""
    terms, edges = Terms(), Edges()
    terms.read(quads, edges)
    return Inferred(terms.all(), edges)


@dataclass(frozen=True)
class Inference(Plain):
    """What follows from data and ontology and is new; what contradicts; what no rule covers.

    `imports` are the owl:imports of ontologies that no triple describes: nothing was fetched.
    """

    also_plain: ClassVar[tuple[str, ...]] = ("is_consistent",)

    inferred: Inferred
    contradictions: tuple[Contradiction, ...]
    unsupported: tuple[Unsupported, ...]
    imports: tuple[ox.Triple, ...] = ()

    @property
    def is_consistent(self) -> bool:
        """Whether nothing contradicts itself."""
        return not self.contradictions
