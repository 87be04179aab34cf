"""Random axioms and facts for the reasoner, tame and strange ones, as lines of Turtle."""

from __future__ import annotations

from hypothesis import strategies as st

# Random graphs from a fixed alphabet of axioms and facts.

_CLASSES = st.sampled_from([":A", ":B", ":C", ":D", "owl:Thing"])
_NAMED = st.sampled_from([":A", ":B", ":C", ":D"])
_PROPERTIES = st.sampled_from([":p", ":q", ":r"])
_THINGS = st.sampled_from([":a", ":b", ":c", ":d"])
_LITERALS = st.sampled_from(["1", "2", '"x"@en', '"s"'])


def _filled(template: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda values: template.format(**values))


def _expressions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    restriction = "[ a owl:Restriction ; owl:onProperty {p} ; "
    number = st.sampled_from(["0", "1", "1", "1"])
    numeral = '"{n}"^^xsd:nonNegativeInteger'
    return st.one_of(
        _filled(restriction + "owl:someValuesFrom {c} ]", p=_PROPERTIES, c=inner),
        _filled(restriction + "owl:allValuesFrom {c} ]", p=_PROPERTIES, c=inner),
        _filled(restriction + "owl:hasValue {v} ]", p=_PROPERTIES, v=_THINGS | _LITERALS),
        _filled(restriction + f"owl:maxCardinality {numeral} ]", p=_PROPERTIES, n=number),
        _filled(
            restriction + f"owl:maxQualifiedCardinality {numeral} ; owl:onClass {{c}} ]",
            p=_PROPERTIES,
            n=number,
            c=inner,
        ),
        _filled("[ a owl:Class ; owl:intersectionOf ( {c} {d} ) ]", c=inner, d=inner),
        _filled("[ a owl:Class ; owl:unionOf ( {c} {d} ) ]", c=inner, d=inner),
        _filled("[ a owl:Class ; owl:oneOf ( {a} {b} ) ]", a=_THINGS, b=_THINGS),
    )


_EXPRESSIONS = st.recursive(_CLASSES, _expressions, max_leaves=4)
_KINDS = st.sampled_from(
    ["Symmetric", "Transitive", "Functional", "InverseFunctional", "Irreflexive", "Asymmetric",
     "Object", "Datatype"])  # fmt: skip
AXIOMS = st.one_of(
    _filled("{c} rdfs:subClassOf {d} .", c=_EXPRESSIONS, d=_EXPRESSIONS),
    _filled("{c} owl:equivalentClass {d} .", c=_EXPRESSIONS, d=_EXPRESSIONS),
    _filled("{c} owl:disjointWith {d} .", c=_NAMED, d=_NAMED),
    _filled("{c} owl:complementOf {d} .", c=_NAMED, d=_NAMED),
    _filled("{c} owl:unionOf ( {d} {e} ) .", c=_NAMED, d=_EXPRESSIONS, e=_NAMED),
    _filled("{c} owl:intersectionOf ( {d} {e} ) .", c=_NAMED, d=_EXPRESSIONS, e=_NAMED),
    _filled("{c} a owl:Class .", c=_CLASSES),
    _filled("{c} rdfs:subClassOf owl:Nothing .", c=_NAMED),
    st.just("[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) ."),
    _filled("{p} rdfs:subPropertyOf {q} .", p=_PROPERTIES, q=_PROPERTIES),
    _filled("{p} owl:equivalentProperty {q} .", p=_PROPERTIES, q=_PROPERTIES),
    _filled("{p} owl:inverseOf {q} .", p=_PROPERTIES, q=_PROPERTIES),
    _filled("{p} owl:propertyDisjointWith {q} .", p=_PROPERTIES, q=_PROPERTIES),
    _filled("{p} owl:propertyChainAxiom ( {q} ) .", p=_PROPERTIES, q=_PROPERTIES),
    _filled("{p} owl:propertyChainAxiom ( {q} {r} ) .", p=_PROPERTIES, q=_PROPERTIES, r=_PROPERTIES),
    _filled("{p} owl:propertyChainAxiom ( {q} {r} {q} ) .", p=_PROPERTIES, q=_PROPERTIES, r=_PROPERTIES),
    _filled("{p} rdfs:domain {c} .", p=_PROPERTIES, c=_EXPRESSIONS),
    _filled("{p} rdfs:range {c} .", p=_PROPERTIES, c=_EXPRESSIONS),
    _filled("{p} a owl:{k}Property .", p=_PROPERTIES, k=_KINDS),
    _filled("{a} owl:sameAs {b} .", a=_THINGS, b=_THINGS),
    _filled("{a} owl:differentFrom {b} .", a=_THINGS, b=_THINGS),
    _filled(
        "[] owl:sourceIndividual {a} ; owl:assertionProperty {p} ; owl:targetIndividual {b} .",
        a=_THINGS, p=_PROPERTIES, b=_THINGS,
    ),
)  # fmt: skip
FACTS = st.one_of(
    _filled("{a} a {c} .", a=_THINGS, c=_CLASSES),
    _filled("{a} {p} {b} .", a=_THINGS, p=_PROPERTIES, b=_THINGS),
    _filled("{a} {p} {b} .", a=_THINGS, p=_PROPERTIES | st.just(":u"), b=_THINGS | _LITERALS),
)


