"""SHACL: by the `shacl` package where the extra `fast` is installed, else by pySHACL, the reference."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.names import PREFIXES, shorten
from bri_kg.terms import to_quads, to_rdflib_graph

_SH: Final = PREFIXES["sh"]
_QUERIES: Final = {_SH + name for name in ("select", "ask", "construct")}
_Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Result:
    """One top-level result of a SHACL report; `messages` by language and `mend` are the shape's."""

    shape: str
    component: str
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


def validate_shapes(
    data: Iterable[ox.Quad], shapes: Iterable[ox.Quad], *, reference: bool = False
) -> ShaclReport:
    """Validate the data against the shapes; nothing is inferred, fetched or changed.

    The fast engine serves where it is installed, unless `reference` asks for pySHACL; whatever
    it refuses goes to pySHACL. Raises RefusedError for a shape whose SPARQL opens a door.
    """
    data, shapes = tuple(data), tuple(shapes)
    _refuse_doors(shapes)
    report = None if reference else _fast(data, shapes)
    if report is None:
        report = _by_pyshacl(data, shapes)
    return ShaclReport(tuple(_results(_Graph(report), _Graph(shapes))), report)


def has_fast_engine() -> bool:
    """Whether the extra `fast` is installed."""
    return importlib.util.find_spec("shacl") is not None


def _fast(data: Sequence[ox.Quad], shapes: Sequence[ox.Quad]) -> tuple[ox.Quad, ...] | None:
    if not has_fast_engine():
        return None
    import shacl

    try:
        compiled = shacl.Shapes.from_text(_n_triples(shapes), format="ntriples")
        report = compiled.validate_text(_n_triples(data), format="ntriples")
    except Exception:
        # It says no to what it does not support; the reference engine has the last word.
        return None
    return tuple(ox.parse(report.serialize("ntriples"), ox.RdfFormat.N_TRIPLES))


def _by_pyshacl(data: Sequence[ox.Quad], shapes: Sequence[ox.Quad]) -> tuple[ox.Quad, ...]:
    import pyshacl

    _, report, _ = pyshacl.validate(
        to_rdflib_graph(data),
        shacl_graph=to_rdflib_graph(shapes),
        inference="none",
        advanced=False,
        do_owl_imports=False,
    )
    return tuple(to_quads(report))


class _Graph:
    """Look-ups of one value or several in a few triples."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: dict[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal]] = {}
        for quad in quads:
            if not isinstance(quad.object, ox.Triple):
                key = (str(quad.subject), quad.predicate.value)
                self._values.setdefault(key, []).append(quad.object)

    def values(self, node: object, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        return self._values.get((str(node), _SH + name), [])

    def text(self, node: object, name: str) -> str | None:
        return next((value.value for value in self.values(node, name)), None)

    def iri(self, node: object, name: str) -> str | None:
        """The value where it is an IRI: a compound path is a blank node, which names nothing."""
        found = (value for value in self.values(node, name) if isinstance(value, ox.NamedNode))
        return next((value.value for value in found), None)

    def results(self) -> Iterator[_Node]:
        for (_, predicate), nodes in self._values.items():
            if predicate == _SH + "result":
                yield from (node for node in nodes if not isinstance(node, ox.Literal))


def _results(report: _Graph, shapes: _Graph) -> Iterator[Result]:
    for result in report.results():
        shape = report.values(result, "sourceShape")[0]
        said = [m for m in shapes.values(shape, "message") if isinstance(m, ox.Literal)]
        yield Result(
            shape=shape.value,
            component=(report.text(result, "sourceConstraintComponent") or "").removeprefix(_SH),
            severity=(report.text(result, "resultSeverity") or "").removeprefix(_SH),
            focus=report.text(result, "focusNode") or "",
            path=report.iri(result, "resultPath"),
            value=report.text(result, "value"),
            messages={
                "en": report.text(result, "resultMessage") or "The node does not have this shape.",
                **{message.language or "en": message.value for message in said},
            },
            mend=shapes.text(shape, "description"),
        )


def _n_triples(quads: Iterable[ox.Quad]) -> str:
    return "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)


def _refuse_doors(shapes: Iterable[ox.Quad]) -> None:
    for quad in shapes:
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            shape = shorten(quad.subject.value) if isinstance(quad.subject, _Node) else None
            sparql.refuse_network(quad.object.value, file=shape)
