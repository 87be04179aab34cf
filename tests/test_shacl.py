"""Both engines give the same report: of the whole graph, of broken copies, of random graphs."""

from __future__ import annotations

import gc
import random
import threading
from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from shacl_random import graphs

from bri_kg.errors import InputError, RefusedError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BRI, CLAIM, PREFIXES
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.terms import Term
from bri_kg.shacl import ShaclReport, has_fast_engine, validate_shapes
from bri_kg.shacl.look_up import SH, LookUp, Node
from bri_kg.shacl.sentences import BY_COUNT, SENTENCES

Quads = tuple[ox.Quad, ...]
both_engines = pytest.mark.skipif(not has_fast_engine(), reason="the extra `fast` is not installed")
PROLOGUE = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(*texts: str) -> list[Quads]:
    """Parse texts as the command line parses files: no two share a blank node."""
    labels = StableLabels()
    return [
        tuple(labels.of(ox.parse((PROLOGUE + text).encode(), ox.RdfFormat.TURTLE)))
        for text in texts
    ]


def keys(report: ShaclReport) -> Counter[tuple[str, ...]]:
    return Counter(result.key for result in report.results)


def same(data: Iterable[ox.Quad], shapes: Iterable[ox.Quad]) -> ShaclReport:
    """Validate with both engines, each of which must serve; return the report that both give."""
    data, shapes = tuple(data), tuple(shapes)
    fast = validate_shapes(data, shapes)
    reference = validate_shapes(data, shapes, engine="reference")
    assert (fast.engine, reference.engine) == ("shacl", "pyshacl"), fast.refused
    assert keys(fast) == keys(reference)
    assert fast.triples == reference.triples
    return fast


