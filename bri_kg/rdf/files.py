"""Reading RDF files, with errors that name file, line and column."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from bri_kg.errors import InputError, RefusedError
from bri_kg.names import PREFIXES

_IMPORTS = PREFIXES["owl"] + "imports"
# What pyoxigraph calls a node without a label, anew in every run; and what we call it.
_MADE_BY_A_PARSER = re.compile(r"[0-9a-f]{24,}|genid[0-9]+")
# Beyond this depth the parser of JSON-LD takes ever longer; no graph is written like that.
_DEEPEST_JSON = 200
_JSON_MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
RDF_ENDINGS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def read_text(path: str | os.PathLike[str], what: str) -> str:
    """Return the text of a UTF-8 file without newline translation; `what` names it in errors.

    Raises InputError when the file is missing, a folder, unreadable, binary, or empty.
    """
    name = os.fspath(path)
    try:
        raw = Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError(
            code="BRI210",
            message=f"there is no file {name!r}",
            fix="check the spelling of the path",
        ) from None
    except IsADirectoryError:
        raise InputError(
            code="BRI211",
            message=f"{name!r} is a folder; {what} is wanted",
            fix="name a file in it",
        ) from None
    except OSError as error:
        if Path(path).is_dir():
            raise InputError(
                code="BRI211",
                message=f"{name!r} is a folder; {what} is wanted",
                fix="name a file in it",
            ) from None
        raise InputError(
            code="BRI212",
            message=f"{name!r} cannot be read",
            why=error.strerror,
            fix="check its permissions",
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            code="BRI213",
            file=name,
            line=line,
            message=f"byte {error.start} is not UTF-8 text",
            fix=f"give {what} saved as UTF-8",
        ) from None
    if "\0" in text:
        raise InputError(
            code="BRI213",
            file=name,
            message="the file is binary",
            fix=f"give {what} saved as UTF-8",
        )
    if not text.strip():
        raise InputError(code="BRI214", file=name, message="the file is empty", fix=f"give {what}")
    return text


def read_rdf(path: str | os.PathLike[str], *, base: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of an RDF file; the format follows the ending of its name.

    Relative IRIs are errors unless there is a `base`. Nothing is fetched: a remote JSON-LD
    context is an error. Raises InputError with the position for malformed input.
    """
    name = os.fspath(path)
    rdf_format = RDF_ENDINGS.get(Path(path).suffix.lower())
    if Path(path).is_file() and rdf_format is None:
        raise InputError(
            code="BRI215",
            message=f"{name!r} has an ending that names no RDF format",
            fix="use one of " + ", ".join(RDF_ENDINGS),
        )
    text = read_text(path, "an RDF file")
    yield from parse_rdf(text, rdf_format or ox.RdfFormat.TURTLE, name, base=base)


def parse_rdf(
    text: str, rdf_format: ox.RdfFormat, name: str, *, base: str | None = None
) -> Iterator[ox.Quad]:
    """Yield the quads of RDF text; `name` is its file in errors. Raises InputError as `read_rdf`."""
    if rdf_format == ox.RdfFormat.JSON_LD:
        refuse_deep_json(text, name)
    try:
        yield from ox.parse(text.encode(), rdf_format, base_iri=base)
    except SyntaxError as error:
        raise located(error, name) from None


def stream_rdf(path: str | os.PathLike[str]) -> Iterator[ox.Quad]:
    """Yield the quads of an RDF file as `read_rdf` does, without ever holding the whole text."""
    name = os.fspath(path)
    rdf_format = RDF_ENDINGS.get(Path(path).suffix.lower())
    # JSON-LD is looked at as a whole before it is parsed.
    whole = rdf_format in (None, ox.RdfFormat.JSON_LD)
    if whole or not Path(path).is_file() or _needs_care(path):
        yield from read_rdf(path)
        return
    try:
        yield from ox.parse(path=name, format=rdf_format)
    except SyntaxError as error:
        read_text(path, "an RDF file")  # says it better where the file is no text
        raise located(error, name) from None


