"""`bri-kg infer`: sorted triples on stdout, the rest in words, nothing fetched, nothing heavy loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from owl_cases import UNSUPPORTED
from owl_oracle import PROLOGUE

from bri_kg.names import BASE, PREFIXES

ONTOLOGY = ":A rdfs:subClassOf :B . :p rdfs:domain :A . :B owl:disjointWith :C ."


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A file of data and one of axioms."""
    data, ontology = tmp_path / "data.ttl", tmp_path / "ontology.ttl"
    data.write_text(PROLOGUE + ":x :p [ a :A ] . _:n :p :y .", encoding="utf-8")
    ontology.write_text(PROLOGUE + ONTOLOGY, encoding="utf-8")
    return str(data), str(ontology)


def test_infer_prints_sorted_triples_the_same_in_every_run(
    cli: Cli, files: tuple[str, str]
) -> None:
    data, ontology = files
    runs = [cli("infer", data, "--ontology", ontology) for _ in range(2)]
    assert (runs[0].returncode, runs[0].stderr) == (0, "")
    assert runs[0].stdout == runs[1].stdout
    lines = runs[0].stdout.splitlines()
    assert lines == sorted(lines)
    e, a = "http://example.org/", PREFIXES["rdf"] + "type"
    assert f"<{e}x> <{a}> <{e}A> ." in lines
    assert f"<{e}x> <{a}> <{e}B> ." in lines
    assert f"_:n <{a}> <{e}B> ." in lines
    assert f"<{e}p> <{PREFIXES['rdfs']}domain> <{e}B> ." in lines
    assert len(lines) == 6
    for chosen, rdf_format in (("ttl", ox.RdfFormat.TURTLE), ("rdfxml", ox.RdfFormat.RDF_XML)):
        done = cli("infer", data, "--ontology", ontology, "--format", chosen)
        assert len(list(ox.parse(done.stdout.encode(), rdf_format))) == 6


def test_infer_reads_standard_input_and_several_files(cli: Cli, files: tuple[str, str]) -> None:
    data, ontology = files
    text = Path(data).read_text(encoding="utf-8")
    done = cli("infer", "-", "--ontology", ontology, "--ontology", data, stdin=text)
    assert done.returncode == 0
    assert "_:n " in done.stdout
    assert len(done.stdout.splitlines()) == 9  # blank nodes of two files are never the same


def test_infer_with_the_packaged_ontology(cli: Cli, tmp_path: Path) -> None:
    data = tmp_path / "mine.nt"
    data.write_text(
        f"<http://example.org/o> <{PREFIXES['rdf']}type> <{BASE}ontology#GovernmentBody> .\n",
        encoding="utf-8",
    )
    done = cli("infer", str(data))
    assert done.returncode == 0
    assert f"<http://example.org/o> <{PREFIXES['rdf']}type> <{BASE}ontology#Actor> ." in done.stdout


