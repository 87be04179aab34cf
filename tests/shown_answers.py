"""What is wrong with an answer on the screen, told from its rows and not from the code that shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph as ox

from bri_kg.names import BASE, BRI, VOCABULARY, shorten, split_passage
from bri_kg.plain import display_width
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

Label = Callable[[str], str | None]
_TOLD_BY_CITATION = {"source", "sourceLabel", "begin", "end"}


def squeezed(lines: Iterable[str]) -> str:
    """Return what stands in lines without white space and without the mark before words."""
    return "".join("".join(re.sub(r"^\s*\| ", "", line).split()) for line in lines)


def faults(
    lines: Sequence[str],
    columns: int,
    rows: Rows,
    label: Label,
    words: Callable[[str], str | None],
    groups: str | None = None,
    lists: Sequence[str] = (),
) -> Iterator[str]:
    """Yield what a reader of these rows would miss, or see wrongly."""
    yield from (f"too wide: {line}" for line in lines if display_width(line) > columns)
    yield from (f"space at its end: {line!r}" for line in lines if line != line.rstrip())
    seen = squeezed(lines)
    ahead = {iri for iri in _factualities(rows) if not iri.endswith(("/achieved", "/ongoing"))}
    for column, term in _cells(rows):
        # Of what is only aimed at nobody says that it is exactly so many.
        if ahead and column == "comparator" and term.value.endswith("/exactly"):
            continue
        for told in _told(column, term, label):
            if _squeeze(told) not in seen:
                yield f"cut or missing, {column}: {told}"
            is_address = told.startswith("http") and len(told) <= columns
            if is_address and not any(told in line for line in lines):
                yield f"broken: {told}"
        passage = term.value if isinstance(term, ox.NamedNode) else ""
        said = words(passage) if split_passage(passage) else None
        if said and _squeeze(said) not in seen:
            yield f"words missing: {passage}"
    yield from _wrong_marks(seen, rows, label, lists)
    yield from _wrong_order(seen, rows, groups, lists)


def _cells(rows: Rows) -> Iterator[tuple[str, Term]]:
    for row in rows:
        cited = any(isinstance(t, ox.NamedNode) and split_passage(t.value) for t in row)
        for column, term in zip(rows.columns, row, strict=True):
            if term is not None and not (cited and column in _TOLD_BY_CITATION):
                yield column, term


def _told(column: str, term: Term, label: Label) -> Iterator[str]:
    if isinstance(term, ox.Literal) and not term.value.startswith(BASE):
        if not term.datatype.value.endswith("#boolean"):
            yield from (
                term.value.replace("..", "").split("/") if column == "time" else (term.value,)
            )
        return
    assert not isinstance(term, ox.BlankNode)
    span = split_passage(term.value)
    known = label(term.value)
    if span:
        yield f"{span[0]} {span[1]}–{span[2]}"
    elif known and term.value.startswith((BRI, VOCABULARY)):
        yield known
    else:
        yield shorten(term.value)


def _factualities(rows: Rows) -> set[str]:
    columns = [i for i, name in enumerate(rows.columns) if name.lower().endswith("factuality")]
    return {t.value for row in rows for i in columns if isinstance(t := row.terms[i], ox.NamedNode)}


def _wrong_marks(seen: str, rows: Rows, label: Label, lists: Sequence[str]) -> Iterator[str]:
    """Nothing that lies ahead looks as if it had come about: each answer tells its own factuality."""
    if "factuality" not in rows.columns:
        return
    told = [answer["factuality"] for answer in _answers(rows, lists)]
    for factuality, count in Counter(term.value for term in told if term is not None).items():
        mark = re.escape(_squeeze(label(factuality) or ""))
        marks = len(re.findall(rf"\[{mark}[\];；]", seen))
        if marks != count:
            yield f"{factuality}: {count} answers, {marks} marks"


def _wrong_order(seen: str, rows: Rows, groups: str | None, lists: Sequence[str]) -> Iterator[str]:
    """Answers come in the order of the rows, and what stands above several of them once."""
    columns = [column for column in rows.columns if column != "passage"]
    head = next((name for name in columns if f"{name}Label" in columns), None)
    if head is None or head in lists or (head in _TOLD_BY_CITATION and head != groups):
        return
    place, last = 0, None
    for answer in _answers(rows, lists):
        term = answer[f"{head}Label"]
        if head == groups and term == last:
            continue
        last = term
        name = "" if term is None else _squeeze(term.value)
        place = seen.find(name, place)
        if place < 0:
            yield f"another order: {name}"
            return
        place += len(name)


def _answers(rows: Rows, lists: Sequence[str]) -> list[dict[str, Term | None]]:
    """Return the rows without their passages, each once; what they list is one answer where these are the same."""
    listed = {*lists, *(f"{name}Label" for name in lists)}
    cited: dict[tuple[tuple[str, Term | None], ...], dict[Term | None, None]] = {}
    for row in rows:
        cells = dict(zip(rows.columns, row.terms, strict=True))
        passage = cells.pop("passage", None)
        cited.setdefault(tuple(cells.items()), {})[passage] = None
    found = dict.fromkeys(
        (tuple(cell for cell in cells if cell[0] not in listed), tuple(passages))
        for cells, passages in cited.items()
    )
    return [dict(cells) for cells, _ in found]


def _squeeze(text: str) -> str:
    return "".join(text.split())
