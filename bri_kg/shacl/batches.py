"""Shapes without their targets, which validate the focus nodes that they are given, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.names import is_reference
from bri_kg.rdf.terms import Term
from bri_kg.shacl.document import document_of
from bri_kg.shacl.door import asked, imports_left_out
from bri_kg.shacl.look_up import SH, LookUp, Node
from bri_kg.shacl.neighbourhood import Reach
from bri_kg.shacl.network import refuse_doors
from bri_kg.shacl.notices import Notice, folded, notices_of
from bri_kg.shacl.prepared import prepared
from bri_kg.shacl.report import Result, read_results
from bri_kg.shacl.shape_queries import ShapeQuery, queries_of, without_queries
from bri_kg.shacl.well_formed import named, refuse_ill_formed

_TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_OBJECTS_OF: Final = ox.NamedNode(SH + "targetObjectsOf")
# What points at the focus nodes of a batch; no shape can read it, since it exists nowhere else.
_POINTER: Final = "urn:bri-kg:focus-of:"


@dataclass(frozen=True)
class Target:
    """A target of a shape that is not switched off: its kind as SHACL names it, and its value."""

    shape: Node
    kind: str
    value: Term

    def __str__(self) -> str:
        return f"sh:{self.kind} {named(self.value)} of {named(self.shape)}"


@dataclass(frozen=True)
class Validated:
    """The results in one batch, the engine that found them, and why the fast one did not serve."""

    results: tuple[Result, ...]
    engine: str
    refused: str | None


class Shapes:
    """Shapes as `validate_shapes` takes them, for data that comes in parts. Raise as it does."""

    def __init__(
        self, shapes: Sequence[ox.Quad], files: Sequence[str] = (), engine: str = "embedded"
    ) -> None:
        refuse_doors(shapes, files)
        self.wanted = LookUp(shapes)
        refuse_ill_formed(self.wanted, files[0] if len(files) == 1 else None)
        given = prepared(shapes, self.wanted)
        whole = LookUp(given)
        self.imports = imports_left_out(shapes)
        self._by_reference = is_reference(engine)
        self.queries, self._not_here = queries_of(self.wanted)
        self._ground = tuple(
            quad for quad in without_queries(given) if quad.predicate.value not in _TARGET_IRIS
        )
        self._plain = LookUp(without_queries(shapes))
        self.reach = Reach(whole)
        self.targets = tuple(_targets(whole))

    def queries_at(self, shape: Node) -> Iterable[ShapeQuery]:
        """Return the queries that each focus node of a shape is held against."""
        return self.queries.get(shape, ())

    def leave_out(self, query: ShapeQuery) -> None:
        """Note that a query was not asked of every focus node: no store finds a blank node again."""
        place = f"the query of {named(query.shape)}, for nodes without a name"
        if place not in self._not_here:
            self._not_here.append(place)

    def validate(self, data: Iterable[ox.Quad], focus: Mapping[Node, Iterable[Term]]) -> Validated:
        """Validate the focus nodes of each shape; the data holds all that the shapes can read from there."""
        targets: list[ox.Quad] = []
        pointers: list[ox.Quad] = []
        for number, (shape, nodes) in enumerate(focus.items()):
            pointer = ox.NamedNode(f"{_POINTER}{number}")
            targets.append(ox.Quad(shape, _OBJECTS_OF, pointer))
            pointers.extend(ox.Quad(pointer, pointer, node) for node in nodes)
        document = document_of([*data, *pointers])
        given = (*self._ground, *targets)
        found, engine, refused = asked(document, given, self._plain, self._by_reference)
        return Validated(read_results(found, self.wanted), engine, refused)

    def notices(self, unmet: Iterable[Target]) -> tuple[Notice, ...]:
        """Return what no engine evaluates, what no store does, and the targets that met nothing."""
        return folded(
            [
                *notices_of(self.wanted),
                *(("not-in-store", place) for place in self._not_here),
                *(("no-focus", str(target)) for target in unmet),
            ]
        )


_TARGET_IRIS: Final = {SH + kind for kind in _TARGETS}


def _targets(shapes: LookUp) -> Iterator[Target]:
    for kind in _TARGETS:
        for node in shapes.subjects(SH + kind):
            if ox.Literal(True) not in shapes.values(node, SH + "deactivated"):
                for value in dict.fromkeys(shapes.values(node, SH + kind)):
                    yield Target(node, kind, value)
