"""What is validated: RDF as text in a syntax that both engines read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.rdf.files import StableLabels, parse_rdf, parse_stream, read_rdf, read_text

# Never seen: quads have no relative IRIs.
_NO_BASE = "http://example.org/"
# What the fast engine is given as it stands; anything else is parsed first.
_DIRECT = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}


@dataclass(frozen=True)
class Document:
    """Triples as text; relative IRIs are taken from `base`, `name` stands in errors."""

    text: str
    syntax: ox.RdfFormat
    name: str
    base: str

    def quads(self, before: Iterable[ox.Quad] = ()) -> Iterator[ox.Quad]:
        """Yield the triples; blank node labels are stable and none of those of `before`.

        Raises InputError for malformed text and for triple terms (RDF 1.2).
        """
        labels = StableLabels()
        for _ in labels.of(before):
            pass
        for quad in labels.of(parse_rdf(self.text, self.syntax, self.name, base=self.base)):
            yield _without_triple_terms(quad, self.name)


def document_of(quads: Iterable[ox.Quad], name: str = "the data") -> Document:
    """Return quads as N-Triples. Graph names are dropped: pySHACL too takes all graphs as one."""
    triples = (_without_triple_terms(quad, name).triple for quad in quads)
    content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert content is not None
    return Document(content.decode(), ox.RdfFormat.N_TRIPLES, name, _NO_BASE)


def read_document(files: Iterable[str]) -> Document:
    """Return the union of some files, `-` for TriG, Turtle or N-Triples from standard input.

    One file of Turtle or N-Triples is only read, not parsed. Raises InputError for what cannot
    be read, and for malformed text where it must be parsed.
    """
    files = tuple(files)
    if len(files) == 1:
        path = Path(files[0])
        syntax = _DIRECT.get(path.suffix.lower())
        if files[0] != "-" and syntax is not None:
            text = read_text(path, "an RDF file")
            if "<<" in text:  # perhaps a triple term, which the fast engine would pass over
                return document_of(read_quads(files), files[0])
            return Document(text, syntax, files[0], path.resolve().as_uri())
    return document_of(read_quads(files), ", ".join(files))


def read_quads(files: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the quads of some files, with labels of blank nodes that are stable and kept apart."""
    labels = StableLabels()
    return chain.from_iterable(labels.of(_read(file)) for file in files)


def _read(file: str) -> Iterator[ox.Quad]:
    if file == "-":
        return parse_stream(sys.stdin.buffer, "<stdin>")
    return read_rdf(file, base=Path(file).resolve().as_uri())


def _without_triple_terms(quad: ox.Quad, name: str) -> ox.Quad:
    if isinstance(quad.object, ox.Triple):
        raise InputError(
            code="BRI252",
            file=name,
            message=f"a triple term (RDF 1.2) is a value of {quad.predicate}",
            why="SHACL is about RDF 1.1, which has none",
            fix="leave it out of what is validated",
        )
    return quad
