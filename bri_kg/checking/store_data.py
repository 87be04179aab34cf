"""What shapes ask of a store: its focus nodes, and the triples around them, piece by piece.

Only SELECT is sent, whose rows `Guarded.select` counts where a server may have stopped before the
end. Only the default graph is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

import pyoxigraph as ox

from bri_kg.rdf.labels import is_made_up
from bri_kg.rdf.rows import python_value
from bri_kg.rdf.terms import Term
from bri_kg.shacl.batches import Target
from bri_kg.shacl.neighbourhood import SUBCLASS, TYPE, Known, Triples
from bri_kg.stores.request_limits import UNNAMED
from bri_kg.stores.selecting import Guarded

_Thing = TypeVar("_Thing")
# No round number: where one comes back, a server may have stopped there.
_PAGE: Final = 9_973
NODES: Final = 1000  # named in one query
_HIERARCHY: Final = f"?s <{SUBCLASS}> ?o . FILTER (isIRI(?s) && isIRI(?o))"
_FOCUS: Final = {
    "targetClass": "VALUES ?class {{ {values} }} ?node <{type}> ?class",
    "targetSubjectsOf": "?node {values} ?value",
    "targetObjectsOf": "?value {values} ?node",
}


class StoreData:
    """A store as shapes see it, with triples laid under it, which stay here.

    `reads` are the properties that matter, None for all of them.
    """

    def __init__(
        self, store: Guarded, reads: Iterable[str] | None, laid_under: Iterable[ox.Quad] = ()
    ) -> None:
        self._store = store
        # Those with blank nodes, and those that are laid under.
        self.here = Triples([*unnamed_triples(store, reads), *dict.fromkeys(laid_under)])
        self._above: dict[Term, list[Term]] = {}
        below: dict[Term, list[Term]] = {}
        for sub, sup in _paged_pairs(store, _HIERARCHY):
            self._above.setdefault(sub, []).append(sup)
            below.setdefault(sup, []).append(sub)
        self._below = below

    def focus(self, target: Target) -> Iterator[Term]:
        """Yield the focus nodes of a target (SHACL 2.1.3); one may come twice."""
        if target.kind == "targetNode":
            yield target.value
            return
        values = [target.value]
        if target.kind == "targetClass":
            values = _closed(values, self._classes_below)
        for value in values:
            yield from self._focus_here(target.kind, value)
        named = [value for value in values if isinstance(value, ox.NamedNode)]
        for some in in_parts(named, NODES):
            pattern = _FOCUS[target.kind].format(values=listed(some), type=TYPE)
            yield from paged(self._store, pattern)
            if target.kind == "targetObjectsOf":
                query = f"SELECT DISTINCT ?node WHERE {{ {pattern} FILTER (isLiteral(?node)) }}"
                yield from _column(self._store, query)

    def _focus_here(self, kind: str, value: Term) -> Iterator[Term]:
        if kind == "targetClass":
            yield from (quad.subject for quad in self.here.back({value}, TYPE))  # type: ignore[misc]
        elif kind == "targetSubjectsOf":
            yield from (quad.subject for quad in self.here.all(value.value))  # type: ignore[misc]
        else:
            yield from (quad.object for quad in self.here.all(value.value))  # type: ignore[misc]

    def _classes_below(self, node: Term) -> list[Term]:
        unnamed = [quad.subject for quad in self.here.back({node}, SUBCLASS)]
        return [*self._below.get(node, ()), *unnamed]

    def _classes_above(self, node: Term) -> list[Term]:
        unnamed = [quad.object for quad in self.here.ahead({node}, SUBCLASS)]
        return [*self._above.get(node, ()), *unnamed]

    def hierarchy(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield what stands above the types that some triples give."""
        below = ox.NamedNode(SUBCLASS)
        types = [quad.object for quad in quads if quad.predicate.value == TYPE]
        for node in _closed(types, self._classes_above):  # type: ignore[arg-type]
            for parent in self._classes_above(node):
                yield ox.Quad(node, below, parent)  # type: ignore[arg-type]

    def fetch(self, known: Known) -> None:
        """Give `known` what it misses."""
        known.learn([*self._ahead(known), *self._back(known), *self._all(known)])

    def _ahead(self, known: Known) -> Iterator[ox.Quad]:
        nodes: set[Term] = set().union(*known.missed_ahead.values())
        for some in in_parts(nodes, NODES):
            asked = set(some)
            iris = [iri for iri, missed in known.missed_ahead.items() if missed & asked]
            wanted = ", ".join(f"<{iri}>" for iri in sorted(iris))
            yield from self._triples(
                f"VALUES ?s {{ {listed(some)} }} ?s ?p ?o . FILTER (?p IN ({wanted}) && !isBlank(?o))"
            )

    def _back(self, known: Known) -> Iterator[ox.Quad]:
        for iri, nodes in known.missed_back.items():
            predicate = ox.NamedNode(iri)
            for some in in_parts(nodes, NODES):
                pattern = f"VALUES ?o {{ {listed(some)} }} ?s <{iri}> ?o . FILTER (!isBlank(?s))"
                for s, o in self._store.select(f"SELECT ?s ?o WHERE {{ {pattern} }}").rows:
                    yield ox.Quad(s, predicate, o)  # type: ignore[arg-type]

    def _all(self, known: Known) -> Iterator[ox.Quad]:
        for some in in_parts(known.missed_all, NODES):
            yield from self._triples(
                f"VALUES ?s {{ {listed(some)} }} ?s ?p ?o . FILTER (!isBlank(?o))"
            )

    def _triples(self, pattern: str) -> Iterator[ox.Quad]:
        for s, p, o in self._store.select(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}").rows:
            yield ox.Quad(s, p, o)  # type: ignore[arg-type]


