"""A few triples by subject and property: what shapes graphs and reports are read with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term

SH: Final = PREFIXES["sh"]
RDF: Final = PREFIXES["rdf"]
Node = ox.NamedNode | ox.BlankNode


class LookUp:
    """Triples by subject and property; graph names and triple terms are left out."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: dict[Term, dict[str, list[Term]]] = {}
        for quad in quads:
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                properties = self._values.setdefault(quad.subject, {})
                properties.setdefault(quad.predicate.value, []).append(quad.object)

    def values(self, node: Term, iri: str) -> list[Term]:
        """Return every value of the property, in the order in which the triples came."""
        return self._values.get(node, {}).get(iri, [])

    def value(self, node: Term, iri: str) -> Term | None:
        """Return the first value of the property."""
        return next(iter(self.values(node, iri)), None)

    def subjects(self, iri: str) -> Iterator[Node]:
        """Yield every node that has the property."""
        for node, properties in self._values.items():
            if iri in properties and not isinstance(node, ox.Literal):
                yield node

    def describes(self, node: Term) -> bool:
        """Return whether anything is said of the node."""
        return node in self._values

    def has_any(self, node: Term, namespace: str) -> bool:
        """Return whether the node has a property of the namespace."""
        return any(iri.startswith(namespace) for iri in self._values.get(node, {}))

    def properties(self) -> Iterator[tuple[Node, str, list[Term]]]:
        """Yield every node with each of its properties, and the values."""
        for node, properties in self._values.items():
            if not isinstance(node, ox.Literal):
                for iri, values in properties.items():
                    yield node, iri, values

    def members(self, head: Term | None) -> Iterator[Term]:
        """Yield the members of an RDF list, as far as it is well-formed."""
        seen: set[Term] = set()
        while head is not None and head not in seen:
            seen.add(head)
            yield from self.values(head, RDF + "first")[:1]
            head = self.value(head, RDF + "rest")
