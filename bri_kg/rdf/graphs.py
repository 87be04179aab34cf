"""Writing graphs, the same bytes for the same quads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES

FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def write_graph(quads: Iterable[ox.Quad], format_name: str) -> bytes:
    """Return the quads in a format of `FORMATS`, as `in_order` gives them, UTF-8."""
    rdf_format = FORMATS[format_name]
    kept = in_order(quads, format_name)
    options: dict[str, Any] = {"format": rdf_format, "prefixes": _used_prefixes(kept)}
    if rdf_format.supports_datasets:
        content = ox.serialize(kept, **options)
    else:
        content = ox.serialize((quad.triple for quad in kept), **options)
    assert content is not None
    return content


def in_order(quads: Iterable[ox.Quad], format_name: str) -> list[ox.Quad]:
    """Return the quads that a format of `FORMATS` holds, sorted, each once.

    Formats without named graphs (ttl, nt, rdfxml) get the default graph, which holds every
    fact too; only the tie from a fact to its claim is left out.
    """
    kept = sorted(set(quads), key=_order)
    if FORMATS[format_name].supports_datasets:
        return kept
    return [quad for quad in kept if isinstance(quad.graph_name, ox.DefaultGraph)]


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    # Types first within a subject, as people write Turtle.
    is_type = quad.predicate.value == PREFIXES["rdf"] + "type"
    return (
        str(quad.graph_name),
        str(quad.subject),
        not is_type,
        quad.predicate.value,
        str(quad.object),
    )


def _used_prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    iris = {
        t.value
        for q in quads
        for t in (q.subject, q.predicate, q.object, q.graph_name)
        if isinstance(t, ox.NamedNode)
    }
    return {p: ns for p, ns in sorted(PREFIXES.items()) if any(iri.startswith(ns) for iri in iris)}
