"""What the rules that conclude `false` have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.interning import Ids, unpack
from bri_kg.reasoner.worklist import Worklist


@dataclass(frozen=True)
class Clash:
    """A rule that fired: the triples of its axiom, the facts, and the words with places for terms."""

    rule: str
    axiom: tuple[Ids, ...]
    facts: tuple[Ids, ...]
    words: str
    about: tuple[int, ...]


def edges_of(run: Worklist, prop: int) -> Iterator[tuple[int, int]]:
    """Yield subject and object of the edges of a watched property, sorted."""
    return map(unpack, sorted(run.edges_of(prop)))


def lists_of(axioms: Axioms, kind: int, predicate: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield node and members of the axioms of a kind that list what is pairwise apart."""
    for node in axioms.instances(kind):
        for head in axioms.objects(node, predicate):
            yield node, axioms.items(head) or ()
