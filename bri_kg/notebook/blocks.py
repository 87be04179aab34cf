"""What a result says, as blocks of lines: one content, which `as_html` and `as_text` write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


class Look(Enum):
    """How a stretch of text is shown."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    TAG = "tag"  # a word that classes what follows
    MARK = "mark"  # one that keeps it from being taken for plain fact
    CODE = "code"


@dataclass(frozen=True)
class Run:
    """A stretch of text: its language, how it is shown, where it leads, and a hint."""

    text: str
    lang: str | None = None
    look: Look = Look.PLAIN
    href: str | None = None
    hint: str | None = None


Line = tuple[Run, ...]


class Frame(Enum):
    """What a block is, so that it looks it."""

    PLAIN = "plain"
    SECTION = "section"
    FOLDED = "folded"
    STATED = "stated"
    AHEAD = "ahead"
    SILENCED = "silenced"
    DISPUTED = "disputed"
    WORDS = "words"
    BESIDE = "beside"


@dataclass(frozen=True)
class Table:
    """Rows of cells under their columns; `ahead` says which are about what has not come about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    ahead: tuple[bool, ...]


@dataclass(frozen=True)
class Block:
    """A line, and what belongs below it."""

    line: Line = ()
    inside: tuple[Block | Table, ...] = ()
    frame: Frame = Frame.PLAIN


def run(text: str, look: Look = Look.PLAIN, *, lang: str | None = None) -> Run:
    """Return a stretch of text."""
    return Run(text, lang, look)


def line(*runs: Run | Line | str) -> Line:
    """Return runs, lines and texts as one line, with a space between them."""
    parts: list[Run] = []
    for part in runs:
        given = (
            (Run(part),) if isinstance(part, str) else (part,) if isinstance(part, Run) else part
        )
        if given and parts:
            parts.append(Run(" "))
        parts += given
    return tuple(parts)


def listed(lines: Iterable[Line], between: str | None = None) -> Line:
    """Return lines as one, with what stands between them: a comma, after Chinese the one for lists."""
    parts: list[Run] = []
    for part in lines:
        comma = "、" if parts and parts[-1].lang == "zh" else ", "
        parts += (Run(between or comma), *part) if parts else part
    return tuple(parts)


def spaced(*runs: Run | Line) -> Line:
    """Return runs and lines as one line, with a dot in the middle between them; empty ones are left out."""
    return listed(((part,) if isinstance(part, Run) else part for part in runs if part), " · ")


def section(title: str, inside: Iterable[Block | Table], frame: Frame = Frame.SECTION) -> Block:
    """Return a block under a title."""
    return Block((Run(title, look=Look.STRONG),), tuple(inside), frame)


def sections(*found: tuple[str, Iterable[Block | Table], Frame]) -> tuple[Block, ...]:
    """Return a section for each title that has something below it."""
    blocks = ((title, tuple(inside), frame) for title, inside, frame in found)
    return tuple(section(title, inside, frame) for title, inside, frame in blocks if inside)


def marked(mark: str, blocks: Iterable[Block | Table]) -> tuple[Block | Table, ...]:
    """Return blocks with a mark before each line, so that none can be read without it; words of a source aside."""
    return tuple(
        block
        if isinstance(block, Table) or block.frame is Frame.WORDS
        else replace(
            block,
            line=line(Run(mark, look=Look.MARK), block.line) if block.line else (),
            inside=marked(mark, block.inside),
        )
        for block in blocks
    )
