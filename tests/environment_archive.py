"""What workers of Spark need beside a bare Python, as an archive: this package, what it needs, and Arrow."""

from __future__ import annotations

import re
import tarfile
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from running import ROOT

# What PySpark needs in a worker for functions over batches of Arrow.
OF_SPARK = ("pyarrow", "pandas")


def write_archive(path: Path) -> None:
    """Write an archive that workers find at the head of their path."""
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        archive.add(ROOT / "bri_kg", "bri_kg", filter=without_caches)
        for room in ("graph", "ontology", "queries"):  # as in a wheel
            archive.add(ROOT / room, f"bri_kg/data/{room}")
        for name in sorted(needed([*asked_by_us(), *OF_SPARK])):
            for file in distribution(name).files or ():
                place = Path(str(file.locate()))
                if ".." not in file.parts and "tests" not in file.parts and place.is_file():
                    archive.add(place, str(file), filter=without_caches)


def without_caches(info: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in info.name else info


def asked_by_us() -> list[str]:
    """Return what `pyproject.toml` asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(one) for one in project["dependencies"]]


def needed(asked: list[str]) -> set[str]:
    """Return the installed distributions that are asked for, and what they ask for in turn, without extras."""
    found: set[str] = set()
    ahead = [one for one in asked if "extra ==" not in one]
    while ahead:
        name = re.split(r"[^A-Za-z0-9._-]", ahead.pop())[0]
        if name.lower() in found:
            continue
        try:
            more = distribution(name).requires or []
        except PackageNotFoundError:  # for other systems
            continue
        found.add(name.lower())
        ahead += [one for one in more if "extra ==" not in one]
    return found
