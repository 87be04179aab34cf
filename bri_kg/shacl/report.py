"""The results of a validation, and the report that SHACL defines: the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import SH, LookUp, Node
from bri_kg.shacl.messages import described, messages
from bri_kg.shacl.notices import Notice
from bri_kg.shacl.paths import Path, read_path, write_path

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_BOOLEAN = ox.NamedNode(PREFIXES["xsd"] + "boolean")
_Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Result:
    """One top-level result; `component` and `severity` are IRIs, `mends` the shape's sh:description."""

    focus: Term
    path: Path | None
    value: Term | None
    component: str
    severity: str
    shape: Node
    constraint: Node | None
    messages: tuple[ox.Literal, ...]
    mends: tuple[ox.Literal, ...]

    @property
    def key(self) -> _Key:
        """What tells results apart; reports with the same keys, counted, are the same report."""
        value = "" if self.value is None else str(self.value)
        path = "" if self.path is None else str(self.path)
        return (str(self.focus), path, value, self.component, self.severity, str(self.shape))

    def message(self, lang: str) -> str:
        """Return what it says, in the language asked for, else in English, else in any."""
        return _in_language(self.messages, lang) or ""

    def mend(self, lang: str) -> str | None:
        """Return how to mend it, in the language asked for, else in English, else in any; None where unsaid."""
        return _in_language(self.mends, lang)


@dataclass(frozen=True)
class ShaclReport:
    """The results in a fixed order, and who found them.

    `refused` says why the fast engine did not serve, though it is installed; `imports` are those
    of the shapes that were not followed; `notices` are what was not evaluated, or met nothing.
    """

    results: tuple[Result, ...]
    engine: str
    refused: str | None = None
    imports: tuple[ox.Triple, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no result, of whatever severity (SHACL 3.6.1)."""
        return not self.results

    @cached_property
    def triples(self) -> tuple[ox.Quad, ...]:
        """The sh:ValidationReport."""
        return tuple(_written(self.results))


def _in_language(texts: Sequence[ox.Literal], lang: str) -> str | None:
    by_language = {text.language or "en": text.value for text in reversed(texts)}
    return by_language.get(lang) or by_language.get("en") or (texts[0].value if texts else None)


def read_results(report: Iterable[ox.Quad], wanted: LookUp) -> tuple[Result, ...]:
    """Return the top-level results of an engine's report, sorted; results under sh:detail are left out.

    pySHACL writes the blank nodes of shapes into its report, with whatever is said of them.
    """
    found = LookUp(report)
    results = [
        _result(found, wanted, node)
        for whole in found.subjects(SH + "conforms")
        for node in found.values(whole, SH + "result")
        if found.value(node, SH + "focusNode") is not None
    ]
    return tuple(sorted(results, key=lambda result: (*result.key, str(result.constraint))))


def _result(report: LookUp, shapes: LookUp, node: Term) -> Result:
    focus, shape = (report.values(node, SH + name)[0] for name in ("focusNode", "sourceShape"))
    assert not isinstance(shape, ox.Literal)
    value = report.value(node, SH + "value")
    at = report.value(node, SH + "resultPath")
    path = None if at is None else read_path(report, at)
    source = report.value(node, SH + "sourceConstraint")
    constraint = None if isinstance(source, ox.Literal) else source
    component = report.values(node, SH + "sourceConstraintComponent")[0].value
    bound = {"this": focus, "value": value, "path": path}
    return Result(
        focus=focus,
        path=path,
        value=value,
        component=component,
        severity=report.values(node, SH + "resultSeverity")[0].value,
        shape=shape,
        constraint=constraint,
        messages=messages(
            shapes, shape, component, constraint,
            {name: _plain(part) for name, part in bound.items() if part is not None},
        ),
        mends=described(shapes, shape),
    )  # fmt: skip


def _plain(part: Term | Path) -> str:
    return str(part) if isinstance(part, Path) else part.value


def _written(results: tuple[Result, ...]) -> Iterator[ox.Quad]:
    label = _free_label(results)
    report = ox.BlankNode(label)
    yield ox.Quad(report, _TYPE, _sh("ValidationReport"))
    yield ox.Quad(
        report, _sh("conforms"), ox.Literal("false" if results else "true", datatype=_BOOLEAN)
    )
    width = len(str(len(results)))
    for number, result in enumerate(results, 1):
        node = ox.BlankNode(f"{label}{number:0{width}}")
        yield ox.Quad(report, _sh("result"), node)
        yield from _of_result(node, result)


def _of_result(node: ox.BlankNode, result: Result) -> Iterator[ox.Quad]:
    yield ox.Quad(node, _TYPE, _sh("ValidationResult"))
    yield ox.Quad(node, _sh("focusNode"), result.focus)
    if result.path is not None:
        made = 0

        def fresh() -> ox.BlankNode:
            nonlocal made
            made += 1
            return ox.BlankNode(f"{node.value}-path{made}")

        path, quads = write_path(result.path, fresh)
        yield ox.Quad(node, _sh("resultPath"), path)
        yield from quads
    if result.value is not None:
        yield ox.Quad(node, _sh("value"), result.value)
    yield ox.Quad(node, _sh("resultSeverity"), ox.NamedNode(result.severity))
    yield ox.Quad(node, _sh("sourceConstraintComponent"), ox.NamedNode(result.component))
    yield ox.Quad(node, _sh("sourceShape"), result.shape)
    if result.constraint is not None:
        yield ox.Quad(node, _sh("sourceConstraint"), result.constraint)
    for message in result.messages:
        yield ox.Quad(node, _sh("resultMessage"), message)


def _free_label(results: tuple[Result, ...]) -> str:
    """Return a label that begins none of the data's: theirs stand in the report as they are."""
    theirs = {
        term.value
        for result in results
        for term in (result.focus, result.value, result.shape, result.constraint)
        if isinstance(term, ox.BlankNode)
    }
    label = "report"
    while any(name.startswith(label) for name in theirs):
        label += "-"
    return label


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)
