"""Checks 17 and 19: the shapes are well-formed and complete, and their examples bear them out."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from conftest import ROOT
from pyshacl.errors import ReportableRuntimeError
from shape_examples import EXAMPLES, Example, Quads, Row, examples, report, shapes

from bri_kg.dataset.resources import find
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES, expand
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.terms import to_rdflib_graph
from bri_kg.shacl import validate_shapes
from bri_kg.stores.memory import Store

SH = PREFIXES["sh"]

# A shape reports when it has a target, or belongs to one that reports. The others are parts of
# a choice or describe a value: what they find is the finding of the shape that names them.
REPORTS = """?target (sh:targetClass|sh:targetSubjectsOf|sh:targetObjectsOf|sh:targetNode) ?of .
    ?target sh:property* ?shape ."""
CONSTRAINED = """?shape ?constraint ?value . FILTER (?constraint NOT IN (rdf:type, sh:name, sh:path, sh:property,
    sh:message, sh:description, sh:severity, sh:targetClass, sh:targetSubjectsOf))"""
FAULTS = {
    "no name in both languages": """SELECT DISTINCT ?focus WHERE {
        ?focus a ?kind . FILTER (?kind IN (sh:NodeShape, sh:PropertyShape))
        FILTER NOT EXISTS { ?focus sh:name ?en , ?zh . FILTER (LANG(?en) = "en" && LANG(?zh) = "zh") } }""",
    "says nothing where it reports": f"""SELECT DISTINCT (?shape AS ?focus) WHERE {{
        {REPORTS} {CONSTRAINED}
        FILTER NOT EXISTS {{ ?shape sh:severity ?severity ; sh:description ?mend ; sh:message ?en , ?zh .
            FILTER (LANG(?en) = "en" && LANG(?zh) = "zh") }} }}""",
    "a severity that never shows": f"""SELECT DISTINCT (?shape AS ?focus) WHERE {{
        ?shape sh:severity ?severity . FILTER NOT EXISTS {{ {REPORTS} }} }}""",
    "nothing uses it": f"""SELECT DISTINCT (?shape AS ?focus) WHERE {{
        ?shape sh:name ?name . FILTER NOT EXISTS {{ {REPORTS} }}
        FILTER NOT EXISTS {{ ?other sh:property|sh:node|sh:or/rdf:rest*/rdf:first ?shape }} }}""",
    "a class in use without a shape": """SELECT DISTINCT (?class AS ?focus) WHERE {
        ?class rdfs:isDefinedBy ?module . ?thing a ?class .
        FILTER NOT EXISTS { ?class rdfs:subClassOf* ?above . ?shape sh:targetClass ?above } }""",
    "a property without a shape": """SELECT DISTINCT (?property AS ?focus) WHERE {
        ?property rdfs:isDefinedBy ?module ; a ?kind .
        FILTER (?kind IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty))
        FILTER NOT EXISTS { ?shape sh:path/(sh:alternativePath/rdf:rest*/rdf:first)? ?property } }""",
}


def graph() -> Quads:
    """Return the shapes with the ontology and the graph that they are for."""
    return (*shapes(), *(quad for path in find().data_files() for quad in read_rdf(path)))


def faults(of: Iterable[ox.Quad], query: str) -> list[str]:
    return [str(row.value("focus")) for row in Store(of).select(query)]


def meta_validate(of: Iterable[ox.Quad]) -> None:
    """Hold shapes against SHACL-SHACL, the shapes of well-formed shapes, which pySHACL brings along."""
    pyshacl.validate(rdflib.Graph(), shacl_graph=to_rdflib_graph(tuple(of)), meta_shacl=True)


@pytest.mark.slow
def test_17_shacl_shacl_conforms() -> None:
    meta_validate(shapes())


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("minCount", ox.Literal("one")),
        ("path", ox.NamedNode("http://example.org/second")),
        ("in", ox.NamedNode("http://example.org/no-list")),
        ("severity", ox.NamedNode(SH + "Warning")),
        ("nodeKind", ox.NamedNode(SH + "Iri")),
    ],
)
def test_17_shacl_shacl_finds_what_is_ill_formed(
    word: str, value: ox.Literal | ox.NamedNode
) -> None:
    shape = ox.NamedNode(str(expand("bris:Claim-reason")))
    alone = [q for q in shapes() if q.subject == shape and q.predicate.value != SH + "languageIn"]
    meta_validate(alone)
    with pytest.raises(ReportableRuntimeError, match="does not validate against the SHACL Shapes"):
        meta_validate([*alone, ox.Quad(shape, ox.NamedNode(SH + word), value)])


@pytest.mark.parametrize("fault", FAULTS)
def test_17_shapes_are_complete(fault: str) -> None:
    assert faults(graph(), FAULTS[fault]) == []


@pytest.mark.parametrize(
    ("fault", "twin", "found"),
    [
        ("no name in both languages", ("bris:Claim-rank", "sh:name", None), "bris:Claim-rank"),
        ("says nothing where it reports", ("bris:Claim-rank", "sh:message", None), "bris:Claim-rank"),
        ("says nothing where it reports", ("bris:Omission", "sh:severity", None), "bris:Omission"),
        ("a severity that never shows", ("bris:Claim", "sh:property", "bris:Claim-rank"), "bris:Claim-rank"),
        ("nothing uses it", ("bris:Claim-rank", "sh:node", None), "bris:In-rank"),
        ("a class in use without a shape", ("bris:Reference", "sh:targetClass", None), "bri:Reference"),
        ("a property without a shape", ("bris:Claim-rank", "sh:path", None), "bri:rank"),
    ],
)  # fmt: skip
def test_17_what_is_incomplete_is_found(
    fault: str, twin: tuple[str, str, str | None], found: str
) -> None:
    subject, predicate, value = (expand(name) if name else None for name in twin)
    broken = [
        quad
        for quad in graph()
        if (str(quad.subject), quad.predicate.value) != (f"<{subject}>", predicate)
        or value not in (None, str(quad.object).strip("<>"))
    ]
    assert faults(broken, FAULTS[fault]) == [expand(found)]


@pytest.mark.parametrize("reference", [False, True], ids=["as served", "reference"])
@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_19_the_reports_are_the_stored_ones(example: Example, reference: bool) -> None:
    assert report(example.passing, shapes(), reference=reference) == Counter()
    found = report(example.failing, shapes(), reference=reference)
    assert found == example.expected, difference(found, example.expected)


def difference(found: Counter[Row], expected: Counter[Row]) -> str:
    """Say which lines `report.csv` lacks and which it has too many."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for title, rows in (("missing", found - expected), ("too many", expected - found)):
        text.write(f"\n{title} in report.csv:\n")
        writer.writerows(sorted(rows.elements()))
    return text.getvalue()


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_19_each_node_has_one_fault_and_it_is_that_of_the_folder(example: Example) -> None:
    faults_of = Counter(row.focus for row in example.expected.elements())
    assert set(faults_of.values()) == {1}
    assert {row.shape.removeprefix("bris:").split("-")[0] for row in example.expected} == {
        example.name
    }


