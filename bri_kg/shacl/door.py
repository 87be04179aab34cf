"""Chooses the engine: the fast one where it is installed and gives the reference's report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.errors import InputError
from bri_kg.names import PREFIXES, shorten
from bri_kg.rdf.files import AS_IT_IS, Reading
from bri_kg.shacl import fast, limits
from bri_kg.shacl.document import Document, document_of, read_document, read_quads
from bri_kg.shacl.look_up import SH
from bri_kg.shacl.report import ShaclReport, read_results

_QUERIES: Final = {SH + name for name in ("select", "ask", "construct")}
_TYPE: Final = PREFIXES["rdf"] + "type"
_IMPORTS: Final = PREFIXES["owl"] + "imports"
_SHAPE_TYPES: Final = {SH + "NodeShape", SH + "PropertyShape"}


def validate_shapes(
    data: Iterable[ox.Quad], shapes: Iterable[ox.Quad], *, reference: bool = False
) -> ShaclReport:
    """Validate the data against the shapes; nothing is inferred, fetched or changed.

    Named graphs are taken as one with the default graph. The fast engine serves where it is
    installed, unless `reference` asks for pySHACL; what it refuses, and what it is known to
    take otherwise, goes to pySHACL. Raises RefusedError for a shape whose SPARQL opens a door,
    InputError for shapes that cannot be applied.
    """
    return _validate(document_of(data), tuple(shapes), reference=reference)


def validate_files(
    data: Sequence[str],
    shapes: Sequence[str],
    *,
    reading: Reading = AS_IT_IS,
    reference: bool = False,
) -> ShaclReport:
    """Validate RDF files against files of shapes, as `validate_shapes` does; `-` is standard input.

    Relative IRIs are taken from the place of their file, or from the base of `reading`. Raises InputError also for what
    cannot be read, and where no shape is among the shapes.
    """
    wanted = tuple(read_quads(shapes, reading))
    if not any(_makes_a_shape(quad) for quad in wanted):
        raise InputError(
            code="BRI254",
            file=shapes[0] if len(shapes) == 1 else None,
            message="there is no shape in what --shapes names",
            why="without shapes, any data would conform",
            fix="give files that hold sh:NodeShape or sh:PropertyShape, or a target; data goes without --shapes",
        )
    report = _validate(read_document(data, reading), wanted, reference=reference)
    return replace(report, imports=_left_out(wanted))


def has_fast_engine() -> bool:
    """Whether the extra `fast` is installed."""
    return fast.is_installed()


def _validate(data: Document, shapes: Sequence[ox.Quad], *, reference: bool) -> ShaclReport:
    _refuse_doors(shapes)
    refused = None
    if not reference and fast.is_installed():
        try:
            refused = limits.why_reference(shapes)
            if refused is None:
                return ShaclReport(read_results(fast.validate(data, shapes), shapes), "shacl")
        except fast.RefusedByEngineError as error:
            refused = str(error)
    from bri_kg.shacl import reference as pyshacl

    return ShaclReport(read_results(pyshacl.validate(data, shapes), shapes), "pyshacl", refused)


def _left_out(shapes: Sequence[ox.Quad]) -> tuple[ox.Triple, ...]:
    described = {quad.subject for quad in shapes}
    imports = (quad for quad in shapes if quad.predicate.value == _IMPORTS)
    return tuple(quad.triple for quad in imports if quad.object not in described)


def _makes_a_shape(quad: ox.Quad) -> bool:
    if quad.predicate.value == _TYPE:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value in _SHAPE_TYPES
    return quad.predicate.value.startswith((SH + "target", SH + "property"))


def _refuse_doors(shapes: Iterable[ox.Quad]) -> None:
    for quad in shapes:
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            shape = shorten(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
            sparql.refuse_network(quad.object.value, file=shape)
