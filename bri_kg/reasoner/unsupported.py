"""The axioms that no rule covers: forms outside OWL 2 RL, forms in a place where none applies.

A class expression works on one side only: `someValuesFrom` finds members (as a subclass),
`allValuesFrom` says something of them (as a superclass); see OWL 2 Profiles §4.2.3.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.datatypes import whole_number
from bri_kg.reasoner.equality import Equality
from bri_kg.reasoner.interning import SHIFT, Edges, Terms
from bri_kg.reasoner.results import Unsupported
from bri_kg.reasoner.wording import Wording
from bri_kg.reasoner.worklist import Worklist

_NO_RULE = (
    v.HAS_SELF, v.MIN, v.EXACTLY, v.MIN_QUALIFIED, v.EXACTLY_QUALIFIED, v.DISJOINT_UNION,
    v.DATATYPE_COMPLEMENT, v.ON_DATATYPE, v.ON_DATA_RANGE, v.ON_PROPERTIES,
)  # fmt: skip
_LISTS = (v.INTERSECTION, v.UNION, v.ONE_OF, v.CHAIN, v.KEY, v.MEMBERS, v.DISTINCT_MEMBERS)
_FINDS_MEMBERS = (v.SOME, v.UNION, v.ONE_OF)
_SAYS_OF_MEMBERS = (v.ALL, v.COMPLEMENT, v.MAX, v.MAX_QUALIFIED)
_DEFINES = (v.INTERSECTION, v.UNION, v.ONE_OF, v.COMPLEMENT)
_LIMITS = (v.TOP_OBJECT, v.BOTTOM_OBJECT, v.TOP_DATA, v.BOTTOM_DATA)
_OF_PROPERTIES = (v.SUB_PROPERTY, v.EQUIVALENT_PROPERTY, v.INVERSE, v.DOMAIN, v.RANGE)


def find_unsupported(
    terms: Terms, axioms: Axioms, edges: Edges, run: Worklist
) -> tuple[Unsupported, ...]:
    """Return each axiom form that no rule covers, with the node that it stands at.

    `axioms` and `edges` are what was asserted; `run` tells what became of lists and words.
    """
    found = _Found(terms, axioms)
    found.forms()
    found.lists(run.axioms)
    found.limits()
    found.places(edges)
    found.words(run.equality)
    return tuple(sorted(found.all))


class _Found:
    def __init__(self, terms: Terms, axioms: Axioms) -> None:
        self.all: set[Unsupported] = set()
        self._terms = terms
        self._axioms = axioms
        self._wording = Wording(terms, axioms)
        self._visited: set[tuple[int, bool, bool]] = set()

    def forms(self) -> None:
        """Return forms that stand in no rule, or not with this number."""
        for predicate in _NO_RULE:
            for node, _ in self._axioms.pairs(predicate):
                self._add(predicate, node, "no rule of OWL 2 RL covers it")
        for node in self._axioms.instances(v.REFLEXIVE):
            self._add(v.REFLEXIVE, node, "no rule of OWL 2 RL covers it")
        for predicate in (v.MAX, v.MAX_QUALIFIED):
            for node, number in self._axioms.pairs(predicate):
                literal = self._terms.term(number)
                value = whole_number(literal) if isinstance(literal, ox.Literal) else None
                if value not in (0, 1):
                    self._add(predicate, node, "the rules cover 0 and 1 only")

    def lists(self, axioms: Axioms) -> None:
        """Return lists that cannot be read, or no longer after something was derived of their nodes."""
        for predicate in _LISTS:
            for node, head in axioms.pairs(predicate):
                if axioms.items(head) is None:
                    self._add(predicate, node, "its list is broken")

    def limits(self) -> None:
        """Return the top and bottom properties."""
        for predicate in _OF_PROPERTIES:
            for one, other in self._axioms.pairs(predicate):
                for prop in (one, other):
                    if prop in _LIMITS:
                        self._add(prop, one, "no rule of OWL 2 RL covers it")

    def words(self, equality: Equality) -> None:
        """Return words of OWL that would have to be the same as each other."""
        for one, other in equality.refused:
            other_name = self._wording.term(other)
            self._add(v.SAME, one, f"a word of OWL is not made the same as another, {other_name}")

    def places(self, edges: Edges) -> None:
        """Return class expressions on a side where no rule looks at them."""
        for sub, sup in self._axioms.pairs(v.SUB_CLASS):
            self._look(sub, finds=True, says=False)
            self._look(sup, finds=False, says=True)
        for pair in self._axioms.pairs(v.EQUIVALENT_CLASS):
            for node in pair:
                self._look(node, finds=True, says=True)
        for predicate in _DEFINES:
            for node, _ in self._axioms.pairs(predicate):
                if not isinstance(self._terms.term(node), ox.BlankNode):
                    self._look_inside(node, finds=True, says=True)
        for predicate in (v.DOMAIN, v.RANGE):
            for _, cls in self._axioms.pairs(predicate):
                self._look(cls, finds=False, says=True)
        for pair in self._axioms.pairs(v.DISJOINT):
            for node in pair:
                self._look(node, finds=True, says=False)
        for node, _ in self._axioms.pairs(v.KEY):
            self._look(node, finds=True, says=False)
        for node in self._axioms.instances(v.ALL_DISJOINT_CLASSES):
            for cls in self._members(node, v.MEMBERS):
                self._look(cls, finds=True, says=False)
        for cls in {key >> SHIFT for key in edges.get(v.TYPE, ())}:
            self._look(cls, finds=False, says=True)

    def _look(self, node: int, *, finds: bool, says: bool) -> None:
        """Look at an expression that should find members, say something of them, or both."""
        if not (finds or says) or not isinstance(self._terms.term(node), ox.BlankNode):
            return
        if (node, finds, says) in self._visited:
            return
        self._visited.add((node, finds, says))
        for predicate in () if finds else _FINDS_MEMBERS:
            if self._axioms.objects(node, predicate):
                self._add(predicate, node, "nothing follows from it as a superclass")
        for predicate in () if says else _SAYS_OF_MEMBERS:
            if self._axioms.objects(node, predicate):
                self._add(predicate, node, "nothing is found to be in it as a subclass")
        self._look_inside(node, finds=finds, says=says)

    def _look_inside(self, node: int, *, finds: bool, says: bool) -> None:
        for member in self._members(node, v.INTERSECTION):
            self._look(member, finds=finds, says=says)
        for member in self._members(node, v.UNION):
            self._look(member, finds=finds, says=False)
        for filler in self._axioms.objects(node, v.SOME):
            self._look(filler, finds=finds, says=False)
        for filler in self._axioms.objects(node, v.ALL):
            self._look(filler, finds=False, says=says)
        for predicate in (v.COMPLEMENT, v.ON_CLASS):
            for filler in self._axioms.objects(node, predicate):
                self._look(filler, finds=says, says=False)

    def _members(self, node: int, predicate: int) -> Iterator[int]:
        for head in self._axioms.objects(node, predicate):
            yield from self._axioms.items(head) or ()

    def _add(self, form: int, node: int, why: str) -> None:
        form_name, node_name = self._wording.term(form), self._wording.term(node)
        self.all.add(Unsupported(form_name, node_name, f"{node_name}: {form_name}: {why}"))
