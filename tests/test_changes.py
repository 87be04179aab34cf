"""Change without harm: no term vanishes, a deprecated one says where to go, the version rises with the change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Cli

_HEADER = """@prefix ex: <https://example.org/o#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vann: <http://purl.org/vocab/vann/> .
<https://example.org/o> a owl:Ontology ;
  vann:preferredNamespaceUri "https://example.org/o#" ; owl:versionInfo "%s" .
ex:Thing a owl:Class . ex:Place a owl:Class . ex:near a owl:ObjectProperty .
%s
"""
_CITY = "ex:City a owl:Class ; rdfs:subClassOf ex:Place ."
_DEAD = "ex:City a owl:Class ; rdfs:subClassOf ex:Place ; owl:deprecated true"


def _found(cli: Cli, folder: Path, old: tuple[str, str], new: tuple[str, str]) -> set[str]:
    """The checks on changes that fire between two versions, each a number and what the file adds."""
    for name, (version, body) in (("old", old), ("new", new)):
        (folder / f"{name}.ttl").write_text(_HEADER % (version, body), encoding="utf-8")
    done = cli(
        *("check", "--ontology", str(folder / "new.ttl")),
        *("--previous", str(folder / "old.ttl"), "--format", "json"),
    )
    codes = {finding["code"] for finding in json.loads(done.stdout)}
    return codes & {"25-vanished-term", "25-version-step", "25-deprecated-without-way"}


@pytest.mark.parametrize(
    ("old", "new", "fires"),
    [
        (("1.0.0", _CITY), ("1.0.0", _CITY), set()),
        (("1.0.0", _CITY), ("2.0.0", ""), {"25-vanished-term"}),
        (("1.0.0", _CITY), ("1.1.0", ""), {"25-vanished-term", "25-version-step"}),
        (("1.0.0", f"{_DEAD} ."), ("2.0.0", ""), set()),
        (("0.1.0", f"{_DEAD} ."), ("0.2.0", ""), set()),
        (("1.0.0", ""), ("1.0.1", _CITY), {"25-version-step"}),
        (("1.0.0", ""), ("1.1.0", _CITY), set()),
        (("1.0.0", _CITY), ("1.1.0", f"{_DEAD} ."), {"25-deprecated-without-way"}),
        (("1.0.0", _CITY), ("1.1.0", f"{_DEAD} ; dcterms:isReplacedBy ex:Place ."), set()),
        (
            ("1.0.0", _CITY),
            ("1.0.1", _CITY + " ex:near rdfs:domain ex:Place ."),
            {"25-version-step"},
        ),
        (("1.0.0", _CITY), ("1.9.0", "ex:City a owl:Class ."), {"25-version-step"}),
        # An axiom that follows from others is no change.
        (
            ("1.0.0", f"{_CITY} ex:Town a owl:Class ; rdfs:subClassOf ex:City , ex:Place ."),
            ("1.0.1", f"{_CITY} ex:Town a owl:Class ; rdfs:subClassOf ex:City ."),
            set(),
        ),
    ],
)
def test_what_a_change_asks_for(
    cli: Cli, tmp_path: Path, old: tuple[str, str], new: tuple[str, str], fires: set[str]
) -> None:
    assert _found(cli, tmp_path, old, new) == fires


def test_our_own_ontology_is_held_against_its_last_release(cli: Cli, copy: Path) -> None:
    module = copy.parent / "ontology" / "modules" / "place.ttl"
    text = module.read_text(encoding="utf-8")
    start = text.index("bri:m49 a owl:DatatypeProperty")
    module.write_text(text[:start] + text[text.index("bri:latitude a", start) :], encoding="utf-8")
    done = cli("check", "--graph", str(copy), "--alone", "--format", "json")
    gone = [f for f in json.loads(done.stdout) if f["code"] == "25-vanished-term"]
    assert done.returncode == 1
    assert [f["focus"] for f in gone] == ["https://w3id.org/bri-kg/ontology#m49"]
