"""Sets of classes, each kept once and closed once, however many things are in them.

Rules cax-sco (with cax-eqc1, cax-eqc2, cls-int2 and cls-uni, which scm-eqc1, scm-int and scm-uni
lead back to it) and cls-int1 depend on nothing but the set of classes that a thing is in. So they
run once per set, not once per thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Generic, TypeVar

from bri_kg.reasoner.interning import SHIFT

Fired = TypeVar("Fired")
EMPTY: Final = 0


class TypeSets(Generic[Fired]):
    """Numbered sets of classes; number 0 is the empty set."""

    def __init__(
        self,
        supers: Mapping[int, frozenset[int]],
        intersections: Iterable[tuple[int, tuple[int, ...]]],
        fired: Callable[[frozenset[int]], Fired],
    ) -> None:
        """Take the superclasses of each class, the intersections, and what newly entered classes set off."""
        self.sets: list[frozenset[int]] = [frozenset()]
        self.classes: set[int] = set()
        self._numbers: dict[frozenset[int], int] = {frozenset(): EMPTY}
        self._supers = supers
        self._intersections: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for cls, members in intersections:
            for member in members:
                self._intersections.setdefault(member, []).append((cls, members))
        self._fired = fired
        self.steps: dict[int, tuple[int, Fired]] = {}
        self._raw_steps: dict[int, int] = {}
        self._closed: dict[int, int] = {}

    def number(self, classes: frozenset[int]) -> int:
        """Return the number of this very set."""
        found = self._numbers.get(classes)
        if found is None:
            found = self._numbers[classes] = len(self.sets)
            self.sets.append(classes)
            self.classes |= classes
        return found

    def plus(self, held: int, cls: int) -> int:
        """Return the number of a set with one class more, nothing closed."""
        key = held << SHIFT | cls
        found = self._raw_steps.get(key)
        if found is None:
            found = self._raw_steps[key] = self.number(self.sets[held] | {cls})
        return found

    def closed(self, held: int) -> int:
        """Return the number of a set closed under the rules of this module."""
        found = self._closed.get(held)
        if found is None:
            found = self._closed[held] = self.number(self._close(self.sets[held]))
        return found

    def step(self, held: int, entered: int) -> tuple[int, Fired]:
        """Return the closed union of two closed sets, and what the classes new in it set off."""
        key = held << SHIFT | entered
        found = self.steps.get(key)
        if found is None:
            before = self.sets[held]
            after = self._close(self.sets[entered], before)
            found = self.steps[key] = (self.number(after), self._fired(after - before))
        return found

    def _close(
        self, classes: frozenset[int], closed: frozenset[int] = frozenset()
    ) -> frozenset[int]:
        """Return both sets, closed; the second is closed already."""
        reached = set(closed)
        todo = set(classes - closed)
        while todo:
            cls = todo.pop()
            reached.add(cls)
            todo |= self._supers.get(cls, frozenset()) - reached
            for intersection, members in self._intersections.get(cls, ()):
                if intersection not in reached and reached.issuperset(members):
                    todo.add(intersection)
        return frozenset(reached)
