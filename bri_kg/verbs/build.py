"""`bri-kg build WHAT DIR`: the files that others take away, written into a folder."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bri_kg.errors import InputError
from bri_kg.files import write_file
from bri_kg.output import talk
from bri_kg.resources import Resources, find

_INDEX: Final = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>bri-kg</title></head>
<body>
<p><a href="en.html">The bri-kg ontology</a></p>
<p lang="zh"><a href="zh.html">bri-kg 本体</a></p>
</body>
</html>
"""


def run(args: Namespace) -> int:
    """Write what was asked for, with the files written on stderr; 0."""
    folder = _empty(Path(args.folder))
    for path in _BUILDERS[args.what](find(args.graph), folder):
        talk(args, str(path))
    return 0


def _reference(resources: Resources, folder: Path) -> list[Path]:
    """The reference of the ontology as static pages, a page a language."""
    from bri_kg.reference import read_reference, render

    pages = {f"{lang}.html": render(read_reference(resources, lang)) for lang in ("en", "zh")}
    for name, page in {**pages, "index.html": _INDEX}.items():
        write_file(folder / name, page.encode())
    return [folder / name for name in sorted([*pages, "index.html"])]


def _ontology(resources: Resources, folder: Path) -> list[Path]:
    """The ontology's own files: modules, vocabularies, shapes, alignments, context and catalogue."""
    shutil.copytree(resources.ontology, folder, dirs_exist_ok=True)
    return sorted(path for path in folder.rglob("*") if path.is_file())


_BUILDERS: Final[Mapping[str, Callable[[Resources, Path], list[Path]]]] = {
    "ontology": _ontology,
    "reference": _reference,
}


def _empty(folder: Path) -> Path:
    """Make the folder. Raises InputError where it holds anything: nothing of the user's is overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            code="BRI226",
            message=f"{str(folder)!r} is there already and holds something",
            fix="name a new or empty folder",
        )
    folder.mkdir(parents=True, exist_ok=True)
    return folder
