"""The rows of a stored question as records: what is answered, what is told of it, and the passages that say so.

A column and its label are one thing; rows that differ in their passage alone are one answer, and so are those
that differ in a column that the question lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pyoxigraph import NamedNode

from bri_kg.answers.amounts import amount
from bri_kg.answers.face_words import THEN, Both, Speaker
from bri_kg.answers.phrases import once, span
from bri_kg.names import (
    COME_ABOUT,
    PREFIXES,
    citation,
    is_named_here,
    shorten,
    slug_of,
    spaces,
    split_passage,
)
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.terms import Term

EVIDENCE: Final = "passage"  # the column whose passages say the row itself
OPEN: Final[Both] = ("open list", "清单未完")
_YES_NO: Final[dict[str, Both]] = {"true": ("yes", "是"), "false": ("no", "否")}
MARKS: Final = ("factuality", "modality", "openList")
# What stands before the name of the first thing where it comes first.
_BEFORE: Final = ("role", "time")
# What tells of an answer and is none.
_MINOR: Final = {
    *_BEFORE, "claim", "class", "comparator", "exists", "property", "reason", "relation", "sha256",
    "use", "value",
}  # fmt: skip
_LABEL: Final = "Label"
_ONGOING: Final = PREFIXES["bri-factuality"] + "ongoing"
_NOT_IN_IRIS: Final = frozenset(' \n\r\t<>"{}|\\^`')


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text, and the short name of the node where the text is a label.

    `term` is what the text tells, `several` are the cells that it is joined from.
    """

    text: str
    name: str | None = None
    term: Term | None = field(default=None, compare=False)
    several: tuple[Cell, ...] = field(default=(), compare=False)

    @property
    def whole(self) -> str:
        """The text with the name after it."""
        return f"{self.text}  {self.name}" if self.name else self.text


@dataclass(frozen=True)
class Record:
    """One answer: its cells by column, its marks, passages by column, below what heading it stands, how firm it is."""

    cells: dict[str, Cell]
    marks: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    group: Cell | None = None
    is_ahead: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Reading:
    """How cells are read: for which page, and how a node that has no label beside it is called.

    `is_once` is whether times are of what was done once in them.
    """

    page: Speaker
    label: Callable[[str], str | None]
    is_once: bool = False

    def cell(self, term: Term, label: Term | None) -> Cell:
        """Return what a term says, with the label beside it or the one that is looked up."""
        text = plain_text(term)
        if _is_boolean(term):
            return Cell(self.page.say(_YES_NO[text]), term=term)
        if not isinstance(term, NamedNode) and not _is_ours(text):
            return Cell(text, term=term)
        if passage := split_passage(text):
            return Cell(citation(*passage), term=term)
        known = plain_text(label) if label is not None else self.label(text)
        if known is None:
            return Cell(shorten(text), term=term)
        # Terms of ours are told by their labels; a thing is asked for again by its name.
        ours = text.startswith(spaces("vocab/", "ontology#"))
        return Cell(known, None if ours else shorten(text), term)


def records(
    rows: Rows, reading: Reading, lists: Iterable[str] = (), groups: str | None = None
) -> tuple[Record, ...]:
    """Return the answers in the order in which they first come.

    What differs in one column of `lists` is one answer; `groups` is the column of headings.
    """
    grouped: dict[tuple[Term | None, ...], list[str]] = {}
    at = rows.columns.index(EVIDENCE) if EVIDENCE in rows.columns else None
    for terms in rows.rows:
        term = None if at is None else terms[at]
        passage = _passage(term)
        kept = tuple(None if i == at and passage else t for i, t in enumerate(terms))
        grouped.setdefault(kept, []).append(passage or "")
    found = [
        _record(rows.columns, terms, passages, reading, groups)
        for terms, passages in grouped.items()
    ]
    for column in lists:
        found = _listed(found, column, reading.page.say(THEN))
    return tuple(_marked(record, groups) for record in found)


def _listed(found: Iterable[Record], column: str, stop: str) -> list[Record]:
    """Return records, those in one that differ in a column only."""
    alike: dict[object, list[Record]] = {}
    for one in found:
        rest = tuple(item for item in one.cells.items() if item[0] != column)
        alike.setdefault((rest, one.passages), []).append(one)
    return [_joined(of, column, stop) if len(of) > 1 else of[0] for of in alike.values()]


def _joined(of: Sequence[Record], column: str, stop: str) -> Record:
    cells = dict.fromkeys(one.cells[column] for one in of if column in one.cells)
    names = stop.join(cell.name for cell in cells if cell.name)
    cell = Cell(stop.join(cell.text for cell in cells), names or None, several=tuple(cells))
    return replace(of[0], cells={**of[0].cells, column: cell})


def _marked(record: Record, groups: str | None) -> Record:
    """Return a record with its marks apart from its cells, and without the cell that its heading tells."""
    marks = tuple(record.cells[name].text for name in MARKS if name in record.cells)
    group = record.cells.get(groups) if groups else None
    cells = {
        name: cell for name, cell in record.cells.items() if name not in MARKS and name != groups
    }
    return replace(record, cells=cells, marks=marks, group=group, is_ahead=_is_ahead(record))


