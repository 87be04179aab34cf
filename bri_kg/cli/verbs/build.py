"""`bri-kg build WHAT DIR`: the files that others take away, written into a folder.

The work is done in `bri_kg.publishing`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bri_kg.cli.arguments import not_empty, positive, seconds
from bri_kg.cli.given_options import reading_of, refuse_work_alone, wanted
from bri_kg.cli.talking import talk
from bri_kg.cli.what_is_lost import say_who_asks
from bri_kg.dataset.release import open_release
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError, UsageError, how_to_install
from bri_kg.publishing.release_folder import refuse_foreign, refuse_used, write_folder
from bri_kg.rdf.text_files import write_file
from bri_kg.sparql.lexer import is_iri

if TYPE_CHECKING:
    from bri_kg.corpus.manifest import Corpus

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
    ("of a corpus of many sources, part by part", "bri-kg build release my-release --batch 50"),
    ("the same on Apache Spark", "bri-kg build release my-release --batch 50 --on local[2]"),
    ("the explorer, to be published or to be read offline", "bri-kg build site my-site"),
)
_FOLDERS: Final = ("release", "site")
# What each option goes with.
_OPTIONS: Final = {
    "replace": _FOLDERS,
    "at": _FOLDERS,
    "most": ("site",),
    "time_limit": ("site",),
    "store": ("site",),
    "batch": ("release",),
    "on": ("release",),
    "work": ("release",),
    "data": ("release",),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "what",
        choices=("ontology", "reference", *_FOLDERS),
        help="the ontology's files, with catalogue and context; its reference as HTML pages; a release: "
        "every part in five formats, VoID, DCAT, validation report, manifest with digests; or a site: the "
        "explorer as files that need no server",
    )
    parser.add_argument("folder", metavar="DIR", type=not_empty, help="a new or empty folder")
    parser.add_argument(
        "--replace", action="store_true", help="put a release or a site in place of the one in DIR"
    )
    parser.add_argument(
        "--at",
        metavar="URL",
        type=not_empty,
        help="where a release will lie, for VoID and DCAT; or a site, for its sitemap and canonical links",
    )
    parser.add_argument(
        "--most",
        metavar="N",
        type=positive,
        help="of a site: the things that have a page (of a store 2000, else all)",
    )
    parser.add_argument(
        "--batch",
        metavar="N",
        type=positive,
        help="of a release: make it in parts of N sources each, in bounded memory; as N-Quads and findings",
    )
    parser.add_argument(
        "--on",
        metavar="MASTER",
        type=not_empty,
        help="with --batch: on Apache Spark, as local[N], local-cluster[…], spark://…, yarn, k8s://… or sc://…",
    )
    parser.add_argument(
        "--work",
        metavar="DIR",
        type=not_empty,
        help="with --batch: keep there what is done, so that the next run does only what changed, or is left",
    )
    parser.add_argument(
        "--data",
        metavar="ADDRESS",
        nargs="+",
        type=not_empty,
        help="with --batch: read these too, as .nq, .nt (.gz, .bz2) or .parquet; with --on, whatever Spark reads",
    )
    parser.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=seconds,
        help="of a site: the time after which a question is left out (of a store 30, else none)",
    )


def run(args: Namespace) -> int:
    """Write what was asked for into a new or empty folder; 0, or 1 for a release of a graph that is not valid."""
    folder = Path(args.folder)
    for option, goes_with in _OPTIONS.items():
        if getattr(args, option) and args.what not in goes_with:
            raise UsageError(
                code="BRI139",
                message=f"--{option.replace('_', '-')} goes with `build {'|'.join(goes_with)}`",
                fix="leave it out",
            )
    if args.on and not args.batch:
        raise UsageError(
            code="BRI514",
            message="--on goes with --batch",
            why="Spark works on the parts of a corpus",
            fix="say with `--batch N` how many sources one part holds",
        )
    if args.batch:
        return _corpus(folder, args)
    refuse_work_alone(args)
    if args.data:
        raise UsageError(
            "BRI540",
            "--data goes with --batch",
            why="what lies elsewhere than in collections is read for a corpus",
            fix="add --batch N, or leave --data out",
        )
    if args.what == "release":
        return _release(folder, args)
    if args.what == "site":
        return _site(folder, args)
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


def _corpus(folder: Path, args: Namespace) -> int:
    """Write a release part by part; what is wrong with a source is among its findings, and ends nothing."""
    from bri_kg.corpus.kept_work import open_kept
    from bri_kg.corpus.manifest import FINDINGS

    if args.at:
        raise UsageError(
            "BRI506",
            "--at does not go with --batch",
            why="the release of a corpus has no catalogue that names an address",
            fix="leave one of the two out",
        )
    (refuse_foreign if args.replace else refuse_used)(folder)
    work = Path(args.work) if args.work else None
    corpus = _built(folder, args, work)
    talk(args, f"{sum(corpus.quads.values())} quads of {corpus.parts} parts written to {folder}")
    if corpus.findings:
        talk(args, f"{len(corpus.findings)} findings: {folder / FINDINGS}")
    if work is not None:
        talk(args, f"{open_kept(work).size() / 1e6:.1f} MB of work kept in {work}")
    return 0 if corpus.conforms else 1


def _built(folder: Path, args: Namespace, work: Path | None) -> Corpus:
    """Return the release, built here or on Spark."""
    from bri_kg.corpus.data_addresses import data_at

    data = data_at(args.data or ())
    resources = find(args.graph, alone=args.alone)
    if not args.on:
        from bri_kg.corpus.running_here import build_corpus

        return build_corpus(resources, folder, args.batch, lang=args.lang, work=work, data=data)
    from bri_kg.corpus.running_on_spark import build_corpus_on_spark
    from bri_kg.corpus.spark_sessions import session

    with session(args.on) as spark:
        return build_corpus_on_spark(
            resources, folder, args.batch, spark, lang=args.lang, work=work, data=data
        )


def _site(folder: Path, args: Namespace) -> int:
    """Write the explorer as files, and say what they leave out."""
    try:
        from bri_kg.cli.messages.speaking import in_language
        from bri_kg.web.explorer.question_answer import MOST_WRITTEN
        from bri_kg.web.snapshots import Place
        from bri_kg.web.written.site_builder import Wanted, build_site
        from bri_kg.web.written.site_folder import refuse_foreign as refuse_foreign_to_site
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "bri_kg":
            raise
        raise UsageError(
            "BRI910",
            f"build site needs {error.name}, which is not installed",
            fix=how_to_install("serve"),
        ) from None
    at = _address(args.at) if args.at else None
    (refuse_foreign_to_site if args.replace else refuse_used)(folder)
    reading_of(args)
    place = Place(args.graph, args.alone, args.store, args.base, args.input_format)
    asked = Wanted(at, args.most, None, in_language, wanted(args), args.time_limit)
    made = build_site(place, folder, asked)
    size = f"{made.size / 1e6:.1f}"
    talk(args, f"{made.pages} pages, {made.files} files, {size} MB written to {folder}")
    if made.left_out:
        talk(
            args,
            f"left out: {made.left_out} things, those with no name first; `--most N` writes more pages, "
            "and `bri-kg serve` shows them all",
        )
    if made.late:
        talk(
            args,
            f"left out ({len(made.late)} in number): questions that took longer than {made.seconds:g} seconds: "
            f"{', '.join(made.late)}; `--time-limit N` gives them more time, and `bri-kg ask` and "
            "`bri-kg serve` answer them",
        )
    if made.lists_are_cut:
        talk(
            args,
            f"left out: of a list that has more than {made.lists_are_cut} pages, those behind; of an answer as "
            f"CSV and JSON, what is behind {MOST_WRITTEN} rows; `bri-kg serve` and `bri-kg ask` give them",
        )
    if not made.has_other_answers:
        talk(
            args,
            "left out: the answers for other parameters than the defaults; `bri-kg serve` and "
            "`bri-kg ask` give them",
        )
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
