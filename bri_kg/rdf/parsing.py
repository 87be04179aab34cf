"""RDF as quads, with errors that name file, line and column."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from bri_kg.errors import BriKgError, InputError, NoTripleWarning, RefusedError
from bri_kg.names import PREFIXES
from bri_kg.rdf import bounds
from bri_kg.rdf.budget import refuse_whole
from bri_kg.rdf.input_streams import Opened, RdfInput, another_encoding, line_of, opened, rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.reading import Reading
from bri_kg.rdf.text_files import not_utf_8
from bri_kg.rdf.watching import BlankNodes, look_at_json, watchers_for

_IMPORTS = PREFIXES["owl"] + "imports"
# JSON-LD drops what it cannot resolve without a word; with this base the quads tell.
_NO_BASE: Final = "https://relative.invalid/-/"
_NO_BASE_ROOT: Final = "https://relative.invalid/"
_IN_MESSAGE = re.compile(r"IRI '(.*)': ", re.DOTALL)
# Strings of JSON one after the other, each with the string that it is the key of.
_STRING = rb'((?:[^"\\]|\\.)*+)'
_PAIRS = re.compile(rb'"' + _STRING + rb'(?:"(?:\s*+:\s*+"' + _STRING + rb'")?|\Z)', re.DOTALL)
_NOT_IN_IRIS = re.compile(rb"[\x00-\x20<>{}|^`]")


def read_rdf(path: Any, *, base: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of an RDF file, or of `-`, standard input.

    The syntax follows what stands in it and the ending of its name. Relative IRIs are errors
    unless there is a `base`. Nothing is fetched: a remote JSON-LD context is an error. Raise
    InputError with the position for malformed input, a limit error for what would take too much.
    """
    return parse_input(rdf_input(path, Reading(base)))


def parse_input(source: RdfInput) -> Iterator[ox.Quad]:
    """Yield the quads of an input. Raise as `read_rdf`; warn where there is not one triple."""
    with opened(source) as found:
        yield from parse_opened(found, source)


def parse_labelled(source: RdfInput, labels: StableLabels) -> Iterator[ox.Quad]:
    """Yield the quads of an input as `parse_input` does, with labels that stay those of this input."""
    with opened(source) as found:
        marks = BlankNodes(found.syntax)
        found.stream.watch(marks)
        yield from labels.of(parse_opened(found, source), marks)


def parse_opened(found: Opened, source: RdfInput, *, rename: bool = False) -> Iterator[ox.Quad]:
    """Yield the quads of an input that is open, as `parse_input` does.

    With `rename` its blank nodes get labels that no other input has.
    """
    with in_our_words(found, source):
        yield from _told(_parsed(found, source, rename), source, found)


@contextmanager
def in_our_words(found: Opened, source: RdfInput) -> Iterator[None]:
    """Raise what a parser says of an open input as our errors, with file, line and column."""
    try:
        yield
    except SyntaxError as error:
        raise _located(error, source, found) from None
    except MemoryError as error:
        if "buffer maximal size" not in str(error):
            raise
        raise bounds.engine_bound(source.name) from None


def parse_rdf(
    text: str, rdf_format: ox.RdfFormat, name: str, *, base: str | None = None
) -> Iterator[ox.Quad]:
    """Yield the quads of RDF text; `name` is its file in errors. Raise InputError as `read_rdf`."""
    data = text.encode()
    if rdf_format == ox.RdfFormat.JSON_LD:
        look_at_json(data, name)
    for watcher in watchers_for(rdf_format, name):
        watcher.feed(data)
    try:
        yield from ox.parse(data, rdf_format, base_iri=base)
    except SyntaxError as error:
        raise located(error, name, text) from None
    except MemoryError as error:
        if "buffer maximal size" not in str(error):
            raise
        raise bounds.engine_bound(name) from None


def _parsed(found: Opened, source: RdfInput, rename: bool) -> Iterator[ox.Quad]:
    base = source.reading.base
    options: dict[str, Any] = {"format": found.syntax, "rename_blank_nodes": rename}
    if found.syntax == ox.RdfFormat.JSON_LD:
        return _parsed_json(found, source, options)
    stream = cast("IO[bytes]", found.stream)  # a parser only reads
    return ox.parse(input=stream, base_iri=base, **options)


def _parsed_json(found: Opened, source: RdfInput, options: Mapping[str, Any]) -> Iterator[ox.Quad]:
    base = source.reading.base
    refuse_whole(source.size, source.name)
    data = found.stream.rest()
    look_at_json(data, source.name)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise not_utf_8(data, error, source.name, "an RDF file") from None
    _refuse_bad_iris(data, source.name)
    for quad in ox.parse(data, base_iri=base or _NO_BASE, **options):
        if base is None:
            _refuse_relative(quad, source.name)
        yield quad


