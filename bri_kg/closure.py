"""The OWL 2 RL closure by owlrl, cut down to what is useful, and its contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.names import BASE, PREFIXES, shorten
from bri_kg.terms import to_oxigraph, to_rdflib_graph

# Where owlrl puts what it found wrong: a triple per contradiction (its own namespace).
_ERROR_NODE = "http://www.daml.org/2002/03/agents/agent-ont#"
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
    known = set(asserted)
    inferred, errors = [], []
    for s, p, o in graph:
        if _ERROR_NODE in str(p) or _ERROR_NODE in str(s):
            errors.append(str(o))
            continue
        if _is_useful(s, p, o):
            quad = ox.Quad(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o))  # type: ignore[arg-type]
            if quad not in known:
                inferred.append(quad)
    return Closure(tuple(sorted(inferred, key=str)), tuple(sorted(_readable(e) for e in errors)))


def _is_useful(s: object, p: object, o: object) -> bool:
    from rdflib import URIRef

    if not (isinstance(s, URIRef) and isinstance(p, URIRef)) or type(o).__name__ == "BNode":
        return False
    if not s.startswith(BASE) or s == o or str(p) in _USELESS_PREDICATES:
        return False
    return str(o) not in _USELESS_OBJECTS


def _readable(message: str) -> str:
    return re.sub(r"https?://[^\s,'\")>]+", lambda m: shorten(m[0]), message)