def in_parts(things: Iterable[_Thing], size: int) -> Iterator[list[_Thing]]:
    """Yield so many of them at a time."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def listed(nodes: Iterable[Term]) -> str:
    """Return nodes as VALUES lists them."""
    return " ".join(map(str, nodes))


def _closed(start: Iterable[Term], step: Callable[[Term], list[Term]]) -> list[Term]:
    found = dict.fromkeys(start)
    ahead = list(found)
    while ahead:
        for node in step(ahead.pop()):
            if node not in found:
                found[node] = None
                ahead.append(node)
    return list(found)


def _column(store: Guarded, query: str) -> Iterator[Term]:
    return (row[0] for row in store.select(query).rows if row[0] is not None)


def unnamed_triples(store: Guarded, reads: Iterable[str] | None) -> Iterator[ox.Quad]:
    """Yield every triple with a blank node, from one answer, in which such a node stays the same.

    Raise InputError where there are too many to hold.
    """
    only = "" if reads is None else f" && ?p IN ({', '.join(f'<{iri}>' for iri in sorted(reads))})"
    pattern = f"?s ?p ?o . FILTER ((isBlank(?s) || isBlank(?o)){only})"
    most = int(UNNAMED.value)
    counted = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows
    number = python_value(counted[0][0]) if counted else 0
    if isinstance(number, int) and number > most:
        raise UNNAMED.passed(
            "BRI616",
            f"the store holds {number} triples with nodes without a name, and {most} may be held here",
            None,
            "no query can name such a node, so they are all fetched at once",
        )
    if not number:
        return
    names: dict[Term, ox.BlankNode] = {}

    def named(term: Term | None) -> Term:
        assert term is not None
        if not isinstance(term, ox.BlankNode):
            return term
        made_up = is_made_up(term.value)
        return names.setdefault(term, ox.BlankNode(f"node{len(names) + 1}") if made_up else term)

    for s, p, o in store.select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }}").rows:
        yield ox.Quad(named(s), p, named(o))  # type: ignore[arg-type]


def paged(store: Guarded, pattern: str) -> Iterator[Term]:
    """Yield the IRIs that a pattern finds as ?node, each once, in pages that begin after the last one."""
    after = ""
    while True:
        query = (
            f"SELECT DISTINCT ?node WHERE {{ {pattern} . FILTER (isIRI(?node){after}) }} "
            f"ORDER BY ?node LIMIT {_PAGE}"
        )
        rows = store.select(query).rows
        yield from (row[0] for row in rows if row[0] is not None)
        if len(rows) < _PAGE:
            return
        last = ox.Literal(rows[-1][0].value)  # type: ignore[union-attr]
        after = f" && STR(?node) > {last}"


def _paged_pairs(store: Guarded, pattern: str) -> Iterator[tuple[Term, Term]]:
    """Yield the pairs of ?s and ?o of a pattern, of the subjects of one page after the other."""
    subjects = paged(store, pattern.replace("?s", "?node"))
    for some in in_parts(subjects, NODES):
        query = f"SELECT DISTINCT ?s ?o WHERE {{ VALUES ?s {{ {listed(some)} }} {pattern} }}"
        for s, o in store.select(query).rows:
            if s is not None and o is not None:
                yield s, o
