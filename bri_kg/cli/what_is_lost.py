"""What is said where a format has no named graphs: what is left out, and which questions ask there."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection, Iterable
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.talking import talk
from bri_kg.dataset.questions import Question
from bri_kg.dataset.release import open_release
from bri_kg.dataset.resources import Resources
from bri_kg.names import is_named_here
from bri_kg.publishing.parts import asks_in_graphs
from bri_kg.rdf.syntaxes import FORMATS

_NAMED: Final = 5  # questions, before they are only counted

Graphs = Collection[ox.NamedNode | ox.BlankNode]


def say_what_is_lost(quads: Iterable[ox.Quad], name: str, args: Namespace) -> Graphs:
    """Say what the format `name` has no place for; return the graphs that are left out."""
    if FORMATS[name].supports_datasets:
        return frozenset()
    found = [quad.graph_name for quad in quads]
    lost = [graph for graph in found if not isinstance(graph, ox.DefaultGraph)]
    if lost:
        talk(
            args,
            f"left out, since {name} has no named graphs: {len(lost)} quads in {len(set(lost))} "
            "graphs; nq, trig and jsonld keep them",
        )
    return frozenset(lost)


def holds_claims(graphs: Graphs) -> bool:
    """Return whether some graphs are those of our claims, in which stored questions ask."""
    return any(is_named_here(graph.value, "claim/") for graph in graphs)


def say_who_asks(resources: Resources, args: Namespace) -> None:
    """Say which questions ask in the graphs that are left out."""
    index = open_release(resources).index()
    asking = sorted(q.name for q in map(Question.from_json, index.values()) if asks_in_graphs(q))
    shown = asking if args.verbose else asking[:_NAMED]
    more = len(asking) - len(shown)
    talk(
        args,
        f"without them these questions have no answer, or another: {', '.join(shown)}"
        + (f", and {more} more (-v names them)" if more else ""),
    )
