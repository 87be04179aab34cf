"""The OWL 2 RL closure by owlrl, cut down to what is useful, and its contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.names import BASE, PREFIXES, shorten
from bri_kg.terms import to_quads, to_rdflib_graph

# owlrl raises nothing: a contradiction is a triple with this property.
_ERROR = "http://www.daml.org/2002/03/agents/agent-ont#error"
_USELESS_OBJECTS = {
    PREFIXES["owl"] + "Thing",
    PREFIXES["owl"] + "NamedIndividual",
    PREFIXES["rdfs"] + "Resource",
    PREFIXES["rdfs"] + "Class",
    PREFIXES["rdfs"] + "Datatype",
    PREFIXES["rdf"] + "Property",
    PREFIXES["owl"] + "Nothing",
}
_USELESS_PREDICATES = {
    PREFIXES["owl"] + "sameAs",
    PREFIXES["owl"] + "equivalentClass",
    PREFIXES["owl"] + "equivalentProperty",
}


@dataclass(frozen=True)
class Closure:
    """What follows from the input and is new and useful, and the contradictions that owlrl marked."""

    inferred: tuple[ox.Quad, ...]
    contradictions: tuple[str, ...]


def close(quads: Iterable[ox.Quad]) -> Closure:
    """Return the OWL 2 RL/RDF closure of the triples (graph names dropped; the input is not changed).

    Left out: literal subjects, blank nodes, reflexive and axiomatic triples, and whatever speaks
    of foreign vocabularies only.
    """
    import owlrl

    asserted = [ox.Quad(q.subject, q.predicate, q.object) for q in quads]
    graph = to_rdflib_graph(asserted)
    owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False
    ).expand(graph)
    closed = set(to_quads(graph)) - set(asserted)
    errors = [_readable(q.object.value) for q in closed if q.predicate.value == _ERROR]  # type: ignore[union-attr]
    inferred = sorted((quad for quad in closed if _is_useful(quad)), key=str)
    return Closure(tuple(inferred), tuple(sorted(errors)))


def _is_useful(quad: ox.Quad) -> bool:
    if not (isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE)):
        return False
    if isinstance(quad.object, ox.BlankNode) or quad.subject == quad.object:
        return False
    is_useless_type = (
        isinstance(quad.object, ox.NamedNode) and quad.object.value in _USELESS_OBJECTS
    )
    return not is_useless_type and quad.predicate.value not in _USELESS_PREDICATES


def _readable(message: str) -> str:
    return re.sub(r"https?://[^\s,'\")>]+", lambda m: shorten(m[0]), message)
