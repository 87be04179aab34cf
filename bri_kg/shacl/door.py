"""Chooses the engine: the fast one where it is installed and gives the reference's report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.names import PREFIXES, is_reference
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.shacl import fast_engine as fast
from bri_kg.shacl.document import Document, document_of, read_document, read_quads
from bri_kg.shacl.focus import targets_that_match_nothing
from bri_kg.shacl.limits import why_reference
from bri_kg.shacl.look_up import SH, LookUp
from bri_kg.shacl.misread import why_misread
from bri_kg.shacl.network import refuse_doors
from bri_kg.shacl.notices import folded, notices_of
from bri_kg.shacl.prepared import prepared, with_plain_patterns
from bri_kg.shacl.report import ShaclReport, read_results
from bri_kg.shacl.well_formed import refuse_ill_formed

_TYPE: Final = PREFIXES["rdf"] + "type"
_IMPORTS: Final = PREFIXES["owl"] + "imports"
_SHAPE_TYPES: Final = {SH + "NodeShape", SH + "PropertyShape"}


def validate_shapes(
    data: Iterable[ox.Quad], shapes: Iterable[ox.Quad], *, engine: str = "embedded"
) -> ShaclReport:
    """Validate the data against the shapes; nothing is inferred, fetched or changed.

    Named graphs are taken as one with the default graph. The fast engine serves where it is
    installed, unless the engine "reference" asks for pySHACL; what it refuses, and what it is known to
    take otherwise, goes to pySHACL. What neither evaluates is told in the report's notices.
    Raise RefusedError for a shape whose SPARQL opens a door, InputError for shapes that are
    ill-formed or cannot be applied.
    """
    return _validate(document_of(data), tuple(shapes), is_reference(engine))


def validate_files(
    data: Sequence[str],
    shapes: Sequence[str],
    *,
    reading: Reading = AS_IT_IS,
    engine: str = "embedded",
) -> ShaclReport:
    """Validate RDF files against files of shapes, as `validate_shapes` does; `-` is standard input.

    Relative IRIs are taken from the place of their file, or from the base of `reading`. Raises InputError also for what
    cannot be read, and where no shape is among the shapes.
    """
    wanted = read_shapes(shapes, reading)
    report = _validate(read_document(data, reading), wanted, is_reference(engine), shapes)
    return replace(report, imports=imports_left_out(wanted))


def read_shapes(files: Sequence[str], reading: Reading = AS_IT_IS) -> tuple[ox.Quad, ...]:
    """Return the shapes in some files. Raise InputError where there is none."""
    wanted = tuple(read_quads(files, reading))
    if not any(_makes_a_shape(quad) for quad in wanted):
        raise InputError(
            code="BRI254",
            file=files[0] if len(files) == 1 else None,
            message="there is no shape in what --shapes names",
            why="without shapes, any data would conform",
            fix="give files that hold sh:NodeShape or sh:PropertyShape, or a target; data goes without --shapes",
        )
    return wanted


def has_fast_engine() -> bool:
    """Return whether the extra `fast` is installed."""
    return fast.is_installed()


def _validate(
    data: Document, shapes: Sequence[ox.Quad], by_reference: bool, files: Sequence[str] = ()
) -> ShaclReport:
    refuse_doors(shapes, files)
    wanted = LookUp(shapes)
    refuse_ill_formed(wanted, files[0] if len(files) == 1 else None)
    given = prepared(shapes, wanted)
    found, engine, refused = asked(data, given, wanted, by_reference)
    results = read_results(found, wanted)
    unmet = targets_that_match_nothing(data, LookUp(given), results)
    notices = folded([*notices_of(wanted), *(("no-focus", target) for target in unmet)])
    return ShaclReport(results, engine, refused, notices=notices)


def asked(
    data: Document, shapes: Sequence[ox.Quad], wanted: LookUp, by_reference: bool
) -> tuple[list[ox.Quad], str, str | None]:
    """Return the report of an engine, its name, and why the fast one did not serve."""
    refused = None
    if not by_reference and fast.is_installed():
        refused = why_reference(wanted) or why_misread(data, wanted)
        if refused is None:
            try:
                return fast.validate(data, list(with_plain_patterns(shapes, wanted))), "shacl", None
            except fast.RefusedByEngineError as error:
                refused = str(error)
    from bri_kg.shacl import reference_engine as pyshacl

    return pyshacl.validate(data, shapes), "pyshacl", refused


def imports_left_out(shapes: Sequence[ox.Quad]) -> tuple[ox.Triple, ...]:
    """Return the imports of shapes that are not among them."""
    described = {quad.subject for quad in shapes}
    imports = (quad for quad in shapes if quad.predicate.value == _IMPORTS)
    return tuple(quad.triple for quad in imports if quad.object not in described)


def _makes_a_shape(quad: ox.Quad) -> bool:
    if quad.predicate.value == _TYPE:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value in _SHAPE_TYPES
    return quad.predicate.value.startswith((SH + "target", SH + "property"))
