"""Inputs of RDF as streams of bytes: files or standard input, gzip unpacked, byte order marks left out.

How one is opened is the same for every verb; `bri_kg.rdf.parsing` turns it into quads.
"""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.errors import BriKgError, InputError
from bri_kg.rdf.bounds import MB, RATIO
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.rdf.syntaxes import HEAD, believed, ending_of, format_named
from bri_kg.rdf.text_files import cannot_be_read, open_bytes
from bri_kg.rdf.watching import TripleTerms, Watcher, watchers_for

STDIN: Final = "<stdin>"
_BUFFER = 1 << 20
_PIECE = 1 << 16
_BOM = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_UTF_16 = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\0<": "UTF-16", b"<\0": "UTF-16"}
_UNPACKED_FREE = 64 * MB


@dataclass(frozen=True)
class RdfInput:
    """One input of RDF: its name in errors, where it lies (None: standard input), how it is read.

    `streams` says that standard input is read once and never held.
    """

    name: str
    path: Path | None
    reading: Reading = AS_IT_IS
    streams: bool = False

    @property
    def size(self) -> int | None:
        """The bytes on disk, None where that cannot be known beforehand."""
        return self.path.stat().st_size if self.path and self.path.is_file() else None

    @property
    def is_gzip(self) -> bool:
        """Whether a file on disk is packed."""
        if self.path is None or not self.path.is_file():
            return False
        with open_bytes(self.path, "an RDF file") as file:
            return file.read(2) == _GZIP

    def based(self, base: str) -> RdfInput:
        """Return the input with a base for relative IRIs, unless one was given."""
        return (
            self if self.reading.base else replace(self, reading=replace(self.reading, base=base))
        )


@dataclass
class Opened:
    """An input at its beginning: a stream of UTF-8 without a byte order mark, and its syntax."""

    stream: _Watched
    syntax: ox.RdfFormat
    has_context: bool = False
    watchers: Sequence[Watcher] = ()

    @property
    def has_triple_terms(self) -> bool:
        """Whether a triple term (RDF 1.2) may have begun in what was read."""
        return any(watcher.begun for watcher in self.watchers if isinstance(watcher, TripleTerms))


def rdf_input(
    file: str | os.PathLike[str], reading: Reading = AS_IT_IS, *, streams: bool = False
) -> RdfInput:
    """Return the input that `file` names; `-` is standard input. Raise InputError for what is no file."""
    reading.checked()
    name = os.fspath(file)
    if name == "-":
        return RdfInput(STDIN, None, reading, streams)
    path = Path(name)
    if not path.exists() or path.is_dir():
        open_bytes(path, "an RDF file").close()  # says what is wrong
    return RdfInput(name, path, reading)


def syntax_of_input(source: RdfInput) -> ox.RdfFormat:
    """Return the syntax of an input that can be opened twice."""
    with opened(source) as found:
        return found.syntax


@contextmanager
def opened(source: RdfInput, reached: Callable[[int], None] = lambda _: None) -> Iterator[Opened]:
    """Open an input for a parser; `reached` is told how many bytes of the file have been read.

    What goes wrong while it is read inside the block comes out as a BriKgError with its file.
    """
    watched: _Watched | None = None
    try:
        with _raw(source) as raw:
            first = _Joined(b"", raw).peek(2)
            plain: Any = _Joined(first, raw)
            if first[:2] == _GZIP:
                plain = _Joined(b"", _Unpacked(plain, raw, source))
            elif source.path is not None and source.path.suffix.lower() == ".gz":
                raise _broken_gzip(source, "it does not begin like one")
            head = plain.peek(HEAD)
            if head.startswith(_BOM):
                plain.read(3)
                head = head[3:]
            _refuse_no_text(head, source)
            syntax = _syntax(head, source)
            watchers: list[Watcher] = watchers_for(syntax, source.name)
            if syntax == ox.RdfFormat.RDF_XML:
                plain = _with_doctype(plain, source.name, watchers)
            watched = _Watched(plain, raw, watchers, reached)
            yield Opened(watched, syntax, b'"@context"' in head, watchers)
    except BriKgError:
        raise
    except Exception as error:
        if watched is not None and watched.stopped is not None:
            raise watched.stopped from None
        if isinstance(error, EOFError | zlib.error) or (
            isinstance(error, OSError) and error.errno is None
        ):
            raise _broken_gzip(source, str(error)) from None
        if isinstance(error, OSError) and error.filename is None:
            raise cannot_be_read(source.name, error) from None
        raise