def test_infer_names_what_no_rule_covers(cli: Cli, files: tuple[str, str], tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(PROLOGUE + UNSUPPORTED["owl:minCardinality"], encoding="utf-8")
    args = ["infer", files[0], "--ontology", files[1], "--ontology", str(more)]
    done = cli(*args)
    assert done.returncode == 0
    assert "owl:minCardinality" in done.stderr
    assert len(done.stdout.splitlines()) == 6
    strict = cli(*args, "--strict")
    assert (strict.returncode, strict.stdout) == (2, "")
    assert "owl:minCardinality" in strict.stderr
    assert cli("infer", files[0], "--ontology", files[1], "--strict").returncode == 0


def test_infer_prints_the_triples_and_says_the_contradictions(
    cli: Cli, files: tuple[str, str]
) -> None:
    data, ontology = files
    with Path(data).open("a", encoding="utf-8") as file:
        file.write(" :x a :C .")
    done = cli("infer", data, "--ontology", ontology)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 6
    assert "owl:disjointWith" in done.stderr
    assert "facts: <http://example.org/x> " in done.stderr


@pytest.mark.parametrize("chosen", ["nt", "ttl"])
def test_the_limit_keeps_the_first_triples(cli: Cli, files: tuple[str, str], chosen: str) -> None:
    args = ["infer", files[0], "--ontology", files[1], "--format", chosen, "--limit"]
    whole, cut = cli(*args, "6"), cli(*args, "2")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert (cut.returncode, cut.stderr) == (0, "cut after 2 triples; there are more (--limit)\n")
    kept = [list(ox.parse(done.stdout.encode(), ox.RdfFormat.TURTLE)) for done in (whole, cut)]
    assert (len(kept[0]), kept[1]) == (6, kept[0][:2])


def test_a_contradiction_outweighs_the_limit(cli: Cli, files: tuple[str, str]) -> None:
    with Path(files[0]).open("a", encoding="utf-8") as file:
        file.write(" :x a :C .")
    done = cli("infer", files[0], "--ontology", files[1], "--limit", "2")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert "error[cax-dw]" in done.stderr
    assert "there are more" in done.stderr


def test_a_time_limit_ends_an_inference_and_leaves_the_output_alone(
    files: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out.nt"
    out.write_text("before", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    args = ["infer", files[0], "-", "--ontology", files[1], "-o", str(out), "--timeout", "2"]
    # Standard input stays open: the reasoner waits for an end that does not come.
    with subprocess.Popen(
        [sys.executable, "-m", "bri_kg", *args],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stderr
        assert "stopped after 2 seconds" in process.stderr.read()
        assert process.wait(60) == 3
    assert sorted(tmp_path.iterdir()) == before
    assert out.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("flaw", [":x :p", "SECOND", "--strict"])
def test_an_error_in_the_middle_leaves_the_output_alone(
    cli: Cli, files: tuple[str, str], tmp_path: Path, flaw: str
) -> None:
    out, more = tmp_path / "out.nt", tmp_path / "more.ttl"
    out.write_text("before", encoding="utf-8")
    many = "".join(f":x{n} :p :y .\n" for n in range(5_000))
    tail = {":x :p": flaw, "SECOND": "", "--strict": ":p a owl:ReflexiveProperty ."}[flaw]
    more.write_text(PROLOGUE + many + tail, encoding="utf-8")
    args = ["infer", str(more), "--ontology", files[1], "-o", str(out), "--strict"]
    if flaw == "SECOND":
        args[2:2] = [str(tmp_path / "none.ttl")]
    before = sorted(tmp_path.iterdir())
    done = cli(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert sorted(tmp_path.iterdir()) == before
    assert out.read_text(encoding="utf-8") == "before"


def test_infer_follows_no_import(cli: Cli, files: tuple[str, str]) -> None:
    data, ontology = files
    with Path(ontology).open("a", encoding="utf-8") as file:
        file.write("<http://example.org/o> owl:imports <http://127.0.0.1:9/none> .")
    done = cli("infer", data, "--ontology", ontology)
    assert (done.returncode, done.stdout) == (2, "")
    assert "imports <http://127.0.0.1:9/none>" in done.stderr
    assert "is never followed" in done.stderr


@pytest.mark.parametrize("text", ["@prefix", ":x :y :z", ""])
def test_infer_says_where_a_file_is_broken(cli: Cli, files: tuple[str, str], text: str) -> None:
    Path(files[0]).write_text(text, encoding="utf-8")
    done = cli("infer", files[0], "--ontology", files[1])
    assert done.returncode == 2
    assert "data.ttl" in done.stderr
    assert "fix:" in done.stderr


@pytest.mark.parametrize("args", [["infer", "DATA"], ["export", "--part", "inferred"]])
def test_neither_infer_nor_the_release_needs_owlrl(args: list[str], tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("<a:b> <a:b> <a:b> .", encoding="utf-8")
    args = [str(data) if arg == "DATA" else arg for arg in args]
    program = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
os.environ["BRI_KG_CACHE"] = {str(tmp_path / "cache")!r}
from bri_kg.cli.main import main
assert main({[*args, "-o", str(tmp_path / "out")]!r}) == 0
print("LOADED", *[name for name in ("rdflib", "owlrl", "pyshacl") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "LOADED"
