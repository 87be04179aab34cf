"""The checks of the ontology: ours passes each, each finds its twin, and the page that lists them is true."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.checking.checks import read_check, run_check
from bri_kg.checking.ontologies import given
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.parsing import read_rdf

CHECKS = sorted((ROOT / "queries" / "checks" / "ontology").glob("*.rq"))
TWINS = ROOT / "tests" / "check_twins"
PAGE = ROOT / "docs" / "checks.md"


def test_our_ontology_passes(cli: Cli) -> None:
    done = cli("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{len(CHECKS)} of {len(CHECKS)} checks pass" in done.stderr


def test_a_triple_that_a_file_repeats_is_held_once(tmp_path: Path) -> None:
    file = tmp_path / "again.ttl"
    lines = [f"<urn:{n % 2}> a <http://www.w3.org/2002/07/owl#Class> .\n" for n in range(200)]
    file.write_text("".join(lines), encoding="utf-8")
    assert len(given([file], find()).files[file]) == 2


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_each_check_finds_its_twin(path: Path) -> None:
    """A small ontology in which exactly this is wrong; its comment says where."""
    twins = sorted((*TWINS.glob(f"{path.stem}.ttl"), *TWINS.glob(f"{path.stem}--*.ttl")))
    assert twins, f"write {TWINS.name}/{path.stem}.ttl, in which the check finds something"
    for twin in twins:
        ontology = given([twin], find())
        before = TWINS / "previous" / twin.name
        if before.is_file():
            ontology = replace(ontology, previous=tuple(read_rdf(before)))
        check = read_check(path)
        assert ontology.is_ours or not check.house, "the command leaves it out for this twin"
        found = list(run_check(check, ontology.store, "ontology"))
        nodes = {str(ontology.names.get(f.focus or "", f.focus)) for f in found}
        pairs = {(f.focus, f.value) for f in found}
        for focus, value in _expected(twin):
            assert focus in nodes if value is None else (focus, value) in pairs, (focus, value)


def _expected(twin: Path) -> list[tuple[str, str | None]]:
    """What the comments of a twin name: the node at fault and, where it says so, the value."""
    text = twin.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"^@prefix ([\w-]+): <([^>]+)> \.$", text, re.MULTILINE))

    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return name.strip("<>") if name.startswith("<") else prefixes[prefix] + local

    expected: list[tuple[str, str | None]] = []
    for comment in re.findall(r"^# Fires at: (.+)$", text, re.MULTILINE):
        focus, _, value = comment.partition(" ")
        if comment == "this file":
            expected.append((str(twin), None))
        else:
            expected.append((full(focus), full(value) if value else None))
    assert expected, "say in a comment where it fires"
    return expected


def test_every_twin_has_its_check() -> None:
    names = {path.stem for path in CHECKS}
    for twin in TWINS.glob("*.ttl"):
        assert twin.stem.partition("--")[0] in names, twin


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_each_check_says_what_is_wrong_in_two_languages_and_how_to_mend_it(path: Path) -> None:
    check = read_check(path)
    assert re.fullmatch(r"[0-2][0-9]-[a-z0-9-]+", check.name)
    assert check.summary.endswith(".")
    assert check.summary_zh != check.summary
    assert check.summary_zh.endswith("。")
    assert check.fix


# What a file says stands at a line.

FOREIGN = """@prefix ex: <https://example.org/onto#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://example.org/onto> a owl:Ontology ;
    owl:imports <https://example.org/wheels> .

ex:Car a owl:Class ;
    rdfs:label "car"@en ;
    rdfs:comment "What has wheels and an engine."@en ;
    rdfs:subClassOf <https://example.org/wheels#Wheeled> .

ex:Wheel a owl:Class ;
    rdfs:label "wheel"@en ;
    rdfs:subClassOf ex:Car .
"""
IMPORTED = """@prefix owl: <http://www.w3.org/2002/07/owl#> .

<https://example.org/wheels> a owl:Ontology .

