"""Both engines, through our door, on the W3C's SHACL tests; what fails is listed, with the reason."""

from __future__ import annotations

import subprocess

import pytest
from shacl_suite import Case, canonical, fetch, read_cases

from bri_kg.errors import BriKgError
from bri_kg.shacl import ShaclReport, has_fast_engine, validate_shapes
from bri_kg.shacl.document import read_quads
from bri_kg.shacl.look_up import LookUp

pytestmark = pytest.mark.slow

FAILING = {
    "pyshacl": {
        "sparql/pre-binding/shapesGraph-001": "pySHACL refuses $shapesGraph",
    },
    "shacl": {},
}
# Where pySHACL is known to serve although the fast engine is there.
LEFT_TO_PYSHACL = {
    "sparql/component/propertyValidator-select-001": "a component for property shapes in SELECT",
    "sparql/pre-binding/pre-binding-007": "a query in a query",
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    try:
        suite = fetch(tmp_path_factory.mktemp("suite"))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"pip cannot fetch the source distribution of pySHACL: {error}")
    return list(read_cases(suite))


def answer(case: Case, *, reference: bool) -> ShaclReport | None:
    data, shapes = (read_quads([str(path)]) for path in (case.data, case.shapes))
    try:
        return validate_shapes(data, shapes, reference=reference)
    except BriKgError:
        return None


def is_right(case: Case, report: ShaclReport | None) -> bool:
    return case.expected == (None if report is None else canonical(LookUp(report.triples)))


def test_the_suite_is_whole(cases: list[Case]) -> None:
    assert len(cases) == len({case.name for case in cases}) == 121
    assert sum(case.expected is None for case in cases) == 7


def test_the_reference(cases: list[Case]) -> None:
    failing = {case.name for case in cases if not is_right(case, answer(case, reference=True))}
    assert failing == set(FAILING["pyshacl"])


@pytest.mark.skipif(not has_fast_engine(), reason="the extra `fast` is not installed")
def test_the_fast_engine(cases: list[Case]) -> None:
    answers = {case: answer(case, reference=False) for case in cases}
    failing = {case.name for case, report in answers.items() if not is_right(case, report)}
    assert failing == set(FAILING["shacl"])
    left = {case.name for case, report in answers.items() if report and report.engine == "pyshacl"}
    assert left == set(LEFT_TO_PYSHACL)
