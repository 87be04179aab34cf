"""`bri-kg describe THING`: everything the graph says of one thing, as a graph."""

from __future__ import annotations

from argparse import Namespace

import pyoxigraph as ox

from bri_kg.knowledge import open_graph
from bri_kg.output import emit_graph


def run(args: Namespace) -> int:
    """Print the triples of the default graph in which the thing is subject or object."""
    kg = open_graph(args.graph)
    node = kg.resolve(args.thing)
    default = ox.DefaultGraph()
    quads = [
        *kg.store.quads_for_pattern(node, None, None, default),
        *kg.store.quads_for_pattern(None, None, node, default),
    ]
    return emit_graph(quads, args, "ttl")