@dataclass(frozen=True)
class Whole:
    """All of an input: UTF-8 bytes, their syntax, and whether a triple term may begin in them."""

    content: bytes
    syntax: ox.RdfFormat
    has_triple_terms: bool


def whole(source: RdfInput) -> Whole:
    """Return all of an input at once."""
    with opened(source) as found:
        content = found.stream.rest()
        # Turtle has reified triples beside the terms that are watched for.
        begun = b"<<" in content if found.syntax == ox.RdfFormat.TURTLE else found.has_triple_terms
        return Whole(content, found.syntax, begun)


def line_of(source: RdfInput, number: int) -> str:
    """Return a line of an input that can be opened twice, the empty string where it has none."""
    with opened(source) as found:
        rest = b""
        for piece in iter(lambda: found.stream.read(_BUFFER), b""):
            lines = (rest + piece).split(b"\n")
            if number < len(lines):
                return lines[number - 1].decode(errors="replace")
            number -= len(lines) - 1
            rest = lines[-1]
    return rest.decode(errors="replace") if number == 1 else ""


def _syntax(head: bytes, source: RdfInput) -> ox.RdfFormat:
    if source.reading.format is not None:
        return format_named(source.reading.format)
    ending = ending_of(source.path) if source.path else ""
    if found := believed(head, ending):
        return found
    from bri_kg.rdf.heads import syntax_of  # its patterns take long to compile

    return syntax_of(head, ending, source.name)


def _refuse_no_text(head: bytes, source: RdfInput) -> None:
    if not head.strip():
        raise InputError(
            code="BRI214",
            file=source.name,
            message="standard input is empty" if source.path is None else "the file is empty",
            fix="give an RDF file",
        )
    if encoding := _UTF_16.get(head[:2]):
        raise another_encoding(source.name, f"the file is {encoding}, not UTF-8", encoding)
    if b"\0" in head:
        raise InputError(
            code="BRI213",
            file=source.name,
            message="the file is binary",
            fix="give an RDF file saved as UTF-8",
        )


def another_encoding(name: str, message: str, encoding: str = "ENCODING") -> InputError:
    """Return the error for a file that is not written in UTF-8."""
    return InputError(
        code="BRI286",
        file=name,
        message=message,
        why="RDF is read as UTF-8 only",
        fix=f"convert it, for instance with `iconv -f {encoding} -t UTF-8`; "
        "in XML change the encoding that its first line declares too",
    )


def _with_doctype(plain: _Joined, name: str, watchers: list[Watcher]) -> _Joined:
    from bri_kg.rdf import doctype  # its patterns take long to compile

    head = plain.read(HEAD)
    if not doctype.begins(head):
        return _Joined(head, plain)
    while (parts := doctype.split(head)) is None and not doctype.is_too_long(head):
        more = plain.read(_BUFFER)
        if not more:
            break
        head += more
    if parts is None:
        return _Joined(head, plain)
    declared, entities = doctype.rewritten(parts[0], name)
    watchers.append(entities)
    return _Joined(declared + parts[1], plain)


def _raw(source: RdfInput) -> Any:
    if source.path is not None:
        return open_bytes(source.path, "an RDF file")
    if sys.stdin is None:
        raise InputError(
            code="BRI214", file=STDIN, message="standard input is closed", fix="give an RDF file"
        )
    if not source.streams:
        return io.BytesIO(_held_stdin())
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=_BUFFER)


_held: list[tuple[object, bytes]] = []


def _held_stdin() -> bytes:
    """Return all of standard input, also when it is asked for again; a verb may look at a file twice."""
    if not _held or _held[0][0] is not sys.stdin:
        _held[:] = [(sys.stdin, sys.stdin.buffer.read())]
    return _held[0][1]


def _broken_gzip(source: RdfInput, why: str) -> InputError:
    return InputError(
        code="BRI271",
        file=source.name,
        message="the file is no whole gzip file",
        why=why,
        fix="pack it anew, or give it without .gz",
    )


