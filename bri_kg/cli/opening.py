"""What the options of a command line say of where the data is, and who watches."""

from __future__ import annotations

import sys
from argparse import Namespace

from bri_kg.dataset.resources import find
from bri_kg.knowledge import KnowledgeGraph, open_graph


def open_for(args: Namespace, *, once: bool = False) -> KnowledgeGraph:
    """Open what `--graph` and `--store` name; `once` as for `bri_kg.knowledge.open_graph`."""
    return open_graph(args.graph, store=args.store, once=once, show=wanted(args))


# The word that `--shapes` takes for the shapes of the graph.
_OUR_SHAPES = "bri"


def shape_files(args: Namespace) -> list[str]:
    """Return the files that `--shapes` names; ours for `bri`."""
    ours = [str(path) for path in find(args.graph).shape_files()]
    return [file for name in args.shapes for file in (ours if name == _OUR_SHAPES else [name])]


def laid_under(args: Namespace) -> list[str]:
    """Return the ontology, where our shapes serve: without it they know no class above another."""
    if _OUR_SHAPES not in args.shapes:
        return []
    return [str(path) for path in find(args.graph).ontology_files()]


def wanted(args: Namespace) -> bool:
    """Return whether progress is to be shown: stderr is a terminal, and there is no `-q`."""
    return not args.quiet and sys.stderr is not None and sys.stderr.isatty()
