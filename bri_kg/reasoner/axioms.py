"""The axioms among the triples, indexed, with RDF lists read; and the rules that close them.

Those are scm-cls, scm-sco, scm-eqc1, scm-eqc2, scm-op, scm-dp, scm-spo, scm-eqp1, scm-eqp2,
scm-dom1, scm-dom2, scm-rng1, scm-rng2, scm-hv, scm-svf1, scm-svf2, scm-avf1, scm-avf2, scm-int and
scm-uni (OWL 2 Profiles §4.3, table 9).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.interning import Ids

_Relation = dict[int, set[int]]


class Axioms:
    """Triples that are axioms or pieces of one, by predicate and by class."""

    def __init__(self, triples: Iterable[Ids]) -> None:
        self.triples = frozenset(triples)
        self._by_predicate: dict[int, dict[int, list[int]]] = {}
        # Sorted, so that whatever is made of them comes in the same order in every run.
        for subject, predicate, value in sorted(self.triples):
            by_subject = self._by_predicate.setdefault(predicate, {})
            by_subject.setdefault(subject, []).append(value)
        self._subjects: dict[tuple[int, int], list[int]] = {}
        for predicate in (v.TYPE, v.ON_PROPERTY, v.SOME, v.ALL, v.VALUE):
            for subject, value in self.pairs(predicate):
                self._subjects.setdefault((predicate, value), []).append(subject)

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        """Yield subject and object of every axiom with this predicate."""
        for subject, values in self._by_predicate.get(predicate, {}).items():
            for value in values:
                yield subject, value

    def objects(self, subject: int, predicate: int) -> list[int]:
        """Return the objects of one subject."""
        return self._by_predicate.get(predicate, {}).get(subject, [])

    def subjects(self, predicate: int, value: int) -> list[int]:
        """Return the subjects; only for rdf:type and the parts of a restriction."""
        return self._subjects.get((predicate, value), [])

    def instances(self, cls: int) -> list[int]:
        """Return the instances of a class of `AXIOM_CLASSES`."""
        return self.subjects(v.TYPE, cls)

    def items(self, head: int) -> tuple[int, ...] | None:
        """Return the members of an RDF list, or None when it is broken or turns back on itself."""
        members: list[int] = []
        seen: set[int] = set()
        while head != v.NIL:
            first, rest = self.objects(head, v.FIRST), self.objects(head, v.REST)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return tuple(members)

    def lists(self, predicate: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield subject and members of every well-formed list that a predicate leads to."""
        for subject, head in self.pairs(predicate):
            members = self.items(head)
            if members:
                yield subject, members

    def restrictions(self, predicate: int) -> Iterator[tuple[int, int, int]]:
        """Yield the restrictions of one kind as node, property and filler."""
        for node, filler in self.pairs(predicate):
            for prop in self.objects(node, v.ON_PROPERTY):
                yield node, prop, filler


def close_axioms(axioms: Axioms, plural: Container[int] = ()) -> Axioms:
    """Return the axioms closed under the rules scm-* (OWL 2 Profiles §4.3, table 9).

    A class or property is under itself only where it is declared (scm-cls, scm-op, scm-dp), or
    where it stands for several, `plural`, that are the same: each then is under the others.
    """
    classes = _relation(axioms.pairs(v.SUB_CLASS), _class_declarations(axioms))
    for one, other in axioms.pairs(v.EQUIVALENT_CLASS):  # scm-eqc1
        if one != other or one in plural:
            _relate(classes, ((one, other), (other, one)))
    for cls, members in axioms.lists(v.INTERSECTION):  # scm-int
        _relate(classes, ((cls, member) for member in members))
    for cls, members in axioms.lists(v.UNION):  # scm-uni
        _relate(classes, ((member, cls) for member in members))
    properties = _relation(axioms.pairs(v.SUB_PROPERTY), _property_declarations(axioms))
    for one, other in axioms.pairs(v.EQUIVALENT_PROPERTY):  # scm-eqp1
        if one != other or one in plural:
            _relate(properties, ((one, other), (other, one)))
    properties = _transitive(properties, plural)  # scm-spo
    size = -1
    while size != _size(classes):
        size = _size(classes)
        classes = _transitive(classes, plural)  # scm-sco
        _relate(classes, _between_restrictions(axioms, classes, properties))
    return Axioms(axioms.triples | set(_closed(axioms, classes, properties)))


