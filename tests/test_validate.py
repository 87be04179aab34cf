"""Validation: the graph passes; each kind of mistake is found, named and given a mend."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, Cli

import bri_kg
from bri_kg.cli import which_graph
from bri_kg.cli.which_graph import say_which_graph
from bri_kg.dataset.resources import find

CLAIMS = "claims/cas-decade.ttl"


def test_the_graph_is_valid(cli: Cli) -> None:
    done = cli("validate")
    assert (done.returncode, done.stdout) == (0, "")
    assert "questions passed" in done.stderr


def edit(graph: Path, file: str, pattern: str, replacement: str) -> None:
    path = graph / file
    text, count = re.subn(
        pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL
    )
    assert count == 1, f"{pattern} is not in {file}"
    path.write_text(text, encoding="utf-8")


def without_evidence(graph: Path) -> None:
    edit(graph, CLAIMS, r"(cas-decade-outcomes .*?) ;\s+bri:evidence <[^>]*> \.", r"\1 .")


def unknown_class(graph: Path) -> None:
    edit(graph, CLAIMS, r"(cas-decade-outcomes a bri:)StatementClaim", r"\1StatmentClaim")


def passage_beyond_the_end(graph: Path) -> None:
    edit(graph, CLAIMS, r"(cas-decade-outcomes .*?#char=\d+,)\d+", r"\g<1>999999")


def leaking_rule(graph: Path) -> None:
    edit(graph.parent, "queries/facts/creation.rq", r"  \?claim bri:standing [^\n]*\n", "")
    edit(
        graph,
        CLAIMS,
        r"(overseas-centres-built .*?bri:factuality bri-factuality:)achieved",
        r"\1planned",
    )


def wrong_bound(graph: Path) -> None:
    (graph / "entities" / "quantities.ttl").write_text(
        "@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
        "@prefix bri-quantity: <https://w3id.org/bri-kg/id/quantity/> .\n\n"
        "bri-quantity:more-than-100\n    bri:upperBound 500.0 .\n",
        encoding="utf-8",
    )


def without_factuality(graph: Path) -> None:
    edit(graph, CLAIMS, r"(cas-decade-outcomes .*?)\s+bri:factuality bri-factuality:\w+ ;", r"\1")


def wrong_datatype(graph: Path) -> None:
    edit(graph, CLAIMS, "bri:openList true", 'bri:openList "yes"')


def dangling_iri(graph: Path) -> None:
    edit(graph, CLAIMS, r"(bri:hasParty bri-org:cas , bri-org:)twas", r"\1twasp")


def outranks_itself(graph: Path) -> None:
    edit(
        graph,
        CLAIMS,
        r"(bri-claim:cas-decade-outcomes a bri:StatementClaim ;)",
        r'\1\n    bri:outranks bri-claim:cas-decade-outcomes ;\n    bri:reason "A test."@en , "测试。"@zh ;',
    )


@pytest.mark.parametrize(
    ("breaks", "file", "says", "mend"),
    [
        (without_evidence, CLAIMS, r"needs evidence", "evidence find"),
        (unknown_class, CLAIMS, r"nothing describes bri:StatmentClaim", "did you mean bri:StatementClaim"),
        (passage_beyond_the_end, CLAIMS, r"not sealed", "evidence seal"),
        (leaking_rule, "creation.rq", r"not achieved or ongoing", "bri-standing:live"),
        (wrong_bound, "quantities.ttl", r"bound does not follow", "by hand"),
        (without_factuality, CLAIMS, r"how far it has come about", "bri:factuality"),
        (wrong_datatype, CLAIMS, r"true or false", "bri:openList true"),
        (dangling_iri, CLAIMS, r"nothing describes bri-org:twasp", "did you mean bri-org:twas"),
        (outranks_itself, CLAIMS, r"outranks itself", "circle"),
    ],
)  # fmt: skip
def test_a_broken_copy_is_found_out(
    cli: Cli, copy: Path, breaks: Callable[[Path], None], file: str, says: str, mend: str
) -> None:
    breaks(copy)
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 1, done.stderr
    assert re.search(
        rf"{re.escape(Path(file).name)}:\d+: error\[[\w:-]+\]: [^\n]*(?:{says})", done.stdout
    ), done.stdout
    assert re.search(rf"  fix: [^\n]*{re.escape(mend)}", done.stdout), done.stdout


def test_a_passage_beyond_the_end_is_found_even_when_it_carries_a_digest(
    cli: Cli, copy: Path
) -> None:
    passage_beyond_the_end(copy)
    iri = re.search(
        r"<source/cas-decade#char=\d+,999999>", (copy / CLAIMS).read_text(encoding="utf-8")
    )
    assert iri
    with (copy / "passages.ttl").open("a", encoding="utf-8") as file:
        file.write(f'{iri[0]} bri:sha256 "{"0" * 64}" .\n')
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 1
    assert "error[passage-beyond-end]" in done.stdout


def test_the_line_is_the_one_to_change(cli: Cli, copy: Path) -> None:
    wrong_datatype(copy)
    done = cli("validate", "--graph", str(copy), "--alone")
    place = re.search(r"cas-decade\.ttl:(\d+): ", done.stdout)
    assert place
    lines = (copy / CLAIMS).read_text(encoding="utf-8").split("\n")
    assert 'bri:openList "yes"' in lines[int(place[1]) - 1]


def test_malformed_turtle_cannot_be_validated(cli: Cli, copy: Path) -> None:
    edit(copy, CLAIMS, r"bri-claim:cas-decade-outcomes a", "bri-claim:cas-decade-outcomes a a")
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 2
    assert re.search(r"cas-decade\.ttl:\d+:\d+: error\[BRI216\]", done.stderr)
    assert "fix:" in done.stderr


def test_json_and_shacl_reports(cli: Cli, copy: Path) -> None:
    without_factuality(copy)
    found = json.loads(cli("validate", "--graph", str(copy), "--alone", "--format", "json").stdout)
    assert [f["code"] for f in found] == ["bris:Claim-factuality"]
    turtle = cli("validate", "--graph", str(copy), "--alone", "--format", "ttl").stdout
    assert "sh:ValidationReport" in turtle
    assert "bris:Claim-factuality" in turtle


OWN_CLAIM = """
@prefix bri: <https://w3id.org/bri-kg/ontology#> .
@prefix bri-org: <https://w3id.org/bri-kg/id/org/> .
@prefix bri-rank: <https://w3id.org/bri-kg/vocab/rank/> .
@prefix bri-role: <https://w3id.org/bri-kg/vocab/role/> .
@prefix bri-time: <https://w3id.org/bri-kg/id/time/> .
@prefix bri-factuality: <https://w3id.org/bri-kg/vocab/factuality/> .
@prefix ex: <http://example.org/> .
ex:claim a bri:CreationClaim ;
    bri:hasSubject bri-org:anso ; bri:hasAgent bri-org:cas ;
    bri:role bri-role:founder ; bri:hasTime bri-time:2018 ;
    bri:factuality bri-factuality:achieved ; bri:rank bri-rank:normal ;
    bri:evidence <https://w3id.org/bri-kg/source/cas-decade#char=3036,3249> .
