"""RDF files as streams of bytes, however big: plain or gzip, a file or standard input."""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from bri_kg.errors import InputError, UsageError
from bri_kg.rdf.files import RDF_ENDINGS, located, read_text, refuse_deep_json
from bri_kg.rdf.graphs import FORMATS

_BUFFER = 1 << 20
_BOM = b"\xef\xbb\xbf"
_STDIN = "<stdin>"


@dataclass(frozen=True)
class RdfInput:
    """One input of RDF: its name in errors, where it lies (None: standard input) and its format."""

    name: str
    path: Path | None
    format: ox.RdfFormat
    is_gzip: bool = False

    @property
    def size(self) -> int | None:
        """The bytes on disk, None where that cannot be known beforehand."""
        return self.path.stat().st_size if self.path and self.path.is_file() else None


def rdf_input(file: str, format_name: str | None = None) -> RdfInput:
    """Return the input that `file` names; `-` is standard input and needs a format.

    The format follows the ending of the name (`.gz` aside) unless one is given. Raises InputError
    for what is no file and for an unknown ending, UsageError for a format that does not exist.
    """
    if format_name is not None and format_name not in FORMATS:
        raise UsageError(
            code="BRI272",
            message=f"there is no format {format_name!r} for this input",
            fix="use one of " + ", ".join(FORMATS),
        )
    given = FORMATS[format_name] if format_name else None
    if file == "-":
        if given is None:
            raise UsageError(
                code="BRI270",
                message="standard input has no name that tells its format",
                fix="add --format nt, or another of " + ", ".join(FORMATS),
            )
        return RdfInput(_STDIN, None, given)
    path = Path(file)
    if not path.exists() or path.is_dir():
        read_text(path, "an RDF file")  # says what is wrong
    is_gzip = path.suffix.lower() == ".gz"
    ending = (path.with_suffix("") if is_gzip else path).suffix.lower()
    found = given or RDF_ENDINGS.get(ending)
    if found is None:
        raise InputError(
            code="BRI273",
            message=f"{file!r} has an ending that names no RDF format",
            fix="use one of " + ", ".join(RDF_ENDINGS) + ", with or without .gz, or give --format",
        )
    return RdfInput(file, path, found, is_gzip)


@contextmanager
def opened(
    source: RdfInput, reached: Callable[[int], None] = lambda _: None
) -> Iterator[IO[bytes]]:
    """Open an input for a parser; `reached` is told how many bytes of the file have been read.

    What goes wrong while it is read or parsed inside the block comes out as InputError with file,
    line and column. JSON-LD is held whole, since its depth is looked at before it is parsed.
    """
    try:
        with _raw(source) as raw:
            stream = _unpacked(raw) if source.is_gzip else raw
            head = stream.peek(3)
            if not head.strip():
                raise InputError(
                    code="BRI214",
                    file=source.name,
                    message="the file is empty",
                    fix="give an RDF file",
                )
            if head[:3] == _BOM:
                stream.read(3)
            counted = _Counted(stream, raw, reached)
            is_json = source.format == ox.RdfFormat.JSON_LD
            # A parser only reads.
            yield _whole(counted, source.name) if is_json else cast("IO[bytes]", counted)
    except SyntaxError as error:
        raise located(error, source.name) from None
    except (EOFError, zlib.error) as error:
        raise _broken_gzip(source, error) from None
    except OSError as error:
        if source.is_gzip and error.errno is None:
            raise _broken_gzip(source, error) from None
        raise


def parse_input(source: RdfInput) -> Iterator[ox.Quad]:
    """Yield the quads of an input. Raises InputError as `opened` does."""
    with opened(source) as stream:
        yield from ox.parse(input=stream, format=source.format)


def _raw(source: RdfInput) -> Any:
    if source.path is None:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=_BUFFER)
    try:
        return source.path.open("rb", buffering=_BUFFER)
    except OSError as error:
        raise InputError(
            code="BRI212",
            message=f"{source.name!r} cannot be read",
            why=error.strerror,
            fix="check its permissions",
        ) from None


def _unpacked(raw: IO[bytes]) -> io.BufferedReader:
    import gzip

    return io.BufferedReader(gzip.GzipFile(fileobj=raw), _BUFFER)


def _broken_gzip(source: RdfInput, error: Exception) -> InputError:
    return InputError(
        code="BRI271",
        file=source.name,
        message="the file is no whole gzip file",
        why=str(error),
        fix="pack it anew, or give it without .gz",
    )


def _whole(stream: _Counted, name: str) -> IO[bytes]:
    data = stream.read()
    try:
        refuse_deep_json(data.decode(), name)
    except UnicodeDecodeError as error:
        raise InputError(
            code="BRI213",
            file=name,
            line=data.count(b"\n", 0, error.start) + 1,
            message=f"byte {error.start} is not UTF-8 text",
            fix="give an RDF file saved as UTF-8",
        ) from None
    return io.BytesIO(data)


class _Counted:
    """A stream that tells, every megabyte or so, how far the file below it has been read."""

    def __init__(self, stream: IO[bytes], raw: IO[bytes], reached: Callable[[int], None]) -> None:
        self._read = stream.read
        self._raw = raw
        self._reached = reached
        self._since = self._all = 0
        self._seekable = raw.seekable()

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes."""
        data = self._read(size)
        self._since += len(data)
        if self._since >= _BUFFER:
            self._all += self._since
            self._since = 0
            self._reached(self._raw.tell() if self._seekable else self._all)
        return data
