"""Where in the Turtle files a node is described: file and line for a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bri_kg.findings import Finding

_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_FIRST_WORD = re.compile(r"[^ \t]*")
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
    pages = [_page(path) for path in files if path.is_file() and path.suffix != ".gz"]
    fallback: Place | None = None
    for page in pages:
        for start in page.subject_lines(focus):
            block = range(start, page.block_end(start) + 1)
            for clue in clues:
                line = page.line_with(block, clue) if clue else None
                if line is not None:
                    return Place(page.file, line + 1)
            fallback = fallback or Place(page.file, start + 1)
    if fallback:
        return fallback
    mentions = ((page, page.line_with(range(len(page.lines)), focus)) for page in pages)
    return next((Place(page.file, line + 1) for page, line in mentions if line is not None), None)


def located(finding: Finding, files: Sequence[Path], origin: Mapping[str, Path]) -> Finding:
    """Return the finding with the file and line of its focus, looked for in `files`.

    Where no line is found, `origin` may know the file.
    """
    if finding.file or not finding.focus:
        return finding
    place = locate(files, finding.focus, finding.value, finding.path)
    if place:
        return replace(finding, file=place.file, line=place.line)
    return replace(finding, file=str(origin[finding.focus])) if finding.focus in origin else finding


def _page(path: Path) -> _Page:
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=128)
def _read(path: Path, _changed: int, _size: int) -> _Page:
    """Read a file once for all its findings; what changed since is another file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = tuple(text.split("\n"))
    starts: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        starts.setdefault(_FIRST_WORD.match(line)[0], []).append(number)  # type: ignore[index]
    return _Page(str(path), lines, starts, _Forms.of(text))


@dataclass(frozen=True)
class _Page:
    """A file by lines, and the numbers of the lines that begin with a word."""

    file: str
    lines: tuple[str, ...]
    starts: Mapping[str, list[int]]
    forms: _Forms

    def subject_lines(self, focus: str) -> list[int]:
        written = dict.fromkeys(self.forms.written(focus))
        return sorted(number for form in written for number in self.starts.get(form, ()))

    def block_end(self, start: int) -> int:
        for number in range(start, len(self.lines)):
            if self.lines[number].rstrip().endswith("."):
                return number
        return len(self.lines) - 1

    def line_with(self, block: range, term: str) -> int | None:
        written = "|".join(re.escape(form) for form in self.forms.written(term))
        pattern = re.compile(rf"(?<![\w:/#-])(?:{written})(?![\w:/#-])")
        return next((number for number in block if pattern.search(self.lines[number])), None)


@dataclass(frozen=True)
class _Forms:
    base: str
    prefixes: tuple[tuple[str, str], ...]

    @staticmethod
    def of(text: str) -> _Forms:
        base = _BASE.search(text)
        return _Forms(base[1] if base else "", tuple(_PREFIX.findall(text)))

    def written(self, term: str) -> list[str]:
        """Return every way in which this file can write the term."""
        found = [f"<{term}>", f'"{term}"']
        if self.base and term.startswith(self.base):
            found.append(f"<{term.removeprefix(self.base)}>")
        found += [
            f"{p}:{term.removeprefix(ns)}" for p, ns in self.prefixes if ns and term.startswith(ns)
        ]
        if term == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type":
            found.append("a")
        return found
