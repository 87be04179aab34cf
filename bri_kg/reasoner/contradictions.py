"""From clashes to contradictions that a person can mend: asserted facts, and words."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.clash import Clash
from bri_kg.reasoner.interning import Edges, Ids, Terms, pack
from bri_kg.reasoner.results import Contradiction
from bri_kg.reasoner.wording import Wording
from bri_kg.reasoner.worklist import Worklist

_LISTED = {v.ALL_DISJOINT_CLASSES, v.ALL_DISJOINT_PROPERTIES, v.ALL_DIFFERENT}


def explain(
    clashes: Iterable[Clash], terms: Terms, axioms: Axioms, run: Worklist, asserted: Edges
) -> tuple[Contradiction, ...]:
    """Return the contradictions with asserted facts in the place of derived ones.

    A derived fact is led back along what set off what; where a rule joins several facts, that is
    the last of them to have come. `run` must have been traced.
    """
    wording = Wording(terms, axioms)
    origins = _Origins(run, asserted)
    found = {}
    for clash in clashes:
        facts = tuple(dict.fromkeys(map(origins.of, clash.facts)))
        axiom = clash.axiom or _axiom_of_range(axioms, clash, facts)
        words = clash.words.format(*map(wording.term, clash.about))
        if axiom:
            words += f"; axiom: {_axiom_in_words(axiom, axioms, wording)}"
        if facts:
            words += f"; facts: {' and '.join(map(wording.triple, facts))}"
        found[words] = Contradiction(
            clash.rule, _triples(terms, axiom), _triples(terms, facts), words
        )
    return tuple(found.values())


class _Origins:
    """Leads facts back to asserted ones."""

    def __init__(self, run: Worklist, asserted: Edges) -> None:
        self._run = run
        self._asserted = asserted
        self._keys: dict[int, set[int]] = {}

    def of(self, fact: Ids) -> Ids:
        """Return the asserted fact that set off the chain of rules to this one."""
        if fact[1] == v.SAME or self._is_asserted(fact):
            return fact
        find, trace = self._run.equality.find, self._run.trace or {}
        forms = self._run.equality.forms(find(fact[2]))
        written = [(find(fact[0]), find(fact[1]), value) for value in forms]
        fact = next((other for other in written if other in trace), written[0])
        seen: set[Ids] = set()
        while fact in trace and fact not in seen and not self._is_asserted(fact):
            seen.add(fact)
            fact = trace[fact]
        return self._as_asserted(fact)

    def _as_asserted(self, fact: Ids) -> Ids:
        """Return a fact with the names it was asserted with."""
        equality = self._run.equality
        for subject in equality.members(fact[0]):
            for value in (*equality.members(fact[2]), *equality.forms(fact[2])):
                for predicate in equality.members(fact[1]):
                    if self._is_asserted((subject, predicate, value)):
                        return subject, predicate, value
        return fact

    def _is_asserted(self, fact: Ids) -> bool:
        subject, predicate, value = fact
        if predicate not in self._keys:
            self._keys[predicate] = set(self._asserted.get(predicate, ()))
        return pack(subject, value) in self._keys[predicate]


def _axiom_of_range(axioms: Axioms, clash: Clash, facts: Iterable[Ids]) -> tuple[Ids, ...]:
    """Return the range that puts a literal where it cannot be."""
    return tuple(
        (prop, v.RANGE, cls)
        for _, prop, _ in facts
        for cls in clash.about[1:]
        if clash.rule == "dt-not-type" and cls in axioms.objects(prop, v.RANGE)
    )


def _axiom_in_words(axiom: tuple[Ids, ...], axioms: Axioms, wording: Wording) -> str:
    subject, predicate, value = axiom[0]
    if predicate == v.TYPE and value in _LISTED:
        heads = [h for p in (v.MEMBERS, v.DISTINCT_MEMBERS) for h in axioms.objects(subject, p)]
        members = [member for head in heads for member in axioms.items(head) or ()]
        return f"{wording.term(value)} {wording.members(members)}"
    if predicate == v.ON_PROPERTY:
        return wording.term(subject)
    if predicate == v.SOURCE_INDIVIDUAL:
        return f"not {wording.triple((axiom[0][2], axiom[1][2], axiom[2][2]))}"
    return " and ".join(map(wording.triple, axiom))


def _triples(terms: Terms, ids: Iterable[Ids]) -> tuple[ox.Triple, ...]:
    every = terms.all()
    return tuple(
        ox.Triple(every[s], every[p], every[o])  # type: ignore[arg-type]
        for s, p, o in ids
        if isinstance(every[p], ox.NamedNode) and not isinstance(every[s], ox.Literal)
    )
