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
        yield from read.validate({*beside, *asserted}, focus).results


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
    terms = {term for quad in asserted for term in (quad.subject, quad.object)}
    here = {term for term in terms if is_told_here(term)}
    subjects: dict[object, set[Term]] = {}
    objects: dict[object, set[Term]] = {}
    members: dict[object, set[Term]] = {}
    below: dict[object, set[object]] = {}
    for quad in (*asserted, *beside):
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if predicate == _SUB_CLASS:
            below.setdefault(value, set()).add(subject)
        if subject in here and not isinstance(subject, ox.Triple):
            subjects.setdefault(predicate, set()).add(subject)
            if predicate == _TYPE:
                members.setdefault(value, set()).add(subject)
        if value in here and not isinstance(value, ox.Triple):
            objects.setdefault(predicate, set()).add(value)
    focus: dict[Node, set[Term]] = {}
    for target in shapes.targets:
        met: set[Term]
        if target.kind == "targetClass":
            met = set().union(*(members.get(cls, ()) for cls in _under(target.value, below)))
        elif target.kind == "targetNode":
            met = {target.value} & here
        else:
            met = (subjects if target.kind == "targetSubjectsOf" else objects).get(
                target.value, set()
            )
        if met:
            focus.setdefault(target.shape, set()).update(met)
    return {shape: sorted(nodes, key=str) for shape, nodes in focus.items()}


def _under(cls: object, below: dict[object, set[object]]) -> set[object]:
    found: set[object] = set()
    ahead = [cls]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(below.get(one, ()))
    return found
