"""Constraints in SPARQL (SHACL 5 and 6) for data in a store: those that it can answer for many nodes at once.

A query is one for a single node, which stands for `$this` before it is evaluated. Where `$this`
stands only where a VALUES at the beginning of its group is seen, the same rows come for many
nodes at once. The others are told as not evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import SH, LookUp, Node
from bri_kg.shacl.messages import described, messages
from bri_kg.shacl.paths import Path, read_path
from bri_kg.shacl.report import Result
from bri_kg.shacl.well_formed import named

_SPARQL: Final = SH + "sparql"
_COMPONENT: Final = "SPARQLConstraintComponent"
_VIOLATION: Final = SH + "Violation"
_ON: Final = ox.Literal(True)
_DECLARES: Final = {SH + name for name in ("validator", "nodeValidator", "propertyValidator")}
# What means another thing for many nodes than for one, or what SHACL has no store know.
_ONE_BY_ONE: Final = {
    "LIMIT", "OFFSET", "MINUS", "VALUES", "SERVICE", "GRAPH", "UNION", "BIND", "COUNT", "SUM", "AVG",
    "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "GROUP", "HAVING", "$SHAPESGRAPH", "$CURRENTSHAPE",
    "?SHAPESGRAPH", "?CURRENTSHAPE", "?FAILURE", "$FAILURE",
}  # fmt: skip
_HEAD: Final = re.compile(r"^(SELECT\b.*?)(\{)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class ShapeQuery:
    """A query of a shape that a store answers for many nodes at once; `text` lacks the nodes only."""

    shape: Node
    constraint: Node
    path: Path | None
    before: str
    after: str

    def for_nodes(self, nodes: Iterable[Term]) -> str:
        """Return the query, for some nodes."""
        listed = " ".join(map(str, nodes))
        return f"{self.before} VALUES ?this {{ {listed} }} {self.after}"

    def result(self, shapes: LookUp, focus: Term, path: Term | None, value: Term | None) -> Result:
        """Return the result that a row of it is (SHACL 5.3.1)."""
        way = Path("predicate", iri=path.value) if path is not None else self.path
        said = value if value is not None or self.path is not None else focus
        severity = shapes.value(self.shape, SH + "severity")
        bound = {"this": focus.value, "path": None if way is None else str(way),
                 "value": None if said is None else said.value}  # fmt: skip
        known = {name: text for name, text in bound.items() if text is not None}
        component = SH + _COMPONENT
        return Result(
            focus=focus,
            path=way,
            value=said,
            component=component,
            severity=_VIOLATION if severity is None else severity.value,
            shape=self.shape,
            constraint=self.constraint,
            messages=messages(shapes, self.shape, component, self.constraint, known),
            mends=described(shapes, self.shape),
        )


def queries_of(shapes: LookUp) -> tuple[dict[Node, list[ShapeQuery]], list[str]]:
    """Return the queries by the shape whose focus nodes they are asked of, and what no store evaluates.

    A query counts for the shape it stands in, and for the node shape that has this shape as its
    sh:property. Elsewhere its answer decides what another constraint says: that is not evaluated.
    """
    found: dict[Node, list[ShapeQuery]] = {}
    not_here = [f"the component {named(node)}" for node in _used_components(shapes)]
    parents: dict[Term, list[Node]] = {}
    for parent in shapes.subjects(SH + "property"):
        for shape in shapes.values(parent, SH + "property"):
            parents.setdefault(shape, []).append(parent)
    inner = _inside_others(shapes)
    for shape in shapes.subjects(_SPARQL):
        if _ON in shapes.values(shape, SH + "deactivated"):
            continue
        above = [
            p for p in parents.get(shape, ()) if _ON not in shapes.values(p, SH + "deactivated")
        ]
        for constraint in shapes.values(shape, _SPARQL):
            if isinstance(constraint, ox.Literal) or _ON in shapes.values(
                constraint, SH + "deactivated"
            ):
                continue
            query = _read(shapes, shape, constraint)
            nested = {shape, *above} & inner or any(shapes.values(p, SH + "path") for p in above)
            if query is None or nested:
                not_here.append(f"the query of {named(shape)}")
                continue
            for one in (shape, *above):
                found.setdefault(one, []).append(query)
    return found, not_here


def without_queries(shapes: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield shapes without constraints in SPARQL, and without components that are declared in it."""
    shapes = tuple(shapes)
    components = {quad.subject for quad in shapes if quad.predicate.value in _DECLARES}
    for quad in shapes:
        if quad.predicate.value != _SPARQL and quad.subject not in components:
            yield quad


def _inside_others(shapes: LookUp) -> set[Term]:
    found: set[Term] = set()
    for name in ("node", "not", "qualifiedValueShape"):
        for node in shapes.subjects(SH + name):
            found.update(shapes.values(node, SH + name))
    for name in ("and", "or", "xone"):
        for node in shapes.subjects(SH + name):
            for head in shapes.values(node, SH + name):
                found.update(shapes.members(head))
    return found


def _used_components(shapes: LookUp) -> list[Node]:
    """Return the components declared in SPARQL whose parameters a shape has."""
    declared = {node for iri in _DECLARES for node in shapes.subjects(iri)}
    used = []
    for component in sorted(declared, key=str):
        paths = [
            path.value
            for parameter in shapes.values(component, SH + "parameter")
            for path in shapes.values(parameter, SH + "path")
        ]
        if any(True for path in paths for _ in shapes.subjects(path)):
            used.append(component)
    return used


def _read(shapes: LookUp, shape: Node, constraint: Node) -> ShapeQuery | None:
    """Return the query of a constraint, None where it must be asked for each node by itself."""
    text = next((query.value for query in shapes.values(constraint, SH + "select")), "")
    paths = shapes.values(shape, SH + "path")
    path = read_path(shapes, paths[0]) if paths else None
    if path is not None:
        written = f"<{path.iri}>" if path.kind == "predicate" else str(path)
        text = text.replace("$PATH", written)
    words = [t for t in sparql.tokens(text) if t.kind not in ("space", "comment")]
    upper = [word.text.upper() for word in words]
    if _ONE_BY_ONE.intersection(upper) or upper.count("SELECT") != 1:
        return None
    if not {"$THIS", "?THIS"} & set(upper[: upper.index("{")]) or not _sees_values(upper):
        return None
    opening = words[upper.index("{")].start + 1
    prologue = "".join(
        f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in _prefixes(shapes, constraint)
    )
    return ShapeQuery(shape, constraint, path, prologue + text[:opening], text[opening:])


def _sees_values(words: list[str]) -> bool:
    """Return whether each group of a query is the outermost, or one of EXISTS or OPTIONAL straight within it."""
    depth = 0
    for before, word in zip(["", *words], words, strict=False):
        if word == "{":
            if depth and not (before == "EXISTS" or (before == "OPTIONAL" and depth == 1)):
                return False
            depth += 1
        elif word == "}":
            depth -= 1
    return True


def _prefixes(shapes: LookUp, constraint: Node) -> Iterator[tuple[str, str]]:
    """Yield every prefix that the shapes declare."""
    seen = set()
    for node in shapes.subjects(SH + "prefix"):
        for prefix in shapes.values(node, SH + "prefix"):
            for namespace in shapes.values(node, SH + "namespace"):
                if prefix.value not in seen:
                    seen.add(prefix.value)
                    yield prefix.value, namespace.value
