"""Graphs of our own in a store of somebody else's, in which something is worked out and which go again.

Blank nodes get names there, so that they stay the same from one request to the next; `as_node` gives them back.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final, Protocol

import pyoxigraph as ox

from bri_kg.names import SCRATCH
from bri_kg.rdf.rows import Rows
from bri_kg.sparql.lexer import decoded
from bri_kg.sparql.places import form_place, places_of

_RUNS: Final = SCRATCH + "runs"
_OLD: Final = timedelta(days=1)
_SENT_AT_ONCE: Final = 5_000  # triples
# Every graph that a run may have. That they are few and known lets a later run drop what a killed one has left.
_GRAPHS: Final = (
    "facts", "names", "words", "axioms", "closed", "derived", "result", "round-0", "round-1",
    "whole", "projected", "rows", "inferred",
)  # fmt: skip


class Place(Protocol):
    """A store that is asked and changed."""

    def select(self, query: str) -> Rows:
        """Return the rows of a query, all of them."""
        ...

    def change(self, update: str) -> None:
        """Do an update that may be done twice."""
        ...

    def triples(self, query: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT query as they come."""
        ...


class WorkGraphs:
    """The graphs of one run in one store."""

    def __init__(self, place: Place) -> None:
        self.place = place
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.base = f"{SCRATCH}{now}-{secrets.token_hex(8)}/"

    def named(self, graph: str) -> str:
        """Return the IRI of one of the graphs, in angle brackets."""
        return f"<{self.base}{graph}>"

    def begin(self) -> None:
        """Note the run, so that a later one finds what is left of it."""
        self.place.change(f"INSERT DATA {{ GRAPH <{_RUNS}> {{ {self._note} }} }}")

    def is_seen(self) -> bool:
        """Return whether the default graph shows what stands in named graphs."""
        return bool(self.place.select(f"SELECT ?x WHERE {{ {self._note} BIND (1 AS ?x) }}").rows)

    def end(self) -> None:
        """Drop the graphs, and the note of the run."""
        self._drop(self.base)

    def sweep(self) -> tuple[int, int]:
        """Drop what runs of more than a day ago have left; return how many, and how many younger ones are noted."""
        rows = self.place.select(
            f"SELECT ?run WHERE {{ GRAPH <{_RUNS}> {{ ?run a <{SCRATCH}Run> }} }}"
        )
        limit = (datetime.now(UTC) - _OLD).strftime("%Y%m%dT%H%M%SZ")
        runs = [str(row.value("run")) for row in rows]
        others = [run for run in runs if run != self.base and run.startswith(SCRATCH)]
        old = [run for run in others if run.removeprefix(SCRATCH)[: len(limit)] < limit]
        for run in old:
            self._drop(run)
        return len(old), len(others) - len(old)

    def put(self, graph: str, lines: Iterable[str]) -> None:
        """Add triples, which are lines of N-Triples without blank nodes."""
        rest = iter(lines)
        while some := list(islice(rest, _SENT_AT_ONCE)):
            body = "\n".join(some)
            self.place.change(f"INSERT DATA {{ GRAPH {self.named(graph)} {{\n{body}\n}} }}")

    def empty(self, graph: str) -> None:
        """Drop a graph, so that it is empty."""
        self.place.change(f"DROP SILENT GRAPH {self.named(graph)}")

    def add(self, graph: str, *to: str) -> None:
        """Add what stands in one graph to others."""
        steps = (f"ADD SILENT GRAPH {self.named(graph)} TO GRAPH {self.named(t)}" for t in to)
        self.place.change(" ;\n".join(steps))

    def count(self, graph: str) -> int:
        """Return how many triples stand in a graph."""
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {self.named(graph)} {{ ?s ?p ?o }} }}"
        return int(str(self.place.select(query)[0].value("n")))

    def written(self, text: str, recent: str = "facts") -> str:
        """Return a query with the names of this run: those of scratch:, and of scratch:recent for new facts."""
        text = text.replace("scratch:recent", self.named(recent))
        return text.replace(f"<{SCRATCH}>", f"<{self.base}>")

    def select(self, text: str, recent: str = "facts") -> Rows:
        """Return the rows of a query that names our graphs by the prefix scratch:."""
        return self.place.select(self.written(text, recent))

    def conclude(self, rule: str, into: str, recent: str = "facts") -> None:
        """Put what a rule finds, a SELECT ?s ?p ?o, into a graph, where it is not among the facts."""
        known = f"GRAPH {self.named('facts')} {{ ?s ?p ?o }}"
        self._insert(rule, into, recent, f"FILTER (!isLiteral(?s)) FILTER NOT EXISTS {{ {known} }}")

    def gather(self, rule: str, into: str) -> None:
        """Put all that a rule finds into a graph."""
        self._insert(rule, into, "facts", "")

    def _insert(self, rule: str, into: str, recent: str, condition: str) -> None:
        prologue, query = split(self.written(rule, recent))
        self.place.change(
            f"{prologue}INSERT {{ GRAPH {self.named(into)} {{ ?s ?p ?o }} }} WHERE {{\n{{ {query}\n}}\n"
            f"{condition}\n}}"
        )

    def copy(self, pattern: str, into: str) -> None:
        """Put what a pattern finds as ?s ?p ?o into a graph, and give names to its blank nodes."""
        place, names, named = self.named(into), self.named("names"), f"<{SCRATCH}named>"
        found = self.place.select(
            f"SELECT ?s WHERE {{ {pattern} FILTER (isBlank(?s) || isBlank(?o)) }} LIMIT 1"
        )
        if not found.rows:
            self.place.change(f"INSERT {{ GRAPH {place} {{ ?s ?p ?o }} }} WHERE {{ {pattern} }}")
            return
        self.place.change(
            f"INSERT {{ GRAPH {names} {{ ?b {named} ?name }} }} WHERE {{ {{ SELECT DISTINCT ?b WHERE {{\n"
            f"{{ {pattern} BIND (?s AS ?b) }} UNION {{ {pattern} BIND (?o AS ?b) }} FILTER (isBlank(?b)) }} }}\n"
            f"FILTER NOT EXISTS {{ GRAPH {names} {{ ?b {named} ?other }} }}\n"
            f'BIND (IRI(CONCAT("{self.base}node/", STRUUID())) AS ?name) }}'
        )
        self.place.change(
            f"INSERT {{ GRAPH {place} {{ ?subject ?p ?value }} }} WHERE {{ {pattern}\n"
            f"OPTIONAL {{ GRAPH {names} {{ ?s {named} ?one }} }} OPTIONAL {{ GRAPH {names} {{ ?o {named} ?other }} }}\n"
            "BIND (COALESCE(?one, ?s) AS ?subject) BIND (COALESCE(?other, ?o) AS ?value) }"
        )

    def write_back(self, target: str) -> str:
        """Return the update that puts the result into a place of the user's, with blank nodes as they are there."""
        return f"INSERT {{ {target} }} WHERE {{ {self._given_back()} }}"

    def written_back(self) -> int:
        """Return how many triples that update puts there: what speaks of blank nodes of an ontology stays away."""
        rows = self.place.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._given_back()} }}")
        return int(str(rows[0].value("n")))

    def _given_back(self) -> str:
        names, named, result = self.named("names"), f"<{SCRATCH}named>", self.named("result")
        unknown = (f'isIRI({term}) && STRSTARTS(STR({term}), "{self.base}node/")' for term in ("?s", "?o"))  # fmt: skip
        return (
            f"GRAPH {result} {{ ?subject ?p ?value }}\n"
            f"OPTIONAL {{ GRAPH {names} {{ ?one {named} ?subject }} }}\n"
            f"OPTIONAL {{ GRAPH {names} {{ ?other {named} ?value }} }}\n"
            "BIND (COALESCE(?one, ?subject) AS ?s) BIND (COALESCE(?other, ?value) AS ?o)\n"
            f"FILTER (!({' || '.join(unknown)}))"
        )

    def as_name(self, term: object) -> str:
        """Return a term as N-Triples, a blank node by its name in the store."""
        return f"<{self.base}node/{term.value}>" if isinstance(term, ox.BlankNode) else str(term)

    def as_node(self, term: object) -> object:
        """Return the blank node of a name, and any other term as it is."""
        prefix = f"{self.base}node/"
        if isinstance(term, ox.NamedNode) and term.value.startswith(prefix):
            return ox.BlankNode(term.value.removeprefix(prefix))
        return term

    @property
    def _note(self) -> str:
        return f"<{self.base}> a <{SCRATCH}Run>"

    def _drop(self, base: str) -> None:
        steps = [f"DROP SILENT GRAPH <{base}{graph}>" for graph in _GRAPHS]
        steps.append(f"DELETE DATA {{ GRAPH <{_RUNS}> {{ <{base}> a <{SCRATCH}Run> }} }}")
        self.place.change(" ;\n".join(steps))


def split(text: str) -> tuple[str, str]:
    """Return the prologue of a SELECT query, and the rest, which can stand inside another."""
    form = form_place(places_of(decoded(text)))
    start = form.token.start if form else 0
    return text[:start], text[start:]
