"""Shapes over a part: only what the part tells itself is held against them.

What stands beside a part has types, but little else: as a focus node it would miss all that its shape asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term
from bri_kg.shacl import validate_shapes
from bri_kg.shacl.batches import Shapes
from bri_kg.shacl.look_up import Node
from bri_kg.shacl.report import Result

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUB_CLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")


def results_in_part(
    shapes: tuple[ox.Quad, ...],
    asserted: Collection[ox.Quad],
    beside: Collection[ox.Quad],
    is_told_here: Callable[[object], bool],
) -> Iterator[Result]:
    """Yield what shapes find of the nodes that are told here; `beside` are the ground and what stands beside."""
    read = _read(shapes)
    if read.queries:  # these are for a whole graph, or a store
        report = validate_shapes({*beside, *asserted}, shapes)
        yield from (result for result in report.results if is_told_here(result.focus))
        return
    focus = _focus(read, asserted, beside, is_told_here)
    if focus:
        yield from read.validate((*beside, *asserted), focus).results


@lru_cache(maxsize=2)
def _read(shapes: tuple[ox.Quad, ...]) -> Shapes:
    return Shapes(shapes)


def _focus(
    shapes: Shapes,
    asserted: Collection[ox.Quad],
    beside: Collection[ox.Quad],
    is_told_here: Callable[[object], bool],
) -> dict[Node, list[Term]]:
    """Return the nodes told here that are targets, by the shapes whose targets they are."""
    wanted = {(target.kind, target.value) for target in shapes.targets}
    of_subjects = {value for kind, value in wanted if kind == "targetSubjectsOf"}
    of_objects = {value for kind, value in wanted if kind == "targetObjectsOf"}
    met: dict[tuple[str, object], set[Term]] = {}
    for quad in asserted:
        predicate = quad.predicate
        if predicate == _TYPE:
            _note(met, "targetClass", quad.object, quad.subject)
        if predicate in of_subjects:
            _note(met, "targetSubjectsOf", predicate, quad.subject)
        if predicate in of_objects:
            _note(met, "targetObjectsOf", predicate, quad.object)
    for kind, value in wanted:
        if kind == "targetNode":
            _note(met, kind, value, value)
    below: dict[object, set[object]] = {}
    for quad in (*asserted, *beside):
        if quad.predicate == _SUB_CLASS:
            below.setdefault(quad.object, set()).add(quad.subject)
    told = {node: is_told_here(node) for node in set().union(*met.values())}
    focus: dict[Node, set[Term]] = {}
    for target in shapes.targets:
        wide = target.kind == "targetClass"
        for one in _under(target.value, below) if wide else {target.value}:
            nodes = {node for node in met.get((target.kind, one), ()) if told[node]}
            if nodes:
                focus.setdefault(target.shape, set()).update(nodes)
    return {shape: sorted(nodes, key=str) for shape, nodes in focus.items()}


def _note(met: dict[tuple[str, object], set[Term]], kind: str, value: object, node: object) -> None:
    if isinstance(node, ox.NamedNode | ox.BlankNode | ox.Literal):
        met.setdefault((kind, value), set()).add(node)


def _under(cls: object, below: dict[object, set[object]]) -> set[object]:
    found: set[object] = set()
    ahead = [cls]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(below.get(one, ()))
    return found