def _is_ahead(record: Record) -> bool:
    told = record.cells.get("factuality")
    return told is not None and told.term is not None and told.term.value not in COME_ABOUT


def columns_of(rows: Rows, found: Sequence[Record]) -> list[str]:
    """Return the columns that are told, in the order of the question."""
    bases = dict.fromkeys(name.removesuffix(_LABEL) for name in rows.columns)
    order = [each for name in bases for each in ((name, "number") if name == "value" else (name,))]
    return [name for name in order if any(name in record.cells for record in found)]


def heading(columns: Sequence[str], found: Sequence[Record]) -> str:
    """Return the column that names the answers.

    It is the first of weight that all have, else the class of a claim, the passage, or any.
    """
    weighty = [name for name in columns if name not in _MINOR]
    in_all = [name for name in weighty if all(name in record.cells for record in found)]
    classes = [name for name in ("class", "claim") if name in columns]
    cited = [EVIDENCE] if any(record.passages for record in found) else []
    return next(iter(in_all or weighty or classes or cited or columns), EVIDENCE)


def before(columns: Sequence[str], found: Sequence[Record], head: str) -> str | None:
    """Return the column that stands before the heading, as a role or time does."""
    first = next(iter(columns), head)
    everywhere = all({first, head} <= set(record.cells) for record in found)
    return first if first in _BEFORE and first != head and everywhere else None


def _record(
    columns: tuple[str, ...],
    terms: tuple[Term | None, ...],
    evidence: list[str],
    reading: Reading,
    groups: str | None,
) -> Record:
    given = {name: term for name, term in zip(columns, terms, strict=True) if term is not None}
    spans = {name: text for name, term in given.items() if (text := _passage(term))}
    passages = (
        *((EVIDENCE, text) for text in dict.fromkeys(evidence) if text),
        *((name, text) for name, text in spans.items() if name != EVIDENCE),
    )
    told = {name: term for name, term in given.items() if name not in spans}
    cells = dict(_cells(told, reading))
    for name in _repeated(told, [text for _, text in passages]):
        if name != groups:
            cells.pop(name, None)
    return Record(cells, (), passages)


def _cells(given: dict[str, Term], reading: Reading) -> Iterator[tuple[str, Cell]]:
    for name, term in given.items():
        thing = name.removesuffix(_LABEL)
        if thing != name:
            if thing not in given:
                yield thing, Cell(plain_text(term))
        elif name == "time":
            yield name, Cell(_time(term, given, reading), term=term)
        elif name == "openList":
            if plain_text(term) == "true":
                yield name, Cell(reading.page.say(OPEN))
        elif name == "comparator" and "value" in given:
            yield "number", Cell(_number(given, reading))
        elif not _is_told_with_number(name, given):
            yield name, reading.cell(term, given.get(name + _LABEL))


def _is_told_with_number(name: str, given: dict[str, Term]) -> bool:
    """Return whether the cell of a number tells this column too: its value, and how far it has come about."""
    if "comparator" not in given:
        return False
    return name == "value" or (name == "numberFactuality" and "value" in given)


def _time(term: Term, given: dict[str, Term], reading: Reading) -> str:
    told = span(plain_text(term), reading.page.lang)
    factuality = given.get("factuality")
    goes_on = factuality is not None and plain_text(factuality) == _ONGOING
    return once(told, reading.page.lang) if reading.is_once and not goes_on else told


def _number(given: dict[str, Term], reading: Reading) -> str:
    def node(term: Term) -> tuple[str, str]:
        return plain_text(term), reading.cell(term, None).text

    factuality = given.get("numberFactuality", given.get("factuality"))
    return amount(
        reading.page,
        node(given["comparator"]),
        plain_text(given["value"]),
        None if factuality is None else node(factuality),
    )


def _repeated(given: dict[str, Term], passages: list[str]) -> Iterator[str]:
    """Yield the columns that say again what a citation says: its source, and its offsets."""
    spans = [span for text in passages if (span := split_passage(text))]
    source = given.get("source")
    if spans and source is not None:
        slug = slug_of(plain_text(source))
        if all(span[0] == slug for span in spans):
            yield "source"
    for place, name in ((1, "begin"), (2, "end")):
        if len(spans) == 1 and name in given and plain_text(given[name]) == str(spans[0][place]):
            yield name


def _passage(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode) and split_passage(term.value) else None


def _is_ours(text: str) -> bool:
    """Return whether a text is an IRI of ours: where a column holds things and texts, things come so."""
    return is_named_here(text) and not set(text) & _NOT_IN_IRIS


def _is_boolean(term: Term) -> bool:
    datatype = getattr(term, "datatype", None)
    return datatype is not None and datatype.value.endswith("#boolean") and term.value in _YES_NO
