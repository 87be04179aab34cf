"""Shapes graphs: the ill-formed are refused in words, and what is not evaluated is told."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from bri_kg.errors import InputError
from bri_kg.rdf.labels import StableLabels
from bri_kg.shacl import ShaclReport, as_findings, has_fast_engine, validate_shapes

PROLOGUE = """
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = "ex:a a ex:C ; ex:p 1 , 2 ; ex:q ex:b . ex:b ex:r 3 ."
engines = pytest.mark.parametrize(
    "reference",
    [
        True,
        pytest.param(
            False, marks=pytest.mark.skipif(not has_fast_engine(), reason="no extra `fast`")
        ),
    ],
)


def validate(shapes: str, data: str = DATA, *, reference: bool = True) -> ShaclReport:
    labels = StableLabels()
    wanted, found = (
        tuple(labels.of(ox.parse((PROLOGUE + text).encode(), ox.RdfFormat.TURTLE)))
        for text in (shapes, data)
    )
    return validate_shapes(found, wanted, engine="reference" if reference else "embedded")


def of_property(said: str) -> str:
    return f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {said} ] ."


ILL_FORMED = [
    (of_property('sh:minCount "one"^^xsd:integer'), 'sh:minCount has the value "one"'),
    (of_property("sh:minCount -1"), "sh:minCount"),
    (of_property("sh:minCount 1.5"), "sh:minCount"),
    (of_property("sh:minCount 1 , 2"), "sh:minCount has 2 values"),
    (of_property("sh:minInclusive ex:five"), "sh:minInclusive"),
    (of_property("sh:pattern 12"), "sh:pattern has the value"),
    (of_property('sh:pattern "("'), "no regular expression"),
    (of_property('sh:pattern "a" ; sh:flags "w"'), "no flag"),
    (of_property("sh:class true"), "sh:class"),
    (of_property("sh:nodeKind sh:Iri"), "sh:nodeKind"),
    (of_property("sh:in 1"), "sh:in"),
    (of_property("sh:languageIn ( en )").replace("en )", "ex:en )"), "sh:languageIn"),
    (of_property("sh:lessThan 1"), "sh:lessThan"),
    (of_property("sh:node 1"), "sh:node"),
    (of_property("sh:or ()"), "sh:or"),
    (of_property("sh:uniqueLang ex:yes"), "sh:uniqueLang"),
    (of_property('sh:deactivated "perhaps"'), "sh:deactivated"),
    (of_property("sh:severity 1"), "sh:severity"),
    (of_property("sh:sparql [ sh:select 1 ]"), "sh:select"),
    (of_property("sh:sparql [ ]"), "has not one sh:select"),
    ("ex:S sh:targetNode ex:a ; sh:closed ex:yes .", "sh:closed has the value"),
    ("ex:S sh:targetNode ex:a ; sh:minCount 1 .", "node shape"),
    ("ex:S sh:targetNode ex:a ; sh:property ex:nowhere .", "has no sh:path"),
    ("ex:S sh:targetNode ex:a ; sh:entailment ex:some .", "sh:entailment"),
    ("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:path ex:p .", "has a sh:path"),
    ("ex:S a sh:PropertyShape ; sh:targetNode ex:a .", "has no sh:path"),
    ("ex:S sh:targetNode [] ; sh:class ex:C .", "sh:targetNode"),
    ("ex:S sh:targetNode ex:a ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", "sh:in"),
    ("ex:S sh:targetNode ex:a ; sh:and _:l . _:l rdf:first ex:T ; rdf:rest _:l .", "sh:and"),
    ("ex:S sh:targetNode ex:a ; sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .", "no path"),
    ("ex:S sh:targetNode ex:a ; sh:property [ sh:path _:p ] . "
     "_:p sh:alternativePath ( _:p _:p ) .", "no path"),
    ('ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:O ; sh:select "SELECT $this {}" ] . '
     'ex:O sh:declare [ sh:prefix "ex" ; sh:namespace <http://example.org/> ] .', "sh:namespace"),
    ("ex:K a sh:ConstraintComponent . ex:S sh:targetNode ex:a .", "without a parameter"),
    ("ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:this ] .", "no name for a variable"),
]  # fmt: skip


