"""`bri-kg build WHAT DIR`: the files that others take away, written into a folder.

The work is done in `bri_kg.publishing`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError
from bri_kg.rdf.text_files import write_file

_INDEX: Final = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>bri-kg</title></head>
<body>
<p><a href="en.html">The bri-kg ontology</a></p>
<p lang="zh"><a href="zh.html">bri-kg 本体</a></p>
</body>
</html>
"""

EXAMPLES: Final = (
    ("the ontology, its vocabularies and shapes", "bri-kg build ontology my-ontology"),
    ("its reference as HTML pages", "bri-kg build reference my-pages"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "what",
        choices=("ontology", "reference"),
        help="the ontology's files, with catalogue and context, or its reference as HTML pages",
    )
    parser.add_argument("folder", metavar="DIR", type=not_empty, help="a new or empty folder")


def run(args: Namespace) -> int:
    """Write what was asked for into a new or empty folder; 0."""
    folder = Path(args.folder)
    _refuse_used(folder)
    files = _BUILDERS[args.what](find(args.graph))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, content)
    talk(args, f"{len(files)} files written to {folder}")
    return 0


def _reference(resources: Resources) -> dict[str, bytes]:
    """Return the reference of the ontology as static pages, a page a language."""
    from bri_kg.publishing.pages import read_reference, render

    pages = {f"{lang}.html": render(read_reference(resources, lang)) for lang in ("en", "zh")}
    return {name: page.encode() for name, page in {**pages, "index.html": _INDEX}.items()}


def _ontology(resources: Resources) -> dict[str, bytes]:
    """Return the ontology's own files: modules, vocabularies, shapes, alignments, context and catalogue."""
    root = resources.ontology
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


_BUILDERS: Final[Mapping[str, Callable[[Resources], dict[str, bytes]]]] = {
    "ontology": _ontology,
    "reference": _reference,
}


def _refuse_used(folder: Path) -> None:
    """Raise InputError where the folder holds anything: nothing of the user's is overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            code="BRI226",
            message=f"{str(folder)!r} is there already and holds something",
            fix="name a new or empty folder",
        )