<https://example.org/wheels#Wheeled> a owl:Class .
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "onto.ttl"
    path.write_text(FOREIGN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["actor", "claim", "cooperation", "place", "programme", "quantity"]
)
def test_a_module_can_be_taken_alone(name: str) -> None:
    """Its imports declare every term that it uses."""
    module = ROOT / "ontology" / "modules" / f"{name}.ttl"
    ontology = given([module], find())
    assert ontology.missing == ()
    for rule in ("13-term-undeclared", "21-undeclared", "21-dangling"):
        check = read_check(ROOT / "queries" / "checks" / "ontology" / f"{rule}.rq")
        assert list(run_check(check, ontology.store, "ontology")) == []


def test_another_ontology_is_held_to_what_is_no_habit_of_this_house(
    cli: Cli, foreign: Path
) -> None:
    done = cli("check", "--ontology", str(foreign))
    assert done.returncode == 1
    assert re.search(r"onto\.ttl:13: error\[07-definition-missing\]: ", done.stdout)
    assert "at: https://example.org/onto#Wheel" in done.stdout
    assert "error[08-" not in done.stdout
    house = sum(read_check(path).house for path in CHECKS)
    assert f"{house} rules of bri-kg's own house are left out" in done.stderr
    assert "https://example.org/wheels is imported and not among the files" in done.stderr


def test_an_import_is_found_among_the_files_and_by_a_catalogue(cli: Cli, foreign: Path) -> None:
    undeclared = "onto#Car https://example.org/wheels#Wheeled"
    # What an import that is not here declares is not known.
    assert undeclared not in cli("check", "--ontology", str(foreign)).stdout
    imported = foreign.with_name("wheels.ttl")
    imported.write_text(IMPORTED.replace("#Wheeled", "#Other"), encoding="utf-8")
    assert undeclared in cli("check", "--ontology", str(foreign), str(imported)).stdout
    imported.write_text(IMPORTED, encoding="utf-8")
    done = cli("check", "--ontology", str(foreign), str(imported))
    assert undeclared not in done.stdout
    assert "is imported" not in done.stderr
    foreign.with_name("catalog-v001.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="https://example.org/wheels" uri="wheels.ttl"/></catalog>',
        encoding="utf-8",
    )
    done = cli("check", "--ontology", str(foreign))
    assert undeclared not in done.stdout
    assert "is imported" not in done.stderr
    # What an import lacks is the business of those who wrote it.
    assert "wheels.ttl" not in done.stdout


def test_what_is_imported_of_ours_is_found_in_the_package(cli: Cli, foreign: Path) -> None:
    ours = f"{BASE}ontology"
    text = FOREIGN.replace("<https://example.org/wheels>", f"<{ours}>")
    text = text.replace("<https://example.org/wheels#Wheeled>", f"<{ours}#Facility>")
    foreign.write_text(text, encoding="utf-8")
    done = cli("check", "--ontology", str(foreign))
    assert "is imported" not in done.stderr
    assert "error[21-undeclared]" not in done.stdout
    foreign.write_text(text.replace("#Facility", "#Facilty"), encoding="utf-8")
    done = cli("check", "--ontology", str(foreign))
    assert re.search(r"error\[21-undeclared\].*\n  at: \S+onto#Car bri:Facilty", done.stdout)


def test_a_catalogue_never_leads_to_the_network(cli: Cli, foreign: Path) -> None:
    foreign.with_name("catalog-v001.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="https://example.org/wheels" uri="http://127.0.0.1:9/wheels.ttl"/></catalog>',
        encoding="utf-8",
    )
    done = cli("check", "--ontology", str(foreign))
    assert done.returncode == 1
    assert "is imported and not among the files" in done.stderr


def test_what_cannot_be_read_ends_with_2(cli: Cli, foreign: Path) -> None:
    assert cli("check", "--ontology", str(foreign.with_name("no.ttl"))).returncode == 2
    foreign.with_name("catalog-v001.xml").write_text("<catalog>", encoding="utf-8")
    done = cli("check", "--ontology", str(foreign))
    assert done.returncode == 2
    assert re.search(r"catalog-v001\.xml:1:\d+: error\[BRI262\]", done.stderr)


