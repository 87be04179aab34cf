"""Ways to spoil the shapes, one at a time: a mutant is the shapes with one small change.

Each operator is a function from the triples of the shapes to its mutants. They are named, so that
a mutant that cannot die can be listed, with the reason, in `shapes/equivalent-mutants.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox
from shape_examples import Quads, class_tree, write

from bri_kg.names import BRI, PREFIXES, SHAPES

SH, RDF, XSD = PREFIXES["sh"], PREFIXES["rdf"], PREFIXES["xsd"]
TARGETS = {"targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"}
# Whatever is none of these is a constraint, so that one of a kind new here is mutated too.
NO_CONSTRAINT = TARGETS | {
    "path", "property", "name", "description", "message", "severity", "order", "group", "defaultValue",
}  # fmt: skip
NEAR_DATATYPE = {
    "integer": XSD + "decimal",
    "decimal": XSD + "double",
    "string": RDF + "langString",
    "boolean": XSD + "string",
    "dateTime": XSD + "date",
}
WIDER_KINDS = {
    "IRI": ("BlankNodeOrIRI", "IRIOrLiteral"),
    "Literal": ("BlankNodeOrLiteral", "IRIOrLiteral"),
    "BlankNode": ("BlankNodeOrIRI", "BlankNodeOrLiteral"),
}


@dataclass(frozen=True)
class Mutant:
    """One change: `old` leaves the shapes and `new` comes in."""

    operator: str
    shape: str
    change: str
    old: Quads
    new: Quads

    @property
    def key(self) -> tuple[str, str, str]:
        """What names a mutant in the list of those that cannot die."""
        return self.operator, self.shape, self.change

    def of(self, shapes: Quads) -> Quads:
        """Return the shapes with this change."""
        return (*(quad for quad in shapes if quad not in self.old), *self.new)


Operator = Callable[[Quads], Iterator[Mutant]]
OPERATORS: dict[str, Operator] = {}


def operator(function: Operator) -> Operator:
    """Register an operator under its name, with spaces."""
    OPERATORS[function.__name__.replace("_", " ")] = function
    return function


def mutants(shapes: Quads) -> list[Mutant]:
    """Return every mutant of the shapes."""
    return [mutant for function in OPERATORS.values() for mutant in function(shapes)]


@operator
def drop_a_constraint(shapes: Quads) -> Iterator[Mutant]:
    for quad in _of_shapes(shapes):
        if _word(quad.predicate) not in NO_CONSTRAINT:
            yield _mutant("drop a constraint", quad)


@operator
def drop_a_target(shapes: Quads) -> Iterator[Mutant]:
    for quad in _of_shapes(shapes):
        if _word(quad.predicate) in TARGETS:
            yield _mutant("drop a target", quad)


@operator
def drop_a_property_shape(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "property"):
        yield _mutant("drop a property shape", quad)


@operator
def deactivate_a_shape(shapes: Quads) -> Iterator[Mutant]:
    for shape in dict.fromkeys(quad.subject for quad in _of_shapes(shapes)):
        off = ox.Quad(shape, _sh("deactivated"), ox.Literal(True))
        yield Mutant("deactivate a shape", write(shape), "off", (), (off,))


@operator
def move_a_bound(shapes: Quads) -> Iterator[Mutant]:
    for quad in _of_shapes(shapes):
        if re.fullmatch(r"(min|max)(Count|Length|Inclusive|Exclusive)", _word(quad.predicate)):
            for step in (-1, 1):
                bound = Decimal(quad.object.value) + step
                if bound >= 0 or "Count" not in quad.predicate.value:
                    moved = ox.Literal(str(bound), datatype=quad.object.datatype)
                    yield _mutant("move a bound", quad, moved)


@operator
def class_to_its_parent(shapes: Quads) -> Iterator[Mutant]:
    for quad in (*_with(shapes, "class"), *_with(shapes, "targetClass")):
        for edge in class_tree():
            if edge.subject == quad.object:
                yield _mutant("class to its parent", quad, edge.object)


@operator
def class_to_a_child(shapes: Quads) -> Iterator[Mutant]:
    for quad in (*_with(shapes, "class"), *_with(shapes, "targetClass")):
        for edge in class_tree():
            if edge.object == quad.object:
                yield _mutant("class to a child", quad, edge.subject)


@operator
def target_from_subjects_to_objects(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "targetSubjectsOf"):
        yield _mutant("target from subjects to objects", quad, word="targetObjectsOf")


@operator
def loosen_a_pattern(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "pattern"):
        text = quad.object.value
        for looser in dict.fromkeys((".*", text.removeprefix("^"), text.removesuffix("$"))):
            if looser != text:
                yield _mutant("loosen a pattern", quad, ox.Literal(looser))


@operator
def datatype_to_a_near_one(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "datatype"):
        near = NEAR_DATATYPE[quad.object.value.removeprefix(XSD)]
        yield _mutant("datatype to a near one", quad, ox.NamedNode(near))


@operator
def widen_a_kind_of_node(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "nodeKind"):
        for wider in WIDER_KINDS.get(_word(quad.object), ()):
            yield _mutant("widen a kind of node", quad, _sh(wider))


@operator
def require_another_value(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "hasValue"):
        yield _mutant("require another value", quad, ox.NamedNode(BRI + "nothing"))


@operator
def let_the_equal_pass(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "lessThan"):
        yield _mutant("let the equal pass", quad, word="lessThanOrEquals")


@operator
def another_connective(shapes: Quads) -> Iterator[Mutant]:
    words = ("or", "and", "xone")
    for word in words:
        for quad in _with(shapes, word):
            for other in words:
                if other != word:
                    yield _mutant("another connective", quad, word=other)


@operator
def drop_a_member_of_a_list(shapes: Quads) -> Iterator[Mutant]:
    """Of `sh:in`, `sh:languageIn`, `sh:or` and their like."""
    first, rest = _links(shapes)
    for quad in _of_shapes(shapes):
        before, node = quad, quad.object
        while node in first:
            shorter = ox.Quad(before.subject, before.predicate, rest[node].object)
            said = f"{_said(quad.predicate)} without {write(first[node].object)}"
            shape = write(quad.subject)
            yield Mutant("drop a member of a list", shape, said, (before,), (shorter,))
            before, node = rest[node], rest[node].object


@operator
def change_a_severity(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "severity"):
        for other in ("Violation", "Warning", "Info"):
            if other != _word(quad.object):
                yield _mutant("change a severity", quad, _sh(other))


@operator
def another_path(shapes: Quads) -> Iterator[Mutant]:
    for quad in _with(shapes, "path"):
        yield _mutant("another path", quad, ox.NamedNode(BRI + "nothing"))


@operator
def one_alternative_of_a_path(shapes: Quads) -> Iterator[Mutant]:
    first, rest = _links(shapes)
    for quad in _with(shapes, "path"):
        for inner in _with(shapes, "alternativePath", quad.object):
            node = inner.object
            while node in first:
                yield _mutant("one alternative of a path", quad, first[node].object)
                node = rest[node].object


@operator
def repeat_a_path_otherwise(shapes: Quads) -> Iterator[Mutant]:
    words = ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
    for quad in _with(shapes, "path"):
        for word in words:
            for inner in _with(shapes, word, quad.object):
                yield _mutant("repeat a path otherwise", quad, inner.object)
                for other in words:
                    if other != word:
                        repeated = ox.Quad(inner.subject, _sh(other), inner.object)
                        said = f"{word} to {other}"
                        shape = write(quad.subject)
                        yield Mutant("repeat a path otherwise", shape, said, (inner,), (repeated,))


def _of_shapes(shapes: Quads) -> Iterator[ox.Quad]:
    """Yield what SHACL's own words say of the named shapes."""
    for quad in shapes:
        if str(quad.subject).startswith(f"<{SHAPES}") and quad.predicate.value.startswith(SH):
            yield quad


