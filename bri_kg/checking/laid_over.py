"""What is found of triples that come from no file, laid over the graph: those of a workbook, of any size.

What is asserted stands in one store and nowhere else, so that a large workbook takes little more room than its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.store_shapes import validate_inside
from bri_kg.checking.validation import Run, as_contradiction, own_nodes
from bri_kg.dataset.assembly import asserted_store, contradictions_of
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding
from bri_kg.progress import Progress
from bri_kg.rdf.parsing import read_rdf
from bri_kg.shacl import as_findings
from bri_kg.stores.memory import Store

# Triples that are held against the shapes at once; with more it goes by batches, which takes longer.
_AT_ONCE: Final = 55_000


def findings_about(
    resources: Resources,
    overlay: Sequence[ox.Quad],
    lang: str,
    sources: Path | None,
    *,
    show: bool = False,
) -> tuple[Finding, ...]:
    """Return what every stage finds of the nodes of `overlay`, laid over the graph; it comes from no file.

    Nobody mends a mistake at a time here, so that only facts and closure wait for the stages before them.
    `show` lets a line on stderr say how far it is.
    """
    own = own_nodes(overlay)
    run = _LaidOver(resources, asserted_store(resources, overlay), overlay, lang, sources)
    findings: list[Finding] = []
    stages = list(run.stages())
    with Progress("checking", len(stages), "stages", show=show) as progress:
        for number, (stage, find) in enumerate(stages):
            progress.reached(number)
            if stage in ("facts", "closure") and any(f.severity == "error" for f in findings):
                break
            findings += [f for f in find() if f.focus in own or f.value in own]
    return tuple(findings)


class _LaidOver(Run):
    def __init__(
        self,
        resources: Resources,
        store: Store,
        overlay: Sequence[ox.Quad],
        lang: str,
        sources: Path | None,
    ) -> None:
        super().__init__(resources, store.quads, overlay, lang, "embedded", sources, store)

    def shapes(self) -> Iterator[Finding]:
        """Yield what SHACL finds, in batches where there is much: the results are the same."""
        if len(self.store.quads) <= _AT_ONCE:
            yield from super().shapes()
            return
        shapes = [quad for path in self.resources.shape_files() for quad in read_rdf(path)]
        yield from as_findings(validate_inside(self.store, shapes).results, self.lang)

    def closure(self) -> Iterator[Finding]:
        """Yield the contradictions of the OWL 2 RL closure; what else follows is not kept."""
        yield from map(as_contradiction, contradictions_of(self.store, self.facts))
