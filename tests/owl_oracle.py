"""owlrl as the oracle of the reasoner: the same triples in, the same useful triples out."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import owlrl
import pyoxigraph as ox
import rdflib
from owlrl.OWLRL import OWL_RL_Datatypes, OWLRL_Annotation_properties
from rdflib import OWL, RDFS

from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import to_quads, to_rdflib_graph

# rdflib warns of every ill-formed literal, which here is the point.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

ERROR = "http://www.daml.org/2002/03/agents/agent-ont#error"
PROLOGUE = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("owl", "rdf", "rdfs", "xsd"))
PROLOGUE += "@prefix : <http://example.org/> .\n"
_RESERVED = tuple(PREFIXES[p] for p in ("owl", "rdf", "rdfs", "xsd"))
_OF_ITSELF = {
    PREFIXES[prefix] + name
    for prefix, name in (
        ("owl", "sameAs"), ("owl", "equivalentClass"), ("owl", "equivalentProperty"),
        ("rdfs", "subClassOf"), ("rdfs", "subPropertyOf"),
    )
}  # fmt: skip
_TYPE = PREFIXES["rdf"] + "type"
_INTO_CLASS = {_TYPE, *(PREFIXES["rdfs"] + name for name in ("subClassOf", "domain", "range"))}
_AXIOMATIC = {
    ox.NamedNode(iri)
    for iri in (
        *OWLRL_Annotation_properties, *OWL_RL_Datatypes, RDFS.Datatype, OWL.AnnotationProperty,
        OWL.equivalentProperty,
    )
}  # fmt: skip
_UNIVERSAL = {PREFIXES["owl"] + "Thing", PREFIXES["rdfs"] + "Resource"}


def parse(turtle: str) -> list[ox.Quad]:
    """Read Turtle with the usual prefixes; `:` is http://example.org/."""
    return list(ox.parse((PROLOGUE + turtle).encode(), ox.RdfFormat.TURTLE))


def close_by_owlrl(quads: Iterable[ox.Quad]) -> tuple[set[ox.Triple], list[str]]:
    """Return the new useful triples of owlrl and the texts of its error triples."""
    asserted = {q.triple for q in quads}
    graph = to_rdflib_graph(asserted)
    _type_plain_strings(graph)
    owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False
    ).expand(graph)
    closed = {q.triple for q in to_quads(graph)}
    errors = [t.object.value for t in closed if t.predicate.value == ERROR]  # type: ignore[union-attr]
    useful = {t for t in closed - asserted if is_useful(t)}
    return without_axiomatic(useful, asserted), errors


def without_axiomatic(triples: Iterable[ox.Triple], asserted: set[ox.Triple]) -> set[ox.Triple]:
    """Drop what is said of datatypes and annotation properties that stand nowhere in the graph.

    That they are such is an axiom (dt-type1, prp-ap), which owlrl adds and we do not. The other way
    round owl:equivalentProperty: owlrl does not apply scm-eqp2 to a property under itself, so the
    word does not come up, and what axioms about owl:sameAs say of every term is not said of it.
    """
    used = {term for triple in asserted for term in triple}
    return {t for t in triples if not {t.subject, t.object} & _AXIOMATIC - used}


def _type_plain_strings(graph: rdflib.Graph) -> None:
    """Give plain strings the datatype that RDF 1.1 gives them: owlrl asks rdflib, which has none."""
    for subject, predicate, value in list(graph):
        if isinstance(value, rdflib.Literal) and not (value.datatype or value.language):
            graph.remove((subject, predicate, value))
            graph.add((subject, predicate, rdflib.Literal(value, datatype=rdflib.XSD.string)))


def is_useful(triple: ox.Triple) -> bool:
    """Whether a triple is neither axiomatic nor reflexive nor about an anonymous membership."""
    subject, predicate, value = triple.subject, triple.predicate.value, triple.object
    if predicate == ERROR or "agent-ont#" in str(value):
        return False
    if subject == value and predicate in _OF_ITSELF:
        return False
    if predicate == _TYPE and isinstance(value, ox.BlankNode):
        return False
    if predicate in _INTO_CLASS and isinstance(value, ox.NamedNode) and value.value in _UNIVERSAL:
        return False
    if predicate.endswith("#subClassOf") and subject == ox.NamedNode(PREFIXES["owl"] + "Nothing"):
        return False
    return not (_is_reserved(subject) and _is_reserved(value))


def _is_reserved(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(_RESERVED)