@pytest.fixture(scope="module")
def asserted(kg: KnowledgeGraph) -> Quads:
    return tuple(ox.parse(path=str(kg.release.part("asserted")), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def shapes(kg: KnowledgeGraph) -> Quads:
    return tuple(quad for path in kg.resources.shape_files() for quad in read_rdf(path))


@both_engines
def test_the_whole_graph(asserted: Quads, shapes: Quads) -> None:
    report = same(asserted, shapes)
    assert report.conforms
    assert not report.results


@both_engines
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_broken_copies(asserted: Quads, shapes: Quads, seed: int) -> None:
    """Drop triples of claims, and give others a wrong object, at random."""
    dice = random.Random(seed)
    broken = [quad for quad in asserted if dice.random() > 0.03 or not _is_of_a_claim(quad)]
    places = [i for i, quad in enumerate(broken) if _is_of_a_claim(quad)]
    for i in dice.sample(places, 60):
        quad = broken[i]
        wrong = dice.choice(
            [ox.Literal("wrong"), ox.NamedNode("https://w3id.org/bri-kg/id/org/cas")]
        )
        broken[i] = ox.Quad(quad.subject, quad.predicate, wrong)
    assert len(same(broken, shapes).results) > 30


def _is_of_a_claim(quad: ox.Quad) -> bool:
    return str(quad.subject).startswith(f"<{CLAIM}") and quad.predicate.value.startswith(BRI)


@both_engines
@pytest.mark.slow
def test_every_kind_of_violation(asserted: Quads, shapes: Quads) -> None:
    """Break what each property shape says of some node; every kind of constraint must be heard."""
    dice = random.Random(1)
    wanted, found = LookUp(shapes), LookUp(asserted)
    gone: set[tuple[Term, str]] = set()
    wrong: list[ox.Quad] = []
    said: set[str] = set()
    aims = list(_aims(wanted, found))
    compared = {
        iri
        for shape, path, _ in aims
        for other in wanted.values(shape, SH + "lessThan")
        for iri in (path, other.value)
    }
    for shape, path, nodes in aims:
        node = dice.choice(nodes)
        for mistake in _MISTAKES:
            other = dice.choice(nodes)
            # A text in a language is left to the reference where values are compared.
            in_words = isinstance(mistake, ox.Literal) and mistake.language is not None
            if other != node and not (path in compared and in_words):
                wrong.append(ox.Quad(other, ox.NamedNode(path), mistake))
        gone.add((node, path))
        said |= {name for name in SENTENCES if wanted.values(shape, SH + SENTENCES[name][0])}
    kept = (q for q in asserted if (q.subject, q.predicate.value) not in gone)
    heard = {
        result.component.removeprefix(SH).removesuffix("ConstraintComponent")
        for result in same([*kept, *wrong], shapes).results
    }
    assert len(said) > 8
    assert said - heard <= {"SPARQL"}, "a kind of constraint was never broken"


_XSD = PREFIXES["xsd"]
_MISTAKES = (
    ox.Literal("wrong"),
    ox.Literal("one", language="en"),
    ox.Literal("two", language="en"),
    ox.Literal("drei", language="de"),
    ox.Literal("-1000000", datatype=ox.NamedNode(_XSD + "decimal")),
    ox.Literal("1000000", datatype=ox.NamedNode(_XSD + "decimal")),
    ox.Literal("-1000000", datatype=ox.NamedNode(_XSD + "integer")),
    ox.Literal("1000000", datatype=ox.NamedNode(_XSD + "integer")),
    ox.NamedNode("http://example.org/nothing"),
    ox.Literal("9999-01-01T00:00:00Z", datatype=ox.NamedNode(_XSD + "dateTime")),
    ox.Literal("2020-13-45", datatype=ox.NamedNode(_XSD + "date")),
)


def _aims(shapes: LookUp, data: LookUp) -> Iterator[tuple[Node, str, list[Node]]]:
    """Each property shape with a plain path, and nodes that it is about."""
    type_, below = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "subClassOf"
    instances: dict[Term, list[Node]] = {}
    for node in data.subjects(type_):
        classes = list(data.values(node, type_))
        for cls in classes:
            classes += [c for c in data.values(cls, below) if c not in classes]
            instances.setdefault(cls, []).append(node)
    for node in shapes.subjects(SH + "targetClass"):
        (cls, *_) = shapes.values(node, SH + "targetClass")
        for shape in shapes.values(node, SH + "property"):
            path = shapes.value(shape, SH + "path")
            if isinstance(path, ox.NamedNode) and cls in instances:
                assert not isinstance(shape, ox.Literal)
                yield shape, path.value, instances[cls]


@both_engines
@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(graphs())
def test_random_graphs(texts: tuple[str, str]) -> None:
    wanted, found = turtle(texts[1], texts[0])
    expected = validate_shapes(found, wanted, engine="reference")
    report = validate_shapes(found, wanted)
    assert keys(report) == keys(expected)
    assert report.triples == expected.triples


@pytest.mark.parametrize("reference", [True, pytest.param(False, marks=both_engines)])
@pytest.mark.parametrize(
    ("data", "shape", "count"),
    [
        # SHACL 4.3: what cannot be compared is a violation; to rdflib any two literals compare.
        ('ex:a ex:p 1', 'sh:minExclusive "2020-06-30"^^xsd:date', 1),
        ('ex:a ex:p "x"^^xsd:integer', "sh:minInclusive 2.0", 1),
        # SHACL 4.5.3, the same: to pySHACL an IRI is a string, and a blank node an error.
        ('ex:a ex:p ex:b ; ex:q "z"', "sh:lessThan ex:q", 1),
        ("ex:a ex:p _:b ; ex:q 1", "sh:lessThan ex:q", 1),
        # To Python, $ also matches before a line end; to XPath, which SPARQL follows, it does not.
        (r'ex:a ex:p "ab\n"', 'sh:pattern "^ab$"', 1),
    ],
)  # fmt: skip
def test_what_the_data_alone_decides(data: str, shape: str, count: int, reference: bool) -> None:
    text = f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {shape} ] ."
    wanted, found = turtle(text, f"{data} .")
    engine = "reference" if reference else "embedded"
    assert len(validate_shapes(found, wanted, engine=engine).results) == count


@both_engines
@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ('sh:property [ sh:path ex:p ; sh:pattern "(?=a)b" ]', "look-around"),
        ('sh:property [ sh:path ex:p ; sh:pattern "[[a]]" ]', "pattern"),
        ('sh:sparql [ sh:select "SELECT $this { $this ?p ?o MINUS { ?s ?p 1 } }" ]', "does not allow"),
        ('sh:property [ sh:path ex:p ; sh:sparql [ sh:select "SELECT $this { $this ?p ?o }" ] ]', "no value"),
        ("sh:property [ sh:path ex:p ; sh:closed true ]", "closed"),
    ],
)  # fmt: skip
def test_what_is_left_to_the_reference(shape: str, says: str) -> None:
    wanted, found = turtle(f"ex:S sh:targetNode ex:a ; {shape} .", 'ex:a ex:p "b" .')
    try:
        report = validate_shapes(found, wanted)
    except InputError:
        with pytest.raises(InputError, match="cannot be applied"):
            validate_shapes(found, wanted, engine="reference")
        return
    assert report.engine == "pyshacl"
    assert says in (report.refused or "")


@both_engines
def test_a_bug_is_not_taken_for_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    from bri_kg.shacl import fast_engine as fast

    def broken(*_: object) -> None:
        raise TypeError("a bug")

    monkeypatch.setattr(fast, "_relabelled", broken)
    wanted, found = turtle("ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .", "ex:a ex:p 1 .")
    with pytest.raises(TypeError, match="a bug"):
        validate_shapes(found, wanted)


