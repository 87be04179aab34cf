"""The wheel, installed by somebody new: what it holds, what it says of itself, and its advice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from conftest import ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")


def environment(programs: Path | None = None) -> dict[str, str]:
    """The settings of a user who has none for bri-kg or Python, with these programs first."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BRI_KG", "PYTHON"))}
    path = f"{programs}{os.pathsep}{kept['PATH']}" if programs else kept["PATH"]
    return {**kept, "PATH": path, "PYTHONIOENCODING": "utf-8"}


def run(*command: str, programs: Path | None = None, cwd: Path | None = None, **env: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**environment(programs), **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, env=environment())
    if done.returncode:
        pytest.skip(f"no wheel can be built here: {done.stderr[-300:]}")
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a virtual environment that holds the wheel, what it requires, and no extra."""
    folder = tmp_path_factory.mktemp("user") / "venv"
    run(sys.executable, "-m", "venv", str(folder))
    found = folder / ("Scripts" if os.name == "nt" else "bin")
    run(str(found / "python"), "-m", "pip", "install", "-q", str(wheel))
    return found


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_every_file_of_the_graph(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bri_kg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    files = {
        f"bri_kg/data/{path.relative_to(ROOT).as_posix()}"
        for room in ("graph", "ontology", "queries")
        for path in (ROOT / room).rglob("*")
        if path.is_file()
    }
    files |= {f"bri_kg/data/docs/{page}.md" for page in ("modelling", "sparql")}
    release = {name for name in held if name.startswith("bri_kg/data/release/")}
    about = {name for name in held if ".dist-info/" in name}
    assert len(release) >= 5
    assert held - release - about == modules | files


@pytest.mark.slow
def test_the_description_has_no_link_that_leads_nowhere(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))
    assert metadata["Description-Content-Type"] == "text/markdown"
    text = metadata.get_payload(decode=True).decode("utf-8")  # type: ignore[union-attr]
    assert [link for link in LINK.findall(text) if not link.startswith("https://")] == []
    assert "docs/architecture.md" in text
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[0]
    assert text.startswith(first)


@pytest.mark.slow
def test_it_answers_from_an_empty_folder_and_leaves_it_empty(
    programs: Path, tmp_path: Path
) -> None:
    answer = run("bri-kg", "ask", "cofounders", programs=programs, cwd=tmp_path)
    assert "Russian Academy of Sciences" in answer
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_advice_to_install_an_extra_works(programs: Path, tmp_path: Path) -> None:
    pages = [str(programs / "bri-kg"), "build", "reference", str(tmp_path / "pages")]
    env = {**environment(programs), "BRI_KG_CACHE": str(tmp_path / "cache")}
    refused = subprocess.run(pages, capture_output=True, text=True, env=env)
    assert refused.returncode == 2
    advice = re.search(r"^  fix: (pip install .*)$", refused.stderr, re.MULTILINE)
    assert advice, refused.stderr
    subprocess.run(advice[1], shell=True, check=True, env=env)
    run(*pages, programs=programs, BRI_KG_CACHE=env["BRI_KG_CACHE"])
