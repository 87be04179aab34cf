"""Constraint components of pySHACL where it departs from SHACL, evaluated as SHACL says.

`docs/upstream.md` says of each what pySHACL does, and how to see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import rdflib
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.core import (
    string_based_constraints,
    value_constraints,
)

from bri_kg.rdf import xsd
from bri_kg.shacl.look_up import RDF, SH
from bri_kg.shacl.patterns import read_pattern

_LANG_STRING: Final = RDF + "langString"
_Found = tuple[bool, list[Any]]
_Values = Mapping[Any, Iterable[Any]]
_BOUND_TESTS: Final[dict[str, Callable[[int], bool]]] = {
    "minInclusive": lambda order: order >= 0,
    "maxInclusive": lambda order: order <= 0,
    "minExclusive": lambda order: order > 0,
    "maxExclusive": lambda order: order < 0,
}


def datatype_of(literal: rdflib.Literal) -> str:
    """Return the IRI of a literal's datatype; rdflib has none for plain ones."""
    if literal.language:
        return _LANG_STRING
    return xsd.XSD + "string" if literal.datatype is None else str(literal.datatype)


def order_of(one: Any, other: Any) -> int | None:
    """Return how two terms compare by SPARQL's `<`, None where they do not."""
    if not isinstance(one, rdflib.Literal) or not isinstance(other, rdflib.Literal):
        return None
    return xsd.compare((str(one), datatype_of(one)), (str(other), datatype_of(other)))


class _ByValue:
    """Evaluates a component that judges each value node by itself."""

    make_v_result: Callable[..., Any]

    def conforms(self, value: Any) -> bool:
        """Return whether a value node is as the component wants it."""
        raise NotImplementedError

    def evaluate(self, _executor: Any, graph: Any, found: _Values, _path: Any) -> _Found:
        reports = [
            self.make_v_result(graph, focus, value_node=value)
            for focus, values in found.items()
            for value in values
            if not self.conforms(value)
        ]
        return not reports, reports


class _Datatype(_ByValue, value_constraints.DatatypeConstraintComponent):
    """sh:datatype, SHACL 4.1.2: the datatype is the same, and the literal not ill-typed."""

    def conforms(self, value: Any) -> bool:
        wanted = str(self.datatype_rule)
        return (
            isinstance(value, rdflib.Literal)
            and datatype_of(value) == wanted
            and not xsd.is_ill_typed(str(value), wanted)
        )


def _bounded(name: str, base: type) -> type:
    test = _BOUND_TESTS[name]

    class Bounded(_ByValue, base):  # type: ignore[misc]
        """A bound, SHACL 4.3: what cannot be compared does not conform."""

        def evaluate(self, _executor: Any, graph: Any, found: _Values, _path: Any) -> _Found:
            reports = [
                self.make_v_result(graph, focus, value_node=value)
                for bound in self.shape.objects(rdflib.URIRef(SH + name))
                for focus, values in found.items()
                for value in values
                if (order := order_of(value, bound)) is None or not test(order)
            ]
            return not reports, reports

    return Bounded


def _paired(name: str, base: type) -> type:
    test = _BOUND_TESTS["maxExclusive" if name == "lessThan" else "maxInclusive"]

    class Paired(base):  # type: ignore[misc]
        """sh:lessThan and its kin, SHACL 4.5.3: one result for each pair that is not in order."""

        def evaluate(self, _executor: Any, graph: Any, found: _Values, _path: Any) -> _Found:
            reports = [
                self.make_v_result(graph, focus, value_node=value)
                for other in self.property_compare_set
                for focus, values in found.items()
                for value in set(values)
                for bound in set(graph.objects(focus, other))
                if (order := order_of(value, bound)) is None or not test(order)
            ]
            return not reports, reports

    return Paired


class _Pattern(string_based_constraints.PatternConstraintComponent):
    """sh:pattern, SHACL 4.4.3: as SPARQL's REGEX has it."""

    def __init__(self, shape: Any) -> None:
        # Not pySHACL's own, which gives each pattern to Python.
        string_based_constraints.StringBasedConstraintBase.__init__(self, shape)
        self.string_rules = sorted(shape.objects(rdflib.URIRef(SH + "pattern")))
        flags = "".join(map(str, shape.objects(rdflib.URIRef(SH + "flags"))))
        self._patterns = [read_pattern(str(rule), flags) for rule in self.string_rules]

    def evaluate(self, _executor: Any, graph: Any, found: _Values, _path: Any) -> _Found:
        texts = {
            str(value)
            for values in found.values()
            for value in values
            if not isinstance(value, rdflib.BNode)
        }
        reports = []
        for pattern in self._patterns:
            matching = pattern.matching(texts)
            reports += [
                self.make_v_result(graph, focus, value_node=value)
                for focus, values in found.items()
                for value in values
                if isinstance(value, rdflib.BNode) or str(value) not in matching
            ]
        return not reports, reports


class _MinLength(_ByValue, string_based_constraints.MinLengthConstraintComponent):
    """sh:minLength, SHACL 4.4.1: no blank node conforms, whatever the length."""

    def conforms(self, value: Any) -> bool:
        (least,) = self.string_rules
        return not isinstance(value, rdflib.BNode) and len(str(value)) >= int(least)


class _MaxLength(_ByValue, string_based_constraints.MaxLengthConstraintComponent):
    """sh:maxLength, SHACL 4.4.2."""

    def conforms(self, value: Any) -> bool:
        (most,) = self.string_rules
        return not isinstance(value, rdflib.BNode) and len(str(value)) <= int(most)


class _LanguageIn(_ByValue, string_based_constraints.LanguageInConstraintComponent):
    """sh:languageIn, SHACL 4.4.4: as SPARQL's langMatches has it, part by part."""

    def __init__(self, shape: Any) -> None:
        super().__init__(shape)
        (head,) = self.string_rules
        self._ranges = [str(range_).lower() for range_ in self.shape.sg.graph.items(head)]

    def conforms(self, value: Any) -> bool:
        if not isinstance(value, rdflib.Literal) or not value.language:
            return False
        tag = value.language.lower()
        return any(
            range_ == "*" or tag == range_ or tag.startswith(range_ + "-")
            for range_ in self._ranges
        )


def corrected() -> dict[Any, type]:
    """Return pySHACL's table of components by parameter, with ours in place of those that depart."""
    table = dict(CONSTRAINT_PARAMETERS_MAP)
    ours: dict[str, type] = {
        "datatype": _Datatype,
        "pattern": _Pattern,
        "minLength": _MinLength,
        "maxLength": _MaxLength,
        "languageIn": _LanguageIn,
    }
    for name in _BOUND_TESTS:
        ours[name] = _bounded(name, table[rdflib.URIRef(SH + name)])
    for name in ("lessThan", "lessThanOrEquals"):
        ours[name] = _paired(name, table[rdflib.URIRef(SH + name)])
    table.update({rdflib.URIRef(SH + name): made for name, made in ours.items()})
    # By themselves they say nothing: SHACL gives them a meaning beside another parameter only.
    for name in ("ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount"):
        table.pop(rdflib.URIRef(SH + name), None)
    return table
