"""Equal and different values of every datatype of OWL 2 RL, as the rules see them (dt-eq, dt-diff, dt-not-type)."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owl_oracle import PROLOGUE, close_by_owlrl, parse, without_axiomatic
from owl_random import AXIOMS

from bri_kg.reasoner import infer
from bri_kg.reasoner.data_values import value_of

# One value written in two ways. XML Schema 1.1 Part 2 §3.3; OWL 2 Structural Specification §4.
SAME = [
    ("1^^integer", "01^^integer"), ("1^^integer", "1.0^^decimal"), ("+1^^int", "1^^unsignedByte"),
    ("-0^^integer", "0^^decimal"), ("1.50^^decimal", "1.5^^decimal"), (".5^^decimal", "0.5^^decimal"),
    ("1e2^^double", "100^^double"), ("INF^^double", "1e400^^double"), ("+INF^^double", "INF^^double"),
    ("NaN^^double", "NaN^^double"), ("-1e400^^float", "-INF^^float"), ("0.1^^float", "0.10000000149^^float"),
    ("16777217^^float", "16777216^^float"), ("1e-400^^double", "0^^double"),
    ("true^^boolean", "1^^boolean"), ("false^^boolean", "0^^boolean"),
    ("a^^string", "a^^token"), ("a^^string", "a^^NCName"), ("a@^^PlainLiteral", "a^^string"),
    ("0aFF^^hexBinary", "0AFf^^hexBinary"), ("AQ ID^^base64Binary", "AQID^^base64Binary"),
    ("2020-12-31T24:00:00Z^^dateTime", "2021-01-01T00:00:00Z^^dateTime"),
    ("2020-02-28T24:00:00Z^^dateTime", "2020-02-29T00:00:00Z^^dateTime"),
    ("2020-01-01T00:00:00.50Z^^dateTime", "2020-01-01T00:00:00.5Z^^dateTime"),
    ("2020-01-01T00:00:00Z^^dateTime", "2020-01-01T00:00:00-00:00^^dateTimeStamp"),
    ("http://e/^^anyURI", " http://e/ ^^anyURI"),
]  # fmt: skip
DIFFERENT = [
    ("1^^integer", "2^^integer"), ("1^^integer", "1^^double"), ("1^^float", "1^^double"),
    ("1^^decimal", "1^^float"), ("0.1^^double", "0.10000000149^^double"), ("INF^^double", "NaN^^double"),
    ("INF^^float", "-INF^^float"), ("0^^double", "-0^^double"), ("-0.0^^float", "+0.0^^float"),
    ("0.1^^float", "0.1000001^^float"), ("1e38^^float", "1e39^^float"),
    ("true^^boolean", "false^^boolean"), ("true^^boolean", "1^^integer"),
    ("a^^string", "A^^string"), ("a^^string", "a^^anyURI"), ("a@en^^PlainLiteral", "a^^string"),
    ("http://e/^^anyURI", "http://E/^^anyURI"), ("00^^hexBinary", "01^^hexBinary"),
    ("00^^hexBinary", "AA==^^base64Binary"), ("AA==^^base64Binary", "AQ==^^base64Binary"),
    ("2020-01-01T00:00:00Z^^dateTime", "2020-01-01T00:00:01Z^^dateTime"),
    ("2020-01-01T00:00:00Z^^dateTime", "2020-01-01T01:00:00+01:00^^dateTime"),
    ("2020-01-01T00:00:00Z^^dateTimeStamp", "2020-01-01T00:00:00^^dateTime"),
    ("-0001-01-01T00:00:00Z^^dateTime", "0001-01-01T00:00:00Z^^dateTime"),
    ("12020-01-01T00:00:00Z^^dateTime", "2020-01-01T00:00:00Z^^dateTime"),
]  # fmt: skip
# What has no value in its datatype, and what has.
ILL = [
    "1e3^^decimal", "1.0^^integer", "128^^byte", "-1^^unsignedInt", "inf^^double", "Nan^^float",
    "yes^^boolean", "2020-02-30T00:00:00Z^^dateTime", "1900-02-29T00:00:00Z^^dateTime",
    "2020-01-01T24:00:01Z^^dateTime", "2020-01-01^^dateTime", "02020-01-01T00:00:00Z^^dateTime",
    "2020-01-01T00:00:00+14:01^^dateTime", "2020-01-01T00:00:00^^dateTimeStamp", "0^^hexBinary",
    "AR==^^base64Binary", "A===^^base64Binary", "a b^^NCName", "a:b^^NCName", "-a^^Name", " a^^NMTOKEN",
    "english_uk^^language", " a^^token", "a\\tb^^normalizedString", "a^^PlainLiteral", "\u0661^^integer",
]  # fmt: skip
WELL = [
    "0000-02-29T00:00:00Z^^dateTime", "2000-02-29T24:00:00.00^^dateTime", "-12020-01-01T00:00:00+14:00^^dateTime",
    "^^hexBinary", "^^base64Binary", "AQ==^^base64Binary", "é:b^^Name", "-a^^NMTOKEN", "^^token", "zh-Hant^^language",
    " 1 ^^integer", "+INF^^double", "a b@en^^PlainLiteral", "a b^^anyURI", "<b/>^^XMLLiteral",
]  # fmt: skip


def _literal(short: str) -> str:
    text, _, name = short.rpartition("^^")
    prefix = "rdf" if name in ("PlainLiteral", "XMLLiteral") else "xsd"
    return f'"{text}"^^{prefix}:{name}'


def _rules(turtle: str) -> list[str]:
    return [contradiction.rule for contradiction in infer(parse(turtle)).contradictions]


@pytest.mark.parametrize("pair", SAME, ids=" ".join)
def test_one_value_however_it_is_written(pair: tuple[str, str]) -> None:
    one, other = map(_literal, pair)
    # prp-key and prp-ifp
    for axiom in (":P owl:hasKey ( :id ) .", ":id a owl:InverseFunctionalProperty ."):
        found = set(infer(parse(f"{axiom} :a a :P ; :id {one} . :b a :P ; :id {other} .")).inferred)
        assert parse(":a owl:sameAs :b .")[0].triple in found
    # prp-npa2, prp-pdw, eq-diff1
    denial = "[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue"
    assert _rules(f"{denial} {one} . :a :p {other} .") == ["prp-npa2"]
    assert _rules(f":p owl:propertyDisjointWith :q . :a :p {one} ; :q {other} .") == ["prp-pdw"]
    # cls-hv2
    has = f"[ owl:onProperty :p ; owl:hasValue {one} ] rdfs:subClassOf :C . :a :p {other} ."
    assert parse(":a a :C .")[0].triple in set(infer(parse(has)).inferred)
    # prp-fp and cls-maxc2: one value is no contradiction, and nothing is repeated in other words.
    functional = infer(parse(f":p a owl:FunctionalProperty . :a :p {one} , {other} ."))
    assert (functional.contradictions, list(functional.inferred)) == ((), [])


@pytest.mark.parametrize("pair", DIFFERENT, ids=" ".join)
def test_two_values_of_one_are_a_contradiction(pair: tuple[str, str]) -> None:
    one, other = map(_literal, pair)
    assert _rules(f":p a owl:FunctionalProperty . :a :p {one} , {other} .") == ["dt-diff"]
    at_most = '[ owl:onProperty :p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ]'
    assert _rules(f":C rdfs:subClassOf {at_most} . :a a :C ; :p {one} , {other} .") == ["dt-diff"]
    assert _rules(f":a owl:sameAs {one} . :b owl:sameAs {other} , :a .") == ["dt-diff"]
    keyed = f":P owl:hasKey ( :id ) . :a a :P ; :id {one} . :b a :P ; :id {other} ."
    assert not list(infer(parse(keyed)).inferred)
    denial = "[] owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue"
    assert _rules(f"{denial} {one} . :a :p {other} .") == []


@pytest.mark.parametrize("short", ILL)
def test_a_text_without_a_value(short: str) -> None:
    assert _rules(f":a :p {_literal(short)} .") == ["dt-not-type"]


@pytest.mark.parametrize("short", WELL)
def test_a_text_with_a_value(short: str) -> None:
    assert _rules(f":a :p {_literal(short)} .") == []


@pytest.mark.parametrize(
    ("short", "datatype", "is_outside"),
    [
        ("a b^^string", "NCName", True), ("ab^^string", "NCName", False), ("a^^string", "anyURI", True),
        ("2020-01-01T00:00:00^^dateTime", "dateTimeStamp", True),
        ("2020-01-01T00:00:00Z^^dateTime", "dateTimeStamp", False),
        ("255^^integer", "byte", True), ("1.0^^decimal", "integer", False), ("1.5^^decimal", "integer", True),
        ("1^^double", "decimal", True), ("a@en^^PlainLiteral", "string", True),
    ],
)  # fmt: skip
def test_a_value_outside_a_range(short: str, datatype: str, *, is_outside: bool) -> None:
    rules = _rules(f":p rdfs:range xsd:{datatype} . :a :p {_literal(short)} .")
    assert rules == (["dt-not-type"] if is_outside else [])


def test_unknown_datatypes_are_let_be() -> None:
    fact = ':p a owl:FunctionalProperty . :a :p "1"^^:mine , "2"^^:mine , "3"^^xsd:date .'
    assert _rules(fact) == []


def test_numbers_of_any_length() -> None:
    long = "1" * 6_000
    assert _rules(f":p a owl:FunctionalProperty . :a :p {long} , 0{long} .") == []
    assert _rules(f":p a owl:FunctionalProperty . :a :p {long} , {long}1 .") == ["dt-diff"]
    counted = (
        f':C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality "{long}"^^xsd:integer ] .'
    )
    assert _rules(counted) == []


_WAYS = st.sampled_from(
    ["1", '"01"^^xsd:int', "1.0", "2", '"+2"^^xsd:byte', "true", '"1"^^xsd:boolean']
)
_FACTS = st.tuples(st.sampled_from([":a", ":b", ":c"]), st.sampled_from([":p", ":q", ":r"]), _WAYS)


@settings(deadline=None, derandomize=True, max_examples=60, database=None)
@given(
    st.lists(AXIOMS, min_size=1, max_size=4),
    st.lists(_FACTS.map(lambda parts: " ".join(parts) + " ."), min_size=2, max_size=6),
    st.sampled_from(["", ":p a owl:InverseFunctionalProperty .", ":p owl:propertyDisjointWith :q ."]),
)  # fmt: skip
@pytest.mark.slow
def test_as_owlrl_would_were_each_value_written_in_one_way(
    axioms: list[str], facts: list[str], more: str
) -> None:
    """owlrl compares terms, not values; so each value is written in one way for it. Its keys are no oracle."""
    quads = parse("\n".join([*axioms, *facts, more]))
    found = infer(quads)
    in_one_way = {quad.triple for quad in map(_in_one_way, quads)}
    wanted, _ = close_by_owlrl([ox.Quad(*triple) for triple in in_one_way])
    ours = {_in_one_way(ox.Quad(*triple)).triple for triple in found.inferred} - in_one_way
    if not found.unsupported:
        assert without_axiomatic(ours, in_one_way) == wanted


def _in_one_way(quad: ox.Quad) -> ox.Quad:
    value = value_of(quad.object) if isinstance(quad.object, ox.Literal) else None
    plain = {value_of(lit): lit for lit in _plain()}
    return ox.Quad(quad.subject, quad.predicate, plain.get(value, quad.object))


def _plain() -> list[ox.Literal]:
    turtle = PROLOGUE + ":a :p 1 , 2 , true ."
    quads = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    return [q.object for q in quads if isinstance(q.object, ox.Literal)]
