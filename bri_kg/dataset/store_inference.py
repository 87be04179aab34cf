"""What follows inside a store: data and ontology are copied to graphs of ours there, closed, read or written back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg.dataset.imports import Followed
from bri_kg.dataset.infer_files import named_in, no_import
from bri_kg.dataset.resources import Resources
from bri_kg.dataset.store_closure import Closing, StoreClosure, put_ontology
from bri_kg.dataset.store_projection import Projecting
from bri_kg.errors import BriKgError
from bri_kg.names import PREFIXES
from bri_kg.rdf.given_data import inputs_of, quads_of
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.reading import Reading
from bri_kg.stores.load_faults import default_graph_needed
from bri_kg.stores.load_updates import Target
from bri_kg.stores.remote import RemoteStore
from bri_kg.stores.remote_faults import row_limit
from bri_kg.stores.remote_place import RemotePlace
from bri_kg.stores.work_graphs import WorkGraphs

_OWL = PREFIXES["owl"]
_IMPORTS = ox.NamedNode(_OWL + "imports")
_VERSION = ox.NamedNode(_OWL + "versionIRI")
_ONTOLOGY = ox.NamedNode(_OWL + "Ontology")


@dataclass(frozen=True)
class Asked:
    """What is to be closed: the data in `target`, with the axioms of `ontology`, as `infer_over` takes them."""

    target: Target
    ontology: object
    resources: Resources
    reading: Reading
    skip_imports: bool = False
    facts: bool = False


@dataclass(frozen=True)
class InStore:
    """A closure that is there as long as its block: what was found, and how it is read or written."""

    closure: StoreClosure
    imports: tuple[ox.Triple, ...]
    count: int
    graphs: WorkGraphs
    target: Target
    address: str = ""
    projecting: Projecting | None = None

    def triples(self) -> Iterator[ox.Triple]:
        """Yield the new triples as they come. Raise InputError where there are not as many as there should be."""
        node, number = self.graphs.as_node, 0
        result = self.graphs.named("result")
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {result} {{ ?s ?p ?o }} }}"
        for triple in self.graphs.place.triples(query):
            number += 1
            yield ox.Triple(node(triple.subject), triple.predicate, node(triple.object))  # type: ignore[arg-type]
        if number != self.count:
            raise row_limit(self.address, number, self.count)

    def write(self) -> int:
        """Add the new triples to the data, in one request; return how many they are."""
        number = self.graphs.written_back()
        steps = [self.graphs.write_back(self.target.put)]
        if self.projecting is not None:
            steps.append(self.projecting.write_claims())
        self.graphs.place.change(" ;\n".join(steps))
        return number


@contextmanager
def inferring(
    store: RemoteStore,
    asked: Asked,
    *,
    reached: Callable[[int], None] = lambda _: None,
    left: Callable[[str], None] = lambda _: None,
    swept: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[InStore]:
    """Yield what follows in a store at an address; nothing of ours is left there when the block is over.

    `reached` is told how many rounds of rules are over, `left` the beginning of the names of graphs that could not
    be dropped, `swept` how many unfinished runs were cleared away and how many may be at work. Raise RefusedError
    where the store shows our graphs among its data.
    """
    if store.kind == "virtuoso" and asked.target.graph is None:
        raise default_graph_needed(store.place)
    graphs = WorkGraphs(RemotePlace(store))
    swept(*graphs.sweep())
    graphs.begin()
    try:
        if asked.target.graph is None and graphs.is_seen():
            raise default_graph_needed(store.place)
        yield closed(graphs, asked, store.place, reached)
    finally:
        try:
            graphs.end()
        except BriKgError:
            left(graphs.base)


def closed(
    graphs: WorkGraphs,
    asked: Asked,
    address: str = "",
    reached: Callable[[int], None] = lambda _: None,
) -> InStore:
    """Return what follows, worked out in graphs of ours."""
    given = "whole" if asked.facts else "facts"
    graphs.copy(asked.target.put, given)
    closing = Closing(graphs, asked.resources, reached)
    imports = _with_ontology(graphs, closing, asked, given)
    projecting = Projecting(graphs, asked.resources, asked.target.put) if asked.facts else None
    if projecting is not None:
        projecting.run()
    found = closing.run()
    if projecting is not None:
        projecting.finish()
    number = graphs.count("result")
    return InStore(found, imports, number, graphs, asked.target, address, projecting)


def _with_ontology(
    graphs: WorkGraphs, closing: Closing, asked: Asked, into: str
) -> tuple[ox.Triple, ...]:
    """Put the ontology among the facts, with what is imported and here; return the imports that are not here."""
    given = asked.resources.ontology_files() if asked.ontology is None else asked.ontology
    labels = StableLabels()
    files = [source.path for source in inputs_of(given, asked.reading) if source.path]
    followed = Followed(files, asked.resources, labels)
    more: Iterable[ox.Quad] | None = quads_of(given, labels, asked.reading)
    while more is not None:
        put_ontology(graphs, more, into)
        stated = closing.axioms(into)
        imports = sorted({q.triple for q in stated if q.predicate == _IMPORTS}, key=str)
        more = followed.follow(imports, _called(stated))
    absent = [t for t in imports if named_in(t) not in followed.names]
    absent = [t for t in absent if not _is_described(graphs, t.object, into)]
    if absent and not asked.skip_imports:
        raise no_import(absent[0])
    return tuple(absent)


def _called(stated: Iterable[ox.Quad]) -> frozenset[str]:
    """Return what ontologies are called: their IRIs and version IRIs."""
    names = set()
    for quad in stated:
        if quad.object == _ONTOLOGY:
            names.add(str(getattr(quad.subject, "value", "")))
        elif quad.predicate == _VERSION:
            names.add(str(getattr(quad.object, "value", "")))
    return frozenset(names)


def _is_described(graphs: WorkGraphs, ontology: object, into: str) -> bool:
    name = graphs.as_name(ontology)
    query = f"SELECT ?p WHERE {{ GRAPH {graphs.named(into)} {{ {name} ?p ?o }} }} LIMIT 1"
    return bool(graphs.place.select(query).rows)
