"""The embedded store as a place to work in, so that rules as updates are tried without a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.dataset.resources import find
from bri_kg.dataset.store_inference import Asked, InStore, closed
from bri_kg.rdf.reading import AS_IT_IS
from bri_kg.rdf.rows import Rows
from bri_kg.stores.load_updates import Target
from bri_kg.stores.work_graphs import WorkGraphs


class InProcess:
    """Implements `bri_kg.stores.work_graphs.Place`."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self.store = ox.Store()
        self.store.extend(quads)

    def select(self, query: str) -> Rows:
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        columns = tuple(variable.value for variable in found.variables)
        return Rows(columns, tuple(tuple(row) for row in found))

    def change(self, update: str) -> None:
        # An answer may be lost, and an update sent again.
        self.store.update(update)
        self.store.update(update)

    def triples(self, query: str) -> Iterator[ox.Triple]:
        found = self.store.query(query)
        assert isinstance(found, ox.QueryTriples)
        return iter(found)


def inferred_in(
    place: InProcess, ontology: object = (), *, facts: bool = False, write: bool = False
) -> tuple[InStore, list[ox.Triple]]:
    """Return what follows in a store with the axioms of an ontology; our graphs are gone again."""
    graphs = WorkGraphs(place)
    graphs.begin()
    try:
        asked = Asked(Target(None, "oxigraph"), ontology, find(), AS_IT_IS, True, facts)
        found = closed(graphs, asked)
        triples = list(found.triples())
        if write:
            found.write()
    finally:
        graphs.end()
    return found, triples
