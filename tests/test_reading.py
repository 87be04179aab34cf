"""One way in for RDF: every verb takes every form of a file, and says the same of what it does not take.

The verbs run in this process; what is about standard input of a process is in one test of its own.
"""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Cli

from bri_kg.cli.main import main

Q = "http://q.test/"
TRIPLES = f"<{Q}a> <http://www.w3.org/2000/01/rdf-schema#label> <{Q}o> .\n"
TURTLE = f"@prefix q: <{Q}> .\nq:a <http://www.w3.org/2000/01/rdf-schema#label> q:o .\n"
SHAPE = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    f"<{Q}shape> a sh:NodeShape ; sh:targetNode <{Q}a> ; sh:nodeKind sh:IRI .\n"
)
XML = (
    "<?xml version=\"1.0\"?>\n<!DOCTYPE rdf:RDF [<!ENTITY q 'http://q.test/'>]>\n"
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
    '  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">\n'
    '<rdf:Description rdf:about="&q;a"><rdfs:label rdf:resource="&q;o"/></rdf:Description></rdf:RDF>'
)
JSON = f'{{"@id": "{Q}a", "http://www.w3.org/2000/01/rdf-schema#label": {{"@id": "{Q}o"}}}}'
BOM = b"\xef\xbb\xbf"
EMPTY_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'

# The table of what is read: the name of the file and its bytes.
TAKEN: dict[str, tuple[str, bytes]] = {
    "Turtle": ("a.ttl", TURTLE.encode()),
    "N-Triples": ("a.nt", TRIPLES.encode()),
    "N-Quads": ("a.nq", TRIPLES.encode()),
    "TriG": ("a.trig", TURTLE.encode()),
    "RDF/XML": ("a.rdf", XML.encode()),
    "RDF/XML as .owl": ("a.owl", XML.encode()),
    "RDF/XML as .ttl": ("wrong.ttl", XML.encode()),
    "Turtle as .owl": ("a.owl", TURTLE.encode()),
    "JSON-LD": ("a.jsonld", JSON.encode()),
    "JSON-LD as .json": ("a.json", JSON.encode()),
    "N-Triples without an ending": ("data", TRIPLES.encode()),
    "Turtle as .txt": ("a.txt", TURTLE.encode()),
    "a byte order mark": ("a.ttl", BOM + TURTLE.encode()),
    "a byte order mark in XML": ("a.rdf", BOM + XML.encode()),
    "a byte order mark in JSON": ("a.jsonld", BOM + JSON.encode()),
    "gzip": ("a.ttl.gz", gzip.compress(TURTLE.encode())),
    "gzip without .gz": ("a.ttl", gzip.compress(TURTLE.encode())),
    "gzip of RDF/XML": ("a.rdf.gz", gzip.compress(XML.encode())),
    "gzip with a byte order mark": ("a.nt.gz", gzip.compress(BOM + TRIPLES.encode())),
}
# What is not, and a part of what is said.
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.ttl", b"", "is empty"),
    "blank": ("a.ttl", b" \n\n", "is empty"),
    "UTF-16": ("a.ttl", TURTLE.encode("utf-16"), "is UTF-16"),
    "UTF-16 in XML": ("a.rdf", XML.encode("utf-16-be"), "is UTF-16"),
    "Latin-1 in XML": ("a.rdf", XML.replace('1.0"', '1.0" encoding="ISO-8859-1"').encode(), "another encoding"),
    "binary": ("a.nt", b"\x01\x02\0\x03", "is binary"),
    "a relative IRI": ("a.ttl", b"<http://q.test/a>\n <http://q.test/p> <b> .", "a.ttl:2:20: error[BRI283]: the IRI"),
    "a relative IRI in XML": ("a.rdf", XML.replace("&q;o", "o").encode(), "the IRI 'o' is relative"),
    "a relative IRI in JSON-LD": ("a.jsonld", JSON.replace(f"{Q}o", "o").encode(), "the IRI 'o' is relative"),
    "a bad IRI in JSON-LD": ("a.jsonld", JSON.replace(f"{Q}o", "http://o o").encode(), "'http://o o' is no IRI"),
    "a bad IRI in XML": ("a.rdf", XML.replace("&q;o", "http://o o").encode(), "a.rdf:5:35: error[BRI216]"),
    "a tag left open": ("a.rdf", XML.replace("</rdf:Description>", "").encode(), "a.rdf:5:"),
    "a syntax error": ("a.ttl", b"<http://q.test/a> oops .", "a.ttl:1:"),
    "a remote context": ("a.jsonld", b'{"@context": "http://127.0.0.1:1/c", "a": "b"}', "is remote"),
    "Manchester": ("a.owl", b"Prefix: q: <http://q.test/>\nOntology: <http://q.test/>\n", "Manchester"),
    "functional": ("a.owl", b"Prefix(q:=<http://q.test/>)\nOntology(<http://q.test/>)\n", "functional"),
    "OWL/XML": ("a.owl", b'<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "OWL/XML"),
    "OBO": ("a.obo", b"format-version: 1.2\n\n[Term]\nid: X:1\n", "OBO"),
    "HTML": ("a.html", b"<!DOCTYPE html>\n<html><body about='#x'></body></html>", "HTML"),
    "CSV": ("a.csv", b"id,name\n1,one\n", "a table"),
    "SPARQL": ("a.ttl", b"SELECT * WHERE { ?s ?p ?o }", "a SPARQL query"),
    "text": ("a.txt", b"nothing of that kind", "names no RDF format"),
    "no gzip": ("a.nt.gz", TRIPLES.encode(), "no whole gzip"),
    "half a gzip": ("a.nt.gz", gzip.compress(TRIPLES.encode() * 99)[:-9], "no whole gzip"),
}  # fmt: skip
NOTHING: dict[str, tuple[str, bytes]] = {
    "a comment": ("a.ttl", b"# nothing here\n"),
    "JSON-LD without a context": ("a.jsonld", b'{"name": "x", "knows": {"name": "y"}}'),
    "an empty graph": ("a.rdf", EMPTY_XML.encode()),
}
Verb = Callable[[str, Path], list[str]]
VERBS: dict[str, Verb] = {
    "export": lambda file, _: ["export", "--store", file],
    "query": lambda file, _: ["query", "-e", "SELECT * { ?s ?p ?o }", "--store", file],
    "describe": lambda file, _: ["describe", f"<{Q}a>", "--store", file],
    "infer": lambda file, at: ["infer", file, "--ontology", str(at / "other.nt")],
    "infer --ontology": lambda file, at: ["infer", str(at / "other.nt"), "--ontology", file],
    "check": lambda file, _: ["check", file],
    "check --previous": lambda file, at: ["check", str(at / "other.nt"), "--previous", file],
    "validate --shapes": lambda file, at: ["validate", file, "--shapes", str(at / "shape.ttl")],
    "load": lambda file, at: ["load", file, "--store", str(at / "store"), "--replace"],
}


