"""Validation in stages; each stage looks at what the ones before let through.

terms → shapes → claims → facts → closure → questions. Inference runs last: before SHACL it
would supply the very classes whose absence is the mistake.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from bri_kg import dataset, sparql
from bri_kg.errors import InputError, RefusedError
from bri_kg.files import read_rdf, read_text
from bri_kg.locate import locate
from bri_kg.names import BASE, PREFIXES, QUANTITY, SOURCE, TIME, shorten, split_passage
from bri_kg.questions import bindings, read_index
from bri_kg.resources import Resources
from bri_kg.rows import Rows, write_rows
from bri_kg.store import Store

STAGES = ("terms", "shapes", "claims", "facts", "closure", "questions")
_OWL, _RDF, _SH = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["sh"]
_BUILT_IN = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "owl", "xsd"))
_NAMES_NO_NODE = {_OWL + "versionIRI", _OWL + "priorVersion"}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, and how to mend it."""

    stage: str
    code: str
    severity: str
    message: str
    fix: str | None = None
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Report:
    """The findings of the first stage that has errors, with those stages that ran."""

    stages: tuple[str, ...]
    findings: tuple[Finding, ...]
    shacl: tuple[ox.Triple, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity error was found."""
        return not any(finding.severity == "error" for finding in self.findings)


def validate(resources: Resources, files: Sequence[Path] = (), lang: str = "en") -> Report:
    """Run every stage over the graph, with `files` laid over it; findings then are about their nodes.

    Raises InputError for malformed input and RefusedError for imports from the network.
    """
    extra = [(path, list(read_rdf(path))) for path in files]
    own = {q.subject.value for _, quads in extra for q in quads if isinstance(q.subject, ox.NamedNode)}
    overlay = [quad for _, quads in extra for quad in quads]
    asserted = dataset.assert_all(resources, overlay)
    _refuse_imports(asserted)
    places = [*files, *resources.data_files()]
    run = _Run(resources, asserted, tuple(overlay) if files else None, lang)
    done: list[str] = []
    findings: list[Finding] = []
    for stage, find in run.stages():
        done.append(stage)
        found = [f for f in find() if not files or f.focus in own or f.value in own]
        findings += sorted((_located(f, places) for f in found), key=lambda f: (f.file or "", f.line or 0, f.code, f.focus or ""))
        if any(f.severity == "error" for f in found):
            break
    return Report(tuple(done), tuple(findings), run.shacl_report)


class _Run:
    """One validation: the stages share the asserted triples, the facts and the closure."""

    def __init__(self, resources: Resources, asserted: tuple[ox.Quad, ...], overlay: tuple[ox.Quad, ...] | None, lang: str) -> None:
        self.resources = resources
        self.asserted = asserted
        self.overlay = overlay
        self.lang = lang
        self.facts: tuple[ox.Quad, ...] = ()
        self.inferred: tuple[ox.Quad, ...] = ()
        self.shacl_report: tuple[ox.Triple, ...] = ()

    def stages(self) -> Iterator[tuple[str, _Stage]]:
        """The stages in their order; an overlay leaves out the expected answers, which it may change."""
        yield "terms", self.terms
        yield "shapes", self.shapes
        yield "claims", lambda: self.checks("claims", Store(self.asserted))
        yield "facts", self.facts_stage
        yield "closure", self.closure
        if self.overlay is None:
            yield "questions", self.questions

    def terms(self) -> Iterator[Finding]:
        """IRIs of ours that nothing describes, and foreign terms that nothing declares."""
        known = {q.subject.value for q in self.asserted if isinstance(q.subject, ox.NamedNode)}
        for quad in self.asserted if self.overlay is None else self.overlay:
            focus = quad.subject.value
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value not in _NAMES_NO_NODE:
                is_class = quad.predicate.value == _RDF + "type"
                yield from _unknown(focus, quad.object.value, known, term=is_class, strict=self.overlay is None)
            yield from _unknown(focus, quad.predicate.value, known, term=True, strict=self.overlay is None)

    def shapes(self) -> Iterator[Finding]:
        """SHACL by pySHACL on the asserted graph, ontology and vocabularies included, nothing inferred."""
        import pyshacl  # type: ignore[import-untyped]
        import rdflib

        from bri_kg.terms import to_oxigraph, to_rdflib_graph

        shape_quads = [q for path in self.resources.shape_files() for q in read_rdf(path)]
        _refuse_queries(shape_quads)
        shapes = to_rdflib_graph(shape_quads)
        _, report, _ = pyshacl.validate(
            to_rdflib_graph(self.asserted), shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False
        )
        self.shacl_report = tuple(ox.Triple(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o)) for s, p, o in report)
        sh = rdflib.Namespace(_SH)
        for result in report.objects(None, sh.result):
            shape = report.value(result, sh.sourceShape)
            severity = str(report.value(result, sh.resultSeverity)).removeprefix(_SH)
            texts = {t.language: str(t) for t in shapes.objects(shape, sh.message) if isinstance(t, rdflib.Literal)}
            fallback = str(report.value(result, sh.resultMessage))
            yield Finding(
                stage="shapes",
                code=shorten(str(shape)),
                severity={"Violation": "error", "Warning": "warning"}.get(severity, "info"),
                message=texts.get(self.lang) or texts.get("en") or fallback,
                fix=_text(shapes.value(shape, sh.description)),
                focus=_text(report.value(result, sh.focusNode)),
                path=_text(report.value(result, sh.resultPath)),
                value=_text(report.value(result, sh.value)),
            )

    def checks(self, room: str, store: Store) -> Iterator[Finding]:
        """The stored checks of one room: queries that must return nothing."""
        for path in self.resources.query_files(f"checks/{room}"):
            text = read_text(path, "a check")
            header = _header(text)
            for row in store.select(text, file=str(path)):
                yield Finding(
                    stage=room,
                    code=path.stem,
                    severity="error",
                    message=header.get("summary_zh" if self.lang == "zh" else "summary", path.stem),
                    fix=header.get("fix"),
                    focus=_text(row.value("focus")),
                    value=_text(row.get("value") and row.value("value")),
                )

    def facts_stage(self) -> Iterator[Finding]:
        """The projection, and the checks on what it made; each finding names the rule at fault."""
        store = Store(self.asserted)
        self.facts = dataset.project(store, self.resources)
        for finding in self.checks("facts", Store([*self.asserted, *self.facts])):
            rule = self._rule_of(store, finding.focus)
            yield replace(finding, file=rule, line=1 if rule else None)

    def closure(self) -> Iterator[Finding]:
        """The OWL 2 RL closure, which must hold no contradiction."""
        self.inferred, contradictions = dataset.infer(self.asserted, self.facts, self.resources)
        for contradiction in contradictions:
            yield Finding(
                stage="closure",
                code="contradiction",
                severity="error",
                message=contradiction,
                fix="mend one of the two facts, or the axiom",
                focus=_first_iri(contradiction),
            )

    def questions(self) -> Iterator[Finding]:
        """Every question, with its default parameters, against the rows stored beside it."""
        store = Store([*self.asserted, *self.facts, *self.inferred])
        for question in read_index(self.resources).values():
            file = self.resources.queries / "questions" / question.file
            expected = file.with_suffix(".csv")
            finding = Finding("questions", f"question-{question.name}", "error", "", file=str(file), line=1)
            if not expected.is_file():
                yield replace(finding, message="the question has no expected answer", fix=f"store one: bri-kg ask {question.name} --format csv -o {expected.name}")
                continue
            rows = store.select(question.query, bindings(question, {}, "en", _node), file=str(file))
            difference = _difference(read_text(expected, "the rows of an answer"), rows)
            if difference:
                yield replace(
                    finding,
                    message=f"the answer has changed: {difference}",
                    fix="mend the graph or the query; where the new answer is right, store it beside the question",
                )

    def _rule_of(self, store: Store, claim: str | None) -> str | None:
        for path in self.resources.query_files("facts"):
            if any(str(row.value("claim")) == claim for row in store.select(read_text(path, "a projection rule"))):
                return str(path)
        return None


_Stage = type(lambda: iter(()))


def _unknown(focus: str, iri: str, known: set[str], *, term: bool, strict: bool) -> Iterator[Finding]:
    if iri in known:
        return
    finding = Finding("terms", "unknown-term", "error", "", focus=focus, value=iri)
    if iri.startswith(BASE):
        yield replace(finding, message=f"nothing describes {_short(iri)}", fix=_mend(iri, known))
    elif term and not iri.startswith(_BUILT_IN):
        near = difflib.get_close_matches(iri, [k for k in known if not k.startswith(BASE)], n=1, cutoff=0.9)
        if near or strict:
            fix = f"did you mean {shorten(near[0])}?" if near else "declare it in ontology/modules/external.ttl"
            yield replace(finding, message=f"no file declares {_short(iri)}", fix=fix)


def _mend(iri: str, known: set[str]) -> str:
    if iri.startswith(QUANTITY):
        return "use a name such as exactly-10, more-than-80, about-700, between-3-and-5 or vague-many"
    if iri.startswith(TIME):
        return "use a name such as 2018, 2017-05, since-2013, until-2023-06 or 2013--2023, or describe a vague period in graph/entities/periods.ttl"
    if iri.startswith(SOURCE) and split_passage(iri) is None and "#" in iri:
        return "write a passage as <source/SLUG#char=BEGIN,END>"
    near = difflib.get_close_matches(shorten(iri), [shorten(k) for k in known if k.startswith(BASE)], n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "describe it, or mend its name"


def _refuse_imports(quads: Iterable[ox.Quad]) -> None:
    ontologies = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    for quad in quads:
        if quad.predicate.value == _OWL + "imports" and quad.object.value not in ontologies:  # type: ignore[union-attr]
            raise RefusedError(
                code="BRI302",
                message=f"{_short(quad.subject.value)} imports <{quad.object.value}>, which is not among the files",  # type: ignore[union-attr]
                why="an import from the network is never followed",
                fix="remove the owl:imports, or lay that file over the graph too",
            )


def _refuse_queries(quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if quad.predicate.value in {_SH + "select", _SH + "ask", _SH + "construct"} and isinstance(quad.object, ox.Literal):
            sparql.refuse_network(quad.object.value, file=shorten(str(quad.subject).strip("<>")))


def _located(finding: Finding, files: Sequence[Path]) -> Finding:
    if finding.file or not finding.focus:
        return finding
    place = locate(files, finding.focus, finding.value, finding.path)
    return replace(finding, file=place.file, line=place.line) if place else finding


def _header(text: str) -> dict[str, str]:
    lines = [line[2:].strip() for line in text.split("\n") if line.startswith("#+")]
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def _difference(expected: str, rows: Rows) -> str | None:
    wanted = sorted(csv.reader(io.StringIO(expected, newline="")))
    found = sorted(csv.reader(io.StringIO(write_rows(rows, "csv"), newline="")))
    missing = [row for row in wanted if row not in found]
    extra = [row for row in found if row not in wanted]
    if not missing and not extra:
        return None if wanted == found else "rows are repeated"
    parts = [f"{len(missing)} rows are missing, such as {missing[0]}"] if missing else []
    parts += [f"{len(extra)} rows are new, such as {extra[0]}"] if extra else []
    return "; ".join(parts)


def _node(text: str, cls: str | None) -> ox.NamedNode:
    from bri_kg.names import expand

    return ox.NamedNode(expand(text) or text)


def _first_iri(text: str) -> str | None:
    from bri_kg.names import expand

    return expand(text.split(" ", 1)[0])


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _short(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri else f"<{iri}>"


__all__ = ["STAGES", "Finding", "InputError", "Report", "validate"]
