"""From files to the dataset: asserted triples, facts in the graphs of their claims, closure.

asserted  files, value nodes made from names, links that follow from a claim's own parts
facts     projected by queries/facts/, each in the default graph and in its claim's graph
inferred  OWL 2 RL closure of ontology, entities and facts; superclasses of everything else
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from bri_kg.dataset import closure
from bri_kg.dataset.layering import quads_below, refuse_taken_names
from bri_kg.dataset.projection import in_text_order, project, run_rules
from bri_kg.dataset.resources import Resources
from bri_kg.dataset.values import is_value, value_triples
from bri_kg.errors import BriKgError
from bri_kg.names import BRI, PREFIXES, spaces
from bri_kg.rdf.parsing import read_rdf
from bri_kg.stores.memory import Store

UNCLOSED = ("claim/", "source/", "id/quantity/", "id/time/")
_OF_CLAIMS = frozenset((ox.NamedNode(BRI + "evidence"), ox.NamedNode(BRI + "factuality")))
_SOURCE = ox.NamedNode(BRI + "Source")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True)
class Dataset:
    """The three parts of a graph; none overlaps another, each is sorted."""

    asserted: tuple[ox.Quad, ...]
    facts: tuple[ox.Quad, ...]
    inferred: tuple[ox.Quad, ...]


class ContradictionError(BriKgError):
    """The closure of the graph holds a contradiction."""


def build(resources: Resources) -> Dataset:
    """Return the dataset made from the files. Raises InputError or ContradictionError."""
    asserted = assert_all(resources)
    facts = project(Store(asserted), resources)
    inferred, contradictions = infer(asserted, facts, resources)
    if contradictions:
        raise ContradictionError(
            code="BRI401",
            message="the graph contradicts its ontology",
            why="\n       ".join(contradictions),
            fix="mend one of the facts, or the axiom; `bri-kg validate` says where they stand",
        )
    return Dataset(asserted, facts, inferred)


def assert_all(resources: Resources, extra: Iterable[ox.Quad] = ()) -> tuple[ox.Quad, ...]:
    """Return the asserted part: files and `extra` in the default graph, generated nodes and links."""
    if resources.over:
        refuse_taken_names(resources)
    told, files = _told(resources)
    triples = {*told, *with_values(chain(_read(files), extra))}
    triples.update(links(Store(triples), resources))
    return in_text_order(triples)


def asserted_store(resources: Resources, extra: Iterable[ox.Quad] = ()) -> Store:
    """Return a store with the asserted part, as `assert_all` gives it, which is then held nowhere else."""
    if resources.over:
        refuse_taken_names(resources)
    told, files = _told(resources)
    store = Store(told)
    named: set[ox.NamedNode] = set()
    for quads in (*map(read_rdf, files), extra):
        store.add(_noting_values(quads, named))
    store.add(value_triples(named))
    # None of these rules looks at what another gives, and all links at once would be as much as the claims.
    for path in resources.query_files("links"):
        store.add(run_rules(store, (path,)))
    return store


def _noting_values(quads: Iterable[ox.Quad], named: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode) and is_value(term.value):
                named.add(term)
        yield _without_graph(quad)


def _told(resources: Resources) -> tuple[frozenset[ox.Quad], list[Path]]:
    """Return the triples of our own graph, where it is the lowest layer, and the files of all that lies over it."""
    if not resources.stands_on_ours:
        return frozenset(), resources.data_files()
    return _with_values_kept(quads_below(resources)), resources.data_files_over()


@lru_cache(maxsize=1)
def _with_values_kept(below: frozenset[ox.Quad]) -> frozenset[ox.Quad]:
    return frozenset(with_values(below))


def _read(paths: Iterable[Path]) -> Iterator[ox.Quad]:
    return (quad for path in paths for quad in read_rdf(path))


def with_values(told: Iterable[ox.Quad], beside: Iterable[ox.Quad] = ()) -> set[ox.Quad]:
    """Return the triples told, and those of the nodes that are made from names, here and `beside`."""
    triples = {_without_graph(quad) for quad in told}
    return triples | values_named((*triples, *beside))


def _without_graph(quad: ox.Quad) -> ox.Quad:
    if isinstance(quad.graph_name, ox.DefaultGraph):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def values_named(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return the triples of the nodes that are made from names, of all that the quads name."""
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    return set(value_triples(term for term in terms if isinstance(term, ox.NamedNode)))


def links(store: Store, resources: Resources) -> set[ox.Quad]:
    """Return the links that follow from the parts of each claim in `store`."""
    return run_rules(store, resources.query_files("links"))


def infer(
    asserted: Iterable[ox.Quad],
    facts: Iterable[ox.Quad],
    resources: Resources,
    *,
    engine: str = "embedded",
) -> tuple[tuple[ox.Quad, ...], tuple[str, ...]]:
    """Return what follows from ontology, entities and facts, and the contradictions in words."""
    asserted = tuple(asserted)
    plain_facts = [q for q in facts if isinstance(q.graph_name, ox.DefaultGraph)]
    store = Store([*asserted, *plain_facts])
    closed = closure.close(closable(asserted, facts), engine=engine)
    types = run_rules(store, resources.query_files("closure"))
    inferred = (set(closed.inferred) | types) - set(asserted) - set(plain_facts)
    return in_text_order(inferred), closed.contradictions


def contradictions_of(store: Store, facts: Iterable[ox.Quad]) -> tuple[str, ...]:
    """Return the contradictions that follow from what is asserted in `store` and from facts, in words."""
    found = closure.infer(_closed(store.oxigraph, tuple(facts))).contradictions
    return tuple(one.message for one in found)


def closable(asserted: Iterable[ox.Quad], facts: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return what is closed: ontology, entities and facts.

    Of claims, sources and value nodes, the types alone: so that disjointness is checked for them.
    """
    return list(_closed(tuple(asserted), facts))


def _closed(asserted: Iterable[ox.Quad], facts: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield what is closed; `asserted` is gone through twice."""
    under = spaces(*UNCLOSED)
    # A collection may name its claims and sources otherwise.
    named = {
        quad.subject
        for quad in asserted
        if quad.predicate in _OF_CLAIMS or (quad.predicate, quad.object) == (_TYPE, _SOURCE)
    }
    is_closed: dict[object, bool] = {}
    for quad in asserted:
        node = quad.subject
        if quad.predicate != _TYPE and node not in is_closed:
            is_ours = isinstance(node, ox.NamedNode) and node.value.startswith(under)
            is_closed[node] = node not in named and not is_ours
        if quad.predicate == _TYPE or is_closed[node]:
            yield quad
    yield from (q for q in facts if isinstance(q.graph_name, ox.DefaultGraph))
