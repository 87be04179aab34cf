"""Both engines, through our door, on the SHACL tests of the W3C, of TopQuadrant and of Jena.

What fails is listed, with the reason.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from shacl_suite import (
    Case,
    canonical,
    fetch,
    fetch_jena,
    read_cases,
    read_jena,
    read_topquadrant,
)

from bri_kg.checking.store_shapes import validate_inside
from bri_kg.errors import BriKgError
from bri_kg.shacl import ShaclReport, has_fast_engine, validate_shapes
from bri_kg.shacl.document import read_quads
from bri_kg.shacl.look_up import LookUp
from bri_kg.stores.memory import Store

pytestmark = pytest.mark.slow
fast_engine = pytest.mark.skipif(not has_fast_engine(), reason="the extra `fast` is not installed")

NOT_OURS = {
    "expression/booleans-001": "SHACL Advanced Features: an expression",
    "function/callSPARQLFunction": "SHACL Advanced Features: a function",
    "target/sparqlTarget-001": "SHACL Advanced Features: a target",
    "target/sparqlTargetType-001": "SHACL Advanced Features: a target",
    "sparql/node/prefixes-001": "a prefix is used that only a comment of the file declares",
}
NOT_OURS_OF_JENA = {
    "additional/lang-simple-1": "Jena's own: an empty language range for plain texts",
    "additional/target-sparql-1": "SHACL Advanced Features: a target",
    "additional/target-sparql-type-1": "SHACL Advanced Features: a type of targets",
    "additional/target-sparql-type-2": "SHACL Advanced Features: a type of targets",
}
FAILING = {
    "pyshacl": {"sparql/pre-binding/shapesGraph-001": "pySHACL refuses $shapesGraph"},
    "shacl": {},
}
# Where pySHACL is known to serve although the fast engine is there.
LEFT_TO_PYSHACL = {
    "sparql/component/propertyValidator-select-001": "a component for property shapes in SELECT",
    "sparql/pre-binding/pre-binding-007": "a query in a query",
}


@pytest.fixture(scope="module")
def suites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that BRI_KG_SUITES names keeps them from one run to the next."""
    kept = os.environ.get("BRI_KG_SUITES")
    try:
        return fetch(Path(kept) if kept else tmp_path_factory.mktemp("suites"))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"pip cannot fetch the source distribution of pySHACL: {error}")


@pytest.fixture(scope="module")
def w3c(suites: Path) -> list[Case]:
    return list(read_cases(suites))


@pytest.fixture(scope="module")
def topquadrant(suites: Path) -> list[Case]:
    return list(read_topquadrant(suites))


def answer(case: Case, *, reference: bool) -> ShaclReport | None:
    data, shapes = (read_quads([str(path)]) for path in (case.data, case.shapes))
    try:
        return validate_shapes(data, shapes, engine="reference" if reference else "embedded")
    except BriKgError:
        return None


def is_right(case: Case, report: ShaclReport | None) -> bool:
    return case.expected == (None if report is None else canonical(LookUp(report.triples)))


def failing(cases: list[Case], *, reference: bool) -> set[str]:
    return {case.name for case in cases if not is_right(case, answer(case, reference=reference))}


def test_the_suites_are_whole(w3c: list[Case], topquadrant: list[Case]) -> None:
    assert len(w3c) == len({case.name for case in w3c}) == 121
    assert sum(case.expected is None for case in w3c) == 7
    assert len(topquadrant) == 99


def test_the_reference_on_the_w3c_tests(w3c: list[Case]) -> None:
    assert failing(w3c, reference=True) == set(FAILING["pyshacl"])


@fast_engine
def test_the_fast_engine_on_the_w3c_tests(w3c: list[Case]) -> None:
    answers = {case: answer(case, reference=False) for case in w3c}
    wrong = {case.name for case, report in answers.items() if not is_right(case, report)}
    assert wrong == set(FAILING["shacl"])
    left = {case.name for case, report in answers.items() if report and report.engine == "pyshacl"}
    assert left == set(LEFT_TO_PYSHACL)


def test_the_w3c_tests_inside_a_store(w3c: list[Case]) -> None:
    """The report of the same triples, or a notice that a constraint in SPARQL is left out there."""
    other, left_out = set(), set()
    for case in w3c:
        if case.expected is None:
            continue
        store = Store(read_quads([str(case.data)]))
        shapes = list(read_quads([str(case.shapes)]))
        there = validate_inside(store, shapes)
        if any(notice.kind == "not-in-store" for notice in there.notices):
            left_out.add(case.name)
        elif is_other(there, validate_shapes(store.quads, shapes)):
            other.add(case.name)
    assert other == set()
    assert {name.split("/")[0] for name in left_out} == {"sparql"}
    assert len(left_out) < 12


def is_other(one: ShaclReport, another: ShaclReport) -> bool:
    """Return whether two reports differ in what counts."""
    return canonical(LookUp(one.triples)) != canonical(LookUp(another.triples))


@pytest.mark.parametrize("reference", [True, pytest.param(False, marks=fast_engine)])
def test_topquadrants_tests(topquadrant: list[Case], reference: bool) -> None:
    assert failing(topquadrant, reference=reference) == set(NOT_OURS)


@pytest.mark.parametrize("reference", [True, pytest.param(False, marks=fast_engine)])
def test_jenas_own_tests(tmp_path_factory: pytest.TempPathFactory, reference: bool) -> None:
    kept = os.environ.get("BRI_KG_SUITES")
    try:
        suite = fetch_jena(Path(kept) if kept else tmp_path_factory.mktemp("jena"))
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"Maven cannot fetch the source release of Jena: {error}")
    cases = list(read_jena(suite))
    assert len(cases) == 7
    assert failing(cases, reference=reference) == set(NOT_OURS_OF_JENA)
