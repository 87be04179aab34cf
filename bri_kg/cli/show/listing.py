"""Answers one below the other: each told once, with the passages that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bri_kg.answers.answer_layout import (
    PLAIN,
    Headed,
    headed,
    lacks_name,
    not_told,
    parts_of,
    runs_of,
)
from bri_kg.answers.cells import EVIDENCE, Cell, Record
from bri_kg.answers.column_names import column_name
from bri_kg.answers.face_words import COLON, COMMA, THEN, Both
from bri_kg.answers.stored_answers import Answer
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.passages import cite_with_state, word_lines
from bri_kg.cli.show.row_layout import numbered, packed, pair_lines, spread
from bri_kg.plain import display_width

if TYPE_CHECKING:
    pass

_WORDS_AT: Final[Both] = ("  (words at {n})", "（原句见 {n}）")
_SAME_WORDS: Final[Both] = ("  (the same words)", "（原句相同）")
_GAP: Final = "  "


@dataclass
class Listing:
    """Answers to be told one below the other: what has been named and cited above is not told again."""

    page: Page
    answer: Answer
    found: Sequence[Record]
    head: str
    first: str | None
    gutter: int
    named: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, answer: Answer, found: Sequence[Record]) -> Listing:
        """Return the listing of an answer before anything is told."""
        by = headed(answer, found)
        return cls(page, answer, found, by.head, by.first, len(str(len(found))) + 2)

    def lines(self, numbers: Sequence[int]) -> list[str]:
        """Return the lines of the answers with these numbers."""
        blocks: list[list[str]] = []
        for run in runs_of(self.answer, self.found, numbers, Headed(self.head, self.first)):
            block: list[str] = []
            for number in run:
                told = _told(
                    self.page, self.found[number], self.head, self.first, self.gutter, self.named
                )
                block += numbered(self.page, str(number + 1), self.gutter, told)
            span = f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else ""
            record = self.found[run[0]]
            cited = _passages(self.page, self.answer, record, self.gutter, span, self.words)
            is_close = record.group is not None
            blocks.append(_on_one_line(self.page, block, cited) if is_close else block + cited)
            for _, iri in record.passages:
                self.words.setdefault(iri, span or str(run[0] + 1))
        if self.answer.groups:
            return [line for block in blocks for line in block]
        return spread(blocks)


def _on_one_line(page: Page, block: list[str], cited: list[str]) -> list[str]:
    """Return what is told and its citations, the first of them on the last line where there is room."""
    joined = f"{block[-1]}{_GAP}{cited[0].lstrip(' ')}" if cited else ""
    if cited and display_width(joined) <= page.width:
        return [*block[:-1], joined, *cited[1:]]
    return block + cited


def _told(
    page: Page, record: Record, head: str, first: str | None, gutter: int, named: set[str]
) -> list[str]:
    """Return a record without its passages; the name of a thing stands where it is first told."""

    def name(cell: Cell) -> str:
        known = cell.name is None or cell.name in named
        named.update([cell.name] if cell.name else [])
        return "" if known else cell.name or ""

    def text(cell: Cell) -> str:
        return _GAP.join(filter(None, (cell.text, name(cell))))

    top: tuple[str, ...] = ()
    if lacks_name(record, Headed(head, first)):
        top = (not_told(page, head),)
    elif head in record.cells:
        cell = record.cells[head]
        role = f"{record.cells[first].text}{page.say(COLON)}" if first else ""
        top = (role + cell.text, name(cell))
    parts = parts_of(page, record, Headed(head, first))
    pairs = [(part.label, text(part.cell)) for part in parts]
    lines = packed(page, (*top, marks_of(page, record)), _GAP, indent=gutter)
    if record.group is None:
        return lines + pair_lines(page, pairs, indent=gutter, in_one=True)
    # Below a heading many stand close together: a summary speaks for itself.
    plain = [told for part, (_, told) in zip(parts, pairs, strict=True) if part.column in PLAIN]
    told = [
        f"{label}{page.say(COLON)}{of}"
        for part, (label, of) in zip(parts, pairs, strict=True)
        if part.column not in PLAIN
    ]
    lines += [line for one in plain for line in page.lines(one, indent=gutter)]
    return lines + packed(page, told, page.say(THEN), indent=gutter)


def _passages(
    page: Page, answer: Answer, record: Record, gutter: int, span: str, words: Mapping[str, str]
) -> list[str]:
    lead = f"{span}  " if span else ""
    indent = gutter + display_width(lead)
    cited: list[str] = []
    loose: list[str] = []
    told_here: set[str] = set()
    for name, iri in record.passages:
        passage = answer.passages[iri]
        told = cite_with_state(page, passage)
        if name != EVIDENCE:
            told = f"{column_name(page, name)}{page.say(COLON)}{told}"
        if not passage.words:
            loose.append(told)
            continue
        seen = words.get(iri)
        again = seen is None and passage.words in told_here
        told += page.say(_WORDS_AT, n=seen) if seen else page.say(_SAME_WORDS) if again else ""
        told_here.add(passage.words)
        cited += page.lines(told, indent=indent)
        cited += [] if seen or again else word_lines(page, passage, indent=indent)
    lines = cited + packed(page, loose, page.say(COMMA), indent=indent)
    return [" " * gutter + lead + lines[0][indent:], *lines[1:]] if lines else []


def marks_of(page: Page, record: Record) -> str:
    """Return how far what is told has come about, and what else there is to it."""
    return f"[{page.say(THEN).join(record.marks)}]" if record.marks else ""
