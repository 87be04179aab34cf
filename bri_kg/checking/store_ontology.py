"""The ontology that a store holds, fetched without its instances, for the checks of ontologies.

What is fetched: all that is said of classes, properties, datatypes, ontologies, concepts and shapes, of whatever
stands in an axiom of RDFS or OWL, and of terms with a label that nothing types; every triple about a blank node; one
use of each property and class; and the types of whatever these name. Not the other instances, nor axioms with a name,
which speak of inferred facts: what is wrong with these `bri-kg validate` finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.store_data import NODES, in_parts, listed, paged, unnamed_triples
from bri_kg.errors import InputError
from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term
from bri_kg.shacl.neighbourhood import TYPE
from bri_kg.stores.selecting import Guarded


def _starts(variable: str, *prefixes: str) -> str:
    tests = (f'STRSTARTS(STR(?{variable}), "{PREFIXES[prefix]}")' for prefix in prefixes)
    return f"({' || '.join(tests)})"


# Each class and property is looked at once, and then who has it.
_KINDS: Final = (
    f"SELECT DISTINCT ?kind WHERE {{ ?node a ?kind . FILTER ({_starts('kind', 'owl', 'rdfs', 'rdf', 'skos', 'sh')} "
    "&& ?kind NOT IN (owl:Thing, owl:NamedIndividual, owl:Nothing, owl:Axiom, rdfs:Resource, rdf:List, "
    "skos:Collection, skos:OrderedCollection)) }"
)
_AXIOMS: Final = (
    f"SELECT DISTINCT ?kind WHERE {{ ?node ?kind ?value . FILTER ({_starts('kind', 'owl', 'rdfs', 'sh')} "
    "&& ?kind NOT IN (rdfs:label, rdfs:comment, rdfs:seeAlso, rdfs:isDefinedBy, rdfs:member, "
    "owl:sameAs, owl:differentFrom, owl:annotatedSource, owl:annotatedProperty, owl:annotatedTarget)) }"
)
# Of each property and class the first node that uses it.
_USES: Final = (
    ("SELECT ?use (MIN(STR(?node)) AS ?first) WHERE { ?node ?use ?value . FILTER (isIRI(?node)) } GROUP BY ?use",
     "?s ?p ?o . FILTER (?p IN ({}))"),
    ("SELECT ?use (MIN(STR(?node)) AS ?first) WHERE { ?node a ?use . FILTER (isIRI(?node)) } GROUP BY ?use",
     f"?s ?p ?o . FILTER (?p = <{TYPE}> && ?o IN ({{}}))"),
)  # fmt: skip
_UNTYPED: Final = (
    "?node skos:prefLabel|rdfs:label|skos:definition|rdfs:isDefinedBy ?text . "
    "FILTER NOT EXISTS { ?node a ?type }"
)


def ontology_in(store: Guarded) -> tuple[ox.Quad, ...]:
    """Return the triples of the ontology in the default graph. Raise InputError where there is none."""
    terms = dict.fromkeys(_terms(store))
    quads = dict.fromkeys(_said_of(store, terms, "?s ?p ?o"))
    for quad in unnamed_triples(store, None):
        if isinstance(quad.subject, ox.BlankNode) or quad.subject in terms:
            quads[quad] = None
    quads.update(dict.fromkeys(_uses(store)))
    ends = {end for quad in quads for end in (quad.subject, quad.object)}
    named = {end for end in ends if isinstance(end, ox.NamedNode)} - terms.keys()
    for quad in _said_of(store, sorted(named, key=str), f"?s ?p ?o . FILTER (?p = <{TYPE}>)"):
        quads[quad] = None
    if not quads:
        raise InputError(
            code="BRI724",
            message="the store holds no ontology",
            why="no class, property, concept, shape or owl:Ontology stands in its default graph",
            fix="load one, or name its files: bri-kg check FILE",
        )
    return tuple(quads)


def _terms(store: Guarded) -> Iterator[Term]:
    for asked, pattern in ((_KINDS, "?node a {}"), (_AXIOMS, "?node {} ?value")):
        for (kind,) in store.select(asked).rows:
            yield from paged(store, pattern.format(kind))
    yield from paged(store, _UNTYPED)


def _uses(store: Guarded) -> Iterator[ox.Quad]:
    for asked, pattern in _USES:
        users: dict[Term, list[str]] = {}
        for use, first in store.select(asked).rows:
            if isinstance(use, ox.NamedNode) and first is not None:
                users.setdefault(ox.NamedNode(first.value), []).append(str(use))
        for some in in_parts(users, NODES):
            uses = ", ".join(sorted({use for user in some for use in users[user]}))
            yield from _said_of(store, some, pattern.format(uses))


def _said_of(store: Guarded, terms: Iterable[Term], pattern: str) -> Iterator[ox.Quad]:
    for some in in_parts(terms, NODES):
        query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {listed(some)} }} {pattern} FILTER (!isBlank(?o)) }}"
        for s, p, o in store.select(query).rows:
            yield ox.Quad(s, p, o)  # type: ignore[arg-type]
