"""The SPARQL 1.1 updates of a load. Each but those that begin does nothing unless the lock is held by who sends it.

A request that arrives late or twice, or from a loader whose place another has taken, so changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.names import IN_STORES
from bri_kg.stores.staging import DEFAULT, STAGING, Load, Piece, cell

NOTE: Final = IN_STORES + "loaded"
LOCK: Final = IN_STORES + "lock"
# The name by which RDF4J calls its own default graph: without it, queries and deletions meet every graph.
_NIL: Final = "http://www.openrdf.org/schema/sesame#nil"
_ROW: Final = f"?row {cell('graph')} ?graph ; {cell('subject')} ?s ; {cell('predicate')} ?p ; {cell('object')} ?o"


@dataclass(frozen=True)
class Target:
    """Where the part of the default graph goes: a graph of this name, or the default graph itself."""

    graph: str | None = None
    kind: str = "other"

    @property
    def put(self) -> str:
        """The template that writes a triple there."""
        return "?s ?p ?o" if self.graph is None else f"GRAPH <{self.graph}> {{ ?s ?p ?o }}"

    @property
    def taken(self) -> str:
        """The template that deletes a triple there, and nowhere else."""
        if self.graph is None and self.kind == "rdf4j":
            return f"GRAPH <{_NIL}> {{ ?s ?p ?o }}"
        return self.put

    def counting(self) -> str:
        """Return the query that counts the triples there, each once."""
        there = f"FROM <{_NIL}>" if self.graph is None and self.kind == "rdf4j" else ""
        return (
            f"SELECT (COUNT(*) AS ?n) {there} WHERE {{ "
            f"{{ SELECT DISTINCT ?s ?p ?o WHERE {{ {self.put} }} }} }}"
        )


def locking(token: str) -> str:
    """Return the update that makes who has this token the only one that loads."""
    return f'DROP SILENT GRAPH <{LOCK}> ;\nINSERT DATA {{ GRAPH <{LOCK}> {{ <{LOCK}> <{IN_STORES}token> "{token}" }} }}'


def dropping(graphs: Iterable[str]) -> str:
    """Return the update that drops graphs."""
    return " ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs)


def inserting(piece: Piece) -> str:
    """Return the update that puts a piece into its graph, for stores without a Graph Store Protocol."""
    lines = "\n".join(piece.lines)
    return f"{dropping((piece.graph,))} ;\nINSERT DATA {{ GRAPH <{piece.graph}> {{\n{lines}\n}} }}"


def switch(
    load: Load, token: str, target: Target, old: Target | None, arrived: int, *, clear: bool
) -> str:
    """Return the one request that takes the old load out, puts the new one into its place and notes it.

    `old` is where the load before has its part of the default graph, `arrived` the number of triples of the new
    one's; `clear` empties the target first, whoever has filled it.
    """
    held = held_by(token)
    plain = [piece.graph for piece in load.pieces if not piece.rows]
    rows = [piece.graph for piece in load.pieces if piece.rows]
    steps = [
        *removal(held, old),
        *([_emptied(target, held)] if clear else []),
        *([_graphs_emptied(held, rows)] if rows else []),
        *(f"INSERT {{ {target.put} }} WHERE {{ {held} GRAPH <{name}> {{ ?s ?p ?o }} }}" for name in plain),
        *(_rows_put(name, held, target) for name in rows),
        *(
            f"INSERT {{ GRAPH <{NOTE}> {{ <{NOTE}> <{IN_STORES}graph> ?name }} }} WHERE "
            f"{{ {held} {{ SELECT DISTINCT ?graph WHERE {{ GRAPH <{name}> {{ ?row {cell('graph')} ?graph }} "
            f"FILTER (?graph != <{DEFAULT}>) }} }} BIND (STR(?graph) AS ?name) }}"
            for name in rows
        ),
        f"INSERT {{ GRAPH <{NOTE}> {{ <{NOTE}> {_said(load, target, arrived)} }} }} WHERE {{ {held} }}",
        *(_cleared(piece.graph, held) for piece in load.pieces),
        _cleared(LOCK, held),
    ]  # fmt: skip
    return " ;\n".join(steps)


def unloading(token: str, old: Target | None) -> str:
    """Return the one request that takes a load out, and the note of it."""
    held = held_by(token)
    return " ;\n".join([*removal(held, old), _cleared(LOCK, held)])


def removal(held: str, old: Target | None) -> list[str]:
    """Return the steps that take out what the note names, and the note."""
    if old is None:
        return []
    noted = f"GRAPH <{NOTE}> {{ <{NOTE}> <{IN_STORES}graph> ?name }} BIND (IRI(?name) AS ?graph)"
    return [
        _emptied(old, held),
        f"DELETE {{ GRAPH ?graph {{ ?s ?p ?o }} }} WHERE {{ {held} {noted} GRAPH ?graph {{ ?s ?p ?o }} }}",
        _cleared(NOTE, held),
    ]


def arrived_in(graphs: Sequence[str]) -> str:
    """Return the query that counts the triples in some graphs, each once."""
    names = " ".join(f"<{name}>" for name in graphs)
    return (
        "SELECT (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?s ?p ?o WHERE { "
        f"VALUES ?c {{ {names} }} GRAPH ?c {{ ?s ?p ?o }} }} }} }}"
    )


def noted_quads() -> str:
    """Return the query that counts what stands in the graphs that the note names."""
    return (
        f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{NOTE}> {{ <{NOTE}> <{IN_STORES}graph> ?name }} "
        "BIND (IRI(?name) AS ?graph) GRAPH ?graph { ?s ?p ?o } }"
    )


def left_over() -> str:
    """Return the query for the graphs in which pieces of a load have arrived."""
    return (
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } "
        f"FILTER (STRSTARTS(STR(?g), '{STAGING}')) }}"
    )


def held_by(token: str) -> str:
    """Return the pattern that matches once while who has this token is the only one that loads."""
    return f'GRAPH <{LOCK}> {{ <{LOCK}> <{IN_STORES}token> "{token}" }}'


def _emptied(target: Target, held: str) -> str:
    return f"DELETE {{ {target.taken} }} WHERE {{ {held} {target.put} }}"


def _cleared(graph: str, held: str) -> str:
    return f"DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ {held} GRAPH <{graph}> {{ ?s ?p ?o }} }}"


def _graphs_emptied(held: str, rows: Sequence[str]) -> str:
    """Return the step that empties the named graphs of the new load, whoever has filled them."""
    names = " UNION ".join(
        f"{{ GRAPH <{name}> {{ ?row {cell('graph')} ?graph }} }}" for name in rows
    )
    return (
        f"DELETE {{ GRAPH ?graph {{ ?s ?p ?o }} }} WHERE {{ {held} "
        f"{{ SELECT DISTINCT ?graph WHERE {{ {names} }} }} GRAPH ?graph {{ ?s ?p ?o }} }}"
    )


def _rows_put(name: str, held: str, target: Target) -> str:
    named = f"GRAPH <{name}> {{ {_ROW} }}"
    return (
        f"INSERT {{ GRAPH ?graph {{ ?s ?p ?o }} }} WHERE {{ {held} {named} FILTER (?graph != <{DEFAULT}>) }} ;\n"
        f"INSERT {{ {target.put} }} WHERE {{ {held} {named} FILTER (?graph = <{DEFAULT}>) }}"
    )


def _said(load: Load, target: Target, arrived: int) -> str:
    said = [
        f'<{IN_STORES}digest> "{load.digest}"',
        f"<{IN_STORES}label> {ox.Literal(load.label)}",
        f"<{IN_STORES}triples> {arrived}",
        f"<{IN_STORES}quads> {len(load.quads) - load.default}",
    ]
    if target.graph is not None:
        said.append(f'<{IN_STORES}into> "{target.graph}"')
    return " ; ".join(said)
