"""What made-up input once found, each as a test of its own; `fuzzing.py` makes more."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Cli
from fuzz_drafts import graph_of
from test_reading import XML

from bri_kg.checking import unknown_terms as unknown_terms_module
from bri_kg.cli.main import main
from bri_kg.dataset.question_files import read_question
from bri_kg.dataset.questions import default_bindings
from bri_kg.errors import InputError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.row_formats import ROW_FORMATS, write_rows
from bri_kg.rdf.rows import python_value
from bri_kg.texts.drafts import fill
from bri_kg.texts.originals import find_span

# Files.


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b"<http://q.test/a> <http://q.test/p> " + b"9" * 5000 + b" ."),
        ("a.nt", b"\0"),
        ("a.jsonld", b'{"@id": "http://q.test/a", "http://q.test/p": ' + b"9" * 5000 + b"}"),
        ("a.jsonld", b'"' + b'\\"' * 50_000),
        ("a.rdf", XML.replace("'http://q.test/'", "'&q;'").encode()),
        ("a.rdf", XML.replace("<rdf:Description", "<!-- <a> " + "<b>" * 9000 + " --><rdf:Description").encode()),
    ],
)  # fmt: skip
def test_what_was_found(
    tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["export", "--store", str(tmp_path / name)]) in (0, 2)
    assert main(["query", "-e", "SELECT * { ?s ?p ?o }", "--store", str(tmp_path / name)]) in (0, 2)
    assert "BRI500" not in capsys.readouterr().err


def test_elements_in_a_comment_are_none(tmp_path: Path) -> None:
    text = XML.replace("<rdf:Description", "<!-- " + "<b>" * 9000 + " --><rdf:Description")
    (tmp_path / "a.rdf").write_text(text, encoding="utf-8")
    assert len(list(read_rdf(tmp_path / "a.rdf"))) == 1


def test_a_catalogue_with_a_bad_uri_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "catalog-v001.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="http://q.test/o" uri="http://[bad"/></catalog>',
        encoding="utf-8",
    )
    ox.serialize(
        [
            ox.Triple(
                ox.NamedNode("http://q.test/a"), ox.NamedNode("http://q.test/p"), ox.Literal(1)
            )
        ],
        str(tmp_path / "a.nt"),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert main(["check", str(tmp_path / "a.nt")]) == 2
    assert "catalog-v001.xml: error[BRI262]" in capsys.readouterr().err


# Queries.


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { BIND(<http://x/f>(1) AS ?x) }",
        "SELECT (xsd:int(1) AS ?x) {}",
        "ASK { FILTER(bri:f()) }",
        "DESCRIBE ?s { ?s ?p ?o } ORDER BY bri:f(?s)",
    ],
)
def test_a_function_that_no_engine_has_is_named_with_its_place(cli: Cli, query: str) -> None:
    done = cli("query", "-e", query)
    assert done.returncode == 2
    column = next(
        query.index(name) + 1 for name in ("<http://x/f>", "xsd:int", "bri:f") if name in query
    )
    assert done.stderr.startswith(f"1:{column}: error[BRI145]: there is no function ")


@pytest.mark.parametrize("arguments", ["", "1, 2"])
def test_a_cast_takes_one_value(kg: KnowledgeGraph, arguments: str) -> None:
    with pytest.raises(InputError) as caught:
        kg.query(f"SELECT * {{}} ORDER BY xsd:dateTime({arguments})")
    assert (caught.value.code, caught.value.column) == ("BRI145", 22)
    assert "is called wrongly" in caught.value.message


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_numbers_of_any_length_are_written(kg: KnowledgeGraph, name: str) -> None:
    digits = "9" * 5000
    rows = kg.query(f"SELECT ({digits} AS ?x) (1.{digits} AS ?y) {{}}")
    assert digits in str(write_rows(rows, name))
    assert python_value(rows[0]["x"]) == digits


# Drafts, texts and headers.


def times_as_long(small: Callable[[], object], large: Callable[[], object]) -> float:
    """Return how much longer the second takes, the best of three each."""

    def best(work: Callable[[], object]) -> float:
        seconds = []
        for _ in range(3):
            start = time.process_time()
            work()
            seconds.append(time.process_time() - start)
        return min(seconds)

    return best(large) / best(small)


@pytest.mark.parametrize("draft", ["{{ ", "\n", "{{a}} "])
def test_a_draft_is_filled_in_time_that_grows_as_it_does(draft: str) -> None:
    def work(count: int) -> Callable[[], object]:
        return lambda: fill(draft * count, "notes", "a b", "draft.ttl")

    # What grows with the square takes 256 times as long.
    assert times_as_long(work(2000), work(32_000)) < 64


def test_words_with_dots_are_found_in_time_that_grows_as_the_text_does() -> None:
    def work(count: int) -> Callable[[], object]:
        return lambda: find_span("a b " * count, "a ... b")

    assert find_span("a b a c b", "a ... b") == [(0, 3), (4, 9)]
    assert times_as_long(work(500), work(8000)) < 64


HEADER = "#+ summary: x\n#+ summary_zh: x\n#+ columns: {a: iri}\n"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("tags: [&a [x, x], [*a, *a]]", "an alias is not taken here"),
        ("tags: [[x]]", "an entry of 'tags' is no single value"),
        ("tags: [0x" + "f" * 6000 + "]", "Exceeds the limit"),
        ("params: {p: {type: iri, label: {en: [a], zh: b}}}", "lacks a label"),
        ("params: {p: {type: iri, default: !!set {a}, label: {en: a, zh: b}}}", "no single value"),
    ],
)
def test_what_the_header_of_a_question_cannot_hold(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(f"{HEADER}#+ {line}\nSELECT * {{}}\n", encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_question(path)
    assert (caught.value.code, caught.value.line) == ("BRI220", 4)


def test_a_column_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    header = HEADER.replace("{a: iri}", "{a: iri, 5: string}")
    path.write_text(f"{header}#+ groups: a\nSELECT * {{}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="5 is no name of a column") as caught:
        read_question(path)
    assert (caught.value.code, caught.value.line) == ("BRI220", 3)


def test_a_default_that_is_no_iri_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    line = "#+ params: {p: {type: iri, default: a b, label: {en: a, zh: b}}}\n"
    path.write_text(f"{HEADER}{line}SELECT * {{}}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="'a b' is no IRI"):
        default_bindings(read_question(path))


@pytest.mark.parametrize(
    ("turtle", "code", "says"),
    [
        (
            '<source/odd> a bri:Source ; bri:fileName "x" ; bri:characterCount "many" ; bri:sha256 "" .',
            2,
            "error[BRI239]",
        ),
        (
            "bri-claim:notes-lab bri:hasQuantity bri-quantity:odd . "
            'bri-quantity:odd bri:statedValue "many" .',
            1,
            "unsealed",
        ),
        (
            "bri-claim:notes-lab bri:isVouchedForBy bri-org:odd . bri-org:odd skos:prefLabel ' '@en .",
            1,
            "states the speaker",
        ),
        ("bri-claim:notes-lab bri:evidence <source/notes#char=0," + "9" * 5000 + "> .", 1, "9999"),
        (
            "bri-claim:notes-lab bri:evidence <urn:x> , 1 .",
            1,
            "urn:x: source-missing: it names no file",
        ),
    ],
)
def test_odd_graphs_are_verified(
    cli: Cli, tmp_path: Path, turtle: str, code: int, says: str
) -> None:
    for name, content in graph_of("The Moon Lab").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "graph" / "claims.ttl").open("a", encoding="utf-8") as file:
        file.write(turtle)
    folders = ("--graph", str(tmp_path / "graph"), "--alone", "--sources", str(tmp_path / "texts"))
    done = cli("evidence", "verify", *folders)
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr


def test_a_term_that_is_misspelt_often_is_mended_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(unknown_terms_module, "nearest", lambda *given, **how: asked.append(given))
    name = ox.NamedNode(f"{BASE}id/org/nobody")
    used = [
        ox.Quad(ox.NamedNode(f"http://q.test/{n}"), ox.NamedNode("http://q.test/p"), name)
        for n in range(9)
    ]
    found = list(unknown_terms_module.unknown_terms(used, (), strict=False))
    assert len([unknown for unknown in found if unknown.term == name.value]) == 1
    assert len([given for given in asked if "nobody" in given[0]]) == 1
    assert found[0].uses == 9


def test_a_term_used_twice_of_one_thing_is_told_once() -> None:
    claim, nobody = (ox.NamedNode(BASE + name) for name in ("claim/x", "id/org/nobody"))
    agent, involves = (ox.NamedNode("http://q.test/" + name) for name in ("agent", "involves"))
    used = [ox.Quad(claim, agent, nobody), ox.Quad(claim, involves, nobody)]
    (found,) = unknown_terms_module.unknown_terms(used, (), strict=False)
    assert (found.focus, found.term) == (claim.value, nobody.value)


def test_a_reason_that_is_no_concept_leaves_nothing_out(cli: Cli, tmp_path: Path) -> None:
    for name, content in graph_of("The Moon Lab").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "graph" / "claims.ttl").open("a", encoding="utf-8") as file:
        file.write('<source/notes#char=6,9> bri:omissionReason "x" .')
    folders = ("--graph", str(tmp_path / "graph"), "--alone", "--sources", str(tmp_path / "texts"))
    assert cli("evidence", "coverage", "--left-out", *folders).returncode == 1


# Ontologies.


def test_a_host_that_python_does_not_take(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "<http://q.test/> a <http://www.w3.org/2002/07/owl#Ontology> .\n"
        "<http://q\u2100.test/A> a <http://www.w3.org/2002/07/owl#Class> .\n",
        encoding="utf-8",
    )
    assert cli("check", str(path)).returncode == 0


@pytest.mark.parametrize("encoding", ["UT-8", "U" * 30 + "TF-8", "utf-7", "idna", "☃"])
def test_a_catalogue_in_an_encoding_that_nobody_knows_is_named(
    cli: Cli, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "catalog-v001.xml").write_text(
        f'<?xml version="1.0" encoding="{encoding}"?><catalog/>', encoding="utf-8"
    )
    (tmp_path / "a.ttl").write_text(
        "<http://q.test/> a <http://www.w3.org/2002/07/owl#Ontology> ;"
        " <http://www.w3.org/2002/07/owl#imports> <http://q.test/b> .",
        encoding="utf-8",
    )
    for verb in ("check", "infer"):
        done = cli(verb, str(tmp_path / "a.ttl"))
        assert done.returncode == 2
        assert "error[BRI262]" in done.stderr


def test_a_contradiction_about_a_property_that_is_a_literal_is_told(
    cli: Cli, tmp_path: Path
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <http://q.test/> .\n"
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty 1 ;\n"
        "  owl:targetIndividual :y . :p owl:sameAs 1 . :x :p :y .\n",
        encoding="utf-8",
    )
    done = cli("infer", str(path), "--no-ontology")
    assert (done.returncode, "error[prp-npa1]" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize(
    "axioms",
    [
        # Every term is the same as every other, and so is what is said of them.
        "owl:sameAs rdfs:subPropertyOf owl:differentFrom , :q . :q rdfs:subPropertyOf owl:sameAs .",
        # Everything is a class of everything.
        ":q owl:equivalentProperty rdf:type . :p owl:inverseOf :q ; a owl:SymmetricProperty , owl:TransitiveProperty ;"
        " rdfs:subPropertyOf :q .",
    ],
)
def test_a_small_graph_from_which_too_much_follows_is_refused(
    cli: Cli, tmp_path: Path, axioms: str
) -> None:
    path = tmp_path / "a.ttl"
    things = "\n".join(f":x{n} :q :x{n + 1} ; :p :x{n // 2} ." for n in range(1_200))
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <http://q.test/> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        f"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n{axioms}\n{things}\n",
        encoding="utf-8",
    )
    before = time.process_time()
    done = cli("infer", str(path), "--no-ontology")
    assert (done.returncode, "BRI_KG_MAX_INFERRED" in done.stderr) == (3, True), done.stderr
    assert time.process_time() - before < 10


def test_a_number_that_is_an_iri_stops_owlrl_and_is_said(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <http://q.test/> .\n"
        ":C owl:onProperty :p ; owl:maxCardinality :x . :a a :C ; :p :b .\n",
        encoding="utf-8",
    )
    done = cli("infer", str(path), "--no-ontology", "--engine", "reference")
    assert (done.returncode, "error[BRI405]: owlrl cannot close" in done.stderr) == (2, True)


# Engines.


def test_rdflib_logs_nothing_of_a_number_that_python_does_not_read(
    cli_process: Cli, tmp_path: Path
) -> None:
    query = "SELECT * { ?s ?p ?o FILTER (?o != " + "9" * 5000 + ") }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    (tmp_path / "a.ttl").write_text("<http://q.test/a> <http://q.test/p> 1 .", encoding="utf-8")
    store = ("--store", str(tmp_path / "a.ttl"), "--engine", "reference")
    done = cli_process("query", str(tmp_path / "q.rq"), *store)
    assert "Exceeds the limit" not in done.stderr


def test_questions_that_can_be_called_have_default_bindings(kg: KnowledgeGraph) -> None:
    question = kg.questions["cofounders"]
    assert default_bindings(question)["partner"].value.endswith("/org/cas")


# Shapes.


@pytest.mark.parametrize("engine", ["embedded", "reference"])
def test_a_shape_of_which_a_result_is_said_is_no_result(
    cli: Cli, tmp_path: Path, engine: str
) -> None:
    (tmp_path / "data.ttl").write_text("<http://q.test/a> <http://q.test/p> 1 .", encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://q.test/> .\n"
        ':S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxCount 0 ; sh:result "1" ] .\n',
        encoding="utf-8",
    )
    shapes = ("--shapes", str(tmp_path / "shapes.ttl"), "--engine", engine)
    done = cli("validate", str(tmp_path / "data.ttl"), *shapes)
    assert (done.returncode, "does not conform: 1 result" in done.stderr) == (1, True), done.stderr