def refuse_deep_json(text: str, name: str) -> None:
    """Raise InputError for JSON-LD that is nested too deep for its parser."""
    depth = 0
    for mark in _JSON_MARKS.finditer(text):
        if mark[0] in "[{":
            depth += 1
        elif mark[0] in "]}":
            depth -= 1
        if depth > _DEEPEST_JSON:
            raise InputError(
                code="BRI206",
                file=name,
                line=text.count("\n", 0, mark.start()) + 1,
                message=f"the JSON-LD is nested deeper than {_DEEPEST_JSON} brackets",
                fix="write its nodes beside each other and refer to them by @id",
            )


def _needs_care(path: str | os.PathLike[str]) -> bool:
    """Whether a file is empty, unreadable or begins with a byte order mark, which parsers refuse."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(3)
    except OSError:
        return True
    return not head.strip() or head == b"\xef\xbb\xbf"


def parse_stream(stream: IO[bytes], name: str) -> Iterator[ox.Quad]:
    """Yield the quads of a stream of TriG, of which Turtle and N-Triples are parts."""
    try:
        yield from ox.parse(input=stream, format=ox.RdfFormat.TRIG)
    except SyntaxError as error:
        raise located(error, name) from None


def write_file(path: Path, data: bytes) -> None:
    """Write a file at once, as `write_stream` does."""
    write_stream(path, lambda file: file.write(data))


def write_stream(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file beside its place and move it there, so that nothing is ever half written.

    A link stays a link, and a file keeps its mode. What is no regular file (a pipe, a device)
    cannot be replaced and is written to. Raises InputError when that cannot be done.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                write(file)
        else:
            _replace(path.resolve(), write)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise InputError(
            code="BRI217",
            message=f"{str(path)!r} cannot be written",
            why=getattr(error, "strerror", None) or str(error),
            fix="check the path, its folder and the room on the disk",
        ) from None


def _replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    # Unlike those of tempfile, a file made like this has the mode that the umask asks for.
    beside = path.with_name(f".bri-kg-{os.urandom(8).hex()}")
    handle = os.open(
        beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
    )
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        if path.exists():
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class StableLabels:
    """Blank node labels that are the same in every run, and different between files.

    Where a file gives a label it is kept, unless a file before gave it too; nodes without one
    are numbered in the order of the file.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._made = 0

    def of(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the quads of one file with stable labels."""
        mine: dict[ox.BlankNode, ox.BlankNode] = {}
        try:
            for quad in quads:
                subject, value = quad.subject, quad.object
                if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
                    if isinstance(subject, ox.BlankNode):
                        subject = mine.get(subject) or self._name(subject, mine)
                    if isinstance(value, ox.BlankNode):
                        value = mine.get(value) or self._name(value, mine)
                    yield ox.Quad(subject, quad.predicate, value, quad.graph_name)
                else:
                    yield quad
        finally:
            self._taken.update(node.value for node in mine.values())

    def _name(self, node: ox.BlankNode, mine: dict[ox.BlankNode, ox.BlankNode]) -> ox.BlankNode:
        label = node.value
        if label in self._taken or _MADE_BY_A_PARSER.fullmatch(label):
            self._made += 1
            label = f"genid{self._made}"
        mine[node] = ox.BlankNode(label)
        return mine[node]


def refuse_imports(quads: Iterable[ox.Quad]) -> None:
    """Raise RefusedError for an owl:imports of something that the quads do not describe."""
    quads = tuple(quads)
    described = {quad.subject for quad in quads}
    for quad in quads:
        if quad.predicate.value == _IMPORTS and quad.object not in described:
            raise refused_import(quad.triple)


def refused_import(
    triple: ox.Triple, fix: str = "remove the owl:imports, or give that file too"
) -> RefusedError:
    """Return the error for an import of what is not among the files."""
    return RefusedError(
        code="BRI302",
        message=f"{triple.subject} imports {triple.object}, which is not among the files",
        why="an import from the network is never followed",
        fix=fix,
    )


def located(error: SyntaxError, name: str) -> InputError:
    """Return a parser's error in our words, with the place in the file of this name."""
    message = str(error.msg or error)
    if "LoadDocumentCallback" in message:
        return InputError(
            code="BRI301",
            file=name,
            message="the JSON-LD context is remote, and nothing is fetched",
            fix="put the context into the file",
        )
    _, _, cause = message.partition(": ")
    return InputError(
        code="BRI216",
        file=name,
        line=error.lineno,
        column=error.offset,
        message=cause or message,
        fix="mend the syntax at this place; the mistake may stand a little before it",
    )