@engines
@pytest.mark.parametrize(("shapes", "says"), ILL_FORMED)
def test_ill_formed_shapes_are_refused_in_words(shapes: str, says: str, reference: bool) -> None:
    with pytest.raises(InputError) as caught:
        validate(shapes, reference=reference)
    assert caught.value.code == "BRI255"
    assert says in caught.value.message
    assert caught.value.why and caught.value.fix


def test_the_number_of_faults_is_told() -> None:
    with pytest.raises(InputError, match=r"\(and 1 more\)"):
        validate(of_property("sh:minCount ex:x ; sh:maxCount ex:x"))


def test_a_path_that_would_unfold_without_end_is_refused_at_once() -> None:
    steps = "".join(f"_:p{i} sh:alternativePath ( _:p{i + 1} _:p{i + 1} ) . " for i in range(40))
    begun = time.process_time()
    with pytest.raises(InputError, match="no path"):
        validate("ex:S sh:targetNode ex:a ; sh:property [ sh:path _:p0 ] . " + steps)
    assert time.process_time() - begun < 5


@engines
@pytest.mark.parametrize(
    ("shapes", "count"),
    [
        # Brick's 223p: a class of classes makes its instances targets.
        ("owl:Class rdfs:subClassOf rdfs:Class . ex:C a owl:Class , sh:NodeShape ; "
         "sh:property [ sh:path ex:none ; sh:minCount 1 ] .", 1),
        ("ex:M rdfs:subClassOf owl:Class . owl:Class rdfs:subClassOf rdfs:Class . "
         "ex:C a ex:M ; sh:property [ sh:path ex:none ; sh:minCount 1 ] .", 1),
        ("ex:C a owl:Class , sh:NodeShape ; sh:property [ sh:path ex:none ; sh:minCount 1 ] .", 1),
        ("ex:C a ex:Kind , sh:NodeShape ; sh:property [ sh:path ex:none ; sh:minCount 1 ] .", 0),
        # A closed property shape closes its values.
        (of_property("sh:closed true").replace("ex:p", "ex:q"), 1),
        # RDFLib/pySHACL#58
        ("ex:S sh:targetNode ex:a ; sh:ignoredProperties ( rdf:type ) ; sh:class ex:D .", 1),
        (of_property("sh:qualifiedMinCount 1"), 0),
        (of_property('sh:minCount "3"^^xsd:int'), 1),
        (of_property('sh:minCount "03"^^xsd:nonNegativeInteger'), 1),
        (of_property('sh:minCount 3 ; sh:deactivated "1"^^xsd:boolean'), 1),
        # The inverse of a sequence is the inverse sequence.
        ("ex:S sh:targetObjectsOf ex:r ; "
         "sh:property [ sh:path [ sh:inversePath ( ex:q ex:r ) ] ; sh:maxCount 0 ] .", 1),
        ("ex:S sh:targetNode ex:a ; sh:property [ sh:path "
         "( ex:q ex:r [ sh:inversePath ex:r ] ex:r [ sh:inversePath ex:r ] ex:r "
         "[ sh:inversePath ex:r ] ex:r [ sh:inversePath ex:r ] ex:r [ sh:inversePath ex:r ] ) ; "
         "sh:maxCount 0 ] .", 1),
        # No blank node has a length.
        ("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minLength 0 ] .", 0),
    ],
)  # fmt: skip
def test_what_shacl_says(shapes: str, count: int, reference: bool) -> None:
    assert len(validate(shapes, reference=reference).results) == count


