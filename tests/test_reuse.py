"""The page for those who reuse the ontology: every snippet works as it stands, for somebody new.

And a project written with the page alone, `tests/reuse/`: what each engine finds in its data, and what follows.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import owlrl
import pyshacl
import pytest
from conftest import ROOT
from java_programs import owlapi, run_java
from rdflib import RDF, SH, Graph, URIRef
from running import run

_PAGE = ROOT / "docs" / "reuse.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"as `([\w.-]+)`[^`]*\Z")


def _blocks() -> Iterator[tuple[str, str, str]]:
    """Every block of the page in order: its language, the file that it is to be saved as, its text."""
    text = _PAGE.read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        name = _NAME.search(text[: block.start()])
        yield block[1], name[1] if name else "", block[2]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with bri-kg installed from the checkout and nothing else."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = subprocess.run(
        [str(programs / "python"), "-m", "pip", "install", "-q", f"{ROOT}[docs]"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        pytest.skip(f"bri-kg cannot be installed here: {done.stderr[-300:]}")
    return programs


@pytest.mark.slow
def test_every_snippet_works_in_an_empty_folder(fresh: Path, tmp_path: Path) -> None:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("BRI_KG", "PYTHON"))},
        "PATH": f"{fresh}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
    }
    kinds: list[str] = []
    printed = ""
    for kind, name, text in _blocks():
        kinds.append(kind)
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        if kind == "text":  # what the snippet before prints
            assert printed == text
            continue
        command = {"sh": ["bash", "-euo", "pipefail", "-c", text], "python": ["python", "-c", text]}
        done = subprocess.run(
            command[kind],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        printed = done.stdout
    assert {"sh", "python", "turtle", "text"} <= set(kinds)


# The project.

_PROJECT = ROOT / "tests" / "reuse"
_ID = "https://example.org/serin/id/"
_BRI = "https://w3id.org/bri-kg/ontology#"
_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
_PLANTED = [
    ("both-subject", "shapes#CreationClaim-subject"),
    ("ours-evidence", "shapes#Claim-evidence"),
    ("ours-factuality", "shapes#Claim-factuality"),
    ("theirs-borrower", "shape/Loan-borrower"),
    ("theirs-role", "shape/Loan-role"),
    ("theirs-time", "shape/Loan"),
]
Together = Callable[..., Graph]


def _block(words: str) -> str:
    """The text of the one block of the page that has these words."""
    (text,) = (text for _, _, text in _blocks() if words in text)
    return text


@pytest.fixture(scope="module")
def taken(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in a folder of its own, with what the page has somebody take."""
    folder = tmp_path_factory.mktemp("serin")
    shutil.copytree(_PROJECT, folder, dirs_exist_ok=True)
    assert run("build", "ontology", "bri-ontology", cwd=folder).returncode == 0
    assert run("export", "--part", "shapes", "-o", "bri-shapes.ttl", cwd=folder).returncode == 0
    subprocess.run(["bash", "-ec", _block("> catalog-v001.xml")], cwd=folder, check=True)
    return folder


@pytest.fixture
def project(taken: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(taken)
    return taken


@pytest.fixture
def together(project: Path) -> Together:
    """The page's own function that reads files with their imports."""
    names: dict[str, Together] = {}
    exec(_block("def together"), names)
    return names["together"]


def _results(report: Graph) -> list[tuple[str, str]]:
    """Focus and shape of every result of a report, without those that only explain another."""
    return sorted(
        _named(str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)))
        for result in report.objects(predicate=SH.result)
    )


def _named(focus: str, shape: str) -> tuple[str, str]:
    return focus.removeprefix(_ID), re.sub(
        "^https://(w3id.org/bri-kg|example.org/serin)/", "", shape
    )


@pytest.mark.parametrize(("more", "found"), [([], []), (["wrong.ttl"], _PLANTED)])
def test_pyshacl_finds_what_is_planted(
    together: Together, more: list[str], found: list[tuple[str, str]]
) -> None:
    vocabularies = sorted(Path("bri-ontology/vocabularies").glob("*.ttl"))
    data = together("serin.ttl", "right.ttl", *more, *vocabularies)
    shapes = together("bri-shapes.ttl", "shapes.ttl")
    conforms, report, text = pyshacl.validate(data, shacl_graph=shapes)
    assert (conforms, _results(report)) == (not found, found), text


@pytest.mark.parametrize(("more", "found"), [([], []), (["wrong.ttl"], _PLANTED)])
def test_bri_kg_finds_what_is_planted(
    project: Path, more: list[str], found: list[tuple[str, str]]
) -> None:
    shapes = ("--shapes", "bri", "--shapes", "shapes.ttl")
    done = run("validate", "serin.ttl", "right.ttl", *more, *shapes, "--format", "nt")
    assert done.returncode == bool(found), done.stderr
    assert _results(Graph().parse(data=done.stdout, format="nt")) == found