SPARQL_SHAPES = """
ex:S sh:targetSubjectsOf ex:p ; sh:sparql ex:C .
ex:C sh:message "{$this} has {?value}"@en ;
  sh:prefixes ex:O ;
  sh:select "SELECT $this ?value WHERE { $this ex:p ?value FILTER (?value > 3) }" .
ex:O sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""


@both_engines
def test_constraints_in_sparql() -> None:
    wanted, found = turtle(SPARQL_SHAPES, "ex:a ex:p 1 , 5 . ex:b ex:p 7 . _:c ex:p 9 .")
    report = same(found, wanted)
    assert [result.message("en") for result in report.results] == [
        "http://example.org/a has 5", "http://example.org/b has 7", "c has 9",
    ]  # fmt: skip
    assert {str(result.constraint) for result in report.results} == {"<http://example.org/C>"}


def test_a_query_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from bri_kg.shacl import reference_engine as reference

    parsed: list[str] = []

    def counted(text: str, **options: object) -> object:
        parsed.append(text)
        return prepare(text, **options)  # type: ignore[arg-type]

    prepare = reference.prepareQuery
    monkeypatch.setattr(reference, "prepareQuery", counted)
    wanted, found = turtle(SPARQL_SHAPES, "".join(f"ex:n{i} ex:p {i} .\n" for i in range(20)))
    assert len(validate_shapes(found, wanted, engine="reference").results) == 16
    assert len(parsed) == 1


def test_pyshacl_is_as_it_was_afterwards() -> None:
    """Whether it ends well, with an error, or while another validation is under way."""
    import pyshacl.shape

    from bri_kg.shacl import reference_engine as reference

    name = reference._TABLES
    wanted, found = turtle("ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .", "ex:a ex:p 1 .")
    (wrong,) = turtle(
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 , 2 ] ."
    )
    assert gc.isenabled()
    before = getattr(pyshacl.shape, name, None)
    validate_shapes(found, wanted, engine="reference")
    with pytest.raises(InputError):
        validate_shapes(found, wrong, engine="reference")
    with reference.made_ready():
        replaced = getattr(pyshacl.shape, name)
        thread = threading.Thread(
            target=validate_shapes, args=(found, wanted), kwargs={"engine": "reference"}
        )
        thread.start()
        thread.join()
        assert getattr(pyshacl.shape, name) is replaced is not before
    assert getattr(pyshacl.shape, name)[0] is (before or (None, None))[0]
    with pytest.raises(RuntimeError), reference.made_ready():
        raise RuntimeError
    assert getattr(pyshacl.shape, name)[0] is (before or (None, None))[0]
    assert gc.isenabled()


@pytest.mark.parametrize("reference", [True, pytest.param(False, marks=both_engines)])
def test_doors_are_refused(reference: bool) -> None:
    query = "SELECT $this WHERE { SERVICE <http://a.example/> { $this ?p ?o } }"
    wanted, found = turtle(
        f'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "{query}" ] .', "ex:a ex:p 1 ."
    )
    with pytest.raises(RefusedError, match="BRI101"):
        validate_shapes(found, wanted, engine="reference" if reference else "embedded")


@pytest.mark.parametrize("reference", [True, pytest.param(False, marks=both_engines)])
def test_sentences_of_ours_where_the_shape_has_none(reference: bool) -> None:
    wanted, found = turtle(
        """ex:S sh:targetNode ex:a ; sh:property
             [ sh:path ex:p ; sh:maxCount 1 ; sh:pattern "^x{2}$" ] ,
             [ sh:path ex:p ; sh:datatype xsd:date ; sh:message "日期"@zh , "A date."@en ] .""",
        'ex:a ex:p "xx" , "xy" .',
    )
    report = validate_shapes(found, wanted, engine="reference" if reference else "embedded")
    assert sorted({result.message("en") for result in report.results}) == [
        "A date.", "The value does not match the pattern ^x{2}$.", "There is more than one value.",
    ]  # fmt: skip
    assert "日期" in {result.message("zh") for result in report.results}
    assert {len(result.messages) for result in report.results} == {2}


def test_every_sentence_is_in_both_languages() -> None:
    for parameter, en, zh in SENTENCES.values():
        assert parameter
        assert en.isascii() and en.endswith(".")
        assert zh.endswith("。")
        assert ("{0}" in en) == ("{0}" in zh)


def test_counts_are_said_as_people_say_them() -> None:
    for (component, _), (en, zh) in BY_COUNT.items():
        assert component in SENTENCES
        assert en.isascii() and en.endswith(".") and zh.endswith("。")
    for count, said in (("1", "There is no value"), ("2", "There are fewer than 2 values.")):
        wanted, found = turtle(
            f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount {count} ] .", ""
        )
        (result,) = validate_shapes(found, wanted).results
        assert result.message("en").startswith(said)
