"""Projection: from claims to facts, and other rules that are SELECT queries giving triples.

A rule of `queries/facts/` is `SELECT ?claim ?s ?p ?o`, since a CONSTRUCT cannot name the graph of a claim;
one of `queries/links/`, `queries/notes/` or `queries/closure/` is `SELECT ?s ?p ?o`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.rdf.rows import Rows, require_columns
from bri_kg.rdf.terms import Term
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store


def project(store: Store, resources: Resources) -> tuple[ox.Quad, ...]:
    """Return the facts that the projection rules find in `store`, each with and without its claim's graph.

    Notes on facts, which the rules of `queries/notes/` find in `store` and the facts, stand beside them.
    """
    facts = facts_of_claims(store, resources)
    with store.holding(facts):
        notes = run_rules(store, resources.query_files("notes"))
    return in_text_order(facts | notes)


def facts_of_claims(store: Store, resources: Resources) -> set[ox.Quad]:
    """Return the facts alone: what each claim in `store` gives, whatever other claims say."""
    facts: set[ox.Quad] = set()
    for path in resources.query_files("facts"):
        rows = store.select(read_text(path, "a projection rule"), file=str(path))
        for claim, subject, predicate, value in _in_columns(rows, ("claim", "s", "p", "o"), path):
            facts.add(_quad(path, subject, predicate, value))
            facts.add(_quad(path, subject, predicate, value, claim))
    return facts


def notes_on(
    quads: Iterable[ox.Quad], facts: Iterable[ox.Quad], resources: Resources
) -> set[ox.Quad]:
    """Return the notes on facts: they look at all claims that give one fact."""
    paths = resources.query_files("notes")
    return run_rules(Store([*quads, *facts]), paths) if paths else set()


def run_rules(store: Store, paths: Iterable[Path]) -> set[ox.Quad]:
    """Return the triples that rules of the form SELECT ?s ?p ?o find in `store`."""
    return {
        _quad(path, *terms)
        for path in paths
        for terms in _in_columns(
            store.select(read_text(path, "a rule"), file=str(path)), ("s", "p", "o"), path
        )
    }


def _in_columns(
    rows: Rows, columns: tuple[str, ...], path: Path
) -> Iterable[tuple[Term | None, ...]]:
    """Return the terms of each row in the order of these columns."""
    places = [require_columns(rows, columns, str(path)).columns.index(name) for name in columns]
    return (tuple(terms[place] for place in places) for terms in rows.rows)


def in_text_order(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """Return the quads sorted by their N-Quads text."""
    return tuple(sorted(quads, key=str))


def _quad(
    path: Path, subject: object, predicate: object, value: object, graph: object = None
) -> ox.Quad:
    if not (
        isinstance(subject, ox.NamedNode)
        and isinstance(predicate, ox.NamedNode)
        and isinstance(value, ox.NamedNode | ox.Literal)
        and isinstance(graph, ox.NamedNode | None)
    ):
        raise InputError(
            code="BRI402",
            file=str(path),
            message=f"the rule gives a row that is no triple: {subject} {predicate} {value}",
            fix="bind every variable of the SELECT clause to an IRI, the object to an IRI or literal",
        )
    return (
        ox.Quad(subject, predicate, value, graph) if graph else ox.Quad(subject, predicate, value)
    )
