"""The dataset that a query, or a request, chooses among the graphs of a store; nothing is fetched.

Oxigraph joins the graphs of several FROM one after the other, so that a triple of two of them
is found twice, and it lists a graph twice that is named twice. A default graph is one set of
triples (SPARQL 1.1, 13.2), so that several graphs are put together here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.sparql.lexer import Reading
from bri_kg.sparql.places import SHORT, Place, form_place, places_of


@dataclass(frozen=True)
class Wanted:
    """The graphs that make the default graph, and those that GRAPH finds."""

    default: tuple[ox.NamedNode, ...] = ()
    named: tuple[ox.NamedNode, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """A query without its dataset clauses, and the store and graphs that it is to be asked of."""

    query: str
    store: ox.Store
    default: tuple[ox.NamedNode | ox.DefaultGraph, ...]
    named: tuple[ox.NamedNode, ...]


def wanted_by(query: str, base: str | None = None) -> Wanted:
    """Return the graphs that FROM and FROM NAMED of a query name. Raise SyntaxError as the engine does."""
    return _read(query, base)[2]


def chosen(
    store: ox.Store, query: str, asked: Wanted | None = None, base: str | None = None
) -> Chosen | None:
    """Return what a query with several dataset clauses asks of a store; None for any other query.

    `asked` takes the place of the query's clauses (SPARQL 1.1 Protocol, 2.1.4); `base` is for relative
    IRIs. Raises SyntaxError, as the engine does, where a clause cannot be read.
    """
    if (
        asked is None and query.upper().count("FROM") < 2
    ):  # so it is with most, which need not be read again
        return None
    query, clauses, wanted = _read(query, base)
    if asked is None and clauses < 2:
        return None
    default, named = (asked or wanted).default, (asked or wanted).named
    if len(default) < 2:
        return Chosen(query, store, default, named)
    merged = ox.Store()
    for graph in default:
        quads = store.quads_for_pattern(None, None, None, graph)
        merged.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for graph in named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return Chosen(query, merged, (ox.DefaultGraph(),), named)


def _read(query: str, base: str | None) -> tuple[str, int, Wanted]:
    """Return a query without its dataset clauses, their number, and the graphs that they name."""
    return _read_now(query, base) if len(query) > SHORT else _read_short(query, base)


def _read_now(query: str, base: str | None) -> tuple[str, int, Wanted]:
    places = places_of(Reading(query, query))
    form = form_place(places)
    clauses = [] if form is None else list(_clauses(places, form))
    if form is None or not clauses:
        return query, 0, Wanted()
    prologue = query[: form.token.start]
    wanted = Wanted(
        _graphs(prologue, [query[b:e] for named, _, b, e in clauses if not named], base),
        _graphs(prologue, [query[b:e] for named, _, b, e in clauses if named], base),
    )
    for _, start, _, end in clauses:
        blank = "".join("\n" if char == "\n" else " " for char in query[start:end])
        query = query[:start] + blank + query[end:]
    return query, len(clauses), wanted


_read_short = lru_cache(maxsize=256)(_read_now)


def _clauses(places: Sequence[Place], form: Place) -> list[tuple[bool, int, int, int]]:
    """Return whether each clause is FROM NAMED, where it starts, and where its graph starts and ends."""
    found = []
    for index, place in enumerate(places):
        if place.depth or place.token.start < form.token.start or not place.header:
            continue
        if place.token.kind == "word" and place.upper == "FROM":
            named = place.following == "NAMED"
            target = places[index + 1].after if named else place.after
            if target is not None and target.kind in ("iri", "pname"):
                found.append((named, place.token.start, target.start, target.end))
    return found


def _graphs(prologue: str, names: list[str], base: str | None) -> tuple[ox.NamedNode, ...]:
    """Return the graphs of these names, once each: the engine itself resolves prefixes and base."""
    if not names:
        return ()
    values = " ".join(names)
    text = f"{prologue} SELECT ?g {{ VALUES ?g {{ {values} }} }}"
    solutions = ox.Store().query(text, prefixes=PREFIXES, base_iri=base)
    assert isinstance(solutions, ox.QuerySolutions)
    graphs = dict.fromkeys(solution["g"] for solution in solutions)
    return tuple(graph for graph in graphs if isinstance(graph, ox.NamedNode))
