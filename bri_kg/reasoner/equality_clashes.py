"""The contradictions about sameness and values: eq-diff1, eq-diff2, eq-diff3, dt-diff, dt-not-type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.clash import Clash, edges_to, packed_edges
from bri_kg.reasoner.data_values import surely_differ
from bri_kg.reasoner.datatypes import cannot_be_in, is_ill_formed
from bri_kg.reasoner.equality import Equality
from bri_kg.reasoner.interning import Edges, Ids, Terms, unpack
from bri_kg.reasoner.worklist import Worklist


def of_equality(terms: Terms, run: Worklist, stated: Axioms, edges: Edges) -> Iterator[Clash]:
    """Yield clashes by eq-diff1, eq-diff2, eq-diff3, and by dt-diff with eq-diff1 for literals."""
    equality = run.equality
    for one, other in _said_to_differ(run, edges):
        if equality.alike(one, other):
            axiom = ((one, v.DIFFERENT, other),)
            yield _same_and_different("eq-diff1", axiom, one, other, run)
    for node in run.axioms.instances(v.ALL_DIFFERENT):
        for predicate, rule in ((v.MEMBERS, "eq-diff2"), (v.DISTINCT_MEMBERS, "eq-diff3")):
            for head in stated.objects(node, predicate):
                for one, other in _pairs_alike(equality, stated.items(head) or ()):
                    axiom = ((node, v.TYPE, v.ALL_DIFFERENT),)
                    yield _same_and_different(rule, axiom, one, other, run)
    for one, other, facts in _literals_apart(terms, equality):
        yield Clash(
            "dt-diff",
            _axioms_behind(run.axioms, facts),
            facts,
            "{} and {} are different values and would have to be the same",
            (one, other),
        )


def _pairs_alike(equality: Equality, members: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are the same, looking at each member once."""
    alike: dict[int, list[int]] = {}
    for member in members:
        alike.setdefault(equality.key(member), []).append(member)
    for group in alike.values():
        yield from combinations(group, 2)


def _literals_apart(terms: Terms, equality: Equality) -> Iterator[tuple[int, int, tuple[Ids, ...]]]:
    """Yield literals of different values that are the same, and why: those that a rule made so, else one pair."""

    def differ(one: int, other: int) -> bool:
        pair = terms.term(one), terms.term(other)
        return all(isinstance(t, ox.Literal) for t in pair) and surely_differ(*pair)  # type: ignore[arg-type]

    told = set()
    for one, other, reason in equality.reasons:
        if differ(one, other):
            told.add(equality.find(one))
            yield min(one, other), max(one, other), tuple(sorted(set(reason)))
    for members in equality.classes():
        literals = sorted(m for m in members if isinstance(terms.term(m), ox.Literal))
        if literals and equality.find(literals[0]) not in told:
            for apart in [m for m in literals if differ(literals[0], m)][:1]:
                yield literals[0], apart, equality.why(literals[0], apart)


def _said_to_differ(run: Worklist, edges: Edges) -> list[tuple[int, int]]:
    """Return asserted pairs, and derived ones that are not the same as an asserted one."""
    find = run.equality.find
    asserted = set(map(unpack, edges.get(v.DIFFERENT, ())))
    standing = {(find(one), find(other)) for one, other in asserted}
    derived = set(map(unpack, packed_edges(run, v.DIFFERENT))) - standing
    return [*sorted(asserted), *sorted(derived)]


def _same_and_different(
    rule: str, axiom: tuple[Ids, ...], one: int, other: int, run: Worklist
) -> Clash:
    facts = run.equality.why(one, other)
    return Clash(rule, axiom, facts, "{} and {} are said to differ and are the same", (one, other))


def _axioms_behind(axioms: Axioms, facts: Iterable[Ids]) -> tuple[Ids, ...]:
    """Return the axioms that make two values of these facts the same."""
    kinds = (v.FUNCTIONAL, v.INVERSE_FUNCTIONAL)
    found = [
        (prop, v.TYPE, kind)
        for _, prop, _ in facts
        for kind in kinds
        if prop in axioms.instances(kind)
    ]
    return tuple(dict.fromkeys(found))


def of_literals(terms: Terms, run: Worklist) -> Iterator[Clash]:
    """Yield clashes by dt-not-type: a literal without a value, or with one outside a datatype that it must be in."""
    every = terms.all()
    ill_formed = {number for number in terms.valueless() if is_ill_formed(every[number])}  # type: ignore[arg-type]
    typed = {number for number in run.types if isinstance(every[number], ox.Literal)}
    for number in sorted(ill_formed | typed):
        if number in ill_formed:
            edge = next(edges_to(run, number), None)
            yield Clash(
                "dt-not-type",
                (),
                () if edge is None else (edge,),
                "{} has no value in its datatype",
                (number,),
            )
        elif number not in run.equality.plural():
            for cls in sorted(run.sets.sets[run.types[number]]):
                if cannot_be_in(every[number], every[cls].value):  # type: ignore[arg-type,union-attr]
                    yield Clash(
                        "dt-not-type",
                        (),
                        ((number, v.TYPE, cls),),
                        "{} is no value of {}",
                        (number, cls),
                    )
