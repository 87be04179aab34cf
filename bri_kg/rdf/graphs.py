"""Writing graphs, the same bytes for the same quads."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

import pyoxigraph as ox

from bri_kg.names import PREFIXES, written_prefixes
from bri_kg.rdf.rdfxml import KeepsReturns, refuse_unsayable, with_names
from bri_kg.rdf.syntaxes import FORMATS


def write_graph(quads: Iterable[ox.Quad], format_name: str) -> bytes:
    """Return the quads in a format of `FORMATS`, as `in_order` gives them, UTF-8.

    Raise InputError for what the format cannot hold.
    """
    kept = in_order(quads, format_name)
    out = io.BytesIO()
    if format_name == "rdfxml":
        refuse_unsayable(kept)
    stream_graph(kept, format_name, out, prefixes=_used_prefixes(kept))
    return out.getvalue()


def stream_graph(
    quads: Iterable[ox.Quad], format_name: str, out: IO[bytes], prefixes: dict[str, str]
) -> None:
    """Write quads as they come; formats without named graphs get the triples of each.

    What RDF/XML cannot hold must be refused beforehand.
    """
    rdf_format = FORMATS[format_name]
    options: dict[str, Any] = {"format": rdf_format, "prefixes": prefixes}
    if rdf_format.supports_datasets:
        ox.serialize(quads, out, **options)
    elif format_name == "rdfxml":
        safe = cast("IO[bytes]", KeepsReturns(out))
        ox.serialize(with_names(_triples(quads)), safe, **options)
    else:
        ox.serialize(_triples(quads), out, **options)


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    return (quad.triple for quad in quads)


def in_order(quads: Iterable[ox.Quad], format_name: str) -> list[ox.Quad]:
    """Return the quads that a format of `FORMATS` holds, sorted, each once.

    Formats without named graphs (ttl, nt, rdfxml) get the default graph, which holds every
    fact too; only the tie from a fact to its claim is left out.
    """
    with_graphs = FORMATS[format_name].supports_datasets
    about: dict[tuple[str, str], set[ox.Quad]] = {}
    for quad in quads:
        if with_graphs or isinstance(quad.graph_name, ox.DefaultGraph):
            about.setdefault((str(quad.graph_name), str(quad.subject)), set()).add(quad)
    # Subject by subject: the texts of all terms at once would take more room than the quads.
    return [quad for node in sorted(about) for quad in sorted(about.pop(node), key=_order)]


def _order(quad: ox.Quad) -> tuple[bool, str, str]:
    # Types first within a subject, as people write Turtle.
    is_type = quad.predicate.value == PREFIXES["rdf"] + "type"
    return not is_type, quad.predicate.value, str(quad.object)


def _used_prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    iris = {
        t.value
        for q in quads
        for t in (q.subject, q.predicate, q.object, q.graph_name)
        if isinstance(t, ox.NamedNode)
    }
    return {
        p: ns for p, ns in written_prefixes().items() if any(iri.startswith(ns) for iri in iris)
    }
