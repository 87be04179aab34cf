"""Changed ontologies into `check` and `infer`: ours, small ones of every OWL construct, imports and catalogues."""

# ruff: noqa: E501
# One construct a line, however long: these are tables.

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import owl_cases
import pyoxigraph as ox
from fuzz_inputs import Input, changed

from bri_kg.errors import BriKgError
from bri_kg.rdf.graphs import write_graph

API: Mapping[str, Callable[[Path], object]] = {}
_ROOT = Path(__file__).parent.parent
_FAULTS = _ROOT.parent / "shared" / "fault-inputs" / "owl"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_PROLOGUE = f"""
@prefix : <http://q.test/> . @prefix owl: <{_OWL}> . @prefix rdfs: <{_RDFS}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix vann: <http://purl.org/vocab/vann/> .
@prefix swrl: <http://www.w3.org/2003/11/swrl#> .
"""
# Every construct of the OWL 2 mapping to RDF, and what it leaves over.
_EVERYTHING = """
<http://q.test/> a owl:Ontology ; owl:versionIRI <http://q.test/1> ; owl:versionInfo "1" ; owl:imports <http://q.test/b> ;
  owl:priorVersion <http://q.test/0> ; owl:backwardCompatibleWith <http://q.test/0> ; owl:incompatibleWith <http://q.test/00> ;
  vann:preferredNamespaceUri "http://q.test/" .
:A a owl:Class , rdfs:Class ; rdfs:label "A"@en ; rdfs:comment "a" ; skos:definition "An A."@en ; owl:deprecated true ;
  rdfs:subClassOf :B , [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] ,
    [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom [ owl:complementOf :C ; a owl:Class ] ] ,
    [ a owl:Restriction ; owl:onProperty [ owl:inverseOf :p ] ; owl:hasValue :x ] ,
    [ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ] ,
    [ a owl:Restriction ; owl:onProperty :p ; owl:minCardinality "1"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperty :d ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperty :p ; owl:cardinality "2"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperty :p ; owl:onClass :B ; owl:minQualifiedCardinality "1"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperty :p ; owl:onClass :B ; owl:maxQualifiedCardinality "0"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperty :d ; owl:onDataRange :R ; owl:qualifiedCardinality "1"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperties ( :d ) ; owl:someValuesFrom xsd:string ] .
:B a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :A [ a owl:Class ; owl:unionOf ( :C :D ) ] ) ] ;
  owl:disjointWith :C ; owl:hasKey ( :p :d ) ; owl:disjointUnionOf ( :A :D ) .
:C a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( :x :y ) ] . :D a owl:Class ; owl:complementOf :C .
[] a owl:AllDisjointClasses ; owl:members ( :A :C :D ) . [] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) .
[] a owl:AllDisjointProperties ; owl:members ( :p :q ) .
[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y .
[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :d ; owl:targetValue 1 .
[] a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget :B ; rdfs:comment "why" .
[] a owl:Annotation ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:label ; owl:annotatedTarget "A"@en .
:p a owl:ObjectProperty , owl:TransitiveProperty , owl:SymmetricProperty ; rdfs:domain :A ; rdfs:range :B ; owl:inverseOf :q ;
  rdfs:subPropertyOf :q , owl:topObjectProperty ; owl:propertyChainAxiom ( :q [ owl:inverseOf :p ] :q ) .
:q a owl:ObjectProperty , owl:FunctionalProperty , owl:InverseFunctionalProperty , owl:AsymmetricProperty ,
  owl:IrreflexiveProperty , owl:ReflexiveProperty ; owl:propertyDisjointWith :p ; owl:equivalentProperty :r .
:d a owl:DatatypeProperty ; rdfs:range :R , xsd:integer ; rdfs:subPropertyOf owl:bottomDataProperty .
:R a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;
  owl:withRestrictions ( [ xsd:minInclusive 1 ] [ xsd:maxExclusive 9 ] [ xsd:pattern "[0-9]" ] ) ] .
:S a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:datatypeComplementOf [ a rdfs:Datatype ; owl:oneOf ( 1 "a" ) ] ] .
:n a owl:AnnotationProperty ; rdfs:subPropertyOf rdfs:label . :V a skos:Concept ; skos:inScheme :W ; skos:broader :V .
:x a :A , owl:NamedIndividual ; :p :y , _:z ; :d 1 , "x" ; owl:sameAs :z . :y owl:differentFrom :x . _:z :q :x .
:rule a swrl:Imp ; swrl:body () ; swrl:head () . :old owl:deprecated true ; a owl:DeprecatedClass .
"""
_TERMS = """
:u :v :A , :B , :p , :d , :x , :R , <http://q.test/> , _:z , [] , ( ) , ( :A ) , ( :p :p ) , ( 1 ) , 0 , 1 , -1 , true , "" , "x" ,
  "x"@en , "many"^^xsd:integer , "1"^^xsd:int , "999999999999999999999999"^^xsd:nonNegativeInteger , "2020-02-30"^^xsd:date ,
  "-0"^^xsd:double , "NaN"^^xsd:float , "1"^^:odd , "a\\u0000b" , "http://q.test/"^^xsd:anyURI , "["^^xsd:string ,
  owl:Thing , owl:Nothing , owl:Class , owl:Ontology , owl:Restriction , owl:sameAs , owl:topDataProperty , rdf:nil , rdf:type ,
  rdf:List , rdfs:Resource , rdfs:Literal , rdfs:Datatype , xsd:integer , xsd:gYear , rdf:langString , rdf:PlainLiteral ,
  owl:real , owl:rational , rdfs:subClassOf , <https://w3id.org/bri-kg/ontology#Claim> , <https://w3id.org/bri-kg/ontology> ,
  <urn:bri-kg:own> , <file:a.ttl> , <http://q.test/b> , <http://q.test/%20> , <a:> , <http://q\u2100.test/x> , <http://[v1.a]/> .
"""
_OWL_WORDS = """
    sameAs differentFrom equivalentClass equivalentProperty disjointWith inverseOf complementOf intersectionOf
    unionOf oneOf onProperty onProperties onClass onDataRange onDatatype withRestrictions hasKey hasValue hasSelf
    someValuesFrom allValuesFrom minCardinality maxCardinality cardinality maxQualifiedCardinality members
    distinctMembers propertyChainAxiom propertyDisjointWith disjointUnionOf datatypeComplementOf imports versionIRI
    sourceIndividual assertionProperty targetIndividual targetValue annotatedSource annotatedTarget deprecated
""".split()  # noqa: SIM905 - a list would take a line for each
_PREDICATES = (
    *(_OWL + name for name in _OWL_WORDS),
    *(_RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range", "label", "isDefinedBy")),
    *("http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name for name in ("type", "first", "rest")),
    *("http://purl.org/vocab/vann/preferredNamespaceUri", "http://q.test/p", "http://q.test/d"),
)  # fmt: skip
_CATALOGUE = b"""<?xml version="1.0" encoding="UTF-8"?>
<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<uri id="1" name="http://q.test/b" uri="%s"/><uri name="http://q.test/c" uri="sub/c.ttl"/></catalog>
"""
_PLACES = (
    *("b.ttl", "b.ttl", "./b.ttl", "a.ttl", "", ".", "..", "no.ttl", "sub", "http://q.test/b", "file:b.ttl"),
    *("file:///etc/hostname", "b.ttl%00", "%ff", "//[bad", "http://[bad", "catalog-v001.xml", "b.ttl#x", "C:\\b.ttl"),
)  # fmt: skip
_IMPORTED = b"""@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <http://q.test/b#> .
<http://q.test/b> a owl:Ontology ; owl:imports <http://q.test/> , <http://q.test/c> . :B a owl:Class .
"""
_ENDINGS = {"ttl": ".ttl", "nt": ".nt", "rdfxml": ".rdf", "jsonld": ".jsonld", "trig": ".trig"}
Quads = tuple[ox.Quad, ...]


def prepare() -> None:
    pass


@cache
def _starts() -> tuple[tuple[Quads, ...], tuple[Quads, ...]]:
    """Return what is chosen often, and ours: modules, umbrella, vocabularies, alignments."""
    tables = (owl_cases.RULES, owl_cases.UNSUPPORTED)
    small = [text for table in tables for text in table.values()]
    small += [text for text, _, _ in owl_cases.CONTRADICTIONS.values()]
    small += [path.read_text(encoding="utf-8") for path in sorted(_FAULTS.glob("*.ttl"))]
    ours = sorted((_ROOT / "ontology").rglob("*.ttl"))
    ours = [path for path in ours if path.parent.name in ("modules", "alignments", "ontology")]
    return (
        tuple(_parsed(_PROLOGUE + text) for text in small),
        tuple(_parsed(path.read_text(encoding="utf-8")) for path in ours),
    )


@cache
def _everything() -> Quads:
    return _parsed(_PROLOGUE + _EVERYTHING)


@cache
def _terms() -> tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...]:
    return tuple(q.object for q in _parsed(_PROLOGUE + _TERMS) if q.predicate.value.endswith("/v"))


def _parsed(text: str) -> Quads:
    return tuple(ox.parse(text.encode(), ox.RdfFormat.TURTLE, base_iri="http://q.test/"))


def make(chance: random.Random) -> Input:
    small, ours = _starts()
    start = chance.choices((_everything(), chance.choice(small), chance.choice(ours)), (5, 4, 1))[0]
    form = chance.choice(("ttl", "ttl", *_ENDINGS))
    ending, content = _written(mutated(start, chance), form)
    if chance.random() < 0.1:
        content = changed(content, chance, 2)
    name = f"a{ending}"
    files = {name: content, "b.ttl": _IMPORTED}
    if chance.random() < 0.5:
        catalogue = _CATALOGUE % chance.choice(_PLACES).encode()
        files["catalog-v001.xml"] = (
            changed(catalogue, chance, 2) if chance.random() < 0.3 else catalogue
        )
        files["sub/c.ttl"] = b"<http://q.test/c> <http://q.test/p> 1 ."
    verb = _checking if chance.random() < 0.3 else _inferring
    return Input(verb(name, len(start), chance), files)


def _written(quads: Quads, form: str) -> tuple[str, bytes]:
    """Return an ending and the bytes; N-Triples where RDF/XML cannot hold what there is."""
    try:
        return _ENDINGS[form], write_graph(quads, form)
    except BriKgError:
        return ".nt", write_graph(quads, "nt")


def _checking(name: str, size: int, chance: random.Random) -> tuple[str, ...]:
    args = ("check", *chance.choice(((name,), (name, "b.ttl"), ("--ontology", name))))
    args += chance.choice(((), ("--profile", chance.choice(("rl", "dl", "none")))))
    args += chance.choice(((), (), ("--previous", chance.choice(("b.ttl", name)))))
    return args + chance.choice(((), ("-f", chance.choice(("json", "csv"))), ("--lang", "zh")))


def _inferring(name: str, size: int, chance: random.Random) -> tuple[str, ...]:
    args = ("infer", name)
    args += chance.choices(
        (("--no-ontology",), ("--ontology", "b.ttl"), ("--ontology", name), ()), (6, 3, 3, 0.3)
    )[0]
    args += chance.choice((("--skip-imports",), ("--skip-imports",), (), ("--strict",)))
    # owlrl takes seconds for an ontology of some size.
    if "--no-ontology" in args and size < 30 and chance.random() < 0.1:
        args += ("--engine", "reference")
    return args + chance.choice(((), ("-f", chance.choice(list(_ENDINGS))), ("--limit", "5", "-v")))


def mutated(start: Quads, chance: random.Random) -> Quads:
    """Return an ontology with up to six changes of its triples."""
    quads = list(start)
    for _ in range(chance.randint(0, 6)):
        if not quads:
            break
        at = chance.randrange(len(quads))
        s, p, o = quads[at].triple
        other = chance.choice(quads)
        predicate = ox.NamedNode(chance.choice(_PREDICATES))
        match chance.randrange(8):
            case 0 | 1:
                quads[at] = ox.Quad(s, p, chance.choice(_terms()))
            case 2:
                quads[at] = ox.Quad(s, predicate, o)
            case 3:
                quads.append(ox.Quad(s, predicate, chance.choice(_terms())))
            case 4:
                quads.append(ox.Quad(other.subject, chance.choice((p, predicate)), s))
            case 5 if not isinstance(o, ox.Literal):
                quads[at] = ox.Quad(o, p, s)
            case 6:
                quads = _renamed(quads, o, chance.choice(_terms()))
            case _:
                del quads[at]
    return tuple(quads)


def _renamed(quads: list[ox.Quad], one: object, other: object) -> list[ox.Quad]:
    """Return the quads with one term in place of another, wherever a triple may hold it."""
    nodes = ox.NamedNode | ox.BlankNode

    def put(term: object, allowed: object) -> object:
        return other if term == one and isinstance(other, allowed) else term  # type: ignore[arg-type]

    return [
        ox.Quad(
            put(q.subject, nodes),
            put(q.predicate, ox.NamedNode),
            put(q.object, nodes | ox.Literal),
        )
        for q in quads
    ]