def _with(shapes: Quads, word: str, subject: object = None) -> Iterator[ox.Quad]:
    for quad in shapes:
        if quad.predicate == _sh(word) and subject in (None, quad.subject):
            yield quad


def _links(shapes: Quads) -> tuple[dict[object, ox.Quad], dict[object, ox.Quad]]:
    """Return the first and the rest of each node of a list."""
    first = {quad.subject: quad for quad in shapes if quad.predicate.value == RDF + "first"}
    return first, {quad.subject: quad for quad in shapes if quad.predicate.value == RDF + "rest"}


def _mutant(
    operator: str,
    quad: ox.Quad,
    value: ox.NamedNode | ox.Literal | None = None,
    word: str | None = None,
) -> Mutant:
    """Return the mutant that gives a triple another object or predicate, or drops it."""
    predicate = _sh(word) if word else quad.predicate
    new = ox.Quad(quad.subject, predicate, value if value is not None else quad.object)
    kept = value is not None or word is not None
    said = f"{_said(quad.predicate)} {write(quad.object)}"
    if kept:
        said += f" to {_said(predicate)} {write(new.object)}"
    return Mutant(operator, write(quad.subject), said, (quad,), (new,) if kept else ())


def _sh(word: str) -> ox.NamedNode:
    return ox.NamedNode(SH + word)


def _word(term: ox.NamedNode) -> str:
    return term.value.removeprefix(SH)


def _said(predicate: ox.NamedNode) -> str:
    return write(predicate)