# Lays the file over the whole graph, which takes seconds each time.
SLOW: dict[str, Verb] = {"validate": lambda file, _: ["validate", file]}


@pytest.fixture(autouse=True)
def beside(tmp_path: Path) -> None:
    (tmp_path / "other.nt").write_text(TRIPLES, encoding="utf-8")
    (tmp_path / "shape.ttl").write_text(SHAPE, encoding="utf-8")


def run(args: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(args)
    out, err = capsys.readouterr()
    assert "Traceback" not in err and "BRI500" not in err, err
    return code, out, err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_every_form(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs: dict[str, set[str]] = {}
    for form, (name, content) in TAKEN.items():
        (tmp_path / name).write_bytes(content)
        code, out, err = run(VERBS[verb](str(tmp_path / name), tmp_path), capsys)
        assert code in (0, 1), f"{form}: {err}"
        assert verb.split()[0] in ("check", "validate") or code == 0, f"{form}: {err}"
        outputs.setdefault(out.replace(name, "FILE"), set()).add(form)
    if not verb.startswith(("check", "validate")):  # their findings name lines
        assert len(outputs) == 1, outputs


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_refuses_with_the_same_words(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, (name, content, says) in REFUSED.items():
        if verb == "validate --shapes" and "a relative IRI" in form:
            continue  # there they are taken from the place of the file
        (tmp_path / name).write_bytes(content)
        code, out, err = run(VERBS[verb](str(tmp_path / name), tmp_path), capsys)
        assert (code, out, says in err) == (2, "", True), f"{form}: {err}"


@pytest.mark.parametrize("verb", VERBS)
def test_what_holds_no_triple_says_so(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, (name, content) in NOTHING.items():
        (tmp_path / name).write_bytes(content)
        code, _, err = run(VERBS[verb](str(tmp_path / name), tmp_path), capsys)
        assert f"{name} holds no triple" in err, f"{form}: {err}"
        if verb in ("load", "check"):
            assert (code, "not one triple" in err) == (2, True)
    assert "without an @context" not in err


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "load"])  # which streams: below
@pytest.mark.slow
def test_every_verb_reads_standard_input(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for form, (_, content) in TAKEN.items():
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code, _, err = run(VERBS[verb]("-", tmp_path), capsys)
        assert code in (0, 1), f"{form}: {err}"
    for content in (b"", b"  \n"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code, _, err = run(VERBS[verb]("-", tmp_path), capsys)
        assert (code, "standard input is empty" in err) == (2, True), err
    monkeypatch.setattr(sys, "stdin", None)
    code, _, err = run(VERBS[verb]("-", tmp_path), capsys)
    assert (code, "standard input is closed" in err) == (2, True), err


def test_load_streams_standard_input(cli: Cli, tmp_path: Path) -> None:
    for name in ("Turtle", "gzip", "RDF/XML", "a byte order mark in JSON", "N-Triples"):
        done = cli("load", "-", "--store", "s", "--replace", stdin=TAKEN[name][1], cwd=tmp_path)
        assert (done.returncode, "loaded 1 quads" in done.stderr) == (0, True), done.stderr
    done = cli("load", "-", "--store", "s", stdin=XML.replace("&q;o", "o"), cwd=tmp_path)
    assert (done.returncode, "the IRI 'o' is relative" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "args",
    [
        ["infer", "-", "-"],
        ["infer", "-", "--ontology", "-"],
        ["validate", "-", "--shapes", "-"],
        ["load", "-", "-", "--store", "s"],
        ["check", "-", "--previous", "-"],
        ["query", "-", "--store", "-"],
    ],
)
def test_standard_input_is_named_once(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(args, capsys)
    assert (code, "named twice" in err) == (2, True)


@pytest.mark.parametrize("verb", VERBS)
def test_a_base_is_taken_by_every_verb(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {
        "r.ttl": f"<a> <{Q}p> <b> .",
        "r.rdf": XML.replace("&q;o", "o"),
        "r.jsonld": JSON.replace(f"{Q}o", "o"),
    }
    for name, content in made.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        args = VERBS[verb](str(tmp_path / name), tmp_path)
        code, _, err = run([*args, "--base", Q], capsys)
        assert code in (0, 1), f"{name}: {err}"
        code, _, err = run([*args, "--base", "here"], capsys)
        assert (code, "is no absolute IRI" in err) == (2, True), err


def test_a_base_is_what_iris_are_relative_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.ttl").write_text(f"<a> <{Q}p> <b> .", encoding="utf-8")
    _, out, _ = run(["export", "--store", str(tmp_path / "r.ttl"), "--base", Q], capsys)
    assert out == f"<{Q}a> <{Q}p> <{Q}b> .\n"


def test_the_format_of_an_input_can_be_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{{ <{Q}a> <{Q}p> 1 }}", encoding="utf-8")
    code, _, err = run(["export", "--store", str(file)], capsys)
    assert (code, "--input-format" in err) == (2, True)
    assert run(["export", "--store", str(file), "--input-format", "trig"], capsys)[0] == 0
    code, _, err = run(["export", "--store", str(file), "--input-format", "bogus"], capsys)
    assert (code, "no format 'bogus'" in err) == (2, True)
    store = str(tmp_path / "store")
    for option in ("--format", "--input-format"):
        assert (
            run(["load", str(file), option, "trig", "--store", store, "--replace"], capsys)[0] == 0
        )
    code, _, err = run(
        ["load", str(tmp_path / "other.nt"), "--format", "bogus", "--store", store], capsys
    )
    assert (code, "no format 'bogus'" in err) == (2, True)


def test_blank_nodes_of_several_files_stay_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.nt", "two.nt"):
        (tmp_path / name).write_text(
            f"_:x <http://www.w3.org/2002/07/owl#sameAs> <{Q}{name}> .\n", encoding="utf-8"
        )
    args = ["infer", str(tmp_path / "one.nt"), str(tmp_path / "two.nt"), "--ontology"]
    _, out, _ = run([*args, str(tmp_path / "other.nt")], capsys)
    assert f"<{Q}one.nt> <http://www.w3.org/2002/07/owl#sameAs> <{Q}two.nt>" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("verb", VERBS)
def test_links_in_a_circle(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    code, _, err = run(VERBS[verb](str(tmp_path / "one"), tmp_path), capsys)
    assert (code, "error[BRI2" in err) == (2, True), err
    code, _, err = run(["export", "--part", "shapes", "-o", str(tmp_path / "one")], capsys)
    assert (code, "error[BRI2" in err) == (2, True), err


@pytest.mark.slow
def test_files_laid_over_the_graph_are_read_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("RDF/XML", "gzip", "a byte order mark"):
        name, content = TAKEN[form]
        (tmp_path / name).write_bytes(content)
        code, _, err = run(SLOW["validate"](str(tmp_path / name), tmp_path), capsys)
        assert code in (0, 1), f"{form}: {err}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TURTLE.encode())))
    assert run(["validate", "-"], capsys)[0] in (0, 1)


@pytest.mark.parametrize("form", REFUSED)
def test_files_laid_over_the_graph_are_refused_alike(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, content, says = REFUSED[form]
    (tmp_path / name).write_bytes(content)
    code, out, err = run(SLOW["validate"](str(tmp_path / name), tmp_path), capsys)
    assert (code, out, says in err) == (2, "", True), err


def test_the_rest_of_an_error_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.rdf").write_text(XML.replace("'http://q.test/'", "'<x/>'"), encoding="utf-8")
    code, _, err = run(["export", "--store", str(tmp_path / "a.rdf")], capsys)
    assert (code, "a.rdf:2: error[BRI285]" in err) == (2, True)
