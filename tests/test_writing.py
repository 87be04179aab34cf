"""What leaves is what came in, in the format that was asked for, or an error before anything is written."""

from __future__ import annotations

import gzip
import json
import re
import sys
import xml.dom.minidom
from pathlib import Path

import pyoxigraph as ox
import pytest

from bri_kg.cli.main import main
from bri_kg.errors import InputError
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.syntaxes import FORMATS
from bri_kg.stores.cache import cache_folder
from bri_kg.stores.literals import is_changed
from bri_kg.stores.memory import Store

XSD = "http://www.w3.org/2001/XMLSchema#"
Q = "http://q.test/"
GIVEN = [
    ("1", "int"), ("2", "long"), ("4", "byte"), ("01", "integer"), ("+1", "integer"), ("7", "integer"),
    ("1.50", "decimal"), ("35.0", "decimal"), ("1.5", "decimal"), ("inf", "double"), ("INF", "double"),
    ("1e0", "double"), ("1", "boolean"), ("true", "boolean"), ("2020-01-01T00:00:00Z", "dateTimeStamp"),
    ("2020-01-01T00:00:00.0Z", "dateTime"), ("2020-01-01T00:00:00Z", "dateTime"), ("2020-02-30", "date"),
    ("2020-01-01", "date"), ("P12M", "duration"), ("2020", "gYear"), ("x", "integer"), ("9" * 5000, "integer"),
]  # fmt: skip


def literal(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


def test_an_export_of_a_file_keeps_every_literal(tmp_path: Path) -> None:
    triples = [
        ox.Triple(ox.NamedNode(Q + "a"), ox.NamedNode(Q + "p"), literal(*pair)) for pair in GIVEN
    ]
    file = tmp_path / "a.nt"
    ox.serialize(triples, str(file), format=ox.RdfFormat.N_TRIPLES)
    for name in FORMATS:
        out = tmp_path / f"out.{name if name != 'rdfxml' else 'rdf'}"
        assert main(["export", "--store", str(file), "-o", str(out), "-q"]) == 0
        found = {quad.object for quad in ox.parse(path=str(out), format=FORMATS[name])}
        assert found == {triple.object for triple in triples}, name


def test_a_store_is_known_by_what_it_changes() -> None:
    for pair in GIVEN:
        given = literal(*pair)
        quad = ox.Quad(ox.NamedNode(Q), ox.NamedNode(Q), given)
        (kept,) = Store([quad]).oxigraph
        assert is_changed(given) == (kept.object != given), pair


def test_load_says_how_many_literals_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(f"<{Q}a> <{Q}p> 1, 01, 1.50, 1.5, true, 'x', 'x'@en .", encoding="utf-8")
    assert main(["load", str(file), "--store", str(tmp_path / "s")]) == 0
    err = capsys.readouterr().err
    assert "2 of the literals" in err and "departures.md" in err
    file.write_text(f"<{Q}a> <{Q}p> 1, 1.5, 'x' .", encoding="utf-8")
    assert main(["load", str(file), "--store", str(tmp_path / "s"), "--replace"]) == 0
    assert "of the literals" not in capsys.readouterr().err


def test_the_ending_decides_the_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = ["query", "-e", "SELECT ?a { VALUES ?a { 1 } }"]
    graph = ["query", "-e", f"CONSTRUCT {{ <{Q}a> <{Q}p> 1 }} {{}}"]
    (tmp_path / "a.nt").write_text(f"<{Q}a> <{Q}p> <{Q}b> .\n", encoding="utf-8")
    store = ["--store", str(tmp_path / "a.nt")]
    for command, endings in (
        (query, {"csv": "a\r\n1\r\n", "tsv": "?a\n", "json": '{"head', "xml": "<?xml", "md": "| a"}),
        (graph, {"ttl": "<http", "nt": "<http", "trig": "<http", "rdf": "<?xml", "jsonld": "[", "json": "["}),
    ):  # fmt: skip
        for ending, begins in endings.items():
            for packed in ("", ".gz"):
                out = tmp_path / f"out.{ending}{packed}"
                assert main([*command, *store, "-o", str(out)]) == 0
                content = out.read_bytes()
                assert (content[:2] == b"\x1f\x8b") == bool(packed)
                text = (gzip.decompress(content) if packed else content).decode()
                assert text.startswith(begins), (ending, text)
    assert main([*query, *store, "-o", str(tmp_path / "a.csv"), "-f", "json"]) == 2
    assert "BRI289" in capsys.readouterr().err
    assert main([*query, *store, "-o", str(tmp_path / "rows.ttl")]) == 2
    assert "no format 'ttl'" in capsys.readouterr().err
    assert main([*query, *store, "-o", str(tmp_path / "rows.txt"), "-f", "csv"]) == 0
    first, second = (
        [main(["export", *store, "-o", str(out)]), out.read_bytes()]
        for out in (tmp_path / "x.nq.gz", tmp_path / "x.nq.gz")
    )
    assert first == second


def triple(predicate: str, value: ox.Literal | ox.BlankNode) -> ox.Quad:
    return ox.Quad(ox.BlankNode("1a"), ox.NamedNode(predicate), value)


@pytest.mark.parametrize(
    "quad",
    [
        triple(Q + "1", ox.Literal("x")),
        triple(Q, ox.Literal("x")),
        triple(Q + "a.b-c%20", ox.Literal("x")),
        triple("http://www.w3.org/1999/02/22-rdf-syntax-ns#li", ox.Literal("x")),
        triple(Q + "p", ox.Literal("\x07")),
        triple(Q + "p", ox.Literal("\uffff")),
    ],
)
def test_what_rdf_xml_cannot_hold_is_refused(
    quad: ox.Quad, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="RDF/XML cannot hold"):
        write_graph([quad], "rdfxml")
    (tmp_path / "a.nt").write_bytes(write_graph([quad], "nt"))
    assert main(["load", str(tmp_path / "a.nt"), "--store", str(tmp_path / "s"), "-q"]) == 0
    for store in ("a.nt", "s"):
        code = main(["export", "--store", str(tmp_path / store), "-f", "rdfxml"])
        out, err = capsys.readouterr()
        assert (code, out, "BRI290" in err) == (2, "", True)


def test_rdf_xml_is_well_formed_and_comes_back() -> None:
    quads = [
        triple(f"{Q}p{n}", ox.Literal(text))
        for n, text in enumerate(("a\rb", "\r\n", "<&>\"'", " "))
    ] + [triple(Q + "q", ox.BlankNode("x.y")), triple(Q + "é", ox.BlankNode("b.1a"))]
    content = write_graph(quads, "rdfxml")
    document = xml.dom.minidom.parseString(content)
    names = {e.getAttribute("rdf:nodeID") for e in document.getElementsByTagName("rdf:Description")}
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in names)
    wanted, found = (ox.Dataset(q) for q in (quads, ox.parse(content, ox.RdfFormat.RDF_XML)))
    for dataset in (wanted, found):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(wanted) == set(found)


