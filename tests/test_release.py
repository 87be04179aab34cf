"""The release: noticed when damaged, and nothing planned among its facts."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Cli

from bri_kg.dataset.release import PARTS
from bri_kg.knowledge import KnowledgeGraph


def test_an_export_holds_the_whole_dataset(cli: Cli, kg: KnowledgeGraph) -> None:
    exported = ox.Store()
    exported.load(cli("export", "--format", "trig").stdout.encode(), ox.RdfFormat.TRIG)
    assert set(exported) == set(kg.store)


def test_the_parts_do_not_overlap(kg: KnowledgeGraph) -> None:
    parts = {
        name: set(ox.parse(path=str(kg.release.part(name)), format=ox.RdfFormat.N_QUADS))
        for name in PARTS
    }
    assert not parts["asserted"] & parts["facts"]
    assert not parts["asserted"] & parts["inferred"]
    assert not parts["facts"] & parts["inferred"]
    assert sum(map(len, parts.values())) == len(kg.store)


@pytest.mark.slow
def test_a_damaged_release_is_rebuilt(cli: Cli, tmp_path: Path) -> None:
    env = {"BRI_KG_CACHE": str(tmp_path)}
    assert cli("ask", "cofounders", **env).returncode == 0
    (facts,) = tmp_path.glob("*/facts.nq")
    whole = facts.read_bytes()
    facts.write_bytes(whole[: len(whole) // 2])
    assert "Russian Academy" in cli("ask", "cofounders", **env).stdout
    assert facts.read_bytes() == whole
    (manifest,) = tmp_path.glob("*/manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["quads"]["facts"] == whole.count(b"\n")


def test_the_default_graph_holds_every_fact_of_every_claim(kg: KnowledgeGraph) -> None:
    named = [quad for quad in kg.store if isinstance(quad.graph_name, ox.NamedNode)]
    assert len(named) > 50
    for quad in named:
        assert ox.Quad(quad.subject, quad.predicate, quad.object) in kg.store
        assert quad.graph_name.value.startswith("https://w3id.org/bri-kg/claim/")  # type: ignore[union-attr]


def test_the_closure_holds_nothing_useless(kg: KnowledgeGraph) -> None:
    for quad in ox.parse(path=str(kg.release.part("inferred")), format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject != quad.object
        assert not str(quad.object).endswith(("owl#Thing>", "rdf-schema#Resource>"))
        assert "agent-ont" not in str(quad)


def test_facts_speak_the_standard_vocabularies_too(kg: KnowledgeGraph) -> None:
    anso, ras = (ox.NamedNode(f"https://w3id.org/bri-kg/id/org/{name}") for name in ("anso", "ras"))
    assert ox.Quad(anso, ox.NamedNode("https://schema.org/founder"), ras) in kg.store
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert ox.Quad(anso, kind, ox.NamedNode("http://www.w3.org/ns/org#Organization")) in kg.store


@pytest.mark.parametrize("part", ["ontology", "shapes"])
@pytest.mark.parametrize("form", ["ttl", "nt"])
def test_a_part_made_of_files_is_the_same_bytes_in_every_run(
    cli: Cli, part: str, form: str
) -> None:
    first, second = (cli("export", "--part", part, "-f", form).stdout for _ in range(2))
    assert first == second
    assert len(first) > 10_000
