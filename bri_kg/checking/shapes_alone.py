"""SHACL alone: any data against any shapes, or against ours with our ontology laid under the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import UsageError
from bri_kg.findings import Finding
from bri_kg.plain import Plain
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.shacl import ShaclReport, as_findings, read_quads, read_shapes, validate_files
from bri_kg.shacl.notices import Notice
from bri_kg.stores.selecting import Guarded

# The word that stands for the shapes of the graph.
OUR_SHAPES: Final = "bri"


@dataclass(frozen=True)
class ShapesReport(Plain):
    """What shapes say of data: the results as findings, the engine that found them, what it left out.

    `refused` says why the fast engine did not serve, though it is installed; `imports` are those
    of the shapes that were not followed; `notices` tell what was not evaluated or met nothing;
    `shacl` is the sh:ValidationReport.
    """

    also_plain: ClassVar[tuple[str, ...]] = ("stages", "conforms")
    stages: ClassVar[tuple[str, ...]] = ("shapes",)

    findings: tuple[Finding, ...]
    engine: str
    refused: str | None
    imports: tuple[ox.Triple, ...]
    notices: tuple[Notice, ...]
    shacl: tuple[ox.Quad, ...] = field(repr=False)

    @property
    def conforms(self) -> bool:
        """Whether there is no result, of whatever severity (SHACL 3.6.1)."""
        return not self.findings

    @property
    def left_out(self) -> tuple[Notice, ...]:
        """The notices of what the shapes ask for and no engine evaluated."""
        return tuple(notice for notice in self.notices if notice.leaves_out)


def validate_alone(
    resources: Resources,
    data: Sequence[str],
    shapes: Sequence[str],
    lang: str = "en",
    reading: Reading = AS_IT_IS,
    *,
    engine: str = "embedded",
) -> ShapesReport:
    """Validate files against files of shapes, and nothing else; `bri` stands for our shapes.

    `-` is standard input. Raises UsageError where there is no data, and as
    `bri_kg.shacl.validate_files` does.
    """
    wanted = shape_files(shapes, resources)
    if not data:
        raise UsageError(
            code="BRI133",
            message="--shapes is given, but no data to validate",
            fix="name the files with the data, or - for standard input",
        )
    report = validate_files(
        [*data, *laid_under(shapes, resources)], wanted, reading=reading, engine=engine
    )
    return _told(report, lang)


def validate_store_alone(
    resources: Resources,
    store: Guarded,
    shapes: Sequence[str],
    lang: str = "en",
    reading: Reading = AS_IT_IS,
    *,
    engine: str = "embedded",
    show: bool = False,
) -> ShapesReport:
    """Validate the default graph of a store as `validate_alone` does files, without fetching it."""
    from bri_kg.checking.store_shapes import validate_inside  # of use to stores only

    files = shape_files(shapes, resources)
    under = read_quads(laid_under(shapes, resources), reading)
    wanted = read_shapes(files, reading)
    report = validate_inside(store, wanted, files, engine=engine, laid_under=under, show=show)
    return _told(report, lang)


def _told(report: ShaclReport, lang: str) -> ShapesReport:
    return ShapesReport(
        findings=tuple(as_findings(report.results, lang)),
        engine=report.engine,
        refused=report.refused,
        imports=report.imports,
        notices=report.notices,
        shacl=report.triples,
    )


def laid_under(shapes: Sequence[str], resources: Resources) -> list[str]:
    """Return the ontology, where our shapes serve: without it they know no class above another."""
    if OUR_SHAPES not in shapes:
        return []
    return [str(path) for path in resources.ontology_files()]


def shape_files(shapes: Sequence[str], resources: Resources) -> list[str]:
    """Return the files that are meant, with ours in place of `bri`."""
    ours = [str(path) for path in resources.shape_files()]
    return [file for name in shapes for file in (ours if name == OUR_SHAPES else [name])]