def test_19_a_wrong_report_is_found() -> None:
    example = next(example for example in examples() if example.name == "Omission")
    found = report(example.failing, shapes())
    (wrong, *_) = found
    said = difference(found, found - Counter([wrong]))
    assert ",".join(wrong[3:]) in said.split("too many")[0]


def test_the_facts_of_the_graph_have_their_shapes(kg: KnowledgeGraph) -> None:
    """Validation looks at what is asserted; the projection is held to the same shapes here."""
    parts = [kg.release.part(name) for name in ("asserted", "facts")]
    known = [q for part in parts for q in ox.parse(path=str(part), format=ox.RdfFormat.N_QUADS)]
    whole = [q for q in known if isinstance(q.graph_name, ox.DefaultGraph)]
    assert validate_shapes(whole, shapes()).results == ()
    founded = next(q for q in whole if q.predicate.value == expand("bri:isFoundedBy"))
    place = ox.NamedNode(str(expand("bri-place:china")))
    wrong = ox.Quad(founded.subject, founded.predicate, place)
    assert [r.value for r in validate_shapes([*whole, wrong], shapes()).results] == [place]


def test_the_page_on_shapes_shows_code_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLES / "Actor" / "fail.ttl", tmp_path / "mine.ttl")
    exec(compile(code, "docs/shapes.md", "exec"), {})
    said = capsys.readouterr().out
    assert "Conforms: False" in said
    assert "An entity names the reference or source that it comes from." in said
