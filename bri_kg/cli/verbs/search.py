"""`bri-kg search WORDS`: things, concepts, terms and questions by words of their names (`bri_kg.answers.search`)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.search import KINDS, Hits
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import choose_format, emit_rows
from bri_kg.cli.talking import talk
from bri_kg.rdf.row_formats import ROW_FORMATS
from bri_kg.rdf.rows import Rows

_MOST = 20
_LOOKED_AT = 200  # hits, of which each kind gets a share

EXAMPLES: Final = (
    ("by words of a name, in any order", "bri-kg search academy pakistan"),
    ("in Chinese", "bri-kg search 科学院 -l zh"),
    ("by a question, in either language", "bri-kg search who founded ANSO"),
    ("only questions", "bri-kg search --kind question joint laboratories"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "words", metavar="WORDS", nargs="+", help="words of a name, in any order; or a question"
    )
    parser.add_argument(
        "--kind",
        choices=KINDS,
        action="append",
        help="only these kinds; may be repeated (default: all but claims)",
    )


def run(args: Namespace) -> int:
    """Print what was found, the best first, with its kind and name; return 0 whatever was found."""
    kg = open_for(args, once=True)
    found = kg.search(
        " ".join(args.words), lang=args.lang, limit=args.limit or _LOOKED_AT, kinds=args.kind
    )
    if args.limit is None:
        found = found.some_of_each(_MOST)

    def show(_: Rows) -> list[str]:
        from bri_kg.cli.show.found_names import found_page  # of use to people only

        return found_page(args, kg, found)

    emit_rows(_rows(found), args, show)
    if choose_format(args, ROW_FORMATS, "table") == "table":
        return 0
    if not found.hits:
        talk(args, "0 rows: no name has these words; `bri-kg questions` lists what can be asked")
    elif found.truncated:
        talk(args, f"{found.total - len(found)} more (--limit)")
    return 0


def _rows(found: Hits) -> Rows:
    rows = tuple(
        (
            ox.Literal(hit.label),
            ox.Literal(hit.cls_label or hit.kind),
            ox.Literal(hit.node) if hit.kind == "question" else ox.NamedNode(hit.node),
            ox.Literal(hit.matched),
        )
        for hit in found
    )
    return Rows(("label", "kind", "name", "matched"), rows)
