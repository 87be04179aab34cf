"""What pySHACL's own tests validate, through our door, with both engines.

Its test folder is in its source distribution: fetched, never stored. Each test is run there with a
recorder in the place of `pyshacl.validate`; what a test that passes got is what is expected here.
The tests of the W3C and of TopQuadrant that it holds too are in `test_shacl_suite.py`; those of its
command line, of rules as text and of JavaScript validate nothing that we take.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl_recorder import Recorded, record
from shacl_suite import canonical, fetch

from bri_kg.errors import BriKgError
from bri_kg.rdf.labels import StableLabels
from bri_kg.shacl import has_fast_engine, validate_shapes
from bri_kg.shacl.look_up import LookUp

pytestmark = pytest.mark.slow

# Two processes: a crash or hang of one loses nothing of the other.
PARTS = (
    ("issues",),
    tuple(
        f"test_{name}.py"
        for name in ("advanced", "extra", "inoculate", "integers", "manual_targeting",
                     "multiple_data_graphs", "sh_details")
    ),
)  # fmt: skip
INFERRED = "asks pySHACL to infer by RDFS or OWL first: ours validates what is asserted"
CHOSEN = "asks for some focus nodes or shapes only"
IMPORTED = "asks for owl:imports to be fetched"
NOT_OURS = {
    "issues/test_009.py::test_009#0": INFERRED,
    "issues/test_071.py::test_071_positive#0": INFERRED,
    "issues/test_141.py::test_141#0": INFERRED,
    "issues/test_170.py::test_170#1": INFERRED,
    "issues/test_170.py::test_170_2#1": INFERRED,
    "issues/test_170.py::test_170_3#0": "a prefix is used in a query that only a comment of the file declares",
    "issues/test_170.py::test_170_3#1": "the same",
    "issues/test_058.py::test_058#0": "expects an error for sh:ignoredProperties without sh:closed: SHACL has none",
    "issues/test_227.py::test_227#0": "the same results, which share the nodes of their paths there",
    "issues/test_281/test_281.py::test_281_a#0": IMPORTED,
    "issues/test_281/test_281.py::test_281_b#0": IMPORTED,
    "issues/test_286.py::test_286_a#0": "tells a text from one of xsd:string: in RDF 1.1 they are the same",
    "test_advanced.py::test_advanced#0": "SHACL Advanced Features",
    "test_manual_targeting.py::test_validate_fail_manual_targeting_focus#0": CHOSEN,
    "test_manual_targeting.py::test_validate_fail_manual_targeting_shape#0": CHOSEN,
    "test_manual_targeting.py::test_validate_fail_manual_targeting_shape_or#0": CHOSEN,
    "test_manual_targeting.py::test_validate_fail_manual_targeting_focus_with_shape#0": CHOSEN,
    "test_multiple_data_graphs.py::test_validate_each_multiple_graphs_via_mode#0": "asks for a report of each graph",
}  # fmt: skip


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> list[Recorded]:
    folder = tmp_path_factory.mktemp("recorded")
    kept = os.environ.get("BRI_KG_SUITES")
    try:
        suites = fetch(Path(kept) if kept else folder)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"pip cannot fetch the source distribution of pySHACL: {error}")
    distribution = suites.parent.parent
    return [
        call
        for number, part in enumerate(PARTS)
        for call in record(
            distribution, [f"test/{name}" for name in part], folder / f"{number}.jsonl", limit=300
        )
    ]


def differing(calls: list[Recorded], engine: str) -> set[str]:
    return {call.name for call in calls if got(call, engine) != expected(call)}


def expected(call: Recorded) -> tuple[ox.Quad, ...] | None:
    return None if call.report is None else canonical(LookUp(quads(call.report)))


def got(call: Recorded, engine: str) -> tuple[ox.Quad, ...] | None:
    labels = StableLabels()
    shapes, data = (tuple(labels.of(quads(text))) for text in (call.shapes, call.data))
    try:
        return canonical(LookUp(validate_shapes(data, shapes, engine=engine).triples))
    except BriKgError:
        return None


def quads(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


def test_the_recording_is_whole(recorded: list[Recorded]) -> None:
    # One of its tests needs longer than is given to it on a busy machine.
    assert len(recorded) == len({call.name for call in recorded})
    assert len(recorded) in (83, 84)
    assert sum(call.report is None for call in recorded) == 3


def test_the_reference(recorded: list[Recorded]) -> None:
    assert differing(recorded, "reference") == set(NOT_OURS)


@pytest.mark.skipif(not has_fast_engine(), reason="the extra `fast` is not installed")
def test_the_fast_engine(recorded: list[Recorded]) -> None:
    assert differing(recorded, "embedded") == set(NOT_OURS)
