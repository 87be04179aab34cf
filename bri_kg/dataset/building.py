"""From files to the dataset: asserted triples, facts in the graphs of their claims, closure.

asserted  files, value nodes made from names, links that follow from a claim's own parts
facts     projected by queries/facts/, each in the default graph and in its claim's graph
inferred  OWL 2 RL closure of ontology, entities and facts; superclasses of everything else
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bri_kg.dataset import closure
from bri_kg.dataset.resources import Resources
from bri_kg.dataset.values import value_triples
from bri_kg.errors import BriKgError, InputError
from bri_kg.names import CLAIM, PREFIXES, QUANTITY, SOURCE, TIME
from bri_kg.rdf.files import read_rdf, read_text
from bri_kg.rdf.rows import require_columns
from bri_kg.stores.memory import Store

_UNCLOSED = (CLAIM, SOURCE, QUANTITY, TIME)
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
    files = [quad for path in resources.data_files() for quad in read_rdf(path)]
    triples = {ox.Quad(q.subject, q.predicate, q.object) for q in (*files, *extra)}
    nodes = {
        t for quad in triples for t in (quad.subject, quad.object) if isinstance(t, ox.NamedNode)
    }
    triples.update(value_triples(nodes))
    triples.update(run_rules(Store(triples), resources.query_files("links")))
    return _sorted(triples)


def project(store: Store, resources: Resources) -> tuple[ox.Quad, ...]:
    """Return the facts that the projection rules find in `store`, each with and without its claim's graph."""
    facts: set[ox.Quad] = set()
    for path in resources.query_files("facts"):
        rows = store.select(read_text(path, "a projection rule"), file=str(path))
        for row in require_columns(rows, ("claim", "s", "p", "o"), str(path)):
            claim, subject, predicate, value = (row[name] for name in ("claim", "s", "p", "o"))
            facts.add(_quad(path, subject, predicate, value))
            facts.add(_quad(path, subject, predicate, value, claim))
    return _sorted(facts)


def run_rules(store: Store, paths: Iterable[Path]) -> set[ox.Quad]:
    """Return the triples that rules of the form SELECT ?s ?p ?o find in `store`."""
    return {
        _quad(path, row["s"], row["p"], row["o"])
        for path in paths
        for row in require_columns(
            store.select(read_text(path, "a rule"), file=str(path)), ("s", "p", "o"), str(path)
        )
    }


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
    return _sorted(inferred), closed.contradictions


def closable(asserted: Iterable[ox.Quad], facts: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return what is closed: ontology, entities and facts.

    Of claims, sources and value nodes, the types alone: so that disjointness is checked for them.
    """
    plain_facts = [q for q in facts if isinstance(q.graph_name, ox.DefaultGraph)]
    return [
        *(q for q in asserted if q.predicate == _TYPE or not _is_unclosed(q.subject)),
        *plain_facts,
    ]


def _is_unclosed(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(_UNCLOSED)


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


def _sorted(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    return tuple(sorted(quads, key=str))
