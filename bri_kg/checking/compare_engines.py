"""Two engines on the same questions, shapes and axioms: what each gives, and where they differ by value."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyoxigraph as ox
import pyshacl  # noqa: F401 - so that what it takes to load is not in its time

from bri_kg import sparql
from bri_kg.dataset.assembly import closable
from bri_kg.dataset.questions import Question, default_bindings
from bri_kg.dataset.reference_closure import infer_by_owlrl
from bri_kg.dataset.release import Release
from bri_kg.dataset.resources import Resources
from bri_kg.errors import BriKgError
from bri_kg.names import ENGINES
from bri_kg.progress import Progress
from bri_kg.rdf.parsing import read_rdf, refused_import
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.same_values import compare_rows, said
from bri_kg.rdf.terms import Term
from bri_kg.reasoner import Inference, infer
from bri_kg.shacl import ShaclReport, has_fast_engine, validate_shapes
from bri_kg.sparql.ordering import sorted_by
from bri_kg.stores.memory import Store
from bri_kg.stores.reference_store import ReferenceStore

_COLUMNS = ("what", *ENGINES, "result", "difference")
_TRIPLE = ("subject", "predicate", "object")
_RESULT = ("focus", "path", "value", "component", "severity", "shape")
# What one comparison gives: how much it is in words, what it is, and how long it took.
_Given = tuple[str, Rows, float]


@dataclass(frozen=True)
class Compared:
    """One thing that both engines were asked: what each gave in words, and how they differ, if they do."""

    what: str
    embedded: str
    reference: str
    difference: str
    seconds: tuple[float, float]

    @property
    def same(self) -> bool:
        """Whether both gave the same by value."""
        return not self.difference


@dataclass(frozen=True)
class EngineComparison:
    """All that was compared, in order."""

    parts: tuple[Compared, ...]

    @property
    def same(self) -> bool:
        """Whether the engines gave the same everywhere."""
        return all(part.same for part in self.parts)

    @property
    def differing(self) -> EngineComparison:
        """The comparison without what is the same."""
        return EngineComparison(tuple(part for part in self.parts if not part.same))

    @property
    def ratio(self) -> float:
        """How many times as long the reference took."""
        embedded, reference = (sum(part.seconds[i] for part in self.parts) for i in (0, 1))
        return reference / embedded if embedded else 0.0

    @property
    def verdict(self) -> str:
        """The result in a sentence."""
        different = sum(not part.same for part in self.parts)
        counted = _counted(len(self.parts), "comparison")
        result = f"{counted}, {different} different" if different else f"{counted}, all the same"
        seconds = sum(part.seconds[1] for part in self.parts)
        return f"{result}; the reference took {seconds:.1f} s, {self.ratio:.3g} times as long"

    def rows(self) -> Rows:
        """Return one row for each thing compared."""
        return Rows(
            _COLUMNS,
            tuple(
                tuple(
                    ox.Literal(text)
                    for text in (
                        part.what, part.embedded, part.reference,
                        "same" if part.same else "different", part.difference,
                    )
                )
                for part in self.parts
            ),
        )  # fmt: skip


def compare_graph(
    resources: Resources,
    release: Release,
    questions: Sequence[Question],
    stores: tuple[Any, Any],
    *,
    show: bool = False,
) -> EngineComparison:
    """Compare the engines on a graph: every question with its defaults, the report, the closure.

    `stores` hold the dataset, the embedded one first. `show` draws progress on stderr.
    """
    asserted = tuple(release.quads(("asserted",)))
    shapes = [quad for path in resources.shape_files() for quad in read_rdf(path)]
    to_close = closable(asserted, release.quads(("facts",)))

    def work() -> Iterator[Compared]:
        for question in questions:
            values = default_bindings(question)
            yield _asked(f"question {question.name}", question.query, values, stores)
        yield _validated(asserted, shapes)
        yield from _closed(to_close)

    return _all(work(), len(questions) + 3, show=show)


def compare_data(
    data: Iterable[ox.Quad],
    *,
    shapes: Sequence[ox.Quad] = (),
    ontology: Iterable[ox.Quad] = (),
    query: str | None = None,
    show: bool = False,
) -> EngineComparison:
    """Compare the engines on any data: the closure, the report where there are shapes, and a query.

    Raise RefusedError for imports from the network, InputError for shapes that cannot be applied.
    """
    data = tuple(data)

    def work() -> Iterator[Compared]:
        if query is not None:
            yield compare_query(query, (Store(data), ReferenceStore(data)))
        if shapes:
            yield _validated(data, shapes)
        yield from _closed([*data, *ontology])

    return _all(work(), 2 + bool(shapes) + (query is not None), show=show)


def compare_query(query: str, stores: tuple[Any, Any]) -> Compared:
    """Compare the engines on one query of any form."""
    return _asked("query", query, {}, stores)


def _all(work: Iterator[Compared], total: int, *, show: bool) -> EngineComparison:
    done: list[Compared] = []
    with Progress("comparing", total, "parts", show=show) as progress:
        progress.reached(0)
        for part in work:
            done.append(part)
            progress.reached(len(done))
    return EngineComparison(tuple(done))


def _asked(what: str, query: str, values: Any, stores: tuple[Any, Any]) -> Compared:
    form = sparql.query_form(query)
    embedded, reference = stores
    first = _timed(partial(_answer, embedded, form, query, values))
    try:
        second = _timed(partial(_answer, reference, form, query, values))
    except BriKgError as error:
        return Compared(
            what, first[0], "no answer", f"{error.message}: {error.why}", (first[2], 0.0)
        )
    return _compared(what, first, second, sorted_by(query))


def _answer(store: Any, form: str | None, query: str, values: Any) -> tuple[str, Rows]:
    if form == "ASK":
        answer = ox.Literal(bool(store.evaluate(query, values)))
        return answer.value, Rows(("answer",), ((answer,),))
    if form in ("CONSTRUCT", "DESCRIBE"):
        triples = {(q.subject, q.predicate, q.object) for q in store.construct(query)}
        return f"{len(triples)} triples", Rows(_TRIPLE, tuple(triples))
    rows = store.select(query, values)
    return _counted(len(rows), "row"), rows


def _validated(data: Sequence[ox.Quad], shapes: Sequence[ox.Quad]) -> Compared:
    def answer(engine: str) -> tuple[str, Rows]:
        report = validate_shapes(data, shapes, engine=engine)
        return f"{_counted(len(report.results), 'result')} of {_served(report)}", _results(report)

    embedded, reference = (_timed(partial(answer, engine)) for engine in ENGINES)
    return _compared("validation report", embedded, reference)


def _served(report: ShaclReport) -> str:
    if report.engine == "pyshacl" and not has_fast_engine():
        return "pyshacl, the only one installed"
    return report.engine


def _results(report: ShaclReport) -> Rows:
    rows: tuple[tuple[Term | None, ...], ...] = tuple(
        (
            _labelled(result.focus),
            None if result.path is None else ox.Literal(str(result.path)),
            None if result.value is None else _labelled(result.value),
            ox.NamedNode(result.component),
            ox.NamedNode(result.severity),
            _labelled(result.shape),
        )
        for result in report.results
    )
    return Rows(_RESULT, rows)


def _closed(quads: Sequence[ox.Quad]) -> Iterator[Compared]:
    """Compare the new triples, and whether there is a contradiction: engines count them otherwise."""
    found: list[Inference] = []

    def answer(close: Callable[[Sequence[ox.Quad]], Inference]) -> tuple[str, Rows]:
        inference = close(quads)
        if inference.imports:
            raise refused_import(inference.imports[0])
        found.append(inference)
        triples = tuple(
            tuple(_labelled(term) for term in (t.subject, t.predicate, t.object))  # type: ignore[arg-type]
            for t in inference.inferred
        )
        return _counted(len(triples), "triple"), Rows(_TRIPLE, triples)

    embedded, reference = (_timed(partial(answer, close)) for close in (infer, infer_by_owlrl))
    yield _compared("closure", embedded, reference)
    one, other = (len(inference.contradictions) for inference in found)
    yield _compared("contradictions", _any(one), _any(other))


def _any(count: int) -> _Given:
    row = (ox.Literal(count > 0),)
    return _counted(count, "contradiction"), Rows(("any",), (row,)), 0.0


def _timed(answer: Callable[[], tuple[str, Rows]]) -> _Given:
    before = time.perf_counter()
    words, rows = answer()
    return words, rows, time.perf_counter() - before


def _compared(
    what: str, embedded: _Given, reference: _Given, ordered_by: Sequence[str] = ()
) -> Compared:
    found = compare_rows(embedded[1], reference[1], ordered_by)
    parts = [
        f"{_counted(len(rows), 'row')} of {engine} alone, such as {said(rows[0])}"
        for engine, rows in zip(ENGINES, (found.only_first, found.only_second), strict=True)
        if rows
    ]
    if found.columns:
        parts.append("the columns differ")
    if found.order:
        parts.append(f"the order differs, by {', '.join(ordered_by)}")
    return Compared(what, embedded[0], reference[0], "; ".join(parts), (embedded[2], reference[2]))


def _labelled(term: Term) -> Term:
    """Return a blank node as text, which is compared: both engines keep its label here."""
    return ox.Literal(f"_:{term.value}") if isinstance(term, ox.BlankNode) else term


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