"""


def test_a_file_of_ones_own_is_laid_over_the_graph(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(OWN_CLAIM, encoding="utf-8")
    done = cli("validate", str(file))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    file.write_text(OWN_CLAIM.replace("bri-org:anso", "bri-org:anzo"), encoding="utf-8")
    done = cli("validate", str(file))
    assert done.returncode == 1
    assert "mine.ttl:10: error[unknown-term]: nothing describes bri-org:anzo" in done.stdout
    assert "did you mean bri-org:anso?" in done.stdout


def test_a_fact_written_by_hand_is_found(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        "@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
        "@prefix bri-org: <https://w3id.org/bri-kg/id/org/> .\n"
        "bri-org:anso bri:isFoundedBy bri-org:twas .\n",
        encoding="utf-8",
    )
    done = cli("validate", str(file))
    assert done.returncode == 1
    assert "mine.ttl:3: error[fact-written-by-hand]" in done.stdout


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("mine.ttl", "[] a <https://w3id.org/bri-kg/ontology#Orgnization> .", "without an IRI"),
        ("mine.trig", "<http://g> { <http://a> <http://b> <http://c> }", "in the named graph"),
    ],
)
def test_what_findings_cannot_name_is_refused(
    cli: Cli, tmp_path: Path, name: str, text: str, says: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    done = cli("validate", str(file))
    assert done.returncode == 2
    assert f"{name}: error[BRI21" in done.stderr
    assert says in done.stderr


def test_a_contradiction_names_the_axiom_and_the_two_facts(cli: Cli, copy: Path) -> None:
    club = """
bri-place:club a bri:Organization , bri:Place ;
    skos:prefLabel "club"@en , "俱乐部"@zh ;
    dcterms:source bri-reference:editors .
"""
    edit(copy, "entities/places.ttl", r"\Z", club)
    done = cli("validate", "--graph", str(copy), "--alone")
    assert done.returncode == 1
    assert "axiom: bri:Actor owl:disjointWith bri:Place" in done.stdout
    assert "bri-place:club is both bri:Actor and bri:Place" in done.stdout
    asked = cli("ask", "cofounders", "--graph", str(copy), "--alone")
    assert asked.returncode == 2
    assert "error[BRI401]" in asked.stderr


def judged(folder: Path, given: str | None, monkeypatch: pytest.MonkeyPatch, **what: object) -> str:
    """Return what is said of the graph that is read where `validate` runs in a folder."""
    monkeypatch.chdir(folder)
    said: list[str] = []
    monkeypatch.setattr(which_graph, "talk", lambda args, text: said.append(text))
    args = Namespace(graph=given, lang="en", quiet=False)
    found = find(given, alone=given is not None)
    say_which_graph(args, replace(found, **what))  # type: ignore[arg-type]
    return "\n".join(said)


def test_the_graph_that_is_judged_is_named(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = ROOT / "graph"
    assert judged(ROOT, None, monkeypatch) == f"graph: {own}"
    # Another checkout is not judged in silence, and a dot names it.
    there = judged(copy.parent, None, monkeypatch)
    assert there.startswith(f"graph: {own}\nwarning: ") and "`--graph . --alone`" in there
    assert judged(copy.parent, ".", monkeypatch) == "graph: graph"
    assert judged(copy.parent, "graph", monkeypatch) == "graph: graph"
    installed = judged(copy.parent.parent, None, monkeypatch, release=copy)
    assert installed == f"graph: the one installed with bri-kg {bri_kg.__version__}"


def test_validate_says_which_graph_it_reads(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "<https://w3id.org/bri-kg/id/org/x> a <https://w3id.org/bri-kg/ontology#Organisation> .",
        encoding="utf-8",
    )
    done = cli("validate", "mine.ttl", cwd=tmp_path)
    assert (done.returncode, done.stderr.split("\n")[0]) == (1, f"graph: {ROOT / 'graph'}")
