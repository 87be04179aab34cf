"""`bri-kg describe THING`: everything the graph says of one thing, as a graph."""

from __future__ import annotations

from argparse import Namespace

import pyoxigraph as ox

from bri_kg.graphs import write_graph
from bri_kg.knowledge import open_graph
from bri_kg.output import GRAPH_FORMATS, choose_format, emit


def run(args: Namespace) -> int:
    """Print the triples of the default graph in which the thing is subject or object."""
    kg = open_graph(args.graph)
    node = kg.resolve(args.thing)
    default = ox.DefaultGraph()
    quads = [
        *kg.store.quads_for_pattern(node, None, None, default),
        *kg.store.quads_for_pattern(None, None, node, default),
    ]
    emit(write_graph(quads, choose_format(args, GRAPH_FORMATS, "ttl")), args)
    return 0
