"""Reading RDF files, with errors that name file, line and column."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import InputError

_FORMATS = {
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


def read_rdf(path: str | os.PathLike[str]) -> Iterator[ox.Quad]:
    """Yield the quads of an RDF file; the format follows the ending of its name.

    Nothing is fetched: a remote JSON-LD context is an error. Raises InputError with the
    position for malformed input.
    """
    name = os.fspath(path)
    rdf_format = _FORMATS.get(Path(path).suffix.lower())
    if Path(path).is_file() and rdf_format is None:
        raise InputError(
            code="BRI215",
            message=f"{name!r} has an ending that names no RDF format",
            fix="use one of " + ", ".join(_FORMATS),
        )
    yield from parse_rdf(read_text(path, "an RDF file"), rdf_format or ox.RdfFormat.TURTLE, name)


def parse_rdf(text: str, rdf_format: ox.RdfFormat, name: str) -> Iterator[ox.Quad]:
    """Yield the quads of RDF text; `name` is its file in errors. Raises InputError as `read_rdf`."""
    try:
        yield from ox.parse(text.encode(), rdf_format)
    except SyntaxError as error:
        raise _located(error, name) from None


def _located(error: SyntaxError, name: str) -> InputError:
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
