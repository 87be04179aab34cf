"""What shapes read of data: the triples around some nodes, gathered from wherever the data is.

Nobody holds the data here. `Reach` goes the ways that the shapes go, over what is known, and
notes what it misses; whoever asked fetches that, and lets it go again, until nothing is missing.
More triples than an engine reads do no harm: they are true, and the report is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import RDF, SH, LookUp, Node
from bri_kg.shacl.paths import Path, read_path
from bri_kg.shacl.shacl_names import SHAPE_LISTS, SHAPE_VALUES

TYPE: Final = RDF + "type"
SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
_PAIRS: Final = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_QUALIFIED: Final = SH + "qualifiedValueShape"


_NONE: Final[frozenset[Term]] = frozenset()
_Nodes = AbstractSet[Term]


class Triples:
    """Triples by property and subject, and by property and object."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._ahead: dict[str, dict[Term, list[ox.Quad]]] = {}
        self._back: dict[str, dict[Term, list[ox.Quad]]] = {}
        # The same nodes as sets, which are cut with others without looking at each.
        self._subjects: dict[str, set[Term]] = {}
        self._objects: dict[str, set[Term]] = {}
        self.add(quads)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Take more of them, each once."""
        for quad in quads:
            iri, subject, value = quad.predicate.value, quad.subject, quad.object
            assert not isinstance(subject, ox.Triple)
            assert not isinstance(value, ox.Triple)
            self._ahead.setdefault(iri, {}).setdefault(subject, []).append(quad)
            self._back.setdefault(iri, {}).setdefault(value, []).append(quad)
            self._subjects.setdefault(iri, set()).add(subject)
            self._objects.setdefault(iri, set()).add(value)

    def ahead(self, nodes: _Nodes, iri: str) -> Iterator[ox.Quad]:
        """Yield those that say the property of one of the nodes."""
        of_each = self._ahead.get(iri, {})
        for node in nodes & self._subjects.get(iri, _NONE):
            yield from of_each[node]

    def back(self, nodes: _Nodes, iri: str) -> Iterator[ox.Quad]:
        """Yield those in which one of the nodes is the value of the property."""
        of_each = self._back.get(iri, {})
        for node in nodes & self._objects.get(iri, _NONE):
            yield from of_each[node]

    def all(self, iri: str) -> Iterator[ox.Quad]:
        """Yield those of the property, whatever they are about."""
        return (quad for quads in self._ahead.get(iri, {}).values() for quad in quads)

    def of(self, nodes: _Nodes) -> Iterator[ox.Quad]:
        """Yield all that is said of the nodes."""
        for iri in self._ahead:
            yield from self.ahead(nodes, iri)


class Known:
    """What is known of some nodes, and what is missed.

    `here` is known beforehand: all triples with a blank node, which no query can name.
    """

    def __init__(self, here: Triples) -> None:
        self._here = here
        self._found = Triples()
        self._has_ahead: dict[str, set[Term]] = defaultdict(set)
        self._has_back: dict[str, set[Term]] = defaultdict(set)
        self._has_all: set[Term] = set()
        # An ordered set.
        self.quads: dict[ox.Quad, None] = {}
        self.missed_ahead: dict[str, set[Term]] = defaultdict(set)
        self.missed_back: dict[str, set[Term]] = defaultdict(set)
        self.missed_all: set[Term] = set()

    def ahead(self, nodes: _Nodes, iri: str) -> set[Term]:
        """Return the values of a property of some nodes, as far as they are known."""
        new = nodes - self._has_ahead[iri] - self._has_all
        if new := {node for node in new if isinstance(node, ox.NamedNode)}:
            self.missed_ahead[iri] |= new
        found = {quad.object for quad in self._read(self._here.ahead(nodes, iri))}
        found.update(quad.object for quad in self._found.ahead(nodes, iri))
        return found  # type: ignore[return-value]

    def back(self, nodes: _Nodes, iri: str) -> set[Term]:
        """Return the nodes of which some nodes are values of a property, as far as they are known."""
        new = nodes - self._has_back[iri]
        if new := {node for node in new if not isinstance(node, ox.BlankNode)}:
            self.missed_back[iri] |= new
        found = {quad.subject for quad in self._read(self._here.back(nodes, iri))}
        found.update(quad.subject for quad in self._found.back(nodes, iri))
        return found  # type: ignore[return-value]

    def everything_of(self, nodes: _Nodes) -> None:
        """Read all that is said of some nodes."""
        for _ in self._read(self._here.of(nodes)):
            pass
        self.missed_all |= {n for n in nodes - self._has_all if isinstance(n, ox.NamedNode)}

    def _read(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            self.quads[quad] = None
            yield quad

    @property
    def misses(self) -> bool:
        """Whether anything is missed."""
        return bool(self.missed_ahead or self.missed_back or self.missed_all)

    def learn(self, quads: Iterable[ox.Quad]) -> None:
        """Take what was missed: after it nothing is missed."""
        for iri, nodes in self.missed_ahead.items():
            self._has_ahead[iri] |= nodes
        for iri, nodes in self.missed_back.items():
            self._has_back[iri] |= nodes
        self._has_all |= self.missed_all
        self.missed_ahead.clear()
        self.missed_back.clear()
        self.missed_all = set()
        self._found.add(self._read([q for q in dict.fromkeys(quads) if q not in self.quads]))


@dataclass(frozen=True)
class _Reads:
    """What one shape reads: pairs at its focus nodes; types, everything and other shapes at the values."""

    path: Path | None
    pairs: tuple[str, ...]
    types: bool
    whole: bool
    inner: tuple[Term, ...]


class Reach:
    """The ways that shapes go from their focus nodes."""

    def __init__(self, shapes: LookUp) -> None:
        self._shapes = shapes
        self._reads: dict[Term, _Reads] = {}
        self._siblings = _siblings(shapes)

    def go(self, focus: Mapping[Node, Iterable[Term]], known: Known) -> None:
        """Go from the focus nodes of each shape as far as is known, and let `known` note what it misses."""
        seen: dict[Term, set[Term]] = defaultdict(set)
        ahead: list[tuple[Term, _Nodes]] = [(shape, set(focus[shape])) for shape in focus]
        while ahead:
            shape, nodes = ahead.pop()
            new = nodes - seen[shape]
            if not new:
                continue
            seen[shape] |= new
            reads = self._of(shape)
            for iri in reads.pairs:
                known.ahead(new, iri)
            values = new if reads.path is None else follow(reads.path, new, known)
            if reads.types:
                known.ahead(values, TYPE)
            if reads.whole:
                known.everything_of(values)
            ahead.extend((inner, values) for inner in reads.inner)

    def predicates(self) -> set[str] | None:
        """Return the properties that the shapes read anywhere; None where one reads all, being closed."""
        found = {TYPE, SUBCLASS}
        for node, iri, values in self._shapes.properties():
            if iri == SH + "closed" and ox.Literal(True) in values:
                return None
            if iri.removeprefix(SH) in _PAIRS:
                found.update(value.value for value in values)
            elif iri == SH + "path":
                path = self._of(node).path
                found.update(path.iris() if path else ())
            elif iri == SH + "targetSubjectsOf" or iri == SH + "targetObjectsOf":
                found.update(value.value for value in values)
        return found

    def _of(self, shape: Term) -> _Reads:
        reads = self._reads.get(shape)
        if reads is None:
            reads = self._reads[shape] = self._read(shape)
        return reads

    def _read(self, shape: Term) -> _Reads:
        shapes = self._shapes
        paths = shapes.values(shape, SH + "path")
        inner = [v for name in SHAPE_VALUES for v in shapes.values(shape, SH + name)]
        for name in SHAPE_LISTS:
            for head in shapes.values(shape, SH + name):
                inner.extend(shapes.members(head))
        return _Reads(
            path=read_path(shapes, paths[0]) if paths else None,
            pairs=tuple(v.value for name in _PAIRS for v in shapes.values(shape, SH + name)),
            types=bool(shapes.values(shape, SH + "class")),
            whole=ox.Literal(True) in shapes.values(shape, SH + "closed"),
            inner=tuple(dict.fromkeys([*inner, *self._siblings.get(shape, ())])),
        )


def _siblings(shapes: LookUp) -> dict[Term, list[Term]]:
    """Return what values of a shape must not conform to: the qualified shapes beside its own (SHACL 4.7.3)."""
    found: dict[Term, list[Term]] = {}
    for parent in shapes.subjects(SH + "property"):
        beside = shapes.values(parent, SH + "property")
        qualified = [one for shape in beside for one in shapes.values(shape, _QUALIFIED)]
        for shape in beside:
            if shapes.values(shape, _QUALIFIED):
                found.setdefault(shape, []).extend(qualified)
    return found


def follow(path: Path, nodes: _Nodes, known: Known, *, back: bool = False) -> _Nodes:
    """Return what a path leads to from some nodes (SHACL 2.3.1), or, `back`, what it comes from."""
    match path.kind:
        case "predicate":
            return known.back(nodes, path.iri) if back else known.ahead(nodes, path.iri)
        case "inversePath":
            return follow(path.parts[0], nodes, known, back=not back)
        case "alternativePath":
            return {end for part in path.parts for end in follow(part, nodes, known, back=back)}
        case "sequence":
            for part in reversed(path.parts) if back else path.parts:
                nodes = follow(part, nodes, known, back=back)
            return nodes
    new = follow(path.parts[0], nodes, known, back=back)
    found = nodes | new
    while path.kind != "zeroOrOnePath" and new:
        new = follow(path.parts[0], new, known, back=back) - found
        found |= new
    return found
