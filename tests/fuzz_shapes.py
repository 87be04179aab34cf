"""Shapes graphs changed at random: what a user could write by mistake, and worse."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from fuzz_inputs import Input

from bri_kg.shacl.look_up import RDF, SH
from bri_kg.shacl.shacl_names import PROPERTIES

API: Mapping[str, Callable[[Path], object]] = {}
ROOT = Path(__file__).parent.parent
PROLOGUE = """
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Every component of SHACL, paths of every kind, and both kinds of query.
EVERYTHING = r"""
ex:S a sh:NodeShape, rdfs:Class ; sh:targetClass ex:C ; sh:targetNode ex:a, "a" ;
  sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q ; sh:nodeKind sh:BlankNodeOrIRI ;
  sh:closed false ; sh:ignoredProperties ( rdf:type ) ; sh:message "no"@en ; sh:severity sh:Warning ;
  sh:property ex:P, [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:maxCount 3 ; sh:node ex:T ],
    [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:in ( 1 2 ex:a ) ; sh:hasValue 1 ],
    [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:not [ sh:class ex:D ] ; sh:deactivated false ],
    [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:or ( [ sh:datatype xsd:integer ] ex:T ) ],
    [ sh:path [ sh:zeroOrOnePath ex:q ] ; sh:xone ( ex:T [ sh:minLength 2 ; sh:maxLength 4 ] ) ] ;
  sh:and ( ex:T [ sh:nodeKind sh:IRI ] ) ;
  sh:sparql [ sh:prefixes ex:O ; sh:message "{$this} {?value}" ;
    sh:select "SELECT $this ?value WHERE { $this ex:p ?value FILTER (?value = 1) }" ] .
ex:P a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:datatype xsd:integer ; sh:minInclusive 1 ;
  sh:maxExclusive 9.5 ; sh:minExclusive 0 ; sh:maxInclusive "2020-01-01"^^xsd:date ; sh:pattern "^[a-z]$" ;
  sh:flags "i" ; sh:languageIn ( "en" "zh" ) ; sh:uniqueLang true ; sh:equals ex:q ; sh:disjoint ex:r ;
  sh:lessThan ex:r ; sh:lessThanOrEquals ex:r ; sh:class ex:C ; ex:limit 3 ;
  sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 2 ;
  sh:qualifiedValueShapesDisjoint true .
ex:T sh:property [ sh:path ex:r ; sh:minCount 1 ] ; ex:limit 2 .
ex:Limit a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ; sh:optional false ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex:O ; sh:ask "ASK { FILTER ($value != $limit) }" ] ;
  sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:prefixes ex:O ;
    sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER (?value != $limit) }" ] .
ex:O a owl:Ontology ; sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
DATA = """
ex:a a ex:C ; ex:p 1, "b"@en, ex:b ; ex:q 1, ex:a ; ex:r 5, "x" .
ex:b a ex:D ; ex:p ex:a, _:c ; ex:q "2020-01-01"^^xsd:date . _:c ex:p _:c ; ex:r "1"^^xsd:int, true .
ex:D rdfs:subClassOf ex:C .
"""
TERMS = r"""
ex:x ex:y 1, 0, -1, 1.5, 1e0, true, false, "", "one", "en"@en, "one"^^xsd:integer, "1"^^xsd:int,
  "99999999999999999999"^^xsd:integer, "yes"^^xsd:boolean, "1"^^xsd:boolean, "2020-01-01"^^xsd:date,
  "x"^^xsd:date, "12020-01-01"^^xsd:date, "999999999999-01-01T00:00:00Z"^^xsd:dateTime,
  "NaN"^^xsd:double, "(", "[", "a{2", "(a)\\1", "\\p{Lu}", "(?=a)", "*", "SELECT",
  "SELECT $this WHERE { ?s ?p ?o", "ASK {}", "SELECT $this { $this $PATH ?value }", "SELECT * {}",
  "http://example.org/"^^xsd:anyURI, "1"^^ex:odd, ex:a, ex:S, ex:P, ex:T, ex:p, ex:C, ex:O, ex:Limit,
  ex:nowhere, rdf:nil, sh:IRI, sh:NodeShape, sh:PropertyShape, sh:Violation, sh:ConstraintComponent,
  rdfs:Class, xsd:integer, xsd:gYear, _:loop, _:free, ( 1 ), ( ex:S ex:T ), [],
  [ sh:path ex:p ], [ sh:inversePath ex:p ], [ sh:select "x" ] .
"""


@cache
def seeds() -> list[tuple[ox.Quad, ...]]:
    """Shapes to start from: one with everything in it, one for the fast engine, and ours."""
    ours = [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "ontology/shapes").glob("*.ttl"))
    ]
    return [
        tuple(ox.parse(text.encode(), ox.RdfFormat.TURTLE))
        for text in (PROLOGUE + EVERYTHING, PROLOGUE + _plain(EVERYTHING), *ours)
    ]


def _plain(shapes: str) -> str:
    """Without what is left to the reference."""
    head, tail = shapes.split("  sh:propertyValidator", 1)
    left = head.rstrip().removesuffix(";") + ".\n" + tail.split("] .", 1)[1]
    return left.replace("sh:lessThan ex:r ; sh:lessThanOrEquals ex:r ;", "")


@cache
def terms() -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
    """What may be put where something else stood."""
    quads = ox.parse((PROLOGUE + TERMS).encode(), ox.RdfFormat.TURTLE)
    return [quad.object for quad in quads if quad.predicate.value.endswith("/y")]


def make(chance: random.Random) -> Input:
    engine = chance.choice(("embedded", "reference"))
    args = ("validate", "data.ttl", "--shapes", "shapes.nt", "--engine", engine)
    shapes = ox.serialize(
        (q.triple for q in mutated(chance, seeds(), terms())), format=ox.RdfFormat.N_TRIPLES
    )
    return Input(args, {"data.ttl": (PROLOGUE + DATA).encode(), "shapes.nt": shapes})


def prepare() -> None:
    seeds()


def mutated(
    dice: random.Random, starts: list[tuple[ox.Quad, ...]], pool: list[ox.Literal]
) -> tuple[ox.Quad, ...]:
    """Return shapes with one to four changes."""
    quads = list(dice.choice(starts[:2] if dice.random() < 0.8 else starts))
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(quads))
        quad = quads[at]
        match dice.randrange(6):
            case 0 | 1:
                quads[at] = ox.Quad(quad.subject, quad.predicate, dice.choice(pool))
            case 2:
                name = dice.choice(sorted(PROPERTIES))
                quads[at] = ox.Quad(quad.subject, ox.NamedNode(SH + name), quad.object)
            case 3:
                name = dice.choice(sorted(PROPERTIES))
                quads.append(ox.Quad(quad.subject, ox.NamedNode(SH + name), dice.choice(pool)))
            case 4:
                other = dice.choice(quads)
                name = dice.choice(
                    [quad.predicate, ox.NamedNode(RDF + "rest"), ox.NamedNode(SH + "node")]
                )
                quads.append(ox.Quad(quad.subject, name, other.subject))
            case _:
                del quads[at]
    return tuple(quads)
