"""Whether a shapes graph is one: the rules of syntax that SHACL gives, checked before any engine runs.

Standard: SHACL, the rules of sections 2 to 6 that its appendix C sums up. What an engine would meet as a
surprise is told here of the shape, with what it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import INTEGERS, shorten
from bri_kg.rdf import xsd
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import RDF, SH, LookUp, Node
from bri_kg.shacl.paths import read_path
from bri_kg.shacl.patterns import NotXPathError, read_pattern
from bri_kg.shacl.shacl_names import NODE_KINDS

_LANG_STRING: Final = RDF + "langString"
_RESERVED: Final = frozenset({"this", "shapesGraph", "currentShape", "path", "PATH", "value"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with a shape: where, what, and what SHACL wants there."""

    where: str
    what: str
    wants: str


def refuse_ill_formed(shapes: LookUp, file: str | None = None) -> None:
    """Raise InputError for the first fault of a shapes graph, with the number of the others."""
    faults = list(_faults(shapes))
    if not faults:
        return
    first = min(faults, key=lambda fault: (fault.where, fault.what))
    others = len(set(faults)) - 1
    more = f" (and {others} more)" if others else ""
    raise InputError(
        code="BRI255",
        file=file,
        message=f"{first.where}: {first.what}{more}",
        why="the shapes graph is ill-formed, so no report would mean anything",
        fix=first.wants,
    )


def _faults(shapes: LookUp) -> Iterator[Fault]:
    for name, rule in _RULES.items():
        for node in shapes.subjects(SH + name):
            yield from _of_property(shapes, node, name, rule)
    yield from _of_paths(shapes)
    yield from _of_patterns(shapes)
    yield from _of_queries(shapes)
    yield from _of_components(shapes)
    for node in shapes.subjects(SH + "entailment"):
        yield Fault(
            named(node), "sh:entailment asks for an inference, and none is made here",
            "run `bri-kg infer` over the data first, and leave sh:entailment out",
        )  # fmt: skip


@dataclass(frozen=True)
class _Rule:
    takes: Callable[[LookUp, Term], bool]
    wants: str
    once: bool = False
    of_properties: bool = False


def _of_property(shapes: LookUp, node: Node, name: str, rule: _Rule) -> Iterator[Fault]:
    values = shapes.values(node, SH + name)
    if rule.once and len(set(values)) > 1:
        yield Fault(named(node), f"sh:{name} has {len(set(values))} values", "keep one of them")
    if rule.of_properties and not shapes.values(node, SH + "path"):
        yield Fault(
            named(node), f"sh:{name} stands in a node shape, which has one value only",
            "move it into a property shape, one with sh:path",
        )  # fmt: skip
    for value in values:
        if not rule.takes(shapes, value):
            yield Fault(
                named(node), f"sh:{name} has the value {named(value)}", f"give {rule.wants}"
            )


def _of_paths(shapes: LookUp) -> Iterator[Fault]:
    type_ = RDF + "type"
    for node in shapes.subjects(SH + "path"):
        paths = set(shapes.values(node, SH + "path"))
        if len(paths) > 1:
            yield Fault(named(node), f"sh:path has {len(paths)} values", "keep one of them")
        for path in paths:
            if read_path(shapes, path) is None:
                yield Fault(
                    named(node), f"sh:path has the value {named(path)}, which is no path",
                    "give an IRI, or a path as SHACL 2.3.1 writes it",
                )  # fmt: skip
        if ox.NamedNode(SH + "NodeShape") in shapes.values(node, type_):
            yield Fault(
                named(node), "it is a sh:NodeShape and has a sh:path",
                "make it a sh:PropertyShape, or take the path away",
            )  # fmt: skip
    for node in shapes.subjects(type_):
        types = shapes.values(node, type_)
        if ox.NamedNode(SH + "PropertyShape") in types and not shapes.values(node, SH + "path"):
            yield Fault(named(node), "it is a sh:PropertyShape and has no sh:path", "add sh:path")
    for node in shapes.subjects(SH + "property"):
        for shape in shapes.values(node, SH + "property"):
            if not isinstance(shape, ox.Literal) and not shapes.values(shape, SH + "path"):
                yield Fault(
                    named(node), f"sh:property has the value {named(shape)}, which has no sh:path",
                    "give it a path, or name a shape that is among the shapes",
                )  # fmt: skip


def _of_patterns(shapes: LookUp) -> Iterator[Fault]:
    for node in shapes.subjects(SH + "pattern"):
        flags = "".join(value.value for value in shapes.values(node, SH + "flags")[:1])
        for pattern in shapes.values(node, SH + "pattern"):
            try:
                read_pattern(pattern.value, flags)
            except NotXPathError as error:
                yield Fault(
                    named(node), f"sh:pattern has the value {named(pattern)}: {error}",
                    "give a regular expression of XPath, as SPARQL's REGEX takes it",
                )  # fmt: skip


