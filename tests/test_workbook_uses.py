"""What one source describes and another uses stays described: undo and import refuse, and say where it is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import Cli
from workbook_bench import RIGHT, Bench, bench

from bri_kg.errors import InputError
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.parsing import read_rdf
from bri_kg.texts.workbook.source_places import put
from bri_kg.texts.workbook.uses_elsewhere import refuse_if_used


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A collection whose source `notes` describes what a claim of `letter` uses."""
    made = bench(tmp_path_factory.mktemp("uses"))
    put(made.places, write_graph(made.check(RIGHT).made.quads(), "ttl"))
    letter = made.places.folder / "graph" / "claims" / "letter.ttl"
    letter.write_text(
        "<https://example.org/waders/claim/letter-x> <https://w3id.org/bri-kg/ontology#hasSubject> "
        "<https://example.org/waders/id/org/tern-alliance> .\n",
        encoding="utf-8",
    )
    return made


def test_undo_refuses_what_another_source_uses(cli: Cli, told: Bench, tmp_path: Path) -> None:
    mine = tmp_path / "kg"
    shutil.copytree(told.places.folder, mine)
    claims = mine / "graph" / "claims" / "notes.ttl"
    before = claims.read_bytes()
    refused = cli("source", "undo", "notes", cwd=mine)
    assert refused.returncode == 1 and "error[BRI968]" in refused.stderr
    assert "waders-org:tern-alliance (graph/claims/letter.ttl)" in refused.stderr
    chinese = cli("source", "undo", "notes", "-l", "zh", cwd=mine)
    assert "在别处仍被使用" in chinese.stderr and "使用处：" in chinese.stderr
    assert claims.read_bytes() == before
    (mine / "graph" / "claims" / "letter.ttl").unlink()
    assert cli("source", "undo", "notes", cwd=mine).returncode == 0
    assert not claims.exists()


def test_import_refuses_too_and_what_is_described_elsewhere_may_go(told: Bench) -> None:
    refuse_if_used(told.resources, told.places, read_rdf(told.places.claims))
    with pytest.raises(InputError) as refused:
        refuse_if_used(told.resources, told.places, ())
    assert refused.value.code == "BRI968"
    copied = told.places.folder / "graph" / "claims" / "again.ttl"
    shutil.copy(told.places.claims, copied)
    refuse_if_used(told.resources, told.places, ())
    copied.unlink()
