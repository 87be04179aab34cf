"""The examples of the shapes: data that has a shape, data that lacks it, and the report on the latter.

Below every example lie `shapes/stage.ttl`, the things that examples speak of, and the tree of
classes, without which SHACL would not see that an organization is an actor.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from conftest import ROOT

from bri_kg.dataset.resources import find
from bri_kg.names import BASE, PREFIXES, shorten
from bri_kg.rdf.parsing import read_rdf
from bri_kg.shacl import validate_shapes

SHAPES_FILES = find(ROOT / "graph").shape_files()
EXAMPLES = ROOT / "tests" / "shapes"
EX = "http://example.org/"
PARTS = (
    "focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape",
)  # fmt: skip
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Quads = tuple[ox.Quad, ...]


class Row(NamedTuple):
    """One result of a SHACL report, in the words of `report.csv`."""

    focus: str
    path: str
    value: str
    component: str
    severity: str
    shape: str


@dataclass(frozen=True)
class Example:
    """A folder of examples, named for the shape whose properties it shows."""

    name: str
    passing: Quads
    failing: Quads
    expected: Counter[Row]


@cache
def shapes() -> Quads:
    """Return the triples of every file of shapes."""
    return tuple(quad for path in SHAPES_FILES for quad in read_rdf(path))


@cache
def examples() -> tuple[Example, ...]:
    """Return every folder of examples, by name."""
    below = (*read_rdf(EXAMPLES / "stage.ttl"), *class_tree())
    return tuple(
        Example(
            folder.name,
            (*read_rdf(folder / "pass.ttl"), *below),
            (*read_rdf(folder / "fail.ttl"), *below),
            read_report(folder / "report.csv"),
        )
        for folder in sorted(EXAMPLES.iterdir())
        if folder.is_dir()
    )


@cache
def class_tree() -> Quads:
    """Return which of our classes lies below which."""
    modules = sorted((ROOT / "ontology" / "modules").glob("*.ttl"))
    below = PREFIXES["rdfs"] + "subClassOf"
    return tuple(q for path in modules for q in read_rdf(path) if q.predicate.value == below)


def report(data: Quads, shapes: Quads, *, reference: bool = False) -> Counter[Row]:
    """Validate as the package does; return the results as a multiset: a report has no order."""
    return rows(
        validate_shapes(data, shapes, engine="reference" if reference else "embedded").triples
    )


def rows(report: Iterable[ox.Quad]) -> Counter[Row]:
    """Return the results of a SHACL report."""
    known: dict[tuple[str, str], Term] = {}
    found = []
    for quad in report:
        known[str(quad.subject), quad.predicate.value] = quad.object  # type: ignore[assignment]
        if quad.predicate.value == PREFIXES["sh"] + "result":
            found.append(str(quad.object))
    return Counter(
        Row(*(write(known.get((result, PREFIXES["sh"] + part))) for part in PARTS))
        for result in found
    )


def read_report(path: Path) -> Counter[Row]:
    """Read a stored report."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == Row._fields, path
    return Counter(Row(*line) for line in lines)


def write(term: Term | None) -> str:
    """Return a term as `report.csv` has it: names short, text bare, nodes without a name as `[]`."""
    match term:
        case None:
            return ""
        case ox.BlankNode():
            return "[]"
        case ox.Literal(language=str(language)):
            return f"{term.value}@{language}"
        case ox.Literal():
            kind = shorten(term.datatype.value)
            return term.value if kind == "xsd:string" else f"{term.value}^^{kind}"
        case _ if term.value.startswith(EX):
            return "ex:" + term.value.removeprefix(EX)
        case _:
            name = shorten(term.value)
            return f"<{name.removeprefix(BASE)}>" if name == term.value else name