# Strange graphs: one pool of names for things, classes and properties alike, and axioms that are
# about words of RDF, RDFS and OWL.

_NAMES = st.sampled_from([":a", ":b", ":c", ":d"])
_RELATIONS = st.sampled_from(
    ["rdf:type", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range",
     "owl:equivalentClass", "owl:equivalentProperty", "owl:inverseOf", "owl:sameAs",
     "owl:disjointWith", "owl:differentFrom", "owl:propertyDisjointWith", "owl:onProperty",
     "owl:someValuesFrom", "owl:hasValue", "owl:propertyChainAxiom", "owl:unionOf", "rdf:first"]
)  # fmt: skip
_KINDS_OF_TERMS = st.sampled_from(
    ["owl:TransitiveProperty", "owl:SymmetricProperty", "owl:FunctionalProperty",
     "owl:InverseFunctionalProperty", "owl:ObjectProperty", "owl:Class", "rdf:Property"]
)  # fmt: skip
_LINKS = _NAMES | _NAMES | _NAMES | _RELATIONS
_KINDS_AND_NAMES = _NAMES | _KINDS_OF_TERMS
_ONE = '"1"^^xsd:nonNegativeInteger'
STRANGE = st.one_of(
    _filled("{s} {p} {o} .", s=_NAMES, p=_NAMES, o=_NAMES | _LITERALS),
    _filled("{s} {p} {o} .", s=_NAMES, p=_NAMES, o=_NAMES),
    _filled("{s} {p} {o} .", s=_NAMES, p=_NAMES, o=_KINDS_AND_NAMES | _RELATIONS),
    _filled("{s} a {o} .", s=_NAMES, o=_KINDS_AND_NAMES),
    _filled("{s} a {o} .", s=_LINKS, o=_KINDS_AND_NAMES),
    _filled("{s} owl:sameAs {o} .", s=_NAMES, o=_NAMES),
    _filled("{s} rdfs:subClassOf {o} .", s=_KINDS_AND_NAMES, o=_KINDS_AND_NAMES),
    _filled("{s} owl:equivalentClass {o} .", s=_NAMES, o=_KINDS_AND_NAMES),
    _filled("{s} rdfs:subPropertyOf {o} .", s=_LINKS, o=_LINKS),
    _filled("{s} owl:equivalentProperty {o} .", s=_NAMES, o=_LINKS),
    _filled("{s} owl:inverseOf {o} .", s=_LINKS, o=_LINKS),
    _filled("{s} rdfs:domain {o} .", s=_LINKS, o=_KINDS_AND_NAMES),
    _filled("{s} rdfs:range {o} .", s=_LINKS, o=_KINDS_AND_NAMES),
    _filled("{s} owl:propertyChainAxiom ( {p} ) .", s=_LINKS, p=_LINKS),
    _filled("{s} owl:propertyChainAxiom ( {p} {q} ) .", s=_LINKS, p=_LINKS, q=_LINKS),
    _filled("{s} owl:propertyChainAxiom ( {p} {q} {r} ) .", s=_NAMES, p=_LINKS, q=_LINKS, r=_NAMES),
    _filled("{s} owl:intersectionOf ( {c} {d} ) .", s=_NAMES, c=_KINDS_AND_NAMES, d=_NAMES),
    _filled("{s} owl:unionOf ( {c} {d} ) .", s=_KINDS_AND_NAMES, c=_NAMES, d=_KINDS_AND_NAMES),
    _filled("{s} owl:oneOf ( {a} {b} ) .", s=_KINDS_AND_NAMES, a=_LINKS, b=_NAMES),
    _filled("{s} owl:disjointWith {o} .", s=_NAMES, o=_KINDS_AND_NAMES),
    _filled("{s} owl:complementOf {o} .", s=_NAMES, o=_NAMES),
    _filled("{s} owl:propertyDisjointWith {o} .", s=_NAMES, o=_LINKS),
    _filled("{s} owl:differentFrom {o} .", s=_NAMES, o=_NAMES),
    _filled("{s} owl:hasKey ( {p} {p} ) .", s=_KINDS_AND_NAMES, p=_LINKS),
    _filled("{s} owl:onProperty {p} ; owl:someValuesFrom {o} .", s=_NAMES, p=_LINKS, o=_NAMES),
    _filled("{s} owl:onProperty {p} ; owl:allValuesFrom {o} .", s=_NAMES, p=_LINKS, o=_NAMES),
    _filled("{s} owl:onProperty {p} ; owl:hasValue {o} .", s=_NAMES, p=_LINKS, o=_LINKS),
    _filled(f"{{s}} owl:onProperty {{p}} ; owl:maxCardinality {_ONE} .", s=_NAMES, p=_LINKS),
    _filled(
        f"{{s}} owl:onProperty {{p}} ; owl:maxQualifiedCardinality {_ONE} ; owl:onClass {{o}} .",
        s=_NAMES, p=_LINKS, o=_NAMES,
    ),
    _filled(
        "{s} owl:sourceIndividual {a} ; owl:assertionProperty {p} ; owl:targetIndividual {b} .",
        s=_NAMES, a=_NAMES, p=_LINKS, b=_NAMES,
    ),
    _filled("{s} a owl:AllDisjointClasses ; owl:members ( {a} {b} ) .", s=_NAMES, a=_NAMES, b=_NAMES),
)  # fmt: skip
