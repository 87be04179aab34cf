"""Java programs of one file, run with jars that Maven has put into a folder; without either, a test is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def run_java(
    jars: str, program: Path | str, *arguments: Path | str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program, or a class, with the jars of the folder that the variable `jars` names, and with no network."""
    named, java = os.environ.get(jars), shutil.which("java")
    if not named or java is None:
        pytest.skip(f"Java is missing, or {jars} does not name a folder with the jars of a pom.xml")
    nowhere = [f"-D{p}.proxy{k}" for p in ("http", "https") for k in ("Host=127.0.0.1", "Port=1")]
    return subprocess.run(
        [
            java,
            *_SHORT_LIVED,
            *nowhere,
            "-cp",
            f"{Path(named).resolve()}/*",
            str(program),
            *map(str, arguments),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def owlapi(*files: Path) -> subprocess.CompletedProcess[str]:
    """Open each file with the catalogue beside it in the library of Protégé; `tests/owlapi/Open.java` says how."""
    return run_java("BRI_KG_OWLAPI", Path(__file__).parent / "owlapi" / "Open.java", *files)
