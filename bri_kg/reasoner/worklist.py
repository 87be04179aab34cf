"""The worklist: rules over facts to a fixed point, each new fact looked at once.

Of the rules that look at one fact alone it holds prp-dom, prp-rng, prp-spo1, prp-eqp1, prp-eqp2,
prp-inv1, prp-inv2, prp-symp (tables of `rules.py`), and with `Equality` the rules eq-*; those that
join are in `property_joins.py` and `class_joins.py`, those about classes alone in `typesets.py`.

Edges are packed integers in one set per property; memberships are one number per thing, that of
its set of classes. What follows from an edge alone is added for all edges of a property at once;
only edges and memberships that a join waits for go through the list.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.allowance import Allowance
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.equality import Equality
from bri_kg.reasoner.interning import MASK, SHIFT, Edges, Ids
from bri_kg.reasoner.joins import TypeRule
from bri_kg.reasoner.rules import Direction, Rules
from bri_kg.reasoner.typesets import EMPTY, TypeSets

_Follows = tuple[tuple[Direction, ...], int, int]
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
        allowance: Allowance,
        *,
        traced: bool = False,
    ) -> None:
        """Take the axioms, the rules made of them, the asserted edges and what is known to be the same.

        `watched` are properties whose edges will be asked for, `allowance` the steps that may be taken;
        with `traced`, each derived fact remembers the fact that set it off.
        """
        self.axioms = axioms
        self.rules = rules
        self.edges = edges
        self.equality = equality
        self._spend = allowance.spend
        self.new_axioms: set[Ids] = set()
        self.needs_more = False
        self.seen: dict[int, set[int]] = {}
        self.given: dict[int, int] = {}
        self.types: dict[int, int] = {}
        self.sets = TypeSets(rules.supers, rules.intersections, rules.set_off_by)
        self.trace: dict[Ids, Ids] | None = {} if traced else None
        self._cause: Ids | None = None
        self._parents = equality.parents
        self._values = equality.values
        self._watched = {*rules.watched(), *watched} - _SPECIAL
        self.derived: dict[int, list[int]] = {prop: [] for prop in self._watched}
        self._follows = self._what_follows()
        objects, subjects = rules.indexes()
        self._objects: _Adjacency = {prop: {} for prop in objects}
        self._subjects: _Adjacency = {prop: {} for prop in subjects}
        self._keys: dict[tuple[int, ...], int] = {}
        self._batches_to_join: list[tuple[int, Iterable[int]]] = []
        self._edges_to_join: list[Ids] = []
        self._types_to_join: list[tuple[TypeRule, int, Ids | None]] = []
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
        """Return whether a thing is known to be in a class."""
        if node in self._parents or node in self._values:
            node = self.equality.key(node)
        return cls in self.sets.sets[self.types.get(node, EMPTY)]

    def objects(self, prop: int, subject: int) -> Iterable[int]:
        """Return the objects of an indexed property."""
        if subject in self._parents or subject in self._values:
            subject = self.equality.key(subject)
        return self._objects[prop].get(subject, ())

    def subjects(self, prop: int, value: int) -> Iterable[int]:
        """Return the subjects of an indexed property."""
        if value in self._parents or value in self._values:
            value = self.equality.key(value)
        return self._subjects[prop].get(value, ())

    def add_edge(self, subject: int, prop: int, value: int) -> None:
        """Add a triple and what follows from it alone."""
        self._spend(1)
        if self._parents:
            subject, value = self.equality.find(subject), self.equality.find(value)
        if self._add(subject, prop, value) and prop in self._follows:
            self._follow(subject, prop, value)

    def add_type(self, node: int, cls: int) -> None:
        """Add a membership."""
        self._enter(node, self.sets.closed(self.sets.number(frozenset((cls,)))))

    def add_type_edge(self, node: int, cls: int) -> None:
        """Add what follows from a new membership where axioms speak of rdf:type itself."""
        if v.TYPE in self._follows:
            self._follow(node, v.TYPE, cls)
        if v.TYPE in self.rules.on_edge:
            self._edges_to_join.append((node, v.TYPE, cls))

    def merge(self, one: int, other: int, *reason: Ids) -> None:
        """Make two things the same (rules eq-rep-s, eq-rep-o): one of them takes over all facts.

        A literal brings with it the others that have its value; two of one value are the same already.
        """
        if self.equality.alike(one, other):
            return
        self._merge(one, other, reason)
        for term in (one, other):
            for form in self.equality.forms(term):
                self._merge(term, form, ())

    def alike(self, one: int, other: int) -> bool:
        """Return whether two terms are the same, or literals of one value."""
        return self.equality.alike(one, other)

    def _merge(self, one: int, other: int, reason: tuple[Ids, ...]) -> None:
        merged = self.equality.merge(one, other, reason)
        if merged is None:
            return
        root, lost = merged
        if lost in self._fixed or lost in self.sets.classes:
            self.needs_more = True
        if lost in self.types:
            self._enter(root, self.types.pop(lost))
        for prop, by_subject in self._objects.items():
            for value in by_subject.pop(lost, ()):
                self._join_again(root, prop, value)
        for prop, by_value in self._subjects.items():
            for subject in by_value.pop(lost, ()):
                self._join_again(subject, prop, root)

    def note_axiom(self, triple: Ids) -> None:
        """Remember a derived triple that is an axiom."""
        if triple not in self.new_axioms and triple not in self.axioms.triples:
            self.new_axioms.add(triple)
            self.needs_more = True

    def find_key(self, key: tuple[int, ...], holder: int) -> int:
        """Return who first held this key, which is `holder` when nobody did."""
        if self._values:
            key = tuple(map(self.equality.key, key))
        return self._keys.setdefault(key, holder)

    def _what_follows(self) -> dict[int, _Follows]:
        """Return per property what holds with each of its edges, without that edge itself."""
        rules, entered = self.rules, self._entered
        return {
            prop: (
                tuple(d for d in rules.consequences.get(prop, ()) if d != (prop, False)),
                entered(rules.domains.get(prop)),
                entered(rules.ranges.get(prop)),
            )
            for prop in {*rules.consequences, *rules.domains, *rules.ranges}
        }

    def _entered(self, classes: frozenset[int] | None) -> int:
        return self.sets.closed(self.sets.number(classes)) if classes else EMPTY

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
        if prop in self._follows:
            if self.trace is None:
                self._follow_all(prop, keys)
            else:
                for key in keys:
                    self._cause = (key & MASK, prop, key >> SHIFT)
                    self._follow(*self._cause)
        if prop in self.rules.on_edge:
            self._batches_to_join.append((prop, set(keys)))

    def _follow(self, subject: int, prop: int, value: int) -> None:
        """Add what follows from one edge alone."""
        others, domain, range_ = self._follows[prop]
        self._spend(len(others) + 1)
        for p, flipped in others:
            if flipped:
                self._add(value, p, subject)
            else:
                self._add(subject, p, value)
        if domain:
            self._enter(subject, domain)
        if range_:
            self._enter(value, range_)

    def _follow_all(self, prop: int, keys: array[int]) -> None:
        """Add what follows from each of many edges alone, all at once."""
        others, domain, range_ = self._follows[prop]
        self._spend(len(keys) * (len(others) + 1))
        for p, flipped in others:
            turned = ((key & MASK) << SHIFT | key >> SHIFT for key in keys)
            new = set(turned if flipped else keys)
            if p in _SPECIAL:
                for key in new:
                    self._add_special(key & MASK, p, key >> SHIFT)
                continue
            new -= self.seen[p]
            self.seen[p] |= new
            self.derived[p] += new
            if p in self.rules.on_edge:
                self._batches_to_join.append((p, new))
        for node in {key & MASK for key in keys} if domain else ():
            self._enter(node, domain)
        for node in {key >> SHIFT for key in keys} if range_ else ():
            self._enter(node, range_)

    def _add(self, subject: int, prop: int, value: int) -> bool:
        """Add one triple; return whether it is an edge that was not there."""
        if prop in _SPECIAL:
            self._add_special(subject, prop, value)
            return False
        key = value << SHIFT | subject
        seen = self.seen[prop]
        if key in seen:
            return False
        seen.add(key)
        self.derived[prop].append(key)
        if self.trace is not None and self._cause is not None:
            self.trace.setdefault((subject, prop, value), self._cause)
        if prop in self.rules.on_edge:
            self._edges_to_join.append((subject, prop, value))
        return True

    def _add_special(self, subject: int, prop: int, value: int) -> None:
        if prop == v.SAME:
            self.merge(subject, value, *(() if self._cause is None else (self._cause,)))
        elif prop == v.TYPE:
            self.add_type(subject, value)
        else:
            self.note_axiom((subject, prop, value))

    def _enter(self, node: int, entered: int) -> None:
        """Put a thing into a closed set of classes."""
        if node in self._parents or node in self._values:
            node = self.equality.key(node)
        held = self.types.get(node, EMPTY)
        step = self.sets.steps.get(held << SHIFT | entered) or self.sets.step(held, entered)
        if step[0] == held:
            return
        self.types[node] = step[0]
        if self.trace is not None and self._cause is not None:
            for cls in self.sets.sets[step[0]] - self.sets.sets[held]:
                self.trace.setdefault((node, v.TYPE, cls), self._cause)
        for rule in step[1]:
            self._types_to_join.append((rule, node, self._cause))

    def _join_again(self, subject: int, prop: int, value: int) -> None:
        """List an edge of which an end has given way to another term, unless that edge is known."""
        subject, value = self.equality.find(subject), self.equality.find(value)
        key = value << SHIFT | subject
        if key not in self.seen.setdefault(prop, set()):
            self.seen[prop].add(key)
            self._edges_to_join.append((subject, prop, value))

    def _drain(self) -> None:
        self._drain_lists()
        while self._batches_to_join:
            prop, keys = self._batches_to_join.pop()
            for key in keys:
                self._join(key & MASK, prop, key >> SHIFT)
                if self._edges_to_join or self._types_to_join:
                    self._drain_lists()

    def _drain_lists(self) -> None:
        edges, types = self._edges_to_join, self._types_to_join
        while edges or types:
            while types:
                rule, node, self._cause = types.pop()
                rule.on_type(self, self.equality.find(node) if self._parents else node)
            if edges:
                self._join(*edges.pop())

    def _join(self, subject: int, prop: int, value: int) -> None:
        """Index an edge and apply the rules that wait for it."""
        self._cause = (subject, prop, value)
        if subject in self._parents or value in self._parents:
            self._join_again(subject, prop, value)
            return
        if prop in self._objects:
            _append(self._objects[prop], self._values.get(subject, subject), value)
        if prop in self._subjects:
            _append(self._subjects[prop], self._values.get(value, value), subject)
        for rule in self.rules.on_edge[prop]:
            rule.on_edge(self, subject, value)


def _append(lists: dict[int, list[int]], key: int, value: int) -> None:
    found = lists.get(key)
    if found is None:
        lists[key] = [value]
    else:
        found.append(value)
