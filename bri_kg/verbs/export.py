"""`bri-kg export`: the graph, or a part of it, for another tool."""

from __future__ import annotations

from argparse import Namespace

import pyoxigraph as ox

from bri_kg.output import emit_graph
from bri_kg.release import PARTS, open_release
from bri_kg.resources import find


def run(args: Namespace) -> int:
    """Write the asked part in the asked format, N-Quads by default."""
    release = open_release(find(args.graph))
    parts = PARTS if args.part == "all" else (args.part,)
    quads = (
        quad
        for part in parts
        for quad in ox.parse(path=str(release.part(part)), format=ox.RdfFormat.N_QUADS)
    )
    return emit_graph(quads, args, "nq")