@pytest.mark.slow
def test_jena_finds_what_is_planted(project: Path) -> None:
    ours = sorted(
        file
        for part in ("modules", "vocabularies")
        for file in Path("bri-ontology", part).glob("*.ttl")
    )
    right = ("--", "serin.ttl", "right.ttl", *ours)
    done = run_java(
        *("BRI_KG_JENA", _PROJECT / "Validate.java", "bri-shapes.ttl", "shapes.ttl"),
        *(*right, *right, "wrong.ttl"),
    )
    assert done.returncode == 0, done.stderr
    first, second, *results = (tuple(line.split("\t")) for line in done.stdout.splitlines())
    assert (first, second) == (("conforms", "true"), ("conforms", "false"))
    assert sorted(_named(*result) for result in results) == _PLANTED


def test_it_imports_some_modules_and_not_others(together: Together) -> None:
    read = together("serin.ttl")
    assert (URIRef(_BRI + "evidence"), None, None) in read
    assert (URIRef(_BRI + "isFoundedBy"), None, None) not in read


@pytest.mark.slow
def test_owlrl_closes_it_and_sees_a_contradiction(together: Together) -> None:
    aligned = "https://w3id.org/bri-kg/ontology/alignment/org"
    Path("aligned.ttl").write_text(
        f"<urn:x> <http://www.w3.org/2002/07/owl#imports> <{aligned}> .\n"
    )
    data = together("serin.ttl", "right.ttl", "aligned.ttl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    loan, museum = URIRef(_ID + "loan"), URIRef(_ID + "upper-museum")
    assert (loan, URIRef(_BRI + "involves"), museum) in data
    assert (museum, RDF.type, URIRef(_BRI + "Actor")) in data
    assert (museum, RDF.type, URIRef("http://www.w3.org/ns/org#Organization")) in data
    assert list(data.objects(predicate=_ERROR)) == []
    data = together("serin.ttl", "right.ttl")
    data.add((loan, RDF.type, URIRef(_BRI + "Place")))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    (error,) = data.objects(predicate=_ERROR)
    assert str(loan) in str(error)


@pytest.mark.slow
def test_the_library_of_protege_opens_it_every_module_alone_and_an_alignment(project: Path) -> None:
    modules = sorted((project / "bri-ontology" / "modules").glob("*.ttl"))
    (project / "aligned.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<https://example.org/aligned> a owl:Ontology ; "
        "owl:imports <https://w3id.org/bri-kg/ontology/alignment/org> .\n"
    )
    done = owlapi(project / "serin.ttl", project / "aligned.ttl", *modules)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == ["serin.ttl", "aligned.ttl", *(p.name for p in modules)]
    assert {tuple(line[2:]) for line in lines} == {("OWL 2 DL 0", "OWL 2 RL 0")}
    # All modules but that of facts, and itself; with the alignment all of them, and the umbrella.
    assert [int(line[1]) for line in lines[:2]] == [len(modules), len(modules) + 3]


def test_the_page_says_what_each_module_brings_along(together: Together) -> None:
    rows = re.findall(r"^\| `…/ontology/(\w+)` \|.*\| (.*?) *\|$", _PAGE.read_text("utf-8"), re.M)
    said = {module: set(re.findall(r"\w+", brings)) for module, brings in rows}
    modules = {p.stem for p in Path("bri-ontology/modules").glob("*.ttl")} - {"external"}
    said["claim"] = modules - {"claim", "cooperation"}
    assert said.keys() == modules
    header = URIRef("http://www.w3.org/2002/07/owl#Ontology")
    for module, brings in said.items():
        read = together(f"bri-ontology/modules/{module}.ttl")
        names = {str(iri).rpartition("/")[2] for iri in read.subjects(RDF.type, header)}
        assert names == brings | {module, "external"}, module


def test_its_digests_are_those_of_its_text(project: Path) -> None:
    text = (project / "bulletin.txt").read_bytes().decode("utf-8")
    data = Graph().parse("right.ttl")
    spans = {
        str(node).partition("#char=")[2]: str(digest)
        for node, digest in data.subject_objects(URIRef(_BRI + "sha256"))
    }
    assert len(spans) == 3
    for span, digest in spans.items():
        begin, end = map(int, span.split(",")) if span else (0, len(text))
        assert hashlib.sha256(text[begin:end].encode("utf-8")).hexdigest() == digest
