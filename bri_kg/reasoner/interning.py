"""Terms as small integers, edges as one integer each: what makes the closure fast and small."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from typing import Final

import pyoxigraph as ox

from bri_kg.reasoner.data_values import is_plain_text, value_of, writes_text
from bri_kg.reasoner.vocabulary import WORDS

Interned = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Ids = tuple[int, int, int]
Edges = dict[int, "array[int]"]

# Two numbers of 30 bits fill two digits of a Python integer exactly. The subject takes the low
# bits: those choose the slot in a set, and many edges of a property share an object, few a subject.
SHIFT: Final = 30
MASK: Final = (1 << SHIFT) - 1


def pack(subject: int, value: int) -> int:
    """Return subject and object of an edge as one integer."""
    return value << SHIFT | subject


def unpack(key: int) -> tuple[int, int]:
    """Return subject and object of a packed edge."""
    return key & MASK, key >> SHIFT


class _Ids(dict[Interned, int]):
    def __missing__(self, term: Interned) -> int:
        number = self[term] = len(self)
        return number


class Terms:
    """The terms of one inference and their numbers; the words of OWL have the lowest."""

    def __init__(self) -> None:
        self._ids = _Ids()
        for iri in WORDS:
            self.number(ox.NamedNode(iri))
        self._terms: list[Interned] = []
        self._valueless: list[int] = []

    def __len__(self) -> int:
        return len(self._ids)

    def number(self, term: Interned) -> int:
        """Return the number of a term, a new one when it was not seen before."""
        return self._ids[term]

    def term(self, number: int) -> Interned:
        """Return the term of a number."""
        return self.all()[number]

    def all(self) -> list[Interned]:
        """Return every term, in the order of the numbers."""
        if len(self._terms) != len(self._ids):
            self._terms = list(self._ids)
        return self._terms

    def same_values(self) -> dict[int, int]:
        """Return literals that are written differently and have one value, by the first of them (dt-eq)."""
        literals = [(n, term) for n, term in enumerate(self.all()) if isinstance(term, ox.Literal)]
        # Most literals are texts, of which no two have one value unless another datatype writes texts too.
        others = [(number, term) for number, term in literals if not is_plain_text(term)]
        if any(writes_text(term) for _, term in others):
            others = literals
        first: dict[Hashable, int] = {}
        same: dict[int, int] = {}
        self._valueless = []
        for number, term in others:
            value = value_of(term)
            if value is None:
                self._valueless.append(number)
                continue
            one = first.setdefault(value, number)
            if one != number:
                same[one] = same[number] = one
        return same

    def valueless(self) -> list[int]:
        """Return the literals for which `same_values` has found no value."""
        return self._valueless

    def read(self, quads: Iterable[ox.Quad], edges: Edges) -> None:
        """Add the triples of the quads to `edges`: per predicate, packed; graph names are dropped."""
        ids = self._ids
        for quad in quads:
            subject, value = ids[quad.subject], ids[quad.object]
            predicate = ids[quad.predicate]
            if predicate not in edges:
                edges[predicate] = array("q")
            edges[predicate].append(value << SHIFT | subject)
