"""The OWL 2 RL closure, cut down to what is useful, and its contradictions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.names import PREFIXES, is_named_here, is_reference
from bri_kg.reasoner import Follow, Inference
from bri_kg.reasoner import infer as infer_embedded

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
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
    """What follows from the input and is new and useful, and the contradictions in words."""

    inferred: tuple[ox.Quad, ...]
    contradictions: tuple[str, ...]


def infer(
    data: Iterable[ox.Quad],
    ontology: Iterable[ox.Quad] = (),
    *,
    follow: Follow | None = None,
    engine: str = "embedded",
) -> Inference:
    """Return what follows by `bri_kg.reasoner.infer`, or with the engine "reference" by owlrl."""
    if is_reference(engine):
        from bri_kg.dataset.reference_closure import infer_by_owlrl

        return infer_by_owlrl(data, ontology, follow)
    return infer_embedded(data, ontology, follow)


def close(quads: Iterable[ox.Quad], *, engine: str = "embedded") -> Closure:
    """Return the OWL 2 RL/RDF closure of the triples (graph names dropped; the input is not changed).

    Left out, beside what `bri_kg.reasoner.infer` leaves out: blank nodes, and whatever speaks
    of foreign vocabularies only. What stands in a namespace of the user's is kept where its class, or
    one above it, is ours.
    """
    quads = tuple(quads)
    inference = infer(quads, engine=engine)
    inferred, _ = useful(quads, inference.inferred)
    return Closure(tuple(inferred), tuple(c.message for c in inference.contradictions))


def useful(
    quads: Iterable[ox.Quad], inferred: Iterable[ox.Triple]
) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Return what is kept of inferred triples, and what would be if its subject had a class of ours; both sorted."""
    found = [ox.Quad(t.subject, t.predicate, t.object) for t in inferred]
    others = {t.subject for t in (*quads, *found) if t.predicate == _TYPE and _is_ours(t.object)}
    new = sorted(filter(_is_useful, found), key=str)
    kept = [q for q in new if _is_ours(q.subject) or q.subject in others]
    return kept, [q for q in new if not (_is_ours(q.subject) or q.subject in others)]


def _is_ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and is_named_here(term.value)


def _is_useful(quad: ox.Quad) -> bool:
    if (
        isinstance(quad.subject, ox.BlankNode)
        or isinstance(quad.object, ox.BlankNode)
        or quad.subject == quad.object
    ):
        return False
    is_useless_type = (
        isinstance(quad.object, ox.NamedNode) and quad.object.value in _USELESS_OBJECTS
    )
    return not is_useless_type and quad.predicate.value not in _USELESS_PREDICATES