def _closed(axioms: Axioms, classes: _Relation, properties: _Relation) -> Iterator[Ids]:
    for sub, supers in classes.items():
        for sup in supers:
            yield sub, v.SUB_CLASS, sup
            if sub in classes.get(sup, ()):  # scm-eqc2
                yield sub, v.EQUIVALENT_CLASS, sup
    for sub, supers in properties.items():
        for sup in supers:
            yield sub, v.SUB_PROPERTY, sup
            if sub in properties.get(sup, ()):  # scm-eqp2
                yield sub, v.EQUIVALENT_PROPERTY, sup
    below: _Relation = _relation((sup, sub) for sub, sups in properties.items() for sup in sups)
    for predicate in (v.DOMAIN, v.RANGE):  # scm-dom1, scm-dom2, scm-rng1, scm-rng2
        for prop, cls in axioms.pairs(predicate):
            for sub in {prop} | below.get(prop, set()):
                for sup in {cls} | classes.get(cls, set()):
                    yield sub, predicate, sup


def _between_restrictions(
    axioms: Axioms, classes: _Relation, properties: _Relation
) -> Iterator[tuple[int, int]]:
    """Yield which restriction lies under which (scm-hv, scm-svf1, scm-svf2, scm-avf1, scm-avf2)."""
    for predicate in (v.VALUE, v.SOME, v.ALL):
        by_parts: dict[tuple[int, int], list[int]] = {}
        for node, prop, filler in axioms.restrictions(predicate):
            by_parts.setdefault((prop, filler), []).append(node)
        for (prop, filler), nodes in by_parts.items():
            wider = [by_parts.get((sup, filler), ()) for sup in properties.get(prop, ())]
            above = [node for found in wider for node in found]
            if predicate == v.ALL:
                yield from ((other, node) for other in above for node in nodes)
            else:
                yield from ((node, other) for other in above for node in nodes)
            if predicate != v.VALUE:
                wider = [by_parts.get((prop, sup), ()) for sup in classes.get(filler, ())]
                yield from ((node, other) for found in wider for other in found for node in nodes)


def _class_declarations(axioms: Axioms) -> Iterator[tuple[int, int]]:
    """Yield what the declaration of a class says (scm-cls, cls-thing, cls-nothing1)."""
    for cls in {*axioms.instances(v.CLASS), v.THING, v.NOTHING}:
        yield cls, cls
        yield cls, v.THING
        yield v.NOTHING, cls


def _property_declarations(axioms: Axioms) -> Iterator[tuple[int, int]]:
    """Yield what the declaration of a property says (scm-op, scm-dp; rdf:Property as owlrl does)."""
    for kind in (v.OBJECT_PROPERTY, v.DATATYPE_PROPERTY, v.PROPERTY):
        for prop in axioms.instances(kind):
            yield prop, prop


def _relation(*pairs: Iterable[tuple[int, int]]) -> _Relation:
    relation: _Relation = {}
    for some in pairs:
        _relate(relation, some)
    return relation


def _relate(relation: _Relation, pairs: Iterable[tuple[int, int]]) -> None:
    for one, other in tuple(pairs):
        relation.setdefault(one, set()).add(other)


def _size(relation: _Relation) -> int:
    return sum(map(len, relation.values()))


def _transitive(relation: _Relation, plural: Container[int]) -> _Relation:
    """Return the transitive closure; a pair of a thing and itself is added to plural ones only."""
    closed: _Relation = {}
    for start, first in relation.items():
        reached = set(first)
        todo = [node for node in first if node != start or start in plural]
        while todo:
            for node in relation.get(todo.pop(), set()) - reached:
                if node != start or start in plural:
                    reached.add(node)
                    todo.append(node)
        closed[start] = reached
    return closed
