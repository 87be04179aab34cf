"""SHACL inside a store: focus nodes by SELECT, then batch by batch what the shapes can reach from them.

No whole graph travels. The results are those that `bri_kg.shacl.validate_shapes` gives for all triples
of the default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.store_data import NODES, StoreData, in_parts
from bri_kg.progress import Progress
from bri_kg.rdf.terms import Term
from bri_kg.shacl.batches import Shapes, Target
from bri_kg.shacl.look_up import Node
from bri_kg.shacl.neighbourhood import Known
from bri_kg.shacl.report import Result, ShaclReport
from bri_kg.shacl.shape_queries import ShapeQuery
from bri_kg.stores.selecting import Guarded

# A batch with more of them is divided, down to a single node.
_TRIPLES: Final = 100_000
_Focus = dict[Node, list[Term]]


def validate_inside(
    store: Guarded,
    shapes: Sequence[ox.Quad],
    files: Sequence[str] = (),
    *,
    engine: str = "embedded",
    laid_under: Iterable[ox.Quad] = (),
    show: bool = False,
) -> ShaclReport:
    """Validate the default graph of a store, with some triples laid under it; raise as `validate_shapes` does.

    A constraint in SPARQL is asked of the store, for many nodes at once; where that is impossible, a notice says so.
    """
    return _Inside(store, Shapes(shapes, files, engine), laid_under).report(show)


class _Inside:
    def __init__(self, store: Guarded, shapes: Shapes, laid_under: Iterable[ox.Quad]) -> None:
        self._store = store
        self._shapes = shapes
        self._data = StoreData(store, shapes.reach.predicates(), laid_under)
        self._engines: dict[str, str | None] = {}

    def report(self, show: bool) -> ShaclReport:
        grouped = _Grouped()
        unmet = [target for target in self._shapes.targets if not self._gather(target, grouped)]
        results: list[Result] = []
        done = 0
        with Progress("validating", len(grouped) / 1000, "thousand nodes", show=show) as progress:
            for nodes in in_parts(grouped.nodes(), NODES):
                results += self._validated(nodes, grouped)
                done += len(nodes)
                progress.reached(done / 1000)
        results.sort(key=lambda result: (*result.key, str(result.constraint)))
        engine = "pyshacl" if "pyshacl" in self._engines else next(iter(self._engines), "none")
        return ShaclReport(
            tuple(results),
            engine,
            self._engines.get("pyshacl"),
            imports=self._shapes.imports,
            notices=self._shapes.notices(unmet),
        )

    def _gather(self, target: Target, grouped: _Grouped) -> bool:
        """Note the focus nodes of a target, and return whether there are any."""
        met = False
        for node in self._data.focus(target):
            grouped.note(node, target.shape)
            met = True
        return met

    def _validated(self, nodes: list[Term], grouped: _Grouped) -> Iterator[Result]:
        focus = grouped.by_shape(nodes)
        known = Known(self._data.here)
        self._shapes.reach.go(focus, known)
        while known.misses:
            self._data.fetch(known)
            if len(known.quads) > _TRIPLES and len(nodes) > 1:
                half = len(nodes) // 2
                yield from self._validated(nodes[:half], grouped)
                yield from self._validated(nodes[half:], grouped)
                return
            self._shapes.reach.go(focus, known)
        data = dict.fromkeys([*known.quads, *self._data.hierarchy(known.quads)])
        validated = self._shapes.validate(data, focus)
        self._engines.setdefault(validated.engine, validated.refused)
        yield from validated.results
        for shape, of_shape in focus.items():
            for query in self._shapes.queries_at(shape):
                yield from self._asked(query, of_shape)

    def _asked(self, query: ShapeQuery, nodes: list[Term]) -> Iterator[Result]:
        named = [node for node in nodes if not isinstance(node, ox.BlankNode)]
        if len(named) < len(nodes):
            self._shapes.leave_out(query)
        if not named:
            return
        rows = self._store.select(query.for_nodes(named))
        # Equal solutions are one, as in the engines.
        for row in dict.fromkeys(rows.rows):
            cells = dict(zip(rows.columns, row, strict=True))
            focus = cells.get("this")
            if focus is not None:
                yield query.result(
                    self._shapes.wanted, focus, cells.get("path"), cells.get("value")
                )


class _Grouped:
    """Focus nodes by the shapes that they are to be held against, in little room."""

    def __init__(self) -> None:
        self._groups: list[tuple[Node, ...]] = [()]
        self._numbers: dict[tuple[Node, ...], int] = {(): 0}
        self._of: dict[Term, int] = {}

    def __len__(self) -> int:
        return len(self._of)

    def note(self, node: Term, shape: Node) -> None:
        """Note that a node is a focus node of a shape."""
        shapes = self._groups[self._of.get(node, 0)]
        if shape not in shapes:
            wider = (*shapes, shape)
            number = self._numbers.setdefault(wider, len(self._groups))
            if number == len(self._groups):
                self._groups.append(wider)
            self._of[node] = number

    def nodes(self) -> Iterator[Term]:
        """Yield all, those of the same shapes together."""
        by_group: dict[int, list[Term]] = {}
        for node, number in self._of.items():
            by_group.setdefault(number, []).append(node)
        for number in sorted(by_group):
            yield from by_group[number]

    def by_shape(self, nodes: list[Term]) -> _Focus:
        """Return some of the nodes by shape."""
        found: _Focus = {}
        for node in nodes:
            for shape in self._groups[self._of[node]]:
                found.setdefault(shape, []).append(node)
        return found
