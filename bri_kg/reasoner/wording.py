"""Terms, class expressions and triples in words that fit into a message."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from bri_kg.names import shorten
from bri_kg.reasoner import vocabulary as v
from bri_kg.reasoner.axioms import Axioms
from bri_kg.reasoner.interning import Ids, Terms

_DEPTH = 3
_OF_AN_EXPRESSION = (
    v.ON_PROPERTY, v.SOME, v.ALL, v.VALUE, v.MAX, v.MAX_QUALIFIED, v.ON_CLASS, v.ONE_OF,
    v.INTERSECTION, v.UNION, v.COMPLEMENT, v.INVERSE, v.HAS_SELF, v.MIN, v.EXACTLY,
    v.MIN_QUALIFIED, v.EXACTLY_QUALIFIED, v.ON_DATA_RANGE, v.DATATYPE_COMPLEMENT, v.ON_DATATYPE,
)  # fmt: skip


class Wording:
    """Says terms in words; anonymous class expressions by what they are made of."""

    def __init__(self, terms: Terms, axioms: Axioms) -> None:
        self._terms = terms
        self._axioms = axioms

    def term(self, number: int, depth: int = 0) -> str:
        """Return a prefixed name, a literal, or an expression in Turtle's manner."""
        term = self._terms.term(number)
        if isinstance(term, ox.NamedNode):
            short = shorten(term.value)
            return short if short != term.value else str(term)
        if isinstance(term, ox.Literal) and not term.language:
            name = shorten(term.datatype.value)
            return str(ox.Literal(term.value)) + ("" if name == "xsd:string" else f"^^{name}")
        parts = self._parts(number, depth) if isinstance(term, ox.BlankNode) else ""
        return f"[ {parts} ]" if parts else str(term)

    def triple(self, triple: Ids) -> str:
        """Return a triple in words."""
        return " ".join(map(self.term, triple))

    def members(self, numbers: Iterable[int], depth: int = 0) -> str:
        """Return an RDF list in Turtle's manner."""
        return f"( {' '.join(self.term(number, depth) for number in numbers)} )"

    def _parts(self, node: int, depth: int) -> str:
        if depth == _DEPTH:
            return "…"
        parts = []
        for predicate in _OF_AN_EXPRESSION:
            for value in self._axioms.objects(node, predicate):
                items = self._axioms.items(value)
                said = self.members(items, depth + 1) if items else self.term(value, depth + 1)
                parts.append(f"{self.term(predicate)} {said}")
        return " ; ".join(parts)
