"""`bri-kg validate DATA… --shapes SHAPES`: SHACL alone, for any graph."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Cli

from bri_kg.shacl.look_up import SH, LookUp

SHAPES = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ;
  sh:property ex:Shape-name ,
    [ sh:path [ sh:inversePath ex:knows ] ; sh:maxCount 1 ; sh:severity sh:Warning ] .
ex:Shape-name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:nodeKind sh:Literal ;
  sh:message "A thing has a name."@en , "事物须有名称。"@zh ; sh:description "Add ex:name."@en .
"""
GOOD = '@prefix ex: <http://example.org/> . ex:a a ex:Thing ; ex:name "A" .\n'
BAD = """@prefix ex: <http://example.org/> .
ex:b a ex:Thing ; ex:name ex:none ; ex:knows ex:d .
[] a ex:Thing ; ex:knows ex:d , [ ex:name "nobody" ] .
ex:d a ex:Thing ; ex:name "D" .
"""


@pytest.fixture
def shapes(tmp_path: Path) -> str:
    return _file(tmp_path / "shapes.ttl", SHAPES)


def _file(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_it_conforms(cli: Cli, tmp_path: Path, shapes: str) -> None:
    done = cli("validate", _file(tmp_path / "good.ttl", GOOD), "--shapes", shapes)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "conforms\n")


def test_it_does_not_conform(cli: Cli, tmp_path: Path, shapes: str) -> None:
    done = cli("validate", _file(tmp_path / "bad.ttl", BAD), "--shapes", shapes)
    assert done.returncode == 1
    assert "does not conform: 3 results" in done.stderr
    assert done.stdout.splitlines() == [
        "error[http://example.org/Shape-name]: A thing has a name.",
        "  at: http://example.org/b http://example.org/name http://example.org/none",
        "  fix: Add ex:name.",
        "warning[sh:MaxCountConstraintComponent]: There is more than one value.",
        "  at: http://example.org/d ^<http://example.org/knows>",
        "error[http://example.org/Shape-name]: A thing has a name.",
        "  at: _:genid3 http://example.org/name",
        "  fix: Add ex:name.",
    ]
    said = cli("validate", str(tmp_path / "bad.ttl"), "--shapes", shapes, "-f", "json", "-l", "zh")
    found = json.loads(said.stdout)
    assert [finding["message"] for finding in found] == [
        "事物须有名称。", "值多于一个。", "事物须有名称。",
    ]  # fmt: skip


def test_the_same_bytes_whatever_runs(cli: Cli, tmp_path: Path, shapes: str) -> None:
    """Other hash seeds, other syntaxes, two files, standard input, either engine."""
    bad = _file(tmp_path / "bad.ttl", BAD)
    for form in ("ttl", "nt", "jsonld"):
        first = cli("validate", bad, "--shapes", shapes, "-f", form, PYTHONHASHSEED="1").stdout
        again = cli("validate", bad, "--shapes", shapes, "-f", form, PYTHONHASHSEED="2").stdout
        assert first == again != ""
    first = cli("validate", bad, "--shapes", shapes, "-f", "ttl").stdout
    graph = _file(
        tmp_path / "bad.trig",
        BAD.replace("[] a", "ex:g { [] a").replace('"nobody" ] .', '"nobody" ] }'),
    )
    assert cli("validate", graph, "--shapes", shapes, "-f", "ttl").stdout == first
    assert cli("validate", "-", "--shapes", shapes, "-f", "ttl", stdin=BAD).stdout == first
    head, tail = BAD.split("ex:d a", 1)
    parts = [
        _file(tmp_path / "1.ttl", head),
        _file(tmp_path / "2.ttl", "@prefix ex: <http://example.org/> . ex:d a" + tail),
    ]
    assert cli("validate", *parts, "--shapes", shapes, "-f", "ttl").stdout == first
    (tmp_path / "hidden" / "shacl").mkdir(parents=True)  # a folder of this name is no engine
    blocked = tmp_path / "hidden" / "sitecustomize.py"
    blocked.write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'shacl' else find(name, *rest)\n",
        encoding="utf-8",
    )  # fmt: skip
    from conftest import ROOT

    path = f"{blocked.parent}{':' if ':' not in str(ROOT)[1:3] else ';'}{ROOT}"
    done = cli("validate", bad, "--shapes", shapes, "-f", "ttl", "-v", PYTHONPATH=path)
    assert "validated by pyshacl" in done.stderr
    assert done.stdout == first


def test_the_report_is_one_that_shacl_defines(cli: Cli, tmp_path: Path, shapes: str) -> None:
    bad = _file(tmp_path / "bad.ttl", BAD)
    text = cli("validate", bad, "--shapes", shapes, "-f", "ttl").stdout
    report = LookUp(ox.parse(text.encode(), ox.RdfFormat.TURTLE))
    (whole,) = report.subjects(SH + "conforms")
    assert report.value(whole, SH + "conforms") == ox.Literal(False)
    results = report.values(whole, SH + "result")
    assert len(results) == 3
    for result in results:
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape"):
            assert len(report.values(result, SH + name)) == 1
        assert report.values(result, SH + "resultMessage")
    inverse = [p for r in results for p in report.values(r, SH + "resultPath")]
    assert [
        report.value(p, SH + "inversePath") for p in inverse if isinstance(p, ox.BlankNode)
    ] == [ox.NamedNode("http://example.org/knows")]


