"""Small random graphs and shapes, of the constraint components that our shapes use and their kin."""

from __future__ import annotations

from hypothesis import strategies as st

PROLOGUE = """
@prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_NODES = ("ex:a", "ex:b", "ex:c", "_:d", "_:e")
_CLASSES = ("ex:Class", "ex:Subclass", "ex:Other")
_PROPERTIES = ("ex:p", "ex:q", "ex:r")
# Plain and other literals, and families whose members can be told greater and smaller: pySHACL,
# unlike SPARQL, orders a number and a date too, and what is ill-typed, so a graph and its shapes
# have one family, and one without bounds what is ill-typed.
_LITERALS = (
    '"one"', '"two"', '"ONE 1"', '""', '"日本"', '"one"@en', '"two"@en', '"eins"@de', '"one"@en-gb',
    '"一"@zh', '"http://a.example/"^^xsd:anyURI',
)  # fmt: skip
_FAMILIES = (
    ("1", '"01"^^xsd:integer', "-5", "7", "2.0", "7.5", "1.0e0"),
    ('"2020-01-31"^^xsd:date', '"2021-06-01"^^xsd:date'),
    ('"2020-01-31T00:00:00Z"^^xsd:dateTime', '"2021-06-01T12:00:00+08:00"^^xsd:dateTime'),
    ("true", "false", '"1"^^xsd:boolean', '"no"^^xsd:boolean', '"x"^^xsd:integer', '"2020-13-45"^^xsd:date'),
)  # fmt: skip
_BOUNDS = (
    ("1", "7", "2.0"),
    ('"2020-06-30"^^xsd:date', '"2021-06-01"^^xsd:date'),
    ('"2020-06-30T00:00:00Z"^^xsd:dateTime',),
    (),
)
_DATATYPES = (
    "xsd:string", "xsd:integer", "xsd:decimal", "xsd:boolean", "xsd:date", "xsd:dateTime",
    "xsd:gYear", "xsd:anyURI", "rdf:langString",
)  # fmt: skip
_PATTERNS = (r"^[A-Z]", r"^[a-z]{3}$", r"\\d", r"^(one|two)$", "日")
_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
_PATHS = (
    *_PROPERTIES, "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:alternativePath ( ex:p ex:q ) ]",
    "[ sh:zeroOrMorePath ex:p ]", "[ sh:oneOrMorePath ex:q ]", "[ sh:zeroOrOnePath ex:r ]",
    "( [ sh:zeroOrMorePath ex:p ] ex:q )",
)  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn) -> tuple[str, str]:
    """A graph and a graph of shapes, both in Turtle."""
    family = draw(st.sampled_from(range(len(_FAMILIES))))
    return draw(_data(family)), draw(_shapes(family))


@st.composite
def _data(draw: st.DrawFn, family: int) -> str:
    terms = st.sampled_from(_NODES) | st.sampled_from(_LITERALS + _FAMILIES[family])
    nodes = st.sampled_from(_NODES)
    statements = st.tuples(nodes, st.just("a"), st.sampled_from(_CLASSES)) | st.tuples(
        nodes, st.sampled_from(_PROPERTIES), terms
    )
    lines = [" ".join(triple) + " ." for triple in draw(st.lists(statements, max_size=18))]
    return "\n".join([PROLOGUE, "ex:Subclass rdfs:subClassOf ex:Class .", *lines])


def _list_of(members: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(members, min_size=1, max_size=3, unique=True).map(
        lambda m: f"( {' '.join(m)} )"
    )


_numbers = st.integers(0, 3).map(str)


def _of_values(family: int) -> dict[str, st.SearchStrategy[str]]:
    """Constraints that any shape may have, with what may stand there."""
    named = [node for node in _NODES if not node.startswith("_")]
    fixed = st.sampled_from([*named, *_LITERALS, *_FAMILIES[family]])
    ranges = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
    bounds = _BOUNDS[family]
    return {
        "sh:class": st.sampled_from(_CLASSES),
        "sh:datatype": st.sampled_from(_DATATYPES),
        "sh:nodeKind": st.sampled_from(_KINDS).map(lambda kind: f"sh:{kind}"),
        "sh:minLength": _numbers,
        "sh:maxLength": _numbers,
        "sh:pattern": st.sampled_from(_PATTERNS).map(lambda pattern: f'"{pattern}"'),
        "sh:languageIn": _list_of(st.sampled_from(['"en"', '"zh"', '"de"'])),
        "sh:in": _list_of(fixed),
        "sh:hasValue": fixed,
        "sh:equals": st.sampled_from(_PROPERTIES),
        "sh:disjoint": st.sampled_from(_PROPERTIES),
        **({f"sh:{name}": st.sampled_from(bounds) for name in ranges} if bounds else {}),
    }


_OF_PROPERTIES = {
    "sh:minCount": _numbers,
    "sh:maxCount": _numbers,
    "sh:uniqueLang": st.sampled_from(["true", "false"]),
    "sh:lessThan": st.sampled_from(_PROPERTIES),
    "sh:lessThanOrEquals": st.sampled_from(_PROPERTIES),
}
_LOGIC = ("sh:node", "sh:property", "sh:not", "sh:and", "sh:or", "sh:xone")
_TARGETS = (
    *(f"sh:targetClass {cls}" for cls in _CLASSES),
    *(f"sh:targetSubjectsOf {name}" for name in _PROPERTIES),
    *(f"sh:targetObjectsOf {name}" for name in _PROPERTIES),
    *("sh:targetNode ex:a", "sh:targetNode ex:nowhere", 'sh:targetNode "one"'),
)


@st.composite
def _constraints(draw: st.DrawFn, family: int, depth: int, of_property: bool) -> str:
    kinds = {**_of_values(family), **(_OF_PROPERTIES if of_property else {})}
    chosen = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=3, unique=True))
    lines = [f"{name} {draw(kinds[name])} ;" for name in chosen]
    if depth:
        logic = draw(st.lists(st.sampled_from(_LOGIC), max_size=1))
        lines += [f"{name} {draw(_nested(family, name, depth - 1))} ;" for name in logic]
    if draw(st.integers(0, 7)) == 0:
        lines.append('sh:message "Told by the shape: {?value}"@en ;')
    if draw(st.integers(0, 5)) == 0:
        lines.append(f"sh:severity {draw(st.sampled_from(['sh:Warning', 'sh:Info', 'ex:Own']))} ;")
    return "\n".join(lines)


@st.composite
def _nested(draw: st.DrawFn, family: int, name: str, depth: int) -> str:
    if name in ("sh:and", "sh:or", "sh:xone"):
        kinds = draw(st.lists(st.booleans(), min_size=1, max_size=3))
        return f"( {' '.join(draw(_shape(family, depth, kind)) for kind in kinds)} )"
    return draw(_shape(family, depth, name == "sh:property"))


@st.composite
def _shape(draw: st.DrawFn, family: int, depth: int, of_property: bool) -> str:
    said = draw(_constraints(family, depth, of_property))
    if of_property:
        return f"[ a sh:PropertyShape ; sh:path {draw(st.sampled_from(_PATHS))} ;\n{said} ]"
    return f"[ a sh:NodeShape ;\n{said} ]"


@st.composite
def _shapes(draw: st.DrawFn, family: int) -> str:
    parts = [PROLOGUE]
    for number in range(draw(st.integers(1, 3))):
        targets = " ; ".join(draw(st.lists(st.sampled_from(_TARGETS), min_size=1, max_size=2)))
        properties = [draw(_shape(family, 1, True)) for _ in range(draw(st.integers(0, 2)))]
        listed = f"sh:property {' , '.join(properties)} ;" if properties else ""
        said = draw(_constraints(family, 2, False))
        parts.append(f"ex:S{number} a sh:NodeShape ; {targets} ;\n{said}\n{listed} .")
    return "\n".join(parts)