LIMIT = """
ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ; %s [ sh:prefixes ex:O ; %s ] .
ex:O sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""


@engines
@pytest.mark.parametrize(
    ("shapes", "values"),
    [
        (of_property('sh:sparql [ sh:select "SELECT $this { $this ?any 1 }" ]'), [None]),
        # Two solutions are two results, though what is told of them is the same (pySHACL#190).
        (of_property('sh:sparql [ sh:select "SELECT $this ?any ?x { $this ?any ?x FILTER (isNumeric(?x)) }" ]'),
         [None, None]),
        (of_property('sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value }" ]'), ["1", "2"]),
        (of_property("ex:limit 1") + LIMIT % ("sh:validator", 'sh:ask "ASK { FILTER ($value = $limit) }"'),
         ["2"]),
        (of_property("ex:limit 1")
         + LIMIT % ("sh:propertyValidator",
                    'sh:select "SELECT $this ?value { $this $PATH ?value FILTER (?value != $limit) }"'),
         ["2"]),
        # Once for each focus node, not once for each value.
        (of_property("ex:limit 1").replace("ex:p", "ex:none")
         + LIMIT % ("sh:propertyValidator",
                    'sh:select "SELECT $this { FILTER NOT EXISTS { $this $PATH ?x } }"'), [None]),
        # Without a validator for its kind of shape, a component is ignored.
        (of_property("ex:limit 1")
         + LIMIT % ("sh:nodeValidator", 'sh:select "SELECT $this { $this ?x ?y }"'), []),
    ],
)  # fmt: skip
def test_queries_of_shapes(shapes: str, values: list[str | None], reference: bool) -> None:
    results = validate(shapes, reference=reference).results
    assert sorted((None if r.value is None else r.value.value for r in results), key=str) == values


NOTICES = [
    ("ex:S sh:targetNode ex:a ; sh:expression [ sh:path ex:ok ] .", "advanced", True),
    ("ex:S sh:targetNode ex:a ; sh:rule [ a sh:TripleRule ] .", "advanced", True),
    ('ex:S sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this ?p ?o }" ] ; '
     "sh:nodeKind sh:Literal .", "advanced", True),
    ("ex:S sh:targetNode ex:a ; sh:js [ sh:jsFunctionName \"f\" ] .", "javascript", True),
    ('ex:S sh:targetClass "ex:C" ; sh:nodeKind sh:IRI .', "target-class", True),
    (of_property("sh:minCoutn 3"), "unknown", True),
    ("ex:S a sh:NodeShap ; sh:targetNode ex:a .", "unknown", True),
    (of_property("<http://www.w3.org/ns/shacl/minCount> 3"), "unknown", True),
    ("ex:S sh:targetNode ex:a ; sh:node ex:nowhere .", "undefined", True),
    ("ex:S sh:targetNode ex:a ; sh:or ( ex:nowhere ) .", "undefined", True),
    ("ex:S sh:targetNode ex:a ; sh:ignoredProperties ( ex:p ) .", "without-closed", False),
    (of_property("sh:node ex:S"), "recursive", False),
    (of_property('sh:pattern "(?=.)"'), "pattern", False),
    ("ex:S sh:targetClass ex:Nothing ; sh:nodeKind sh:IRI .", "no-focus", False),
    ("ex:S sh:targetSubjectsOf ex:nothing ; sh:nodeKind sh:IRI .", "no-focus", False),
]  # fmt: skip


@engines
@pytest.mark.parametrize(("shapes", "kind", "leaves_out"), NOTICES)
def test_what_is_not_evaluated_is_told(
    shapes: str, kind: str, leaves_out: bool, reference: bool
) -> None:
    report = validate(shapes, reference=reference)
    (notice,) = report.notices
    assert (notice.kind, notice.leaves_out) == (kind, leaves_out)
    assert report.conforms
    assert "\n" not in str(notice)


def test_the_nearest_name_is_told() -> None:
    (notice,) = validate(of_property("sh:minCoutn 1")).notices
    assert "did you mean sh:minCount?" in str(notice)


def test_notices_are_folded() -> None:
    shapes = " ".join(f"ex:S{i} sh:targetClass ex:N{i} ; sh:nodeKind sh:IRI ." for i in range(9))
    (notice,) = validate(shapes).notices
    assert len(notice.about) == 9
    assert str(notice).endswith("and 6 more")


def test_nothing_is_told_of_shapes_that_are_well() -> None:
    shapes = "ex:C a rdfs:Class . ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert validate(shapes).notices == ()
    below = "ex:D rdfs:subClassOf ex:C . ex:d a ex:D ; ex:p 1 ."
    assert validate(shapes, below).notices == ()


def test_a_severity_of_ones_own_keeps_its_name() -> None:
    report = validate(of_property("sh:minCount 3 ; sh:severity ex:Fatal"))
    (finding,) = as_findings(report.results, "en")
    assert finding.severity == "http://example.org/Fatal"
