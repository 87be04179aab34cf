"""What is validated: RDF as text in a syntax that both engines read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.input_streams import RdfInput, Whole, rdf_input, syntax_of_input, whole
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import parse_input, parse_labelled, parse_rdf
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.rdf.text_files import decoded, refuse_binary

_PER_TRIPLE = 500  # bytes; 290 measured, of the fast engine
# Never seen: quads have no relative IRIs.
_NO_BASE = "http://example.org/"
# What the fast engine is given as it stands; anything else is parsed first.
_DIRECT = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)


@dataclass(frozen=True)
class Document:
    """Triples as UTF-8; relative IRIs are taken from `base`, `name` stands in errors."""

    content: bytes
    syntax: ox.RdfFormat
    name: str
    base: str
    path: Path | None = None  # a file that holds just this, which an engine may read by itself

    @cached_property
    def text(self) -> str:
        """The same as text. Raise InputError where it is no UTF-8, binary or empty."""
        return decoded(self.content, self.name, "an RDF file") if self.content else ""

    def quads(self, before: Iterable[ox.Quad] = ()) -> Iterator[ox.Quad]:
        """Yield the triples; blank node labels are stable and none of those of `before`.

        Raises InputError for malformed text and for triple terms (RDF 1.2).
        """
        labels = StableLabels()
        for _ in labels.of(before):
            pass
        for quad in labels.of(parse_rdf(self.text, self.syntax, self.name, base=self.base)):
            if type(quad.object) is ox.Triple:
                _refuse_triple_term(quad, self.name)
            yield quad


def document_of(quads: Iterable[ox.Quad], name: str = "the data") -> Document:
    """Return quads as N-Triples. Graph names are dropped: pySHACL too takes all graphs as one."""
    triples = (
        quad.triple if type(quad.object) is not ox.Triple else _refuse_triple_term(quad, name)
        for quad in quads
    )
    content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert content is not None
    return Document(content, ox.RdfFormat.N_TRIPLES, name, _NO_BASE)


def read_document(files: Iterable[str], reading: Reading = AS_IT_IS) -> Document:
    """Return the union of some files, `-` for standard input.

    One file of Turtle or N-Triples is only read, not parsed. Raises InputError for what cannot
    be read, and for malformed text where it must be parsed.
    """
    files = tuple(files)
    sources = [_input(file, reading) for file in files]
    refuse_what_does_not_fit(sources, _PER_TRIPLE)
    if len(sources) == 1 and syntax_of_input(sources[0]) in _DIRECT:
        (source,) = sources
        next(parse_input(source), None)  # warns where there is nothing
        read = whole(source)
        if not read.has_triple_terms:  # which the fast engine would pass over
            refuse_binary(read.content, source.name, "an RDF file")
            base = source.reading.base or _NO_BASE
            return Document(
                read.content, read.syntax, source.name, base, _as_it_stands(source, read)
            )
    return document_of(read_quads(files, reading), ", ".join(source.name for source in sources))


def _as_it_stands(source: RdfInput, read: Whole) -> Path | None:
    """Return the file of N-Triples that holds these bytes and no others: not packed, no byte order mark."""
    is_it = source.size == len(read.content) and not source.is_gzip
    named = source.path is not None and source.path.suffix == ".nt"
    return source.path if is_it and named and read.syntax == ox.RdfFormat.N_TRIPLES else None


def read_quads(files: Iterable[str], reading: Reading = AS_IT_IS) -> Iterator[ox.Quad]:
    """Yield the quads of some files, with labels of blank nodes that are stable and kept apart."""
    labels = StableLabels()
    return chain.from_iterable(parse_labelled(_input(file, reading), labels) for file in files)


def _input(file: str, reading: Reading) -> RdfInput:
    """Return an input whose relative IRIs are taken from its own place; standard input has none."""
    source = rdf_input(file, reading)
    return source if file == "-" else source.based(Path(file).absolute().as_uri())


def _refuse_triple_term(quad: ox.Quad, name: str) -> NoReturn:
    raise InputError(
        code="BRI252",
        file=name,
        message=f"a triple term (RDF 1.2) is a value of {quad.predicate}",
        why="SHACL is about RDF 1.1, which has none",
        fix="leave it out of what is validated",
    )
