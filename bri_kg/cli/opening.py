"""What the options of a command line say of where the data is, and who watches."""

from __future__ import annotations

import sys
from argparse import Namespace

from bri_kg.knowledge import KnowledgeGraph, open_graph
from bri_kg.rdf.reading import Reading


def open_for(args: Namespace, *, once: bool = False) -> KnowledgeGraph:
    """Open what `--graph` and `--store` name; `once` as for `bri_kg.knowledge.open_graph`."""
    return open_graph(
        args.graph, store=args.store, once=once, show=wanted(args), reading=reading_of(args)
    )


def reading_of(args: Namespace) -> Reading:
    """Return how files are read: what `--base` and `--input-format` say. Raise UsageError for a bad one."""
    return Reading(args.base, args.input_format).checked()


def wanted(args: Namespace) -> bool:
    """Return whether progress is to be shown: stderr is a terminal, and there is no `-q`."""
    return not args.quiet and sys.stderr is not None and sys.stderr.isatty()