def test_relative_iris_are_taken_from_the_file(cli: Cli, tmp_path: Path, shapes: str) -> None:
    rdf = _file(tmp_path / "rel.ttl", "<#x> a <http://example.org/Thing> .")
    done = cli("validate", rdf, "--shapes", shapes, "-f", "json")
    assert json.loads(done.stdout)[0]["focus"] == f"{Path(rdf).resolve().as_uri()}#x"


def test_our_own_shapes_by_a_word(cli: Cli, tmp_path: Path) -> None:
    """The ontology lies under the data: only it says that a creation claim is a claim."""
    claim = (
        "@prefix bri: <https://w3id.org/bri-kg/ontology#> . "
        "<http://example.org/c> a bri:CreationClaim ."
    )
    done = cli("validate", _file(tmp_path / "claim.ttl", claim), "--shapes", "bri")
    assert done.returncode == 1
    assert "error[bris:Claim-evidence]" in done.stdout


@pytest.mark.parametrize(
    ("data", "args", "code", "says"),
    [
        ("ex:a", ["data.ttl", "--shapes", "shapes.ttl"], 2, "data.ttl:1:"),
        (GOOD, ["data.ttl", "--shapes", "data.ttl"], 2, "error[BRI254]"),
        (GOOD, ["--shapes", "shapes.ttl"], 2, "error[BRI133]"),
        (GOOD, ["-", "--shapes", "-"], 2, "error[BRI134]"),
        (GOOD, ["none.ttl", "--shapes", "shapes.ttl"], 2, "error[BRI210]"),
        (GOOD, ["data.ttl", "--shapes", ""], 2, "error[BRI100]"),
        (GOOD, ["data.ttl", "--shapes", "wrong.ttl"], 2, "error[BRI255]"),
        (GOOD, ["data.ttl", "--shapes", "door.ttl"], 2, "error[BRI101]"),
        (GOOD, ["data.ttl", "--shapes", "shapes.ttl", "-f", "csv"], 2, "error[BRI119]"),
        (GOOD + "ex:a ex:p <<( ex:a ex:p 1 )>> .", ["data.ttl", "--shapes", "shapes.ttl"], 2, "BRI252"),
    ],
)  # fmt: skip
def test_what_cannot_run(
    cli: Cli, tmp_path: Path, data: str, args: list[str], code: int, says: str
) -> None:
    _file(tmp_path / "data.ttl", data)
    _file(tmp_path / "shapes.ttl", SHAPES)
    _file(tmp_path / "wrong.ttl", SHAPES.replace("sh:minCount 1", "sh:minCount 1 , 2"))
    query = '"SELECT $this WHERE { SERVICE <http://a.example/> { $this ?p ?o } }"'
    _file(tmp_path / "door.ttl", f"{SHAPES} ex:Shape sh:sparql [ sh:select {query} ] .")
    done = cli("validate", *args, cwd=tmp_path)
    assert done.returncode == code, done.stdout
    assert says in done.stderr
    assert done.stdout == ""


def test_what_is_said_beside_the_report(cli: Cli, tmp_path: Path) -> None:
    text = f"{SHAPES} <http://example.org/o> <http://www.w3.org/2002/07/owl#imports> <http://a.example/> ."
    text = text.replace("sh:minCount 1", 'sh:minCount 1 ; sh:pattern "^(?!x)"')
    shapes, good = _file(tmp_path / "s.ttl", text), _file(tmp_path / "good.ttl", GOOD)
    done = cli("validate", good, "--shapes", shapes, "-v")
    assert done.returncode == 0
    assert (
        "imports <http://a.example/>, which is not among the files: it is not followed"
        in done.stderr
    )
    assert "validated by pyshacl" in done.stderr
    assert "look-around" in done.stderr
    assert "validated by" not in cli("validate", good, "--shapes", shapes).stderr


def test_strict_refuses_what_was_not_evaluated(cli: Cli, tmp_path: Path) -> None:
    shapes = _file(tmp_path / "s.ttl", SHAPES.replace("sh:maxCount 1", "sh:maxCuont 1"))
    good = _file(tmp_path / "good.ttl", GOOD)
    done = cli("validate", good, "--shapes", shapes)
    assert (done.returncode, done.stdout) == (0, "")
    warned = "warning: SHACL has no such term, so it is not evaluated: sh:maxCuont"
    assert warned in done.stderr and "did you mean sh:maxCount?" in done.stderr
    strict = cli("validate", good, "--shapes", shapes, "--strict")
    assert strict.returncode == 2
    assert "error[BRI256]" in strict.stderr
    assert cli("validate", good, "--shapes", shapes, "-q").stderr == ""


def test_a_target_that_matches_nothing_is_told_and_never_fails(cli: Cli, tmp_path: Path) -> None:
    shapes = _file(tmp_path / "s.ttl", SHAPES.replace("ex:Thing", "ex:Thign"))
    good = _file(tmp_path / "good.ttl", GOOD)
    done = cli("validate", good, "--shapes", shapes, "--strict")
    assert done.returncode == 0
    assert "the target matches nothing in the data: sh:targetClass" in done.stderr