def test_no_checks_is_not_a_pass(cli: Cli, copy: Path) -> None:
    shutil.rmtree(copy.parent / "queries" / "checks" / "ontology")
    done = cli("check", "--graph", str(copy), "--alone")
    assert done.returncode == 2
    assert "error[BRI247]" in done.stderr


def test_a_mistake_in_a_copy_is_found_at_its_line(cli: Cli, copy: Path) -> None:
    path = copy.parent / "ontology" / "modules" / "time.ttl"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("bri:edtf a"))
    label = next(n for n, line in enumerate(lines) if n > at and "skos:prefLabel" in line)
    lines[label] = '    skos:prefLabel "time span"@en , "EDTF 字符串"@zh ;'
    path.write_text("\n".join(lines), encoding="utf-8")
    done = cli("check", "--graph", str(copy), "--alone")
    assert done.returncode == 1
    assert "error[11-label-of-two-terms]" in done.stdout
    # Where the label of the other term stands.
    begins = next(n for n, line in enumerate(lines) if line.startswith("bri:TimeSpan a"))
    there = next(n for n, line in enumerate(lines, 1) if n > begins and '"time span"@en' in line)
    assert f"time.ttl:{there}: error[11-label-of-two-terms]" in done.stdout


def test_findings_as_json_and_as_rows_and_in_chinese(cli: Cli, foreign: Path) -> None:
    found = json.loads(cli("check", "--ontology", str(foreign), "-f", "json").stdout)
    assert {f["code"] for f in found} >= {"07-definition-missing", "04-header-incomplete"}
    assert all(f["file"] and f["line"] for f in found)
    done = cli("check", "--ontology", str(foreign), "-f", "csv")
    assert done.returncode == 1
    assert done.stdout.startswith("file,line,code,message,focus,value,fix")
    assert len(done.stdout.splitlines()) == len(found) + 1
    assert "没有定义" in cli("check", "--ontology", str(foreign), "-l", "zh").stdout


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("#+ sumary: A slip.", "unknown header key 'sumary'"),
        ("#+ summary: Here.\n#+ scope: everywhere", "scope"),
        ("#+ summary: Here.\n#+ severity: grave", "severity"),
    ],
)
def test_a_bad_header_of_a_check_is_refused(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "99-bad.rq"
    path.write_text(f"{line}\nSELECT ?focus WHERE {{ ?focus ?p ?o }}\n", encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_check(path)


def test_the_prefixes_that_headers_prefer_are_those_in_use() -> None:
    """SPARQL sees no prefixes, so this half of number 6 looks at the text."""
    stated = 0
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        for prefix, namespace in re.findall(
            r'vann:preferredNamespacePrefix "([^"]+)" ;\s+vann:preferredNamespaceUri "([^"]+)"',
            text,
        ):
            assert PREFIXES.get(prefix) == namespace, path
            stated += 1
    assert stated > 25


# The page.


def _rows() -> dict[int, str]:
    text = PAGE.read_text(encoding="utf-8")
    return {
        int(number): row for number, row in re.findall(r"^\| (\d+) \|(.+)$", text, re.MULTILINE)
    }


def test_the_page_has_all_numbers() -> None:
    assert sorted(_rows()) == list(range(1, 26))


def test_the_page_names_each_number_that_has_checks() -> None:
    listed = {
        int(number)
        for row in _rows().values()
        for number in re.findall(r"`queries/checks/ontology/(\d\d)-\*\.rq`", row)
    }
    assert listed == {int(path.stem[:2]) for path in CHECKS}
    for number in listed:
        assert f"/{number:02}-*.rq`" in _rows()[number]


def test_the_page_names_tests_that_exist() -> None:
    """A row gives the beginning of a test's name, since one number may have several."""
    for number, row in _rows().items():
        tests = re.findall(r"`(tests/\w+\.py)::(\w+)`", row)
        assert tests or "/ontology/" in row, f"{number} lives nowhere"
        for file, name in tests:
            path = ROOT / file
            assert path.is_file(), f"{number}: there is no {file}"
            assert f"def {name}" in path.read_text(encoding="utf-8"), f"{file}::{name}"
