"""Validation in stages inside a store: what holds of its default graph, told by SELECT and by SHACL in batches.

terms → shapes → claims → facts, as in `bri_kg.checking.validation`. Findings have no file. Two stages
are left out: the closure, which is inferred inside a store by `bri-kg infer`, and the questions, which `bri-kg compare`
asks there. Facts are checked where the store holds them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from bri_kg.checking.checks import read_checks, run_check
from bri_kg.checking.store_data import NODES, in_parts, listed
from bri_kg.checking.store_shapes import validate_inside
from bri_kg.checking.store_terms import retired_in, unknown_in
from bri_kg.checking.validation import STAGES, Report, as_finding, refuse_doors
from bri_kg.dataset.requirements import require_dataset
from bri_kg.dataset.resources import Resources
from bri_kg.dataset.waivers import Waivers
from bri_kg.findings import Finding, in_order
from bri_kg.names import IN_STORES
from bri_kg.rdf.parsing import read_rdf
from bri_kg.shacl import as_findings
from bri_kg.stores.selecting import Guarded

_HOLDS_FACTS = """SELECT ?claim WHERE { GRAPH ?claim { ?s ?p ?o } ?claim bri:evidence ?passage }"""
_GRAPHS_OF_FACTS = """SELECT DISTINCT ?graph WHERE { VALUES ?graph { %s } GRAPH ?graph { ?s ?p ?o }
  ?p rdfs:isDefinedBy <https://w3id.org/bri-kg/ontology/cooperation> }"""


def validate_store(
    resources: Resources,
    store: Guarded,
    lang: str = "en",
    *,
    engine: str = "embedded",
    show: bool = False,
) -> Report:
    """Run the stages inside a store up to the first that finds errors.

    Raise as `validate` does, and InputError for a store without ontology and claims in its default graph.
    """
    refuse_doors(resources)
    require_dataset(store.quads, with_facts=False)
    run = _Run(resources, store, lang, engine, show)
    done: list[str] = []
    findings: list[Finding] = []
    for stage, find in run.stages():
        done.append(stage)
        found = in_order(find())
        findings += found
        if any(finding.severity == "error" for finding in found):
            break
    not_run = tuple(stage for stage in STAGES if stage not in done)
    return Report(tuple(done), not_run, tuple(findings), run.shacl_report)


class _Run:
    def __init__(
        self, resources: Resources, store: Guarded, lang: str, engine: str, show: bool
    ) -> None:
        self.resources = resources
        self.store = store
        self.lang = lang
        self.engine = engine
        self.show = show
        self.waivers = Waivers(store)
        self.shacl_report: tuple[ox.Quad, ...] = ()

    def stages(self) -> Iterator[tuple[str, Callable[[], Iterable[Finding]]]]:
        """Yield the stages in their order."""
        yield "terms", self.terms
        yield "shapes", self.shapes
        yield "claims", lambda: self.checks("claims")
        if self.store.select(_HOLDS_FACTS, limit=1).rows:
            yield "facts", lambda: self.facts()

    def terms(self) -> Iterator[Finding]:
        """Yield terms that the store does not describe, and names of earlier releases."""
        yield from map(as_finding, unknown_in(self.store, self.lang))
        yield from retired_in(self.store)

    def shapes(self) -> Iterator[Finding]:
        """Yield what our shapes find."""
        shapes = [quad for path in self.resources.shape_files() for quad in read_rdf(path)]
        report = validate_inside(self.store, shapes, engine=self.engine, show=self.show)
        self.shacl_report = report.triples
        yield from as_findings(report.results, self.lang)

    def checks(self, room: str) -> Iterator[Finding]:
        """Yield what the stored checks of one room find, and nobody accepted."""
        checks = read_checks(self.resources, room)
        for check in checks:
            found = run_check(check, self.store, room, self.lang, check.severity)
            yield from self.waivers.sift(found)
        yield from self.waivers.unneeded(room, {check.name for check in checks}, self.lang)

    def facts(self) -> Iterator[Finding]:
        """Yield what the checks of facts find, but in graphs that hold no fact: those are the user's own."""
        found = list(self.checks("facts"))
        graphs = {f.focus for f in found if f.code == "fact-without-claim" and f.focus}
        ours = {iri for iri in graphs if not iri.startswith(IN_STORES)}
        of_facts: set[str] = set()
        for some in in_parts(map(ox.NamedNode, sorted(ours)), NODES):
            rows = self.store.select(_GRAPHS_OF_FACTS % listed(some)).rows
            of_facts.update(row[0].value for row in rows if row[0] is not None)
        return (f for f in found if f.focus not in graphs or f.focus in of_facts)
