"""The words of RDF, RDFS and OWL that rules speak of, as the integers they are interned to."""

from __future__ import annotations

from typing import Final

from bri_kg.names import PREFIXES

_NAMES: Final = (
    "rdf:type", "rdf:first", "rdf:rest", "rdf:nil", "rdf:Property",
    "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "rdfs:Resource",
    "owl:sameAs", "owl:differentFrom", "owl:equivalentClass", "owl:equivalentProperty",
    "owl:disjointWith", "owl:propertyDisjointWith", "owl:inverseOf", "owl:propertyChainAxiom",
    "owl:hasKey", "owl:onProperty", "owl:onClass", "owl:someValuesFrom", "owl:allValuesFrom",
    "owl:hasValue", "owl:maxCardinality", "owl:maxQualifiedCardinality", "owl:oneOf",
    "owl:intersectionOf", "owl:unionOf", "owl:complementOf", "owl:members", "owl:distinctMembers",
    "owl:sourceIndividual", "owl:assertionProperty", "owl:targetIndividual", "owl:targetValue",
    "owl:Thing", "owl:Nothing", "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty",
    "owl:FunctionalProperty", "owl:InverseFunctionalProperty", "owl:SymmetricProperty",
    "owl:AsymmetricProperty", "owl:TransitiveProperty", "owl:IrreflexiveProperty",
    "owl:AllDifferent", "owl:AllDisjointClasses", "owl:AllDisjointProperties",
    "owl:hasSelf", "owl:minCardinality", "owl:cardinality", "owl:minQualifiedCardinality",
    "owl:qualifiedCardinality", "owl:disjointUnionOf", "owl:datatypeComplementOf",
    "owl:onDatatype", "owl:withRestrictions", "owl:onDataRange", "owl:onProperties",
    "owl:ReflexiveProperty", "owl:topObjectProperty", "owl:bottomObjectProperty",
    "owl:topDataProperty", "owl:bottomDataProperty", "owl:imports", "owl:Ontology", "owl:versionIRI",
)  # fmt: skip
(
    TYPE, FIRST, REST, NIL, PROPERTY,
    SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE, RESOURCE,
    SAME, DIFFERENT, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY,
    DISJOINT, PROPERTY_DISJOINT, INVERSE, CHAIN,
    KEY, ON_PROPERTY, ON_CLASS, SOME, ALL,
    VALUE, MAX, MAX_QUALIFIED, ONE_OF,
    INTERSECTION, UNION, COMPLEMENT, MEMBERS, DISTINCT_MEMBERS,
    SOURCE_INDIVIDUAL, ASSERTION_PROPERTY, TARGET_INDIVIDUAL, TARGET_VALUE,
    THING, NOTHING, CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY,
    FUNCTIONAL, INVERSE_FUNCTIONAL, SYMMETRIC,
    ASYMMETRIC, TRANSITIVE, IRREFLEXIVE,
    ALL_DIFFERENT, ALL_DISJOINT_CLASSES, ALL_DISJOINT_PROPERTIES,
    HAS_SELF, MIN, EXACTLY, MIN_QUALIFIED,
    EXACTLY_QUALIFIED, DISJOINT_UNION, DATATYPE_COMPLEMENT,
    ON_DATATYPE, WITH_RESTRICTIONS, ON_DATA_RANGE, ON_PROPERTIES,
    REFLEXIVE, TOP_OBJECT, BOTTOM_OBJECT,
    TOP_DATA, BOTTOM_DATA, IMPORTS, ONTOLOGY, VERSION,
) = range(len(_NAMES))  # fmt: skip


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


# In the order of the integers above.
WORDS: Final = tuple(_iri(name) for name in _NAMES)

# A triple with one of these predicates is an axiom or a piece of one.
AXIOM_PREDICATES: Final = frozenset({
    FIRST, REST, SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY,
    DISJOINT, PROPERTY_DISJOINT, INVERSE, CHAIN, KEY, ON_PROPERTY, ON_CLASS, SOME, ALL, VALUE, MAX,
    MAX_QUALIFIED, ONE_OF, INTERSECTION, UNION, COMPLEMENT, MEMBERS, DISTINCT_MEMBERS,
    SOURCE_INDIVIDUAL, ASSERTION_PROPERTY, TARGET_INDIVIDUAL, TARGET_VALUE,
    HAS_SELF, MIN, EXACTLY, MIN_QUALIFIED, EXACTLY_QUALIFIED, DISJOINT_UNION, DATATYPE_COMPLEMENT,
    ON_DATATYPE, WITH_RESTRICTIONS, ON_DATA_RANGE, ON_PROPERTIES,
})  # fmt: skip

# To be an instance of one of these is an axiom.
AXIOM_CLASSES: Final = frozenset({
    PROPERTY, CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY, FUNCTIONAL, INVERSE_FUNCTIONAL, SYMMETRIC,
    ASYMMETRIC, TRANSITIVE, IRREFLEXIVE, ALL_DIFFERENT, ALL_DISJOINT_CLASSES,
    ALL_DISJOINT_PROPERTIES, REFLEXIVE,
})  # fmt: skip

# Between a thing and itself these say nothing.
REFLEXIVE_BY_NATURE: Final = frozenset({
    SAME, SUB_CLASS, SUB_PROPERTY, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY,
})  # fmt: skip