def _of_queries(shapes: LookUp) -> Iterator[Fault]:
    for node in shapes.subjects(SH + "sparql"):
        for constraint in shapes.values(node, SH + "sparql"):
            if len(set(shapes.values(constraint, SH + "select"))) != 1:
                yield Fault(
                    named(node), f"sh:sparql has the value {named(constraint)},"
                    " which has not one sh:select", "give it one query",
                )  # fmt: skip
    for node in shapes.subjects(SH + "declare"):
        for declaration in shapes.values(node, SH + "declare"):
            for name in ("prefix", "namespace"):
                if len(set(shapes.values(declaration, SH + name))) != 1:
                    yield Fault(
                        named(node), f"sh:declare has the value {named(declaration)},"
                        f" which has not one sh:{name}", f"give it one sh:{name}",
                    )  # fmt: skip


def _of_components(shapes: LookUp) -> Iterator[Fault]:
    component = ox.NamedNode(SH + "ConstraintComponent")
    for node in shapes.subjects(RDF + "type"):
        if component not in shapes.values(node, RDF + "type") or named(node).startswith("sh:"):
            continue
        parameters = shapes.values(node, SH + "parameter")
        if all(_is_on(shapes, one, "optional") for one in parameters):
            yield Fault(
                named(node), "it is a sh:ConstraintComponent without a parameter that is not optional",
                "add one with sh:parameter",
            )  # fmt: skip
        for parameter in parameters:
            for path in shapes.values(parameter, SH + "path") or [parameter]:
                name = local_name(path.value)
                wrong = xsd.is_ill_typed(name, xsd.XSD + "NCName") or name in _RESERVED
                if not isinstance(path, ox.NamedNode) or path == parameter or wrong:
                    yield Fault(
                        named(node), f"sh:parameter has the value {named(parameter)}, whose path"
                        " gives no name for a variable", "give it a sh:path that is one IRI",
                    )  # fmt: skip
        for kind in ("validator", "nodeValidator", "propertyValidator"):
            for validator in shapes.values(node, SH + kind):
                queries = [
                    query for form in ("ask", "select")
                    for query in shapes.values(validator, SH + form)
                ]  # fmt: skip
                if len(queries) != 1 and not shapes.values(validator, SH + "jsFunctionName"):
                    yield Fault(
                        named(node), f"sh:{kind} has the value {named(validator)}, which has not"
                        " one query", "give it one sh:ask or sh:select",
                    )  # fmt: skip


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/`: the variable of a parameter."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def named(term: Term) -> str:
    """Return a term as a message names it."""
    if isinstance(term, ox.NamedNode):
        short = shorten(term.value)
        return short if short != term.value else f"<{term.value}>"
    if isinstance(term, ox.BlankNode):
        return "a shape without a name"
    text = str(term) if len(term.value) < 80 else str(ox.Literal(term.value[:80] + "…"))
    kind = term.datatype.value
    return text.replace(f"<{kind}>", shorten(kind))


def _is_on(shapes: LookUp, node: Term, name: str) -> bool:
    return ox.Literal(True) in shapes.values(node, SH + name)


def _is_iri(_: LookUp, term: Term) -> bool:
    return isinstance(term, ox.NamedNode)


def _is_node(_: LookUp, term: Term) -> bool:
    return not isinstance(term, ox.Literal)


def _is_node_shape(shapes: LookUp, term: Term) -> bool:
    return not isinstance(term, ox.Literal) and not shapes.values(term, SH + "path")


def _is_literal(_: LookUp, term: Term) -> bool:
    return isinstance(term, ox.Literal)


def _is_text(_: LookUp, term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in (
        xsd.XSD + "string",
        _LANG_STRING,
    )


def _is_string(_: LookUp, term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value == xsd.XSD + "string"


def _is_namespace(_: LookUp, term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in (
        xsd.XSD + "string", xsd.XSD + "anyURI",
    )  # fmt: skip


def _is_boolean(_: LookUp, term: Term) -> bool:
    return _is_of(term, {"boolean"})


def _is_integer(_: LookUp, term: Term) -> bool:
    return _is_of(term, INTEGERS)


def _is_of(term: Term, names: Iterable[str]) -> bool:
    if not isinstance(term, ox.Literal):
        return False
    kind = term.datatype.value
    return kind.removeprefix(xsd.XSD) in names and not xsd.is_ill_typed(term.value, kind)


def _is_count(shapes: LookUp, term: Term) -> bool:
    return _is_integer(shapes, term) and len(term.value) < 19 and int(term.value) >= 0


def _is_kind(_: LookUp, term: Term) -> bool:
    return isinstance(term, ox.NamedNode) and term.value in {SH + name for name in NODE_KINDS}


def _is_target(_: LookUp, term: Term) -> bool:
    return not isinstance(term, ox.BlankNode)


def _is_list(shapes: LookUp, head: Term) -> bool:
    """Return whether an RDF list ends, with one item in each cell, and one way on."""
    nil, seen = ox.NamedNode(RDF + "nil"), set[Term]()
    while head != nil:
        firsts, rests = (set(shapes.values(head, RDF + part)) for part in ("first", "rest"))
        if head in seen or isinstance(head, ox.Literal) or len(firsts) != 1 or len(rests) != 1:
            return False
        seen.add(head)
        (head,) = rests
    return True


def _list_of(takes: Callable[[LookUp, Term], bool]) -> Callable[[LookUp, Term], bool]:
    def checked(shapes: LookUp, head: Term) -> bool:
        return _is_list(shapes, head) and all(takes(shapes, item) for item in shapes.members(head))

    return checked


def _has_members(shapes: LookUp, head: Term) -> bool:
    return _list_of(_is_node)(shapes, head) and any(shapes.members(head))


_COUNT: Final = "a whole number from 0 on, such as 1"
_BOOLEAN: Final = "true or false"
_SHAPE: Final = "a shape: an IRI or a blank node"
_TEXT: Final = "a text"
_RULES: Final[Mapping[str, _Rule]] = {
    "class": _Rule(_is_iri, "the IRI of a class"),
    "datatype": _Rule(_is_iri, "the IRI of a datatype", once=True),
    "nodeKind": _Rule(_is_kind, "one of sh:IRI, sh:BlankNode, sh:Literal, sh:BlankNodeOrIRI,"
                      " sh:BlankNodeOrLiteral, sh:IRIOrLiteral", once=True),
    "minCount": _Rule(_is_count, _COUNT, once=True, of_properties=True),
    "maxCount": _Rule(_is_count, _COUNT, once=True, of_properties=True),
    "qualifiedMinCount": _Rule(_is_count, _COUNT, once=True),
    "qualifiedMaxCount": _Rule(_is_count, _COUNT, once=True),
    "minLength": _Rule(_is_count, _COUNT, once=True),
    "maxLength": _Rule(_is_count, _COUNT, once=True),
    "minInclusive": _Rule(_is_literal, "a literal", once=True),
    "maxInclusive": _Rule(_is_literal, "a literal", once=True),
    "minExclusive": _Rule(_is_literal, "a literal", once=True),
    "maxExclusive": _Rule(_is_literal, "a literal", once=True),
    "pattern": _Rule(_is_string, "a regular expression as a plain text"),
    "flags": _Rule(_is_string, "a text of the letters i, m, q, s, x", once=True),
    "languageIn": _Rule(_list_of(_is_string), "a list of texts, such as ( \"en\" \"zh\" )", once=True),
    "uniqueLang": _Rule(_is_boolean, _BOOLEAN, once=True, of_properties=True),
    "equals": _Rule(_is_iri, "the IRI of a property"),
    "disjoint": _Rule(_is_iri, "the IRI of a property"),
    "lessThan": _Rule(_is_iri, "the IRI of a property", of_properties=True),
    "lessThanOrEquals": _Rule(_is_iri, "the IRI of a property", of_properties=True),
    "not": _Rule(_is_node, _SHAPE),
    "node": _Rule(_is_node_shape, "a node shape, one without sh:path"),
    "property": _Rule(_is_node, _SHAPE),
    "qualifiedValueShape": _Rule(_is_node, _SHAPE),
    "and": _Rule(_has_members, "a list of shapes"),
    "or": _Rule(_has_members, "a list of shapes"),
    "xone": _Rule(_has_members, "a list of shapes"),
    "qualifiedValueShapesDisjoint": _Rule(_is_boolean, _BOOLEAN, once=True),
    "closed": _Rule(_is_boolean, _BOOLEAN, once=True),
    "ignoredProperties": _Rule(_list_of(_is_iri), "a list of IRIs", once=True),
    "in": _Rule(_is_list, "a list that ends, such as ( 1 2 )", once=True),
    "deactivated": _Rule(_is_boolean, _BOOLEAN, once=True),
    "optional": _Rule(_is_boolean, _BOOLEAN, once=True),
    "severity": _Rule(_is_iri, "the IRI of a severity, such as sh:Warning", once=True),
    "message": _Rule(_is_text, _TEXT),
    "targetNode": _Rule(_is_target, "an IRI or a literal"),
    "targetSubjectsOf": _Rule(_is_iri, "the IRI of a property"),
    "targetObjectsOf": _Rule(_is_iri, "the IRI of a property"),
    "sparql": _Rule(_is_node, "a constraint with sh:select"),
    "select": _Rule(_is_string, "a query as a plain text"),
    "ask": _Rule(_is_string, "a query as a plain text", once=True),
    "prefixes": _Rule(_is_node, "the IRI that declares the prefixes"),
    "declare": _Rule(_is_node, "a declaration with sh:prefix and sh:namespace"),
    "prefix": _Rule(_is_string, "a text such as \"ex\"", once=True),
    "namespace": _Rule(_is_namespace, "a literal such as \"http://example.org/\"^^xsd:anyURI", once=True),
    "parameter": _Rule(_is_node, "a parameter with sh:path"),
    "validator": _Rule(_is_node, "a validator with sh:ask"),
    "nodeValidator": _Rule(_is_node, "a validator with sh:select"),
    "propertyValidator": _Rule(_is_node, "a validator with sh:select"),
}  # fmt: skip
