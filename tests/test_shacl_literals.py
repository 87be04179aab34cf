"""Datatypes, order and patterns: both engines, through our door, say what the specifications say."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from shacl_literals import ILL_TYPED, IN_ORDER, WELL_FORMED, WITHOUT_ORDER

from bri_kg.rdf import xsd
from bri_kg.shacl import has_fast_engine, validate_shapes
from bri_kg.shacl.patterns import NotXPathError, read_pattern

EX, SH = "http://example.org/", "http://www.w3.org/ns/shacl#"
PROLOGUE = f"@prefix ex: <{EX}> . @prefix sh: <{SH}> . @prefix xsd: <{xsd.XSD}> .\n"
engines = pytest.mark.parametrize(
    "reference",
    [
        True,
        pytest.param(
            False, marks=pytest.mark.skipif(not has_fast_engine(), reason="no extra `fast`")
        ),
    ],
)


def literal(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(xsd.XSD + name))


def refused(values: list[ox.Literal | ox.NamedNode], shape: str, *, reference: bool) -> list[bool]:
    """Which values of ex:p a property shape does not let pass."""
    data = [
        ox.Quad(ox.NamedNode(f"{EX}n{i}"), ox.NamedNode(EX + "p"), value)
        for i, value in enumerate(values)
    ]
    text = f"{PROLOGUE} ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; {shape} ] ."
    shapes = ox.parse(text.encode(), ox.RdfFormat.TURTLE)
    found = {
        result.focus.value
        for result in validate_shapes(
            data, shapes, engine="reference" if reference else "embedded"
        ).results
    }
    return [f"{EX}n{i}" in found for i in range(len(values))]


def test_the_table_has_every_datatype() -> None:
    assert WELL_FORMED.keys() - ILL_TYPED.keys() == {"string", "anyURI"}
    for name, texts in WELL_FORMED.items():
        assert [t for t in texts if xsd.is_ill_typed(t, xsd.XSD + name)] == []
    for name, texts in ILL_TYPED.items():
        assert [t for t in texts if not xsd.is_ill_typed(t, xsd.XSD + name)] == []
    assert not xsd.is_ill_typed("x", EX + "unknown")


@engines
@pytest.mark.parametrize("name", sorted(WELL_FORMED))
def test_datatypes(name: str, reference: bool) -> None:
    good = [literal(text, name) for text in WELL_FORMED[name]]
    bad = [literal(text, name) for text in ILL_TYPED.get(name, [])]
    others = [ox.Literal("x", language="en"), ox.NamedNode(EX + "x"), literal("x", "odd")]
    # One at a time, too: what one literal sends to the other engine must not hide the rest.
    for values in ([*good, *bad, *others], *([value] for value in good + bad)):
        said = refused(values, f"sh:datatype xsd:{name}", reference=reference)
        assert said == [value not in good for value in values]


@engines
def test_no_literal_has_the_datatype_of_all(reference: bool) -> None:
    shape = "sh:datatype <http://www.w3.org/2000/01/rdf-schema#Literal>"
    assert refused([ox.Literal("a")], shape, reference=reference) == [True]


@engines
@pytest.mark.parametrize("row", IN_ORDER, ids=lambda row: row[0])
def test_order(row: tuple[str, ...], reference: bool) -> None:
    name, *texts = row
    values = [literal(text, name) for text in texts]
    for at, bound in enumerate(texts):
        for component, test in (
            ("minInclusive", lambda i, at=at: i >= at),
            ("minExclusive", lambda i, at=at: i > at),
            ("maxInclusive", lambda i, at=at: i <= at),
            ("maxExclusive", lambda i, at=at: i < at),
        ):
            shape = f'sh:{component} "{bound}"^^xsd:{name}'
            said = refused(values, shape, reference=reference)
            assert said == [not test(i) for i in range(len(values))], shape


@engines
@pytest.mark.parametrize("row", WITHOUT_ORDER, ids=" ".join)
def test_what_has_no_order(row: tuple[str, str, str, str], reference: bool) -> None:
    for name, text, other, bound in (row, (row[2], row[3], row[0], row[1])):
        for component in ("minInclusive", "maxInclusive"):
            shape = f'sh:{component} "{bound}"^^xsd:{other}'
            assert refused([literal(text, name)], shape, reference=reference) == [True]
        data = [
            ox.Quad(ox.NamedNode(EX + "n"), ox.NamedNode(EX + at), literal(*said))
            for at, said in (("p", (text, name)), ("q", (bound, other)))
        ]
        text_ = f"{PROLOGUE} ex:S sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ] ."
        shapes = ox.parse(text_.encode(), ox.RdfFormat.TURTLE)
        assert (
            len(
                validate_shapes(
                    data, shapes, engine="reference" if reference else "embedded"
                ).results
            )
            == 1
        )


@engines
def test_texts_in_a_language_have_no_order(reference: bool) -> None:
    said = refused([ox.Literal("b", language="en")], 'sh:minInclusive "a"', reference=reference)
    assert said == [True]


@engines
def test_a_float_is_compared_as_one(reference: bool) -> None:
    """0.1 as a float is more than the double, which is turned into none; a decimal bound becomes a float."""
    values = [literal("0.1", "float"), literal("0.1", "double"), literal("0.5", "float")]
    assert refused(values, "sh:maxInclusive 0.1", reference=reference) == [False, False, True]


TEXTS = [
    "",
    "a",
    "b",
    "z",
    "A",
    "É",
    "_",
    "1",
    "٣",
    " ",
    "\n",
    "a\n",
    "ab",
    "aa",
    "-",
    "日本",
    "#",
    "a b",
]
PATTERNS = [
    # pattern, flags, and a pattern of Python's that means the same
    ("^a$", "", r"\Aa\Z"),
    ("^[a-z-[aeiou]]$", "", r"\A[bcdfghj-np-tv-z]\Z"),
    (r"\p{Lu}", "", "[AÉ]"),
    (r"^\P{L}+$", "", r"\A[_1٣ \n\-#]+\Z"),
    (r"^\p{IsBasicLatin}+$", "", r"\A[\x00-\x7f]+\Z"),
    (r"^\i\c*$", "", r"\A[a-zA-ZÉ_日本٣][a-zA-Z日本]*\Z"),
    (r"^\d$", "", r"\A[1٣]\Z"),
    (r"^\s$", "", r"\A[ \n]\Z"),
    (r"^(.)\1$", "", r"\Aaa\Z"),
    ("^A$", "i", r"\A[aA]\Z"),
    ("^a$", "m", r"\Aa(?:\n|\Z)"),
    ("^ a \n b $", "x", r"\Aab\Z"),
    ("^a.$", "s", r"\Aa.\Z(?s)"),
    ("#", "x", "#"),
    (".", "q", r"\."),
    ("^.$", "", r"\A[^\n]\Z"),
    ("(?=a)", "", "(?=a)"),
    ("b$", "", r"b\Z"),
]


@engines
@pytest.mark.parametrize(("pattern", "flags", "python"), PATTERNS)
def test_patterns(pattern: str, flags: str, python: str, reference: bool) -> None:
    dotall = python.endswith("(?s)")
    same = re.compile(python.removesuffix("(?s)"), re.S if dotall else 0)
    shape = f"sh:pattern {ox.Literal(pattern)}" + (f' ; sh:flags "{flags}"' if flags else "")
    said = refused([ox.Literal(text) for text in TEXTS], shape, reference=reference)
    assert said == [same.search(text) is None for text in TEXTS]


@pytest.mark.parametrize(
    ("pattern", "flags", "says"),
    [
        ("a", "z", "no flag 'z'"),
        ("(", "", "no regular expression"),
        ("[b-a]", "", "no regular expression"),
        (r"\p{IsNowhere}", "", "no block that is known"),
        ("[a", "", "not closed"),
    ],
)
def test_what_is_no_pattern(pattern: str, flags: str, says: str) -> None:
    with pytest.raises(NotXPathError, match=re.escape(says)):
        read_pattern(pattern, flags)


@pytest.mark.parametrize("pattern", ["(?=a)", "[[a]]", "a{,3}", r"\bfoo", r"\/"])
def test_what_only_python_takes_is_told(pattern: str) -> None:
    assert read_pattern(pattern).departs
    assert read_pattern(r"(a)\1").departs is None


def test_patterns_mean_what_another_library_reads() -> None:
    elementpath = pytest.importorskip("elementpath.regex")
    for pattern, flags, _ in PATTERNS:
        if flags or pattern == "(?=a)":
            continue
        theirs = re.compile(
            elementpath.translate_pattern(pattern, back_references=True, lazy_quantifiers=True)
        )
        expected = {text for text in TEXTS if theirs.search(text)}
        assert read_pattern(pattern).matching(TEXTS) == expected, pattern


@pytest.mark.parametrize(
    "pattern", ["^[0-9a-f]{2}$", "^https?:", "[A-Z]{2}$", "a+b", "^a{0}$", "^[a-c_]{1,2}$"]
)
def test_a_plain_pattern_means_the_same_in_short_and_long_texts(pattern: str) -> None:
    texts = [
        "",
        "\n",
        "0f",
        "0f\n",
        "\n0f",
        "http:",
        "https:/",
        "AB",
        "xAB\n",
        "aab",
        "a",
        "c_",
        "é",
    ]
    ready = read_pattern(pattern)
    alone = {text for text in texts if ready.matching([text])}
    # A long text beside them sends all to the common library.
    assert alone == ready.matching([*texts, "é" * 5000]) - {"é" * 5000}
