"""The tour in docs/: kept without outputs, and run from beginning to end by a kernel of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT

TOUR = ROOT / "docs" / "tour.ipynb"


def test_the_tour_is_kept_without_outputs() -> None:
    cells = json.loads(TOUR.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert not [cell for cell in code if cell["outputs"] or cell["execution_count"]]


@pytest.mark.slow
def test_the_tour_runs(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient", reason="the extra `tour` is not installed")
    pytest.importorskip("ipykernel", reason="the extra `tour` is not installed")
    pytest.importorskip("matplotlib", reason="the extra `notebook` is not installed")
    nbformat = pytest.importorskip("nbformat")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    notebook = nbformat.read(TOUR, as_version=4)
    nbclient.NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    shown = [
        output["data"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "execute_result"
    ]
    pages = ["".join(data.get("text/html", "")) for data in shown]
    assert len(shown) == sum(cell.cell_type == "code" for cell in notebook.cells) - 1
    assert sum("data:image/png" in page for page in pages) == 4
    for words in (
        "cas-decade 3036–3249",
        "DIFFERS",
        "[planned]",
        "does not conform",
        "图中内容及其出处",
    ):
        assert any(words in page for page in pages), words
    assert not any("<script" in page or "Traceback" in page for page in pages)
    assert not list(tmp_path.iterdir())
