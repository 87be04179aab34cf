"""The one place where terms change between pyoxigraph and rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, overload

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from rdflib.term import IdentifiedNode

_PLAIN_STRING = "http://www.w3.org/2001/XMLSchema#string"
Term = ox.NamedNode | ox.BlankNode | ox.Literal


@contextmanager
def unlogged(*names: str) -> Iterator[None]:
    """Keep what rdflib logs of ill-formed literals off the terminal, and what the named loggers say."""
    import logging

    loggers = [logging.getLogger(name) for name in ("rdflib.term", *names)]
    before = [logger.disabled for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
        yield
    finally:
        for logger, was_disabled in zip(loggers, before, strict=True):
            logger.disabled = was_disabled


@overload
def to_rdflib(term: ox.NamedNode | ox.BlankNode) -> IdentifiedNode: ...
@overload
def to_rdflib(term: ox.Literal) -> rdflib.Literal: ...
@lru_cache(maxsize=200_000)
def to_rdflib(term: Term) -> IdentifiedNode | rdflib.Literal:
    """Return the rdflib term for a pyoxigraph term.

    `xsd:string` becomes rdflib's plain literal, since rdflib holds the two to differ;
    literals keep their spelling (`normalize=False`).
    """
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == _PLAIN_STRING:
        return rdflib.Literal(term.value)
    made = rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    return made if str(made) == term.value else _as_spelt(made, term.value)


def _as_spelt(literal: rdflib.Literal, text: str) -> rdflib.Literal:
    """Undo what rdflib does to the white space of xsd:token and xsd:normalizedString, asked or not."""
    made = str.__new__(type(literal), text)
    made._datatype, made._language = literal.datatype, None
    made._value, made._ill_typed = None, True
    return made


@lru_cache(maxsize=200_000)
def to_oxigraph(term: rdflib.term.Node) -> Term:
    """Return the pyoxigraph term for an rdflib term; raises TypeError for any other node."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise TypeError(f"no RDF term: {term!r}")
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype is None:
        return ox.Literal(str(term))
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))


def to_rdflib_graph(triples: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """Return an rdflib memory graph of the triples; graph names are dropped."""
    import rdflib

    return fill_rdflib_graph(rdflib.Graph(bind_namespaces="none"), triples)


def fill_rdflib_graph(graph: rdflib.Graph, triples: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """Add triples to an rdflib graph, and return it; graph names are dropped."""
    for triple in triples:
        graph.add(
            (to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object))  # type: ignore[arg-type]
        )
    return graph


def to_quads(graph: rdflib.Graph) -> Iterator[ox.Quad]:
    """Yield the triples of an rdflib graph; those with a literal subject (generalized RDF) are left out."""
    for s, p, o in graph:
        subject, predicate, value = to_oxigraph(s), to_oxigraph(p), to_oxigraph(o)
        if isinstance(predicate, ox.NamedNode) and not isinstance(subject, ox.Literal):
            yield ox.Quad(subject, predicate, value)
