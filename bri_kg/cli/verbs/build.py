"""`bri-kg build WHAT DIR`: the files that others take away, written into a folder.

The work is done in `bri_kg.publishing`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.talking import talk
from bri_kg.cli.what_is_lost import say_who_asks
from bri_kg.dataset.release import open_release
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError, UsageError
from bri_kg.publishing.release_folder import refuse_foreign, refuse_used, write_folder
from bri_kg.rdf.text_files import write_file
from bri_kg.sparql.lexer import is_iri

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
    ("all that a store or a catalogue wants", "bri-kg build release my-release"),
)
_OPTIONS: Final = {"replace": "--replace", "at": "--at"}  # of a release only


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "what",
        choices=("ontology", "reference", "release"),
        help="the ontology's files, with catalogue and context; its reference as HTML pages; or a release: "
        "every part in five formats, VoID, DCAT, validation report, manifest with digests",
    )
    parser.add_argument("folder", metavar="DIR", type=not_empty, help="a new or empty folder")
    parser.add_argument(
        "--replace", action="store_true", help="put a release in place of the one in DIR"
    )
    parser.add_argument(
        "--at", metavar="URL", type=not_empty, help="where a release will lie, for VoID and DCAT"
    )


def run(args: Namespace) -> int:
    """Write what was asked for into a new or empty folder; 0, or 1 for a release of a graph that is not valid."""
    folder = Path(args.folder)
    if args.what == "release":
        return _release(folder, args)
    for name, option in _OPTIONS.items():
        if getattr(args, name):
            raise UsageError(
                code="BRI139",
                message=f"{option} goes with `build release`",
                fix="leave it out",
            )
    refuse_used(folder)
    files = _BUILDERS[args.what](find(args.graph, alone=args.alone))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, content)
    talk(args, f"{len(files)} files written to {folder}")
    return 0


def _release(folder: Path, args: Namespace) -> int:
    """Write a release of a graph that is valid."""
    from bri_kg.checking.validation import validate
    from bri_kg.publishing.release_files import PLACE, release_files

    place = _address(args.at) if args.at else PLACE
    (refuse_foreign if args.replace else refuse_used)(folder)
    resources = find(args.graph, alone=args.alone)
    # Never with the texts at hand: the report is the same for whoever makes it.
    report = validate(resources)
    if not report.conforms:
        raise InputError(
            code="BRI229",
            message=f"the graph is not valid, and no release is made of it: {len(report.errors)} errors",
            fix="run `bri-kg validate`, and mend what it finds",
            exit_code=1,
        )
    count = write_folder(release_files(resources, report, place), folder)
    talk(args, f"{count} files written to {folder}")
    found = {quad.graph_name for quad in open_release(resources).quads(["facts"])}
    if graphs := found - {ox.DefaultGraph()}:
        talk(
            args,
            f"all.ttl, all.nt, facts.ttl and facts.nt leave out {len(graphs)} named graphs, which the others keep",
        )
        say_who_asks(resources, args)
    return 0


def _address(text: str) -> str:
    """Return the address of a folder, with `/` behind. Raise UsageError for anything else."""
    place = text if text.endswith("/") else f"{text}/"
    is_address = text.startswith(("http://", "https://")) and is_iri(f"<{place}>")
    if not is_address or set(text) & set("#?"):
        raise UsageError(
            code="BRI142",
            message=f"{text!r} is no address of a folder",
            fix="write one such as https://example.org/bri-kg/0.3.0/",
        )
    return place


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
