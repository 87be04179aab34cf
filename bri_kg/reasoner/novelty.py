"""What of the closure is new and says something; eq-rep-s, eq-rep-p and eq-rep-o written out."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.allowance import Allowance
from bri_kg.reasoner.interning import MASK, SHIFT, Edges, Terms, pack
from bri_kg.reasoner.worklist import Worklist

_Found = tuple[int, Iterable[int]]
_UNIVERSAL = frozenset({v.THING, v.RESOURCE})
_INTO_A_CLASS = frozenset({v.TYPE, v.SUB_CLASS, v.DOMAIN, v.RANGE})


def new_edges(terms: Terms, asserted: Edges, run: Worklist, allowance: Allowance) -> Edges:
    """Return the edges that were not asserted, by predicate, as many as are allowed.

    Left out: literal subjects and blank predicates (generalized RDF), membership in anonymous
    classes, what is said of words of OWL in words of OWL, and what `_is_trivial` says.
    """
    found = _expanded(asserted, run, allowance) if run.equality else _derived(asserted, run)
    every, words = terms.all(), len(v.WORDS)
    can_be_subject = [isinstance(term, ox.NamedNode | ox.BlankNode) for term in every]
    new: Edges = {}
    for predicate, keys in found:
        if not isinstance(every[predicate], ox.NamedNode):
            continue
        kept: Iterable[int] = (
            key
            for key in keys
            if can_be_subject[key & MASK] and (key & MASK >= words or key >> SHIFT >= words)
        )
        if predicate == v.TYPE:
            kept = (key for key in kept if not isinstance(every[key >> SHIFT], ox.BlankNode))
        if predicate in _INTO_A_CLASS | v.REFLEXIVE_BY_NATURE:
            kept = (key for key in kept if not _is_trivial(key & MASK, predicate, key >> SHIFT))
        new.setdefault(predicate, array("q")).extend(kept)
    return {predicate: keys for predicate, keys in new.items() if keys}


def _is_trivial(subject: int, predicate: int, value: int) -> bool:
    """Return whether a triple holds by the axioms of OWL alone, or of a declaration alone."""
    if subject == value:
        return predicate in v.REFLEXIVE_BY_NATURE
    if predicate in _INTO_A_CLASS and value in _UNIVERSAL:
        return True
    return subject == v.NOTHING and predicate == v.SUB_CLASS


def _derived(asserted: Edges, run: Worklist) -> Iterator[_Found]:
    """Return what was derived where nothing is the same as anything else."""
    yield from run.derived.items()
    yield v.TYPE, _new_memberships(run)
    for predicate in v.AXIOM_PREDICATES & run.edges.keys():
        yield predicate, set(run.edges[predicate]).difference(asserted.get(predicate, ()))
    kinds = {pack(node, cls) for node, cls in run.axioms.pairs(v.TYPE)}
    yield v.TYPE, kinds.difference(asserted.get(v.TYPE, ()))


def _new_memberships(run: Worklist) -> Iterator[int]:
    differences: dict[tuple[int, int], tuple[int, ...]] = {}
    sets, given = run.sets.sets, run.given
    for node, number in run.types.items():
        pair = (number, given.get(node, 0))
        if pair not in differences:
            differences[pair] = tuple(cls << SHIFT for cls in sets[number] - sets[pair[1]])
        for shifted in differences[pair]:
            yield shifted | node


def _expanded(asserted: Edges, run: Worklist, allowance: Allowance) -> Iterator[_Found]:
    """Return what holds of each thing that holds of its likes (eq-rep-s, eq-rep-p, eq-rep-o)."""
    equality = run.equality
    likes = {term for members in equality.classes() for term in members}

    def touched(keys: Iterable[int]) -> set[int]:
        return {key for key in keys if key & MASK in likes or key >> SHIFT in likes}

    def spread(keys: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for key in keys:
            subjects = equality.members(equality.find(key & MASK))
            values = equality.members(equality.find(key >> SHIFT))
            allowance.spend(len(subjects) * len(values))
            found.update(pack(subject, value) for value in values for subject in subjects)
        return found

    for predicate, known, derived in _all_edges(asserted, run, likes):
        names = tuple(equality.members(predicate))
        if len(names) > 1:
            everything = spread({*known, *derived})
            allowance.spend(len(everything) * len(names))
            for name in names:
                yield name, everything.difference(asserted.get(name, ()))
            continue
        found = touched(known)
        found |= touched(derived)
        yield predicate, spread(found) - touched(asserted.get(predicate, ()))
        yield predicate, set(derived) - found
    same = {pack(a, b) for members in equality.classes() for a in members for b in members}
    yield v.SAME, same.difference(asserted.get(v.SAME, ()))


def _all_edges(
    asserted: Edges, run: Worklist, likes: set[int]
) -> Iterator[tuple[int, Iterable[int], Iterable[int]]]:
    """Yield predicates with their edges and with those that were derived.

    Of memberships only those are given first that speak of something in `likes`, unless rdf:type
    itself goes by several names.
    """
    for predicate in v.AXIOM_PREDICATES & run.edges.keys():
        keys = run.edges[predicate]
        yield predicate, keys, set(keys).difference(asserted.get(predicate, ()))
    for predicate in {*run.edges, *run.seen} - {v.TYPE, v.SAME} - v.AXIOM_PREDICATES:
        known = run.seen[predicate] if predicate in run.seen else run.edges[predicate]
        yield predicate, known, run.derived.get(predicate, ())
    kinds = {pack(node, cls) for node, cls in run.axioms.pairs(v.TYPE)}
    kinds.difference_update(asserted.get(v.TYPE, ()))
    yield v.TYPE, _memberships(run, likes), [*_new_memberships(run), *kinds]


def _memberships(run: Worklist, likes: set[int]) -> Iterator[int]:
    sets = run.sets.sets
    alike = sets if v.TYPE in run.equality.plural() else [classes & likes for classes in sets]
    for node, number in run.types.items():
        for cls in sets[number] if node in likes else alike[number]:
            yield cls << SHIFT | node
