"""Answers made up to hold what the layout can do, and mistakes planted in the code that shows them."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.answers.passage_model import Passage, Source
from bri_kg.names import PREFIXES, passage_iri, source_iri
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

PACKAGE = "bri_kg.cli.show"
# What lays answers out for every face; it is imported anew with the modules of the terminal.
SHARED_WITH_PAGES = tuple(
    f"bri_kg.answers.{name}"
    for name in ("amounts", "answer_layout", "answer_sentences", "cells", "stored_answers")
)
MISTAKES = Path(__file__).with_name("show_mistakes.txt")
PAGES = Path(__file__).with_name("shown_pages.txt")
ORG, FACTUALITY = PREFIXES["bri-org"], PREFIXES["bri-factuality"]
WORDS = "In that year, seven bodies — of which two were new — met “by the river” and agreed to meet again."
LABELS = {
    FACTUALITY + "achieved": "achieved",
    FACTUALITY + "ongoing": "ongoing",
    FACTUALITY + "planned": "planned",
    FACTUALITY + "target": "target",
    PREFIXES["bri-comparator"] + "exactly": "exactly",
    PREFIXES["bri-modality"] + "hoped": "hoped for",
    PREFIXES["bri-comparator"] + "more-than": "more than",
    PREFIXES["bri-kind"] + "body": "body",
    ORG + "river": "Association of the River",
}


@dataclass(frozen=True)
class Mutant:
    """A mistake in a module of `bri_kg.cli.show`: text that stands there once, and what it becomes."""

    module: str
    old: str
    new: str


def _source(slug: str, page: str | None) -> Source:
    return Source(source_iri(slug), slug, f"the report of the {slug}’s friends", "en", page)


_SOURCES = {
    "river": _source(
        "river", "https://example.org/reports/2019/the-river-and-its-friends/index.html"
    ),
    "mountain": _source("mountain", None),
}


def _passage(slug: str, begin: int, end: int, state: str, words: str | None) -> Passage:
    iri = passage_iri(slug, begin, end)
    return Passage(iri, "evidence", _SOURCES[slug], begin, end, None, state, words)


PLAIN = [_passage("river", 10 * n, 10 * n + 123456, "unchecked", None) for n in range(1, 6)]
SAID = [
    _passage("river", 1001, 1100, "verified", WORDS),
    _passage("mountain", 5, 9, "changed", None),
]


def _rows(columns: str, *rows: tuple[object, ...]) -> Rows:
    names = tuple(columns.split())
    return Rows(names, tuple(tuple(map(_term, row)) for row in rows))


def _term(value: object) -> Term | None:
    if isinstance(value, Passage):
        return ox.NamedNode(value.iri)
    if isinstance(value, str) and value.startswith("https:"):
        return ox.NamedNode(value)
    return None if value is None else ox.Literal(value)  # type: ignore[arg-type]


_MORE, _HOPED = PREFIXES["bri-comparator"] + "more-than", PREFIXES["bri-modality"] + "hoped"
_EXACTLY = PREFIXES["bri-comparator"] + "exactly"
_LONG = "Society of those who walk along the whole of the river twice in every year that is even"
_RIVER, _WALK = (ORG + "river", "Association of the River"), (ORG + "walkers", _LONG)
_HILLS, _ACHIEVED = (ORG + "hills", "河流与山丘“联合会”"), FACTUALITY + "achieved"
RICH = _rows(
    "thing thingLabel factuality modality openList comparator value note passage otherPassage",
    (*_RIVER, _ACHIEVED, None, None, None, None, "old", PLAIN[0], None),
    (*_RIVER, _ACHIEVED, None, None, None, None, "old", PLAIN[1], None),
    (*_RIVER, FACTUALITY + "planned", _HOPED, True, _MORE, 80, None, PLAIN[2], PLAIN[0]),
    (*_WALK, FACTUALITY + "ongoing", None, False, _MORE, 1200, "x\x1b[2J", PLAIN[3], None),
    (*_HILLS, _ACHIEVED, None, None, _EXACTLY, 67, _LONG, PLAIN[4], PLAIN[0]),
)
SHARED = _rows(
    "who whoLabel passage",
    (ORG + "river", "Association of the River", SAID[0]),
    (ORG + "hills", "河流与山丘联合会", SAID[0]),
    (ORG + "walkers", "Walkers", SAID[0]),
    (ORG + "walkers", "Walkers", SAID[1]),
    (ORG + "lake", "Lake", SAID[1]),
)
TOLD = _rows(
    "roleLabel thing thingLabel summary passage",
    ("founder", ORG + "river", "River", _LONG, SAID[0]),
    ("guest", ORG + "lake", "Lake", f"{_LONG}, and often", SAID[0]),
)
QUOTED = _rows(
    "name kind passage",
    ("the “one”", PREFIXES["bri-kind"] + "body", PLAIN[0]),
    ("two", PREFIXES["bri-kind"] + "body", PLAIN[1]),
)
CITED = _rows(
    "who whoLabel passage",
    (ORG + "river", "Association of the River", PLAIN[0]),
    (ORG + "river", "Association of the River", PLAIN[1]),
    (None, None, PLAIN[2]),
)
SHORT = _rows(
    "time name n",
    ("2018/..", "one", 1),
    ("2019/2021-05", "two and more", 22),
    ("../2022", "three", 3),
)
_PLANNED, _TARGET = FACTUALITY + "planned", FACTUALITY + "target"
AHEAD = _rows(
    "factuality thing thingLabel kindLabel comparator value summary claim passage",
    (_PLANNED, ORG + "hills", "Hills", None, _MORE, 40, _LONG, "c1", SAID[0]),
    (_PLANNED, ORG + "river", "River", None, _MORE, 40, _LONG, "c1", SAID[0]),
    (_TARGET, ORG + "lake", "Lake", "fleet", _EXACTLY, 100, None, "c2", SAID[1]),
    (_TARGET, ORG + "lake", "Lake", "school", _EXACTLY, 100, None, "c2", SAID[1]),
)
HELD = _rows(
    "body bodyLabel reason claim passage",
    (ORG + "river", "River", _LONG, "c1", SAID[0]),
    (ORG + "river", "River", _LONG, "c2", SAID[1]),
    (*_WALK, "they do", "c3", SAID[1]),
    (None, None, None, "c4", SAID[1]),
)
SIDES = _rows(
    "source sourceLabel what passage",
    (source_iri("river"), "the report", "one", SAID[0]),
    (source_iri("river"), "the report", "two", PLAIN[1]),
)
MANY = _rows(
    "factuality thing thingLabel passage",
    *((_PLANNED, f"{ORG}n{n}", f"Body {n}", PLAIN[n % 5]) for n in range(12)),
    (_TARGET, ORG + "lake", "Lake", SAID[0]),
)
# The column of headings, and the columns that are listed.
SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "ahead": ("factuality", ("thing", "kind")),
    "held": ("body", ()),
    "sides": ("source", ()),
    "any many": ("factuality", ()),
}


def pages() -> Iterator[tuple[str, list[str], int, Rows]]:
    """Yield pages by what they are of, with their columns and rows, as the modules now imported lay them out."""
    lines = importlib.import_module(f"{PACKAGE}.answer_lines")
    page = importlib.import_module(f"{PACKAGE}.layout").Page
    rows = importlib.import_module(f"{PACKAGE}.row_layout")
    cell = importlib.import_module("bri_kg.answers.cells").Cell
    answers = importlib.import_module("bri_kg.answers.stored_answers")
    given = {"rich": RICH, "shared": SHARED, "told": TOLD, "short": SHORT}
    given |= {"cut": SHORT.up_to(1), "quoted": QUOTED, "cited": CITED}
    given |= {"ahead": AHEAD, "held": HELD, "sides": SIDES, "any many": MANY}
    for name, of in given.items():
        groups, lists = SHAPES.get(name, (None, ()))
        answer = answers.Answer(
            wording="Which bodies does somebody who walks along the river meet, and how many are they?",
            query="GRAPH ?claim { ?s ?p ?o }",
            parameters=(("the river", cell("Association of the River", "bri-org:river")),),
            rows=of,
            label=LABELS.get,
            passages={p.iri: p for p in (*PLAIN, *SAID) if any(_term(p) in r.terms for r in of)},
            groups=groups,
            lists=lists,
            see_also=("rivers", "lakes") if groups else (),
        )
        for columns, lang, encoding in ((60, "en", None), (80, "zh", None), (200, "en", "ascii")):
            budget = 22 if name == "any many" else None
            shown = lines.answer_lines(page(columns, encoding, lang), answer, budget=budget)
            yield f"{name} {columns} {lang}", shown, columns, of
    for columns in (60, 120, 250):
        yield f"any {columns}", rows.row_lines(page(columns), RICH), columns, RICH


def text_of_pages() -> str:
    """Return all pages as text."""
    told = (
        f"==== {name}\n" + "".join(f"{line}\n" for line in lines) for name, lines, *_ in pages()
    )
    return "".join(told)


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Let the modules of the terminal be imported anew, one of them with a mistake."""
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_shown(name)}
    of_answers = mutant.module.startswith("answers.")
    name = f"bri_kg.{mutant.module}" if of_answers else f"{PACKAGE}.{mutant.module}"
    try:
        spec = importlib.util.find_spec(name)
        assert spec is not None and spec.origin is not None
        source = Path(spec.origin).read_text(encoding="utf-8")
        assert source.count(mutant.old) == 1, (
            f"stands there {source.count(mutant.old)} times: {mutant.old}"
        )
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        exec(compile(source.replace(mutant.old, mutant.new), spec.origin, "exec"), module.__dict__)
        yield
    finally:
        for made in [name for name in sys.modules if _is_shown(name)]:
            del sys.modules[made]
        sys.modules.update(kept)
        for known, module in kept.items():
            room, _, last = known.rpartition(".")
            setattr(sys.modules[room], last, module)


def _is_shown(name: str) -> bool:
    return name.startswith(f"{PACKAGE}.") or name in SHARED_WITH_PAGES


def mutants() -> Iterator[Mutant]:
    """Yield the mistakes that `show_mistakes.txt` lists."""
    module, old = "", ""
    for line in MISTAKES.read_text(encoding="utf-8").splitlines():
        mark, text = line[:2], line[2:].replace("\\n", "\n")
        if mark == "==":
            module = text.strip()
        elif mark == "- ":
            old = text
        elif mark in ("+ ", "+"):
            yield Mutant(module, old, text)


if __name__ == "__main__":
    PAGES.write_text(text_of_pages(), encoding="utf-8")