class _Joined:
    """A stream with bytes in front of it, which can be looked at before they are read."""

    def __init__(self, front: bytes, stream: Any) -> None:
        self._front = front
        self._stream = stream

    def peek(self, size: int) -> bytes:
        """Return so many of the next bytes, fewer at the end only, and leave them unread."""
        while len(self._front) < size:
            more = self._stream.read(size - len(self._front))
            if not more:
                break
            self._front += more
        return self._front[:size]

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end only."""
        if self._front:
            size = len(self._front) if size < 0 else size
            data, self._front = self._front[:size], self._front[size:]
            return data
        data = self._stream.read(size if size >= 0 else _BUFFER)
        return bytes(data)


class _Unpacked:
    """A gzip stream that stops when it unpacks to far more than any graph does."""

    def __init__(self, packed: Any, raw: Any, source: RdfInput) -> None:
        import gzip

        self._gzip = gzip.GzipFile(fileobj=packed)
        self._raw = raw
        self._source = source
        self._out = 0

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes."""
        data = self._gzip.read1(size)
        self._out += len(data)
        if self._out > _UNPACKED_FREE and self._out > RATIO.value * max(self._read_in(), 1):
            raise RATIO.passed(
                "BRI613",
                f"the file unpacks to more than {RATIO.value:g} times its size",
                self._source.name,
                "no graph does; it may be made to fill the memory",
            )
        return data

    def _read_in(self) -> int:
        try:
            return int(self._raw.tell())
        except OSError:  # a pipe does not know
            return _BUFFER


class _Watched:
    """What a parser reads: every piece is looked at first, and the last ones are kept for messages."""

    def __init__(
        self, stream: _Joined, raw: Any, watchers: list[Watcher], reached: Callable[[int], None]
    ) -> None:
        self._stream = stream
        self._raw = raw
        self._watchers = watchers
        self._reached = reached
        self._since = self._all = self.total = 0
        self._last = self._before = b""
        self._piece = io.BytesIO()  # the last one, from where it has been given
        self._lines = 0  # before the two pieces that are kept, with `by_tag`
        self.by_tag = False
        self.stopped: BriKgError | None = None

    def watch(self, watcher: Watcher) -> None:
        """Let one more look at every piece."""
        if self.total:
            watcher.feed(self._last)
        self._watchers.append(watcher)

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; with `by_tag`, no more than to the end of a tag."""
        # A parser asks for two kilobytes at a time: what is done for each piece is done for many of those.
        data = self._piece.read(size)
        if not data and size:
            self._fetch(size)
            data = self._piece.read(size)
        return data

    def _fetch(self, size: int) -> None:
        data = self._seen(max(size, _PIECE))
        if self.by_tag:  # only then is the place asked for, and counting takes as long as reading
            self._lines += self._before.count(b"\n")
        self._before, self._last, self._piece = self._last, data, io.BytesIO(data)
        self._since += len(data)
        if self._since >= _BUFFER:
            self._all, self._since = self._all + self._since, 0
            self._reached(self._position())

    def _seen(self, size: int) -> bytes:
        """Return the next bytes, which all watchers have seen."""
        try:
            data = self._next(size)
            for watcher in self._watchers:
                watcher.feed(data)
        except BriKgError as error:
            self.stopped = error  # the engine may give it another shape on its way up
            raise
        self.total += len(data)
        return data

    def _next(self, size: int) -> bytes:
        if not self.by_tag:
            return self._stream.read(size)
        data = self._stream.peek(size)
        end = data.find(b">") + 1
        return self._stream.read(end or len(data) or size)

    def _position(self) -> int:
        try:
            return int(self._raw.tell())
        except OSError:
            return self._all

    def rest(self) -> bytes:
        """Return all that is left."""
        return b"".join((self._piece.read(), *iter(lambda: self._seen(_BUFFER), b"")))

    def place(self) -> tuple[int, int]:
        """Return line and column of the last piece that was read, white space before it left out."""
        text = self._before + self._last
        begin = len(text) - len(self._last.lstrip()) if self._last.strip() else len(text)
        begin = text.rfind(b"<", begin) if b"<" in text[begin:] else begin
        line = self._lines + text.count(b"\n", 0, begin) + 1
        return line, len(text[:begin].rpartition(b"\n")[2].decode(errors="replace")) + 1
