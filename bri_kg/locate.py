"""Where in the Turtle files a node is described: file and line for a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_BASE = re.compile(r"^\s*@?base\s+<([^>]*)>", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """A file and a line in it, counted from 1."""

    file: str
    line: int


def locate(files: Iterable[Path], focus: str, *clues: str | None) -> Place | None:
    """Return where `focus` is described, at the line of the first clue found there.

    Clues are IRIs (or literal texts) such as the value or the property that a message is about.
    A node that no file describes, such as a passage, is found where it is first mentioned.
    """
    fallback: Place | None = None
    mention: Place | None = None
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        forms = _Forms.of(text)
        lines = text.split("\n")
        for start in _subject_lines(lines, forms.written(focus)):
            block = range(start, _block_end(lines, start) + 1)
            for clue in clues:
                line = _line_with(lines, block, forms.written(clue)) if clue else None
                if line is not None:
                    return Place(str(path), line + 1)
            fallback = fallback or Place(str(path), start + 1)
        if mention is None:
            line = _line_with(lines, range(len(lines)), forms.written(focus))
            mention = None if line is None else Place(str(path), line + 1)
    return fallback or mention


@dataclass(frozen=True)
class _Forms:
    base: str
    prefixes: tuple[tuple[str, str], ...]

    @staticmethod
    def of(text: str) -> _Forms:
        base = _BASE.search(text)
        return _Forms(base[1] if base else "", tuple(_PREFIX.findall(text)))

    def written(self, term: str) -> list[str]:
        """Every way in which this file can write the term."""
        found = [f"<{term}>", f'"{term}"']
        if self.base and term.startswith(self.base):
            found.append(f"<{term.removeprefix(self.base)}>")
        found += [
            f"{p}:{term.removeprefix(ns)}" for p, ns in self.prefixes if ns and term.startswith(ns)
        ]
        if term == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type":
            found.append("a")
        return found


def _subject_lines(lines: list[str], forms: list[str]) -> Iterator[int]:
    for number, line in enumerate(lines):
        if any(line == form or line.startswith((f"{form} ", f"{form}\t")) for form in forms):
            yield number


def _block_end(lines: list[str], start: int) -> int:
    for number in range(start, len(lines)):
        if lines[number].rstrip().endswith("."):
            return number
    return len(lines) - 1


def _line_with(lines: list[str], block: range, forms: list[str]) -> int | None:
    patterns = [re.compile(rf"(?<![\w:/#-]){re.escape(form)}(?![\w:/#-])") for form in forms]
    return next((n for n in block if any(pattern.search(lines[n]) for pattern in patterns)), None)
