"""Where in the files a node is described: file and line for a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bri_kg.findings import Finding
from bri_kg.rdf.term_lines import TermLines, read_lines


@dataclass(frozen=True)
class Place:
    """A file and a line in it, counted from 1."""

    file: str
    line: int


def locate(files: Iterable[Path], focus: str, *clues: str | None) -> Place | None:
    """Return where `focus` is described, in the file that holds most of the clues with it.

    Clues are IRIs (or literal texts) such as the value or the property that a message is about;
    the line is that of the first one found there. A node that no file describes, such as a
    passage, is found where it is first mentioned.
    """
    pages = list(_pages(files))
    described = [page for page in pages if focus in page.starts]
    if described:
        lines = [_lines(page, focus, clues) for page in described]
        best = max(range(len(described)), key=lambda at: len(lines[at]))
        page = described[best]
        return Place(page.file, next(iter(lines[best]), page.starts[focus]))
    mentions = ((page, page.mentions.get(focus)) for page in pages)
    return next((Place(page.file, line) for page, line in mentions if line is not None), None)


def _lines(page: TermLines, focus: str, clues: Iterable[str | None]) -> list[int]:
    lines = (page.line_within(focus, clue) for clue in clues if clue)
    return [line for line in lines if line is not None]


def located(
    finding: Finding, files: Sequence[Path], origin: Mapping[str, Path], clue: str | None = None
) -> Finding:
    """Return the finding with the file and line of its focus, looked for in `files`.

    `clue` is a text at its line that the finding does not name. Where no line is found, `origin`
    may know the file.
    """
    if finding.file or not finding.focus:
        return finding
    place = locate(files, finding.focus, clue, finding.value, finding.path)
    if place:
        return replace(finding, file=place.file, line=place.line)
    return replace(finding, file=str(origin[finding.focus])) if finding.focus in origin else finding


def all_located(
    findings: Iterable[Finding], files: Sequence[Path], origin: Mapping[str, Path]
) -> Iterator[Finding]:
    """Yield findings with the file and line of their focus, as `located` does, in the order of their files.

    Each file is looked through once for all, since many findings times many files are too many.
    """
    found = list(findings)
    of_node = _files_of(files, {one.focus for one in found if one.focus and not one.file})
    ordered = sorted(found, key=lambda one: str(of_node.get(one.focus or "", ())))
    for one in ordered:
        yield located(one, of_node.get(one.focus or "", ()), origin)


def _files_of(files: Iterable[Path], nodes: Collection[str]) -> dict[str, list[Path]]:
    """Return of each node the files that describe it, or else the first one that mentions it."""
    described: dict[str, list[Path]] = defaultdict(list)
    mentioned: dict[str, list[Path]] = {}
    for page in _pages(files) if nodes else ():
        for node in page.mentions.keys() & nodes:
            if node in page.starts:
                described[node].append(Path(page.file))
            else:
                mentioned.setdefault(node, [Path(page.file)])
    return mentioned | described


def forget() -> None:
    """Let go of the files that were read, so that memory stays bounded over many of them."""
    _read.cache_clear()


def _pages(files: Iterable[Path]) -> Iterator[TermLines]:
    for path in files:
        if path.is_file() and path.suffix != ".gz":
            stat = path.stat()
            yield _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=512)
def _read(path: Path, _changed: int, _size: int) -> TermLines:
    """Read a file once for all its findings; what changed since is another file."""
    return read_lines(path)
