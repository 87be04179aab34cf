"""Blank nodes of several files, kept apart and called the same in every run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

from bri_kg.rdf.watching import BlankNodes

_Part = TypeVar("_Part")
# What pyoxigraph calls a node without a label, anew in every run; and what we call it.
_MADE_BY_A_PARSER = re.compile(r"[0-9a-f]{24,}|genid[0-9]+")


def is_made_up(label: str) -> bool:
    """Return whether a parser or a store has made a label up, so that it is another one in the next run."""
    return _MADE_BY_A_PARSER.fullmatch(label) is not None


_WITHOUT_LABEL = frozenset((ox.NamedNode, ox.Literal))


class StableLabels:
    """Blank node labels that are the same in every run, and different between files.

    Where a file gives a label it is kept, unless a file before gave it too; nodes without one
    are numbered in the order of the file.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._made = 0

    def of(self, quads: Iterable[ox.Quad], marks: BlankNodes | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one file with stable labels; `marks` has seen the file before they come."""
        mine: dict[ox.BlankNode, ox.BlankNode] = {}
        marks = marks or BlankNodes(ox.RdfFormat.JSON_LD)
        try:
            # This runs for every triple that is read: nothing is looked at that need not be.
            for quad in quads:
                if not marks.may_be_there:
                    yield quad
                    continue
                subject, value = quad.subject, quad.object
                if (
                    type(subject) is ox.NamedNode
                    and type(value) in _WITHOUT_LABEL
                    and not (marks.has_graphs and type(quad.graph_name) is ox.BlankNode)
                ):
                    yield quad
                    continue
                yield ox.Quad(
                    self._of(subject, mine),
                    quad.predicate,
                    self._of(value, mine),
                    self._of(quad.graph_name, mine),
                )
        finally:
            self._taken.update(node.value for node in mine.values())

    def _of(self, part: _Part, mine: dict[ox.BlankNode, ox.BlankNode]) -> _Part:
        if isinstance(part, ox.BlankNode):
            return mine.get(part) or self._name(part, mine)  # type: ignore[return-value]
        if isinstance(part, ox.Triple):
            subject, value = self._of(part.subject, mine), self._of(part.object, mine)
            return ox.Triple(subject, part.predicate, value)  # type: ignore[return-value]
        return part

    def _name(self, node: ox.BlankNode, mine: dict[ox.BlankNode, ox.BlankNode]) -> ox.BlankNode:
        label = node.value
        if label in self._taken or is_made_up(label):
            self._made += 1
            label = f"genid{self._made}"
        mine[node] = ox.BlankNode(label)
        return mine[node]
