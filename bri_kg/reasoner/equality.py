"""What is the same as what: union-find over interned terms (rules eq-sym, eq-trans, dt-eq).

One term stands for all that are the same, which is what eq-rep-s, eq-rep-p and eq-rep-o come to.
Literals of one value that are written differently (dt-eq) stay terms of their own, so that what is
inferred is written as the data write it; `alike` and `key` tell that they are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bri_kg.reasoner.interning import Ids
from bri_kg.reasoner.vocabulary import WORDS


class Equality:
    """Classes of terms that are owl:sameAs each other; the lowest number stands for its class."""

    def __init__(self, values: Mapping[int, int] | None = None) -> None:
        """Take literals of one value that are written differently, by the first of them."""
        self.values: Mapping[int, int] = values or {}
        self._forms: dict[int, list[int]] = {}
        for literal, first in self.values.items():
            self._forms.setdefault(first, []).append(literal)
        # Who gave way to whom; to look whether a term did is the quickest question of all.
        self.parents: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self.refused: set[tuple[int, int]] = set()
        self.reasons: list[tuple[int, int, tuple[Ids, ...]]] = []

    def __bool__(self) -> bool:
        return bool(self.parents)

    def find(self, term: int) -> int:
        """Return the term that stands for the class of `term`."""
        parents = self.parents
        root = term
        while root in parents:
            root = parents[root]
        while term != root:
            parents[term], term = root, parents[term]
        return root

    def key(self, term: int) -> int:
        """Return the term that stands for all that are the same as `term` or have its value."""
        root = self.find(term) if term in self.parents else term
        return self.values.get(root, root)

    def alike(self, one: int, other: int) -> bool:
        """Return whether two terms are the same, or literals of one value."""
        return one == other or self.key(one) == self.key(other)

    def forms(self, term: int) -> Iterable[int]:
        """Return every way in which the value of a literal is written."""
        return self._forms.get(self.values.get(term, term), (term,))

    def merge(self, one: int, other: int, reason: tuple[Ids, ...]) -> tuple[int, int] | None:
        """Make two terms the same; return who stands for both and who gave way, if that is new.

        Words of OWL are never made the same as each other, but `refused`: the rules would change
        meaning.
        """
        root, lost = sorted((self.find(one), self.find(other)))
        if root == lost:
            return None
        if lost < len(WORDS):
            self.refused.add((root, lost))
            return None
        self.parents[lost] = root
        self._members[root] = [
            *self._members.get(root, [root]),
            *self._members.pop(lost, [lost]),
        ]
        self.reasons.append((one, other, reason))
        return root, lost

    def members(self, term: int) -> Sequence[int]:
        """Return the class that `term` stands for."""
        return self._members.get(term, (term,))

    def plural(self) -> Collection[int]:
        """Return the terms that stand for a class of more than one."""
        return self._members.keys()

    def classes(self) -> Iterable[list[int]]:
        """Return every class of more than one term."""
        return self._members.values()

    def why(self, one: int, other: int) -> tuple[Ids, ...]:
        """Return the triples on the shortest chain of reasons from one term to the other."""
        links: dict[int, list[tuple[int, tuple[Ids, ...]]]] = {}
        for a, b, reason in self.reasons:
            links.setdefault(a, []).append((b, reason))
            links.setdefault(b, []).append((a, reason))
        paths: dict[int, tuple[Ids, ...]] = {one: ()}
        frontier = [one]
        for term in frontier:
            for neighbour, reason in links.get(term, ()):
                if neighbour not in paths:
                    paths[neighbour] = (*paths[term], *reason)
                    frontier.append(neighbour)
        return tuple(sorted(set(paths.get(other, ()))))
