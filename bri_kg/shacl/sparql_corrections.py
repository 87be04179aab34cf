"""Where pySHACL departs from SHACL around its components: paths, and components in SPARQL.

`docs/upstream.md` says of each what pySHACL does, and how to see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pyshacl.helper.sparql_query_helper
import pyshacl.shape
import rdflib
from pyshacl.constraints import constraint_component
from pyshacl.constraints.sparql import sparql_based_constraint_components as components
from pyshacl.constraints.sparql import sparql_based_constraints
from pyshacl.errors import ReportableRuntimeError

from bri_kg.rdf.terms import to_oxigraph
from bri_kg.shacl.look_up import LookUp
from bri_kg.shacl.paths import Path, read_path


class PathsOfShapes:
    """The property paths of a shapes graph, by the node at which they stand."""

    def __init__(self, shapes: LookUp) -> None:
        self._shapes = shapes
        self._read: dict[Any, Path] = {}

    def at(self, node: Any) -> Path:
        """Return the path at an rdflib node; the shapes were found to be well-formed before."""
        path = self._read.get(node)
        if path is None:
            found = read_path(self._shapes, to_oxigraph(node))
            assert found is not None, f"no path at {node}"
            path = self._read[node] = found
        return path


def value_nodes(graph: rdflib.Graph, focus: Any, path: Path, *, back: bool = False) -> set[Any]:
    """Return what a path leads to from a node (SHACL 2.3.1), or, `back`, what it comes from."""
    match path.kind:
        case "predicate":
            iri = rdflib.URIRef(path.iri)
            if back:
                return set(graph.subjects(iri, focus))
            return set() if isinstance(focus, rdflib.Literal) else set(graph.objects(focus, iri))
        case "inversePath":
            return value_nodes(graph, focus, path.parts[0], back=not back)
        case "alternativePath":
            return {
                node for part in path.parts for node in value_nodes(graph, focus, part, back=back)
            }
        case "sequence":
            reached = {focus}
            for part in reversed(path.parts) if back else path.parts:
                reached = {
                    node for one in reached for node in value_nodes(graph, one, part, back=back)
                }
            return reached
    first = value_nodes(graph, focus, path.parts[0], back=back)
    if path.kind == "zeroOrOnePath":
        return first | {focus}
    found: set[Any] = {focus} if path.kind == "zeroOrMorePath" else set()
    ahead = list(first)
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead.extend(value_nodes(graph, node, path.parts[0], back=back))
    return found


class _Bound(components.BoundShapeValidatorComponent):
    """A component in SPARQL, on a shape (SHACL 6.3): ASK for each value, SELECT for each focus node."""

    def evaluate(self, executor: Any, graph: Any, found: Any, _path: Any) -> tuple[bool, list[Any]]:
        asks = isinstance(self.validator, components.AskConstraintValidator)
        reports = [
            report
            for focus, values in found.items()
            for report in (
                self._asked(executor, graph, focus, values)
                if asks
                else self._selected(graph, focus)
            )
        ]
        return not reports, reports

    def _asked(self, executor: Any, graph: Any, focus: Any, values: Any) -> Iterator[Any]:
        broken = self.validator.validate(executor, focus, values, graph, self.query_helper)
        for value, _ in broken:
            yield self.make_v_result(
                graph, focus, value_node=value, constraint_component=self.constraint.node
            )

    def _selected(self, graph: Any, focus: Any) -> Iterator[Any]:
        parameters = self.query_helper.param_bind_map
        bound, text = self.query_helper.pre_bind_variables(focus, extravars=parameters.keys())
        text = self.query_helper.apply_prefixes(text)
        own = None if self.shape.is_property_shape else focus
        for path, value in _solutions(graph, text, {**bound, **parameters}):
            yield self.make_v_result(
                graph,
                focus,
                value_node=own if value is None else value,
                result_path=path,
                constraint_component=self.constraint.node,
            )


def _solutions(graph: Any, text: str, bound: Any) -> Iterator[tuple[Any, Any]]:
    """Yield ?path and ?value of each solution, each of which is a result (SHACL 5.3.1).

    Equal solutions are taken for one: rdflib gives some twice that are there once.
    """
    told: set[Any] = set()
    for solution in graph.query(text, initBindings=bound):
        said = solution.asdict()
        whole = frozenset(said.items())
        failure = said.get("failure")
        if failure is not None and failure.value is True:
            raise ReportableRuntimeError("the query says that it failed (?failure)")
        if whole not in told:
            told.add(whole)
            yield said.get("path"), said.get("value")


def _select_results(self: Any, query: Any, graph: Any, found: Any) -> tuple[bool, list[Any]]:
    """Return the results of a sh:sparql constraint."""
    reports = []
    for focus in found:
        bound, text = query.pre_bind_variables(focus)
        own = None if self.shape.is_property_shape else focus
        for path, value in _solutions(graph, query.apply_prefixes(text), bound):
            reports.append(
                self.make_v_result(
                    graph,
                    focus,
                    value_node=own if value is None else value,
                    result_path=path,
                    source_constraint=query.node,
                )
            )
    return bool(reports), reports


class _Silent:
    """Stands for a component that has no validator for a kind of shape: it is ignored (SHACL 6.2.3)."""

    def evaluate(self, *_: Any) -> tuple[bool, list[Any]]:
        return True, []


def _validator_of(component: Any, shape: Any) -> Any:
    own = component.property_validators if shape.is_property_shape else component.node_validators
    for validators, asks in ((own, False), (component.validators, True)):
        for node in sorted(validators):
            validator = components.SPARQLConstraintComponentValidator(component.sg, node)
            if isinstance(validator, components.AskConstraintValidator) == asks:
                return _Bound(component, shape, validator)
    return _Silent()


def _values_of(
    shapes: Any, focus: Any, path: Any, graph: Any, inverse: bool = False, recursion: int = 0
) -> set[Any]:
    return value_nodes(graph, focus, shapes.graph.paths.at(path), back=inverse)


def _written(shapes: Any, node: Any, prefixes: Any = None, recursion: int = 0) -> str:
    path = shapes.graph.paths.at(node)
    return f"<{path.iri}>" if path.kind == "predicate" else str(path)


# What each name in pySHACL stands for meanwhile.
_PLACES: Final = (
    (pyshacl.shape, "value_nodes_from_path", _values_of),
    (pyshacl.helper.sparql_query_helper, "shacl_path_to_sparql_path", _written),
    (components.SPARQLConstraintComponent, "make_validator_for_shape", _validator_of),
    (sparql_based_constraints.SPARQLBasedConstraint, "_evaluate_sparql_constraint",
     _select_results),
    (constraint_component.CustomConstraintComponent, "make_validator_for_shape",
     lambda *_: _Silent()),
)  # fmt: skip


@contextmanager
def corrected_around() -> Iterator[None]:
    """Put what is corrected into pySHACL, and take it out again."""
    before = [(place, name, getattr(place, name)) for place, name, _ in _PLACES]
    try:
        for place, name, ours in _PLACES:
            setattr(place, name, ours)
        yield
    finally:
        for place, name, theirs in before:
            setattr(place, name, theirs)
        # By the address of a graph, which another graph may have the next time.
        components.SPARQLConstraintComponentValidator.validator_cache.clear()