@pytest.mark.parametrize("verb", ["infer", "export", "validate", "check", "load", "query"])
def test_nothing_that_is_read_is_overwritten(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.ttl"
    before = f"<{Q}a> <{Q}p> <{Q}b> .\n"
    file.write_text(before, encoding="utf-8")
    (tmp_path / "link.ttl").symlink_to("x.ttl") if sys.platform != "win32" else None
    args = {"export": ["--store", str(file)], "load": [str(file), "--store", str(tmp_path / "s")]}
    for out in ("x.ttl", "link.ttl") if sys.platform != "win32" else ("x.ttl",):
        assert main([verb, *args.get(verb, [str(file)]), "-o", str(tmp_path / out)]) == 2
        assert "cannot be written in the same run" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == before


def test_a_thing_of_a_foreign_store_is_described_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.ttl").write_text(f"<{Q}a> <{Q}p> <{Q}b> .", encoding="utf-8")
    assert main(["describe", f"<{Q}a>", "-f", "jsonld", "--store", str(tmp_path / "a.ttl")]) == 0
    assert json.loads(capsys.readouterr().out)[0][f"{Q}p"] == [{"@id": f"{Q}b"}]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other systems have other habits")
def test_a_cache_is_never_made_in_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRI_KG_CACHE")
    for odd in ("", "here", "./here"):
        monkeypatch.setenv("XDG_CACHE_HOME", odd)
        assert cache_folder() == Path.home() / ".cache" / "bri-kg"
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/me")
    assert cache_folder() == Path("/var/cache/me/bri-kg")
