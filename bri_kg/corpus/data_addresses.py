"""Statements that lie elsewhere than in collections: N-Quads, N-Triples, or Parquet of quads, at paths or addresses."""

from __future__ import annotations

import bz2
import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final, cast
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from bri_kg.errors import InputError, UsageError
from bri_kg.findings import Finding

_OF_LINES: Final = re.compile(r"\.(nq|nt)(\.gz|\.bz2)?$")
_OF_ROWS: Final = re.compile(r"\.parquet/?$")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_AT_A_TIME: Final = 5000
# So much of a line that cannot be read is shown.
_SHOWN: Final = 120

COLUMNS: Final = ("s", "p", "o", "g")
Row = tuple[str, ...]


@dataclass(frozen=True)
class Data:
    """An address, and whether lines stand there, or rows of Parquet with the columns s, p, o and, if need be, g."""

    address: str
    is_parquet: bool

    def files(self) -> list[Path]:
        """Return the files of this machine that are meant. Raise InputError for other addresses, or where none is."""
        if not is_here(self.address):
            raise InputError(
                code="BRI541",
                message=f"{self.address!r} is no path of this machine",
                why="only Spark reads other addresses",
                fix="add --on with a master of Spark, or name a path",
            )
        text = self.address
        if _SCHEME.match(text):
            text = unquote(urlsplit(text).path)
        path = Path(text)
        found = [path] if path.exists() else list(path.parent.glob(path.name))
        if not found:
            raise InputError(
                code="BRI542",
                message=f"nothing lies at {self.address!r}",
                fix="check the path",
            )
        inside = (file for path in found for file in _inside(path))
        return sorted(inside)

    def columns(self, found: Sequence[str]) -> list[str]:
        """Return the columns of a quad among those found. Raise InputError where one is missing."""
        if missing := [name for name in COLUMNS[:3] if name not in found]:
            raise self.not_read(f"there is no column {missing[0]!r}")
        return [name for name in COLUMNS if name in found]

    def not_read(self, why: str) -> InputError:
        """Return the error for Parquet that is not as it should be."""
        return InputError(
            code="BRI545",
            message=f"{self.address!r} is no Parquet of quads",
            why=why,
            fix="give it columns s, p, o and, if need be, g, of text: terms as N-Triples write them",
        )


def line_of_columns(columns: Sequence[str]) -> str:
    """Return what asks Parquet for quads as lines; `?` is the file."""
    return f"SELECT concat_ws(' ', {', '.join(columns)}, '.') AS line FROM read_parquet(?)"


def is_here(address: str) -> bool:
    """Return whether an address is a path, or a `file:` URL."""
    return not _SCHEME.match(address) or address.lower().startswith("file:")


def data_at(addresses: Iterable[str]) -> tuple[Data, ...]:
    """Return addresses as data. Raise UsageError for one whose ending does not say what it holds."""
    return tuple(map(_data_at, addresses))


def _data_at(address: str) -> Data:
    if _OF_ROWS.search(address):
        return Data(address, True)
    if _OF_LINES.search(address):
        return Data(address, False)
    raise UsageError(
        "BRI543",
        f"what {address!r} holds is not told by its name",
        fix="name files that end with .nq or .nt (also .gz, .bz2), or files or folders of Parquet "
        "that end with .parquet",
    )


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a file; what is no UTF-8 in them is marked, as Spark marks it."""
    with _opened(path) as file:
        for line in file:
            yield line.rstrip(b"\n").decode("utf-8", "replace")


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path))
    if path.suffix == ".bz2":
        return cast(IO[bytes], bz2.open(path))
    return path.open("rb")


def told_by(lines: Iterable[str], address: str) -> Iterator[tuple[list[Row], list[Finding]]]:
    """Yield what lines of N-Quads tell, as rows of subject, predicate and object, and which ones cannot be read."""
    ahead = iter(lines)
    while some := list(islice(ahead, _AT_A_TIME)):
        try:
            yield [_told(quad) for quad in _parsed("\n".join(some))], []
        except (SyntaxError, ValueError):
            yield _one_by_one(some, address)


def _one_by_one(lines: Sequence[str], address: str) -> tuple[list[Row], list[Finding]]:
    rows: list[Row] = []
    unread: list[Finding] = []
    for line in lines:
        try:
            rows += [_told(quad) for quad in _parsed(line)]
        except (SyntaxError, ValueError):
            unread.append(
                Finding(
                    "reading",
                    "BRI544",
                    "error",
                    f"this line is no statement of the default graph between IRIs and literals: {line[:_SHOWN]}",
                    "write it as N-Quads or N-Triples, without names of graphs and without blank nodes",
                    file=address,
                )
            )
    return rows, unread


def _parsed(text: str) -> Iterator[ox.Quad]:
    return ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)


def _told(quad: ox.Quad) -> Row:
    is_plain = isinstance(quad.subject, ox.NamedNode) and isinstance(
        quad.object, ox.NamedNode | ox.Literal
    )
    if not is_plain or not isinstance(quad.graph_name, ox.DefaultGraph):
        raise ValueError
    return str(quad.subject), str(quad.predicate), str(quad.object)


def _inside(path: Path) -> list[Path]:
    return (
        [path] if path.is_file() else [file for file in path.rglob("*.parquet") if file.is_file()]
    )
