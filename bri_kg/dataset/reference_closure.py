"""The reference closure: owlrl, cut down to what `bri_kg.reasoner.infer` calls new and useful."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import owlrl
import pyoxigraph as ox
import rdflib
from owlrl.OWLRL import OWL_RL_Datatypes, OWLRL_Annotation_properties
from rdflib import OWL, RDFS

from bri_kg.errors import InputError
from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import to_quads, to_rdflib_graph, unlogged
from bri_kg.reasoner import Contradiction, Follow, Inference, inferred_of

_ERROR = "http://www.daml.org/2002/03/agents/agent-ont#error"
_RESERVED = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_TYPE = PREFIXES["rdf"] + "type"
_IMPORTS = PREFIXES["owl"] + "imports"
_VERSION = PREFIXES["owl"] + "versionIRI"
_ONTOLOGY = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_OF_ITSELF = {
    PREFIXES[prefix] + name
    for prefix, name in (
        ("owl", "sameAs"), ("owl", "equivalentClass"), ("owl", "equivalentProperty"),
        ("rdfs", "subClassOf"), ("rdfs", "subPropertyOf"),
    )
}  # fmt: skip
_INTO_CLASS = {_TYPE, *(PREFIXES["rdfs"] + name for name in ("subClassOf", "domain", "range"))}
_UNIVERSAL = {PREFIXES["owl"] + "Thing", PREFIXES["rdfs"] + "Resource"}
_AXIOMATIC = {
    ox.NamedNode(iri)
    for iri in (
        *OWLRL_Annotation_properties, *OWL_RL_Datatypes, RDFS.Datatype, OWL.AnnotationProperty,
        OWL.equivalentProperty,
    )
}  # fmt: skip


def infer_by_owlrl(
    data: Iterable[ox.Quad], ontology: Iterable[ox.Quad] = (), follow: Follow | None = None
) -> Inference:
    """Return what follows by owlrl, in the form and the limits of `bri_kg.reasoner.infer`.

    owlrl names no rule and no facts of a contradiction, only a sentence; and it does not say
    which axioms no rule covers.
    """
    asserted = {quad.triple for quads in (data, ontology) for quad in quads}
    while follow and (more := follow(_imports(asserted), _called(asserted))) is not None:
        asserted |= {quad.triple for quad in more}
    useful, errors = close_by_owlrl(asserted)
    return Inference(
        inferred_of(ox.Quad(t.subject, t.predicate, t.object) for t in useful),
        tuple(Contradiction("owlrl", (), (), error) for error in sorted(errors)),
        (),
        tuple(_open_imports(asserted)),
    )


def close_by_owlrl(asserted: set[ox.Triple]) -> tuple[set[ox.Triple], list[str]]:
    """Return the new useful triples of owlrl, and the texts of its error triples."""
    with _undisturbed():
        graph = to_rdflib_graph(asserted)
        _type_plain_strings(graph)
        _expand(graph)
        closed = {quad.triple for quad in to_quads(graph)}
    errors = [t.object.value for t in closed if t.predicate.value == _ERROR]  # type: ignore[union-attr]
    useful = {triple for triple in closed - asserted if is_useful(triple)}
    return without_axiomatic(useful, asserted), errors


def without_axiomatic(triples: Iterable[ox.Triple], asserted: set[ox.Triple]) -> set[ox.Triple]:
    """Drop what is said of datatypes and annotation properties that stand nowhere in the graph.

    That they are such is an axiom (dt-type1, prp-ap), which owlrl adds and we do not. The other way
    round owl:equivalentProperty: owlrl does not apply scm-eqp2 to a property under itself, so the
    word does not come up, and what axioms about owl:sameAs say of every term is not said of it.
    """
    used = {term for triple in asserted for term in triple}
    return {t for t in triples if not {t.subject, t.object} & _AXIOMATIC - used}


def is_useful(triple: ox.Triple) -> bool:
    """Return whether a triple is neither axiomatic nor reflexive nor about an anonymous membership."""
    subject, predicate, value = triple.subject, triple.predicate.value, triple.object
    if predicate == _ERROR or "agent-ont#" in str(value):
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


def _type_plain_strings(graph: rdflib.Graph) -> None:
    """Give plain strings the datatype that RDF 1.1 gives them: owlrl asks rdflib, which has none."""
    for subject, predicate, value in list(graph):
        if isinstance(value, rdflib.Literal) and not (value.datatype or value.language):
            graph.remove((subject, predicate, value))
            graph.add((subject, predicate, rdflib.Literal(value, datatype=rdflib.XSD.string)))


def _imports(asserted: set[ox.Triple]) -> list[ox.Triple]:
    return sorted((t for t in asserted if t.predicate.value == _IMPORTS), key=str)


def _called(asserted: set[ox.Triple]) -> frozenset[str]:
    ours = (t.subject for t in asserted if t.object == _ONTOLOGY and t.predicate.value == _TYPE)
    versions = (t.object for t in asserted if t.predicate.value == _VERSION)
    return frozenset(str(getattr(term, "value", "")) for term in (*ours, *versions))


def _open_imports(asserted: set[ox.Triple]) -> Iterator[ox.Triple]:
    described = {triple.subject for triple in asserted}
    return (triple for triple in _imports(asserted) if triple.object not in described)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep rdflib from logging every ill-formed literal, and Python from searching for garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        with unlogged():
            yield
    finally:
        if was_on:
            gc.enable()


def _expand(graph: rdflib.Graph) -> None:
    """Add what follows to the graph. Raise InputError where owlrl stumbles, as over a number that is an IRI."""
    try:
        owlrl.DeductiveClosure(
            owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False
        ).expand(graph)
    except Exception as error:
        raise InputError(
            code="BRI405",
            message="owlrl cannot close the graph",
            why=f"{type(error).__name__}: {error}",
            fix="infer without --engine reference",
        ) from None