def _refuse_relative(quad: ox.Quad, name: str) -> None:
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(term, ox.NamedNode) and term.value.startswith(_NO_BASE_ROOT):
            written = term.value.removeprefix(_NO_BASE).removeprefix(_NO_BASE_ROOT)
            raise relative(written, name)


def _refuse_bad_iris(data: bytes, name: str) -> None:
    keys = {b"@id", *(pair[1] for pair in _PAIRS.finditer(data) if pair[2] == b"@id")}
    for pair in _PAIRS.finditer(data):
        if pair[1] in keys and pair[2] and _NOT_IN_IRIS.search(pair[2]):
            raise InputError(
                code="BRI293",
                file=name,
                line=data.count(b"\n", 0, pair.start(2)) + 1,
                message=f"{pair[2].decode()!r} is no IRI",
                why="JSON-LD leaves out what is said of it without a word",
                fix="write it without spaces and the characters <>{}|^`, for instance as %20",
            )


def _told(quads: Iterator[ox.Quad], source: RdfInput, found: Opened) -> Iterator[ox.Quad]:
    """Return the quads; warn where there is none."""
    first = next(quads, None)
    if first is None:
        is_json = found.syntax == ox.RdfFormat.JSON_LD and not found.has_context
        why = "; it is JSON-LD without an @context" if is_json else ""
        warnings.warn(NoTripleWarning(f"{source.name} holds no triple{why}"), stacklevel=2)
        return iter(())
    return chain((first,), quads)


def _located(error: SyntaxError, source: RdfInput, found: Opened) -> InputError:
    said = located(error, source.name)
    if found.syntax == ox.RdfFormat.RDF_XML and said.line is None:
        said.line, said.column = _second_look(source) or (None, None)
    elif said.code == "BRI216" and "No scheme found" in said.message and _is_there_twice(source):
        line, begin, end = error.lineno or 0, error.offset or 0, error.end_offset or 0
        written = line_of(source, line)[begin - 1 : end - 1]
        return relative(written.strip("<>"), source.name, line, begin) if written else said
    return said


def _second_look(source: RdfInput) -> tuple[int, int] | None:
    """Return where an RDF/XML file goes wrong: it is fed tag by tag, since its parser does not say."""
    if not _is_there_twice(source):
        return None
    with opened(source) as found:
        found.stream.by_tag = True
        stream = cast("IO[bytes]", found.stream)
        try:
            for _ in ox.parse(input=stream, format=found.syntax, base_iri=source.reading.base):
                pass
        except SyntaxError:
            return found.stream.place()
        except BriKgError:
            return None
    return None


def _is_there_twice(source: RdfInput) -> bool:
    return source.path is not None or not source.streams


def no_triples(files: Sequence[str]) -> InputError:
    """Return the error for files that together hold nothing to work on."""
    return InputError(
        code="BRI287",
        file=", ".join(files),
        message="there is not one triple, so that nothing can be done",
        fix="give RDF files that say something; JSON-LD needs an @context",
    )


def relative(iri: str, name: str, line: int | None = None, column: int | None = None) -> InputError:
    """Return the error for a relative IRI where there is no base."""
    return InputError(
        code="BRI283",
        file=name,
        line=line,
        column=column,
        message=f"the IRI {iri!r} is relative, and the file has no base",
        fix="give one with --base IRI, or write one into the file",
    )


def located(error: SyntaxError, name: str, text: str | None = None) -> InputError:
    """Return a parser's error in our words, with the place in the file of this name."""
    message = str(error.msg or error)
    if "LoadDocumentCallback" in message:
        return InputError(
            code="BRI301",
            file=name,
            message="the JSON-LD context is remote, and nothing is fetched",
            fix="put the context into the file",
        )
    if "No scheme found" in message:
        named = _IN_MESSAGE.search(message)
        if named:
            return relative(named[1], name)
        if text is not None and error.lineno and error.offset and error.end_offset:
            line = text.split("\n")[error.lineno - 1]
            written = line[error.offset - 1 : error.end_offset - 1].strip("<>")
            return relative(written, name, error.lineno, error.offset)
    if "Only UTF-8 is supported" in message:
        return another_encoding(name, "the file declares another encoding than UTF-8")
    cause = re.sub(r"^Parser error [^:]*: ", "", message)
    return InputError(
        code="BRI216",
        file=name,
        line=error.lineno,
        column=error.offset,
        message=cause or message,
        fix="mend the syntax at this place; the mistake may stand a little before it",
    )


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
