"""What the tools work with: the graph, a door for queries of strangers, and how answers take turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bri_kg.answers.said_words import SaidWords, said_words
from bri_kg.answers.scope import Ground
from bri_kg.knowledge import KnowledgeGraph

Found = TypeVar("Found")
Spoken = Callable[[str, str], str]
"""Puts an English text into a language."""


@dataclass(frozen=True)
class QueryAnswer:
    """What a query gave: rows as SPARQL 1.1 Query Results JSON, or triples as N-Triples.

    `is_cut` says that there are more than were asked for.
    """

    kind: str
    body: bytes
    is_cut: bool


class Queries(Protocol):
    """Where queries are answered that nobody has looked at: in processes with bounds of time, memory and size."""

    async def answer(self, query: str, first: int, client: str) -> QueryAnswer:
        """Return the first rows or triples of a query. Raise BriKgError for what it has no answer for."""
        ...


class InTurn(Protocol):
    """Where everything else is answered: in a thread, one after the other, for each client in turn."""

    async def __call__(self, client: str, work: Callable[[], Found]) -> Found:
        """Return what the work gives. Raise BriKgError where too many wait."""
        ...


@dataclass(frozen=True)
class Desk:
    """One release, and what answers from it. Words of sources are given where `texts` is a folder."""

    graph: KnowledgeGraph
    release: str
    queries: Queries
    in_turn: InTurn
    texts: Path | None = None
    spoken: Spoken = lambda text, lang: text
    log: Callable[[dict[str, Any]], None] = lambda told: None

    def ground(self, lang: str) -> Ground:
        """Return what claims are read from, beside the Python API."""
        graph = self.graph
        return Ground(
            graph.guarded, graph.resources, graph.resolve, lambda: graph.guarded, lang, self.texts
        )

    @cached_property
    def said(self) -> SaidWords:
        """The words that claims are said in; passages are read where their words may be shown."""
        return said_words(self.graph.guarded, self.texts)

    @property
    def folder(self) -> str | None:
        """The folder of texts as the Python API takes it."""
        return None if self.texts is None else str(self.texts)


Arguments = dict[str, Any]
