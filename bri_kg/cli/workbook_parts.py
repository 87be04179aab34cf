"""`bri-kg source new|workbook|check|import|undo`: from a document to claims in a collection, by a workbook.

The work is done in `bri_kg.texts.workbook` and `bri_kg.checking.workbook_checks`.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.given_options import wanted
from bri_kg.cli.messages.speaking import in_language_of
from bri_kg.cli.output import choose_format, emit, emit_lines
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError
from bri_kg.plain import visible

if TYPE_CHECKING:
    from bri_kg.checking.workbook_checks import Checked

_NEW: Final = (("a text of yours", 'bri-kg source new notes.txt --title "Notes of a meeting"'),)
_AGAIN: Final = (("the workbook, from the graph", "bri-kg source workbook notes"),)
_CHECK: Final = (("all that is wrong in it", "bri-kg source check notes"),)
_IMPORT: Final = (("its claims, into the graph", "bri-kg source import notes"),)
_UNDO: Final = (("as it was before the last import", "bri-kg source undo notes"),)
Part = Callable[..., AbstractContextManager[ArgumentParser]]


def add_parts(part: Part) -> None:
    """Add the parts to the verb."""
    summary = "make a source of a document, and the workbook for its claims"
    with part("new", summary, *_NEW) as new:
        new.add_argument(
            "file",
            metavar="FILE",
            type=not_empty,
            help="the document: .txt, .md, .html, .docx, .pdf",
        )
        new.add_argument("--title", metavar="TITLE", required=True, help="the title that it prints")
        new.add_argument("--title-zh", metavar="TITLE", help="what it is called in Chinese")
        new.add_argument(
            "--name", metavar="NAME", help="its name in every IRI (default: of the title)"
        )
        new.add_argument("--publisher", metavar="WHO", type=not_empty, help="who published it")
        new.add_argument("--creator", metavar="WHO", type=not_empty, help="who wrote it")
        new.add_argument("--date", metavar="DATE", help="when it was published: 2020-11-25")
        new.add_argument("--address", metavar="URL", help="the page where it can be read")
        new.add_argument("--language", metavar="TAG", help="its language (default: en or zh)")
    summary = "write the workbook of a source again, from what the graph holds of it"
    with part("workbook", summary, *_AGAIN) as again:
        again.add_argument(
            "source", metavar="SOURCE", type=not_empty, help="the name of the source"
        )
        again.add_argument(
            "--replace", action="store_true", help="in place of the workbook that is there"
        )
    summary = "say what is wrong in a workbook, cell by cell"
    with part("check", summary, *_CHECK) as check:
        _add_workbook(check)
    with part("import", "put the claims of a workbook into the graph", *_IMPORT) as take:
        _add_workbook(take)
    with part("undo", "take back the last import of a source", *_UNDO) as undo:
        undo.add_argument("source", metavar="SOURCE", type=not_empty, help="the name of the source")


def _add_workbook(parser: ArgumentParser) -> None:
    parser.add_argument(
        "workbook", metavar="WORKBOOK", type=not_empty, help="its source, or its file (.xlsx, .csv)"
    )


def new(args: Namespace) -> int:
    """Write text, record and workbook of a new source; 0."""
    from bri_kg.checking.workbook_desk import desk_of
    from bri_kg.texts.extracting import extract
    from bri_kg.texts.new_source import Origin, proposed_name, refuse_malformed, write_source
    from bri_kg.texts.sources import checked_slug
    from bri_kg.texts.workbook.source_places import places_of
    from bri_kg.texts.workbook.writing import write_workbook

    choose_format(args, ("text",), "text")
    resources = find(args.graph, alone=args.alone)
    origin = Origin(
        args.title,
        args.title_zh,
        args.publisher,
        args.creator,
        args.date,
        args.address,
        args.language,
    )
    refuse_malformed(origin)
    file = Path(args.file)
    name = checked_slug(args.name) if args.name is not None else proposed_name(args.title, file)
    places = places_of(resources, name)
    extracted = extract(file)
    desk = desk_of(resources)
    called = resources.top.slug(name)
    language = write_source(places, called, extracted, origin, desk.sources, file)
    written = write_workbook(places, desk.sheets, desk.known, args.lang)
    kept = "kept as it is" if extracted.is_untouched else "taken out of the document"
    talk(
        args,
        visible(f"the source {called}: {len(extracted.text)} characters, {kept}, in {language}"),
    )
    for path in written:
        talk(args, visible(f"workbook: {path}"))
    if len(written) == 1:
        talk(args, "for a workbook in .xlsx, install openpyxl")
    talk(args, f"fill in a row a claim, then: bri-kg source check {name}")
    return 0


def again(args: Namespace) -> int:
    """Write the workbook of a source from its claims; 0, or 1 where the claims say what no row can say."""
    from bri_kg.checking.workbook_again import write_again
    from bri_kg.rdf.graphs import write_graph
    from bri_kg.texts.workbook.source_places import places_of

    choose_format(args, ("text",), "text")
    resources = find(args.graph, alone=args.alone)
    places = places_of(resources, args.source)
    written = write_again(resources, places, args.lang, replace=args.replace)
    for path in written.files:
        talk(args, visible(f"workbook: {path}"))
    rows = written.rows
    talk(
        args,
        f"{rows['claims']} claims, {rows['things']} things, {rows['concepts']} concepts, "
        f"{rows['comparisons']} comparisons",
    )
    if not written.beyond:
        return 0
    number = len(written.beyond)
    talk(
        args,
        visible(f"{number} statements of {places.claims} have no cell; an import takes them out"),
    )
    emit(write_graph(written.beyond, "ttl"), args)
    return 1


def check(args: Namespace) -> int:
    """Say what is wrong in a workbook; 0 where it can be imported."""
    name = choose_format(args, ("text", "json", "sarif", "github"), "text")
    checked = _checked(args)
    if name in ("sarif", "github"):
        _annotate(checked, name, args)
    elif name == "json":
        data = checked.to_dict()
        say = in_language_of(args)
        for problem in data["problems"]:  # type: ignore[attr-defined]
            problem["message"] = say(problem["message"])
            problem["fix"] = problem["fix"] and say(problem["fix"])
        emit(json.dumps(data, ensure_ascii=False, indent=2) + "\n", args)
    else:
        _show(checked, args)
    return 0 if checked.is_ready else 1


def take(args: Namespace) -> int:
    """Put the claims of a workbook into the graph, where nothing is wrong; else nothing is written, and 1."""
    from bri_kg.answers.imported import told
    from bri_kg.rdf.graphs import write_graph
    from bri_kg.texts.workbook.source_places import put, workbook_named
    from bri_kg.texts.workbook.uses_elsewhere import refuse_if_used

    choose_format(args, ("text",), "text")
    resources = find(args.graph, alone=args.alone)
    path, places = workbook_named(args.workbook, resources)
    checked = _checked(args)
    if not checked.is_ready:
        _show(checked, args)
        raise InputError(
            "BRI946",
            "nothing was imported, since the workbook has mistakes",
            fix="mend the cells that are named above, and import it again",
            file=str(path),
            exit_code=1,
        )
    quads = checked.made.quads()
    refuse_if_used(resources, places, quads)
    lines = told(resources, places.claims, quads, args.lang)
    put(places, write_graph(quads, "ttl"))
    say = in_language_of(args)
    emit("".join(visible(say(line)) + "\n" for line in lines), args, for_people=True)
    talk(
        args,
        visible(f"written: {places.claims}; to take it back: bri-kg source undo {places.name}"),
    )
    return 0


def undo(args: Namespace) -> int:
    """Put back what stood before the last import, where nothing else uses what would be gone; 0."""
    from bri_kg.rdf.parsing import read_rdf
    from bri_kg.texts.workbook.source_places import places_of, stood_before, take_back
    from bri_kg.texts.workbook.uses_elsewhere import refuse_if_used

    choose_format(args, ("text",), "text")
    resources = find(args.graph, alone=args.alone)
    places = places_of(resources, args.source)
    before = stood_before(places)
    if places.before.is_file():
        refuse_if_used(resources, places, read_rdf(before) if before else ())
    if take_back(places):
        talk(args, visible(f"{places.claims} is as it was before the last import"))
    else:
        talk(args, visible(f"{places.claims} is gone, as before the first import"))
    return 0


def _checked(args: Namespace) -> Checked:
    from bri_kg.checking.workbook_checks import check_workbook
    from bri_kg.texts.workbook.source_places import workbook_named

    resources = find(args.graph, alone=args.alone)
    path, places = workbook_named(args.workbook, resources)
    return check_workbook(resources, path, places, args.lang, show=wanted(args))


def _annotate(checked: Checked, name: str, args: Namespace) -> None:
    from bri_kg import __version__
    from bri_kg.checking.workbook_annotations import as_annotations, as_sarif

    say = in_language_of(args)
    is_sarif = name == "sarif"
    emit(as_sarif(checked, say, __version__) if is_sarif else as_annotations(checked, say), args)


def _show(checked: Checked, args: Namespace) -> None:
    from bri_kg.cli.show.workbook_told import workbook_lines

    emit_lines(workbook_lines(checked, args.lang, in_language_of(args)), args)
