"""SHACL by pySHACL, the reference engine, on an rdflib memory graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.names import PREFIXES, shorten
from bri_kg.terms import to_oxigraph, to_rdflib_graph

if TYPE_CHECKING:
    import rdflib

_SH = PREFIXES["sh"]
_QUERIES = {_SH + name for name in ("select", "ask", "construct")}


@dataclass(frozen=True)
class Result:
    """One top-level result of a SHACL report; `messages` and `mend` are those of the shape."""

    shape: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    messages: dict[str, str]
    mend: str | None


@dataclass(frozen=True)
class ShaclReport:
    """The results, and the report as the engine wrote it."""

    results: tuple[Result, ...]
    triples: tuple[ox.Quad, ...]


def validate_shapes(data: Iterable[ox.Quad], shapes: Iterable[ox.Quad]) -> ShaclReport:
    """Validate the data against the shapes; nothing is inferred and nothing is fetched.

    Raises RefusedError for a shape whose SPARQL opens a door to the network.
    """
    import pyshacl

    shape_quads = list(shapes)
    _refuse_doors(shape_quads)
    shapes_graph = to_rdflib_graph(shape_quads)
    _, report, _ = pyshacl.validate(
        to_rdflib_graph(data),
        shacl_graph=shapes_graph,
        inference="none",
        advanced=False,
        do_owl_imports=False,
    )
    return ShaclReport(tuple(_results(report, shapes_graph)), tuple(_quads(report)))


def _results(report: rdflib.Graph, shapes: rdflib.Graph) -> Iterable[Result]:
    from rdflib import Literal, Namespace

    sh = Namespace(_SH)
    for result in report.objects(None, sh.result):
        shape = report.value(result, sh.sourceShape)
        texts = [t for t in shapes.objects(shape, sh.message) if isinstance(t, Literal)]
        said = {t.language or "en": str(t) for t in texts}
        yield Result(
            shape=str(shape),
            severity=str(report.value(result, sh.resultSeverity)).removeprefix(_SH),
            focus=str(report.value(result, sh.focusNode)),
            path=_text(report.value(result, sh.resultPath)),
            value=_text(report.value(result, sh.value)),
            messages={"en": str(report.value(result, sh.resultMessage)), **said},
            mend=_text(shapes.value(shape, sh.description)),
        )


def _quads(report: rdflib.Graph) -> Iterable[ox.Quad]:
    for s, p, o in report:
        subject, predicate, value = to_oxigraph(s), to_oxigraph(p), to_oxigraph(o)
        if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
            raise TypeError(f"no triple: {subject} {predicate} {value}")
        yield ox.Quad(subject, predicate, value)


def _refuse_doors(shapes: Iterable[ox.Quad]) -> None:
    for quad in shapes:
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            shape = shorten(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
            sparql.refuse_network(quad.object.value, file=shape)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
