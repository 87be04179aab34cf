"""What made-up input once found, each as a test of its own; `fuzzing.py` makes more."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Cli
from test_reading import XML

from bri_kg.cli.main import main
from bri_kg.errors import InputError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.files import read_rdf
from bri_kg.rdf.row_formats import ROW_FORMATS, write_rows
from bri_kg.rdf.rows import python_value

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
