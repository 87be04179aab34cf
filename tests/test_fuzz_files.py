"""Changed RDF files in every syntax: an answer or an error in words, never a crash, a hang or a bug of ours.

What was found once stands below as a test of its own.
"""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from test_reading import SHAPE, XML
from workers import outcome, rounds

from bri_kg.cli.main import main
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.parsing import read_rdf

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
_NAMES = {"ttl": ".ttl", "nt": ".nt", "nq": ".nq", "trig": ".trig", "jsonld": ".jsonld", "rdfxml": ".rdf"}  # fmt: skip
_SPICE = [
    b"<<( ", b" )>>", b"\"\"\"", b"\\u", b"\\uD800", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"&z;", b"<!ENTITY z '&z;'>",
    b"<!DOCTYPE x [", b"]>", b"<![CDATA[", b"<!--", b"^^<x>", b"@en--ltr", b"_:", b"{|", b"\"@id\":",
    b"\"@context\":1,",
    b"9" * 5000, b"rdf:parseType=\"Triple\"", b"rdf:li", b"<", b">", b"[", b"{", b"(", b"1e99999", b"@base <:> .", b"%",
]  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """Real files, each in every syntax, a part of a graph each."""
    found = [(".rdf", XML.encode()), (".ttl", SHAPE.encode())]
    for path in (ROOT / "ontology" / "modules" / "time.ttl", ROOT / "graph" / "sources.ttl"):
        quads = list(read_rdf(path))[:60]
        for name, ending in _NAMES.items():
            found.append((ending, write_graph(quads, name)))
    return found


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(data) + 1)
        end = min(len(data), begin + chance.choice((0, 0, 1, 1, 8, 40)))
        kind = chance.randrange(5)
        if kind == 0:
            middle = chance.choice(_SPICE)
        elif kind == 1:
            middle = bytes(chance.randrange(256) for _ in range(chance.randint(1, 3)))
        elif kind == 2:
            middle = data[begin:end] * chance.choice((2, 30, 3000))
        elif kind == 3:
            middle = b""
        else:
            other = chance.randrange(len(data) + 1)
            middle = data[other : other + 30]
        data = data[:begin] + middle + data[end:]
    return data


@pytest.mark.fuzz
def test_changed_files(tmp_path: Path) -> None:
    given = seeds()
    (tmp_path / "shape.ttl").write_text(SHAPE, encoding="utf-8")
    other = str(tmp_path / "other.nt")
    Path(other).write_text('<http://q.test/a> <http://q.test/p> "1" .\n', encoding="utf-8")
    wrong = []
    for seed in rounds():
        chance = random.Random(seed)
        ending, content = chance.choice(given)
        content = changed(content, chance)
        if chance.random() < 0.1:
            ending, content = ending + ".gz", changed(gzip.compress(content), chance)
        file = tmp_path / f"a{ending}"
        file.write_bytes(content)
        verbs = [
            ["export", "--store", str(file), "-f", chance.choice(list(_NAMES))],
            ["query", "-e", "SELECT * { ?s ?p ?o }", "--store", str(file)],
            ["infer", str(file), "--ontology", other],
            ["load", str(file), "--store", str(tmp_path / "store"), "--replace"],
            ["validate", str(file), "--shapes", str(tmp_path / "shape.ttl")],
            ["describe", "http://q.test/a", "--store", str(file)],
            ["check", other, "--previous", str(file)],
        ]
        args = chance.choice(verbs)
        code, said = outcome(args)
        if code not in (0, 1, 2, 3) or "Traceback" in said:
            kept = tmp_path.parent / f"found-{seed}{ending}"
            kept.write_bytes(content)
            wrong.append(f"seed {seed}: {args[0]} ended with {code}: {said[-300:]} ({kept})")
    assert not wrong, "\n".join(wrong)


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
