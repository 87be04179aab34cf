"""`bri-kg source suggest`: what the text of a source seems to say, shown, put into its workbook, and measured.

The work is done in `bri_kg.answers.suggested` and `bri_kg.texts.suggestions`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final

from bri_kg.cli.arguments import not_empty
from bri_kg.cli.output import choose_format, emit, emit_lines, emit_rows
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.plain import visible

if TYPE_CHECKING:
    from bri_kg.answers.suggested import Measured, Suggested
    from bri_kg.rdf.rows import Rows

_SUGGEST: Final = (
    ("names, dates and amounts in a text", "bri-kg source suggest cas-decade"),
    ("how good that is", "bri-kg source suggest --measure"),
)
Part = Callable[..., AbstractContextManager[ArgumentParser]]


def add_parts(part: Part) -> None:
    """Add the part to the verb."""
    summary = "suggest what the text of a source says; nothing of it is a claim"
    with part("suggest", summary, *_SUGGEST) as suggest:
        suggest.add_argument(
            "source",
            metavar="SOURCE",
            nargs="?",
            type=not_empty,
            help="the name of a source; with --measure also a list of documents (.toml)",
        )
        suggest.add_argument(
            "--with",
            dest="asked_program",
            metavar="COMMAND",
            type=not_empty,
            help="a program of yours that suggests too, such as one that asks a language model: it gets the "
            "text as JSON (docs/suggestions.md)",
        )
        suggest.add_argument(
            "--only-show", action="store_true", help="write nothing into the workbook"
        )
        suggest.add_argument(
            "--measure",
            action="store_true",
            help="say how much of what claims cite is suggested, and how much of what is suggested they cite",
        )


def suggest(args: Namespace) -> int:
    """Show what is suggested and put it into the workbook of the source, where it has one; or measure; 0."""
    if args.measure:
        return _measure(args)
    from bri_kg.answers.suggested import as_json, suggested
    from bri_kg.cli.show.suggested_lines import dropped_lines

    name = choose_format(args, ("text", "json"), "text")
    if args.source is None:
        raise UsageError(
            "BRI960",
            "no source is named",
            fix="`bri-kg source list` lists them: bri-kg source suggest cas-decade",
        )
    found = suggested(
        find(args.graph, alone=args.alone),
        args.source,
        args.sources,
        args.asked_program,
        args.timeout,
    )
    if name == "json":
        emit(as_json(found), args)
    else:
        _show(found, args)
    for line in dropped_lines(args.lang, found):
        talk(args, line)
    if not args.only_show:
        _write(found, args)
    return 0


def _show(found: Suggested, args: Namespace) -> None:
    from bri_kg.cli.show.pages import page_for
    from bri_kg.cli.show.suggested_lines import suggestion_lines

    emit_lines(suggestion_lines(page_for(args), found), args)


def _write(found: Suggested, args: Namespace) -> None:
    """Put the suggestions into the workbook, where the source has one in the collection that is worked on."""
    from bri_kg.texts.suggestions.suggestion_sheet import suggestion_table, write_suggestions
    from bri_kg.texts.workbook.source_places import places_of

    resources = find(args.graph, alone=args.alone)
    if (
        resources.top.collection is None
        or resources.top.slug(found.source.rpartition(":")[2]) != found.source
    ):
        return
    places = places_of(resources, found.source)
    if not places.workbook.is_file() and not places.tables.is_file():
        return
    desk = found.desk
    table = suggestion_table(found.sentences, found.text, desk.known, desk.sheets, args.lang)
    for path in write_suggestions(places, table, args.lang):
        talk(args, visible(f"suggestions: {path}"))


def _measure(args: Namespace) -> int:
    from bri_kg.answers.suggested import measured

    if args.asked_program is not None:
        raise UsageError(
            "BRI961",
            "--measure measures our own suggestions, and --with asks a command",
            fix="give one of the two",
        )
    found = measured(find(args.graph, alone=args.alone), args.source, args.sources)
    return emit_rows(_rows(found), args)


def _rows(found: list[Measured]) -> Rows:
    import pyoxigraph as ox

    from bri_kg.rdf.rows import Rows

    def share(value: float | None) -> ox.Literal | None:
        if value is None:
            return None
        return ox.Literal(
            f"{value:.2f}", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
        )

    def rows() -> Iterator[tuple[ox.Literal | None, ...]]:
        for one in found:
            for score in one.scores:
                yield (
                    ox.Literal(one.listed_as or "all"),
                    ox.Literal(score.kind.value),
                    ox.Literal(score.suggested),
                    ox.Literal(score.right),
                    share(score.precision),
                    ox.Literal(score.listed),
                    ox.Literal(score.found),
                    share(score.recall),
                )

    columns = ("text", "kind", "suggested", "right", "precision", "listed", "found", "recall")
    return Rows(columns, tuple(rows()))
