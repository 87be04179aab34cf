"""The worklist: rules over facts to a fixed point, each new fact looked at once.

Edges are packed integers in one set per property; memberships are one number per thing, that of
its set of classes. What follows from an edge alone is added for all edges of a property at once;
only edges and memberships that a join waits for go through the list.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from bri_kg.reasoner import joins
from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.equality import Equality
from bri_kg.reasoner.interning import MASK, SHIFT, Edges, Ids
from bri_kg.reasoner.rules import Rules
from bri_kg.reasoner.typesets import EMPTY, TypeSets

_Adjacency = dict[int, dict[int, list[int]]]
_SPECIAL = frozenset({v.TYPE, v.SAME, *v.AXIOM_PREDICATES})


class Worklist:
    """One evaluation of rules over edges. Implements `joins.Facts`.

    `needs_more` says, after `run`, that axioms were derived or that a term of an axiom was made
    the same as another: then the axioms have to be compiled and the rules evaluated again.
    """

    def __init__(
        self,
        axioms: Axioms,
        rules: Rules,
        edges: Edges,
        equality: Equality,
        watched: Iterable[int],
        *,
        traced: bool = False,
    ) -> None:
        """Take the axioms, the rules made of them, the asserted edges and what is known to be the same.

        `watched` are properties whose edges will be asked for; with `traced`, each derived fact
        remembers the fact that set it off.
        """
        self.axioms = axioms
        self.rules = rules
        self.edges = edges
        self.equality = equality
        self.new_axioms: set[Ids] = set()
        self.needs_more = False
        self.seen: dict[int, set[int]] = {}
        self.derived: dict[int, list[int]] = {}
        self.given: dict[int, int] = {}
        self.types: dict[int, int] = {}
        self.sets: TypeSets[tuple[joins.TypeRule, ...]] = TypeSets(
            rules.supers, rules.intersections, self._set_off
        )
        self.trace: dict[Ids, Ids] | None = {} if traced else None
        self._cause: Ids | None = None
        self._watched = {*rules.watched(), *watched} - _SPECIAL
        self._objects: _Adjacency = {prop: {} for prop in rules.on_edge}
        self._subjects: _Adjacency = {prop: {} for prop in rules.on_edge}
        self._keys: dict[tuple[int, ...], int] = {}
        self._edges_to_join: list[Ids] = []
        self._types_to_join: list[tuple[joins.TypeRule, int, Ids | None]] = []
        self._fixed = rules.terms | edges.keys()

    def run(self, extra_types: Iterable[tuple[int, int]] = ()) -> None:
        """Evaluate to the fixed point. `extra_types` are memberships that nobody asserted."""
        for prop in self._watched:
            self.seen[prop] = set(self.edges.get(prop, ()))
        self._assert_types()
        self._cause = None
        for node, cls in (*self.rules.members, *extra_types):
            self.add_type(node, cls)
        for prop, keys in self.edges.items():
            if prop != v.TYPE:
                self._assert_edges(prop, keys)
        self._drain()

    def has(self, node: int, cls: int) -> bool:
        """Whether a thing is known to be in a class."""
        if self.equality:
            node = self.equality.find(node)
        return cls in self.sets.sets[self.types.get(node, EMPTY)]

    def objects(self, prop: int, subject: int) -> Iterable[int]:
        """The objects of an indexed property."""
        return self._objects[prop].get(self._stands_for(subject), ())

    def subjects(self, prop: int, value: int) -> Iterable[int]:
        """The subjects of an indexed property."""
        return self._subjects[prop].get(self._stands_for(value), ())

    def add_edge(self, subject: int, prop: int, value: int) -> None:
        """Add a triple and what follows from it alone."""
        if self.equality:
            subject, value = self.equality.find(subject), self.equality.find(value)
        for p, flipped in self.rules.consequences.get(prop, ((prop, False),)):
            self._add(*((value, p, subject) if flipped else (subject, p, value)))
        if prop in self.rules.domains:
            self.add_types(subject, self.rules.domains[prop])
        if prop in self.rules.ranges:
            self.add_types(value, self.rules.ranges[prop])

    def add_type(self, node: int, cls: int) -> None:
        """Add a membership."""
        self.add_types(node, frozenset((cls,)))

    def add_type_edge(self, node: int, cls: int) -> None:
        """Add what follows from a new membership where axioms speak of rdf:type itself."""
        self.add_edge(node, v.TYPE, cls)
        if v.TYPE in self.rules.on_edge:
            self._edges_to_join.append((node, v.TYPE, cls))

    def add_types(self, node: int, classes: frozenset[int]) -> None:
        """Add several memberships at once."""
        self._enter(node, self.sets.closed(self.sets.number(classes)))

    def merge(self, one: int, other: int, *reason: Ids) -> None:
        """Make two things the same (rules eq-rep-s, eq-rep-o): one of them takes over all facts."""
        merged = self.equality.merge(one, other, reason)
        if merged is None:
            return
        root, lost = merged
        if lost in self._fixed or lost in self.sets.classes:
            self.needs_more = True
        if lost in self.types:
            self._enter(root, self.types.pop(lost))
        for prop in self._objects:
            for value in self._objects[prop].pop(lost, ()):
                self._join_again(root, prop, value)
            for subject in self._subjects[prop].pop(lost, ()):
                self._join_again(subject, prop, root)

    def note_axiom(self, triple: Ids) -> None:
        """Remember a derived triple that is an axiom."""
        if triple not in self.new_axioms and triple not in self.axioms.triples:
            self.new_axioms.add(triple)
            self.needs_more = True

    def find_key(self, key: tuple[int, ...], holder: int) -> int:
        """Return who first held this key, which is `holder` when nobody did."""
        return self._keys.setdefault(key, holder)

    def edges_of(self, prop: int) -> set[int]:
        """Return the edges of a watched property, packed, one for all that are the same."""
        keys = self.seen[prop] if prop in self.seen else set(self.edges.get(prop, ()))
        if not self.equality:
            return keys
        find = self.equality.find
        return {find(key >> SHIFT) << SHIFT | find(key & MASK) for key in keys}

    def holds(self, subject: int, prop: int, value: int) -> bool:
        """Whether an edge of a watched property, or a membership, is known."""
        if prop == v.TYPE:
            return self.has(subject, value)
        find = self.equality.find
        return find(value) << SHIFT | find(subject) in self.edges_of(prop)

    def edges_to(self, value: int) -> Iterator[Ids]:
        """Yield the asserted edges to a term."""
        for prop, keys in self.edges.items():
            yield from ((key & MASK, prop, value) for key in keys if key >> SHIFT == value)

    def _stands_for(self, node: int) -> int:
        return self.equality.find(node) if self.equality else node

    def _set_off(self, classes: frozenset[int]) -> tuple[joins.TypeRule, ...]:
        found: list[joins.TypeRule] = []
        for cls in sorted(classes):
            found += self.rules.on_type.get(cls, ())
            if self.rules.speaks_of_type:
                found.append(joins.TypeAsEdge(cls))
        return tuple(found)

    def _assert_types(self) -> None:
        given, plus = self.given, self.sets.plus
        for key in self.edges.get(v.TYPE, ()):
            node = key & MASK
            given[node] = plus(given.get(node, EMPTY), key >> SHIFT)
            if self.trace is not None:
                self._cause = (node, v.TYPE, key >> SHIFT)
                self.add_type(node, key >> SHIFT)
        for node, held in given.items():
            self._enter(node, self.sets.closed(held))

    def _assert_edges(self, prop: int, keys: array[int]) -> None:
        rules = self.rules
        if self.trace is not None:
            alone = (rules.consequences, rules.domains, rules.ranges)
            for key in keys if any(prop in table for table in alone) else ():
                self._cause = (key & MASK, prop, key >> SHIFT)
                self.add_edge(*self._cause)
        else:
            for p, flipped in rules.consequences.get(prop, ()):
                if p != prop or flipped:
                    self._assert_consequences(p, keys, flipped=flipped)
            if prop in rules.domains:
                entered = self.sets.closed(self.sets.number(rules.domains[prop]))
                for node in {key & MASK for key in keys}:
                    self._enter(node, entered)
            if prop in rules.ranges:
                entered = self.sets.closed(self.sets.number(rules.ranges[prop]))
                for node in {key >> SHIFT for key in keys}:
                    self._enter(node, entered)
        if prop in rules.on_edge:
            self._edges_to_join += [(key & MASK, prop, key >> SHIFT) for key in set(keys)]

    def _assert_consequences(self, prop: int, keys: array[int], *, flipped: bool) -> None:
        """Add the edges of another property that follow one by one from asserted ones."""
        follows = {(key & MASK) << SHIFT | key >> SHIFT for key in keys} if flipped else set(keys)
        if prop in _SPECIAL:
            for key in follows:
                self._add(key & MASK, prop, key >> SHIFT)
            return
        follows -= self.seen[prop]
        self.seen[prop] |= follows
        self.derived.setdefault(prop, []).extend(follows)
        if prop in self.rules.on_edge:
            self._edges_to_join += [(key & MASK, prop, key >> SHIFT) for key in follows]

    def _add(self, subject: int, prop: int, value: int) -> None:
        if prop in _SPECIAL:
            self._add_special(subject, prop, value)
            return
        key = value << SHIFT | subject
        seen = self.seen[prop]
        if key in seen:
            return
        seen.add(key)
        self.derived.setdefault(prop, []).append(key)
        if self.trace is not None and self._cause is not None:
            self.trace.setdefault((subject, prop, value), self._cause)
        if prop in self.rules.on_edge:
            self._edges_to_join.append((subject, prop, value))

    def _add_special(self, subject: int, prop: int, value: int) -> None:
        if prop == v.SAME:
            self.merge(subject, value, *(() if self._cause is None else (self._cause,)))
        elif prop == v.TYPE:
            self.add_type(subject, value)
        else:
            self.note_axiom((subject, prop, value))

    def _enter(self, node: int, entered: int) -> None:
        if self.equality:
            node = self.equality.find(node)
        held = self.types.get(node, EMPTY)
        number, rules = self.sets.step(held, entered)
        if number == held:
            return
        self.types[node] = number
        if self.trace is not None and self._cause is not None:
            for cls in self.sets.sets[number] - self.sets.sets[held]:
                self.trace.setdefault((node, v.TYPE, cls), self._cause)
        for rule in rules:
            self._types_to_join.append((rule, node, self._cause))

    def _join_again(self, subject: int, prop: int, value: int) -> None:
        subject, value = self._stands_for(subject), self._stands_for(value)
        key = value << SHIFT | subject
        if key not in self.seen.setdefault(prop, set()):
            self.seen[prop].add(key)
            self._edges_to_join.append((subject, prop, value))

    def _drain(self) -> None:
        edges, types = self._edges_to_join, self._types_to_join
        while edges or types:
            while types:
                rule, node, self._cause = types.pop()
                rule.on_type(self, self._stands_for(node))
            if edges:
                self._join(*edges.pop())

    def _join(self, subject: int, prop: int, value: int) -> None:
        self._cause = (subject, prop, value)
        if self.equality:
            found = self.equality.find(subject), self.equality.find(value)
            if found != (subject, value):
                self._join_again(found[0], prop, found[1])
                return
        self._objects[prop].setdefault(subject, []).append(value)
        self._subjects[prop].setdefault(value, []).append(subject)
        for rule in self.rules.on_edge[prop]:
            rule.on_edge(self, subject, value)
