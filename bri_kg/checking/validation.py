"""Validation in stages; each stage looks at what the ones before let through.

terms → shapes → claims → words → facts → closure → questions. Words needs the texts of the sources.
Inference runs last: before SHACL it would supply the very classes whose absence is the mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.checking.checks import read_checks, run_check
from bri_kg.checking.locations import all_located
from bri_kg.checking.retired_terms import retired_terms
from bri_kg.checking.unknown_terms import Unknown, unknown_terms
from bri_kg.dataset import assembly as dataset
from bri_kg.dataset import projection
from bri_kg.dataset.expected import difference, expected_file
from bri_kg.dataset.layering import refuse_taken_names
from bri_kg.dataset.question_files import read_index
from bri_kg.dataset.questions import default_bindings
from bri_kg.dataset.resources import Resources
from bri_kg.dataset.waivers import Waivers
from bri_kg.errors import InputError
from bri_kg.findings import Finding, in_order
from bri_kg.names import QUANTITY, TIME, expand, shorten
from bri_kg.plain import Plain
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.input_streams import rdf_input
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import parse_labelled, read_rdf, refuse_imports
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store

STAGES = ("terms", "shapes", "claims", "words", "facts", "closure", "questions")
# Formats in which a node's name stands at the line that describes it.
_LINE_BY_LINE = {".ttl", ".trig", ".nt", ".nq"}


@dataclass(frozen=True)
class Report(Plain):
    """The findings of the first stage that has errors, with the stages that ran and those that did not."""

    also_plain: ClassVar[tuple[str, ...]] = ("conforms",)

    stages: tuple[str, ...]
    not_run: tuple[str, ...]
    findings: tuple[Finding, ...]
    shacl: tuple[ox.Quad, ...] = field(repr=False)

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity error was found."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def validate(
    resources: Resources,
    files: Sequence[Path] = (),
    lang: str = "en",
    reading: Reading = AS_IT_IS,
    *,
    engine: str = "embedded",
    sources: Path | None = None,
) -> Report:
    """Run every stage over the graph, with `files` laid over it; findings then are about their nodes.

    With the engine "reference", pySHACL validates and owlrl infers. `sources` is the folder of the
    texts; without it claims are not held against their words.

    Raises InputError for malformed input and RefusedError for imports from the network.
    """
    refuse_doors(resources)
    inputs = [rdf_input(path, reading) for path in files]
    refuse_what_does_not_fit(inputs)
    labels = StableLabels()
    extra = [
        (path, list(parse_labelled(source, labels)))
        for path, source in zip(files, inputs, strict=True)
    ]
    overlay = [quad for _, quads in extra for quad in quads]
    own = own_nodes(overlay)
    for path, quads in extra:
        _refuse_what_cannot_be_shown(path, quads)
    if resources.over and extra:
        refuse_taken_names(resources, extra)
    asserted = dataset.assert_all(resources, overlay)
    refuse_imports(asserted)
    places = [path for path in (*files, *resources.data_files()) if path.suffix in _LINE_BY_LINE]
    origin = {q.subject.value: path for path, quads in extra for q in quads}  # type: ignore[union-attr]
    run = Run(resources, asserted, tuple(overlay) if files else None, lang, engine, sources)
    done: list[str] = []
    findings: list[Finding] = []
    for stage, find in run.stages():
        done.append(stage)
        found = [f for f in find() if not files or f.focus in own or f.value in own]
        findings += in_order(all_located(found, places, origin))
        if any(f.severity == "error" for f in found):
            break
    not_run = tuple(stage for stage in STAGES if stage not in done)
    return Report(tuple(done), not_run, tuple(findings), run.shacl_report)


def all_findings(resources: Resources, lang: str = "en") -> tuple[Finding, ...]:
    """Return what every stage but the questions finds in the graph, none hidden by an error of one before; in order.

    This is what the parts of a corpus find together.
    """
    asserted = dataset.assert_all(resources)
    run = Run(resources, asserted, None, lang, "embedded", None)
    places = [path for path in resources.data_files() if path.suffix in _LINE_BY_LINE]
    found = (f for stage, find in run.stages() if stage != "questions" for f in find())
    return tuple(in_order(set(all_located(found, places, {}))))


def own_nodes(overlay: Iterable[ox.Quad]) -> set[str]:
    """Return what an overlay describes, and the quantities, times and passages that it names.

    The latter are described by nobody: what is wrong with them is wrong where they are named.
    """
    return {
        term.value
        for quad in overlay
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode)
        and (
            term == quad.subject
            or term.value.startswith((QUANTITY, TIME))
            or "#char=" in term.value
        )
    }


class Run:
    """One validation: the stages share the asserted triples, in a store too, the facts and the closure."""

    def __init__(
        self,
        resources: Resources,
        asserted: Iterable[ox.Quad],
        overlay: Sequence[ox.Quad] | None,
        lang: str,
        engine: str,
        sources: Path | None,
        store: Store | None = None,
    ) -> None:
        self.resources = resources
        self.asserted = asserted
        self.store = Store(asserted) if store is None else store
        self.overlay = overlay
        self.lang = lang
        self.engine = engine
        self.sources = sources
        self.waivers = Waivers(self.store)
        self.facts: tuple[ox.Quad, ...] = ()
        self.inferred: tuple[ox.Quad, ...] = ()
        self.shacl_report: tuple[ox.Quad, ...] = ()

    def stages(self) -> Iterator[tuple[str, Callable[[], Iterable[Finding]]]]:
        """Return the stages in their order.

        Without the texts their words are left out; an overlay leaves out the expected answers, which it may change.
        """
        yield "terms", self.terms
        yield "shapes", self.shapes
        yield "claims", lambda: self.checks("claims")
        if self.sources is not None:
            yield "words", self.words
        yield "facts", self.facts_stage
        yield "closure", self.closure
        if self.overlay is None:
            yield "questions", self.questions

    def terms(self) -> Iterator[Finding]:
        """Yield IRIs of ours that nothing describes, and foreign terms that nothing declares."""
        used = self.asserted if self.overlay is None else self.overlay
        for unknown in unknown_terms(
            used, self.asserted, strict=self.overlay is None, lang=self.lang
        ):
            yield as_finding(unknown)
        yield from retired_terms(used, self.asserted)

    def shapes(self) -> Iterator[Finding]:
        """Yield what SHACL finds in the asserted graph, ontology and vocabularies included, nothing inferred."""
        from bri_kg.shacl import as_findings, validate_shapes

        shapes = [quad for path in self.resources.shape_files() for quad in read_rdf(path)]
        report = validate_shapes(self.asserted, shapes, engine=self.engine)
        self.shacl_report = report.triples
        yield from as_findings(report.results, self.lang)

    def checks(self, room: str) -> Iterator[Finding]:
        """Yield what the stored checks of one room find, and nobody accepted: queries that must return nothing."""
        checks = read_checks(self.resources, room)
        for check in checks:
            yield from self.waivers.sift(
                run_check(check, self.store, room, self.lang, check.severity)
            )
        yield from self.waivers.unneeded(room, {check.name for check in checks}, self.lang)

    def words(self) -> Iterator[Finding]:
        """Yield what claims say beyond or against their words, where nobody accepted it."""
        from bri_kg.texts.mismatch_findings import as_findings
        from bri_kg.texts.mismatches import CODES, claims_at_hand, mismatches

        assert self.sources is not None
        found = as_findings(mismatches(self.store, self.sources), self.lang)
        yield from self.waivers.sift(found)
        read = claims_at_hand(self.store, self.sources)
        for unneeded in self.waivers.unneeded("words", set(CODES.values()), self.lang):
            if unneeded.focus in read:
                yield unneeded

    def facts_stage(self) -> Iterator[Finding]:
        """Yield what the checks on the projected facts find; each finding names the rule at fault."""
        self.facts = projection.project(self.store, self.resources)
        of_claims = {c.name for c in read_checks(self.resources, "facts") if c.blames == "claim"}
        with self.store.holding(self.facts):
            found = list(self.checks("facts"))
        for finding in found:
            rule = None
            if finding.code not in of_claims:
                rule = rule_of(self.store, self.resources, finding.focus)
            yield replace(finding, file=rule, line=1 if rule else None)

    def closure(self) -> Iterator[Finding]:
        """Yield the contradictions of the OWL 2 RL closure."""
        self.inferred, contradictions = dataset.infer(
            self.asserted, self.facts, self.resources, engine=self.engine
        )
        for contradiction in contradictions:
            yield as_contradiction(contradiction)

    def questions(self) -> Iterator[Finding]:
        """Yield the questions whose rows, with default parameters, are not those stored with the top layer.

        Of a collection these are its own questions, and those below of which it stores an answer: what is
        stored below was answered without it.
        """
        store = Store([*self.asserted, *self.facts, *self.inferred])
        files = {path.stem: path for path in self.resources.query_files("questions")}
        own = {path.stem for path in self.resources.top.query_files("questions")}
        for question in read_index(self.resources).values():
            file = files[question.name]
            expected = expected_file(self.resources, question.name)
            if question.name not in own and not expected.is_file():
                continue
            finding = Finding(
                "questions", f"question-{question.name}", "error", "", file=str(file), line=1
            )
            if not expected.is_file():
                yield replace(
                    finding,
                    message="the question has no expected answer",
                    fix=f"store one: bri-kg questions --accept {question.name}",
                )
                continue
            rows = store.select(question.query, default_bindings(question), file=str(file))
            changed = difference(read_text(expected, "the rows of an answer"), rows)
            if changed:
                yield replace(
                    finding,
                    message="\n".join((f"the answer has changed: {changed}", *changed.lines())),
                    fix="mend the graph or the query; where the new answer is right: "
                    f"bri-kg questions --accept {question.name}",
                )


def rule_of(store: Store, resources: Resources, claim: str | None) -> str | None:
    """Return the file of the first rule that gives a fact of a claim."""
    for path in resources.query_files("facts"):
        if any(
            str(row.value("claim")) == claim
            for row in store.select(read_text(path, "a projection rule"))
        ):
            return str(path)
    return None


def as_finding(unknown: Unknown) -> Finding:
    """Return what is said of a term that nothing describes, as a finding."""
    return Finding(
        stage="terms",
        code="unknown-term",
        severity="error",
        message=unknown.message,
        fix=unknown.mend,
        focus=unknown.focus,
        value=unknown.term,
    )


def as_contradiction(message: str) -> Finding:
    """Return a contradiction of the closure, in words, as a finding."""
    return Finding(
        stage="closure",
        code="contradiction",
        severity="error",
        message=message,
        fix="mend one of the two facts, or the axiom",
        focus=_first_iri(message),
    )


def _refuse_what_cannot_be_shown(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Refuse what is not in the default graph or about nodes without names: it would pass unseen."""
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode):
            raise InputError(
                code="BRI218",
                file=str(path),
                message=f"a node without an IRI is described ({shorten(quad.predicate.value)} …)",
                fix="give it an IRI; the graph has no blank nodes",
            )
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            raise InputError(
                code="BRI219",
                file=str(path),
                message=f"a triple stands in the named graph {quad.graph_name}",
                why="named graphs hold the facts of claims, which are projected, never given",
                fix="put it into the default graph",
            )


def refuse_doors(resources: Resources) -> None:
    """Look at every stored query before any of them runs."""
    for path in sorted(resources.queries.rglob("*.rq")):
        sparql.refuse_doors(read_text(path, "a stored query"), file=str(path))


def _first_iri(text: str) -> str | None:
    return expand(text.split(" ", 1)[0])
