"""What the graph says of one thing, as RDF: the same triples in every syntax.

They are those in which it is subject or object, and the claims about it with their passages, times and
quantities; of whatever these lead to, name and class (`bri_kg.publishing.jsonld.frames`).
A vocabulary brings what is said of its concepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.descriptions import around
from bri_kg.names import PREFIXES
from bri_kg.publishing.jsonld import Context, dataset_document, linked_document
from bri_kg.publishing.jsonld import describe as framed
from bri_kg.rdf.graphs import write_graph
from bri_kg.stores.selecting import Quads

# Triples around a thing: of more, no document is made that someone would wait for and read. To tell them in
# words takes far longer than to write them.
MOST: Final = 20_000
MOST_TOLD: Final = 2_000
_DEFAULT: Final = ox.DefaultGraph()
_IN_SCHEME: Final = ox.NamedNode(PREFIXES["skos"] + "inScheme")


@dataclass(frozen=True)
class Cut:
    """The first triples around a thing that has more of them than a document holds."""

    quads: tuple[ox.Quad, ...]


def around_at_most(store: Quads, node: ox.NamedNode, most: int) -> Cut | None:
    """Return the first triples around a node where there are more than `most`, else None."""
    pairs = ((node, None), (None, node))
    found = (
        quad
        for subject, value in pairs
        for quad in store.quads_for_pattern(subject, None, value, _DEFAULT)
    )
    kept = tuple(islice(found, most))
    return Cut(kept) if next(found, None) is not None else None


def thing_document(store: Quads, node: ox.NamedNode, context: Context, form: str) -> bytes:
    """Return what is said of a node in one of the forms ttl, nt and jsonld."""
    found = framed(store, node, context)
    told = found.all_triples
    more = {*around(store, node), *_members(store, node)}
    if form == "jsonld":
        return linked_document(found, more - told, context)
    return write_graph({*told, *more}, form)


def cut_document(cut: Cut, context: Context, form: str) -> bytes:
    """Return the first triples of what is said of a node, in one of the forms ttl, nt and jsonld."""
    return graph_document(cut.quads, context, form)


def graph_document(
    quads: tuple[ox.Quad, ...] | list[ox.Quad], context: Context, form: str
) -> bytes:
    """Return triples in one of the forms ttl, nt and jsonld."""
    return dataset_document(quads, context) if form == "jsonld" else write_graph(quads, form)


def _members(store: Quads, scheme: ox.NamedNode) -> Iterator[ox.Quad]:
    for link in store.quads_for_pattern(None, _IN_SCHEME, scheme, _DEFAULT):
        yield from store.quads_for_pattern(link.subject, None, None, _DEFAULT)
