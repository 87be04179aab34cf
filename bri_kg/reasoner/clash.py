"""What the rules that conclude `false` have in common: what they return, what they ask of a finished run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.interning import MASK, SHIFT, Ids, pack, unpack
from bri_kg.reasoner.worklist import Worklist


@dataclass(frozen=True)
class Clash:
    """A rule that fired: the triples of its axiom, the facts, and the words with places for terms."""

    rule: str
    axiom: tuple[Ids, ...]
    facts: tuple[Ids, ...]
    words: str
    about: tuple[int, ...]


def packed_edges(run: Worklist, prop: int) -> set[int]:
    """Return the edges of a watched property or of rdf:type, one for all that are the same.

    Literals of one value, too, are one (dt-eq).
    """
    if prop == v.TYPE:
        sets = run.sets.sets
        keys = {cls << SHIFT | node for node, held in run.types.items() for cls in sets[held]}
    else:
        keys = run.seen[prop] if prop in run.seen else set(run.edges.get(prop, ()))
    if not (run.equality or run.equality.values):
        return keys
    one = run.equality.key
    return {pack(one(key & MASK), one(key >> SHIFT)) for key in keys}


def edges_of(run: Worklist, prop: int) -> Iterator[tuple[int, int]]:
    """Yield subject and object of the edges that `packed_edges` returns, sorted."""
    return map(unpack, sorted(packed_edges(run, prop)))


def edges_to(run: Worklist, value: int) -> Iterator[Ids]:
    """Yield the asserted edges to a term."""
    for prop, keys in run.edges.items():
        yield from ((key & MASK, prop, value) for key in keys if key >> SHIFT == value)


def lists_of(axioms: Axioms, kind: int, predicate: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield node and members of the axioms of a kind that list what is pairwise apart."""
    for node in axioms.instances(kind):
        for head in axioms.objects(node, predicate):
            yield node, axioms.items(head) or ()
