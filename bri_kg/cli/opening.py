"""The graph that the options of a command line name. Verbs that open none do without this module."""

from __future__ import annotations

from argparse import Namespace

from bri_kg.cli.given_options import given_of, reading_of, wanted
from bri_kg.knowledge import KnowledgeGraph, open_graph


def open_for(args: Namespace, *, once: bool = False) -> KnowledgeGraph:
    """Open what `--graph` and `--store` name; `once` as for `bri_kg.knowledge.open_graph`."""
    return open_graph(
        args.graph,
        alone=args.alone,
        store=args.store,
        once=once,
        show=wanted(args),
        reading=reading_of(args),
        given=given_of(args),
    )
