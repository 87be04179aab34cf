"""Check 19, second half: whatever is taken from the shapes, loosened or swapped, an example tells."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from mutation import Bench, Score, score
from shape_examples import EX, Example, examples, shapes, write
from shape_mutants import OPERATORS, SH, Mutant, deactivate_a_shape, mutants

from bri_kg.names import PREFIXES
from bri_kg.shacl import has_fast_engine

pytestmark = pytest.mark.skipif(not has_fast_engine(), reason="the extra `fast` is not installed")


def refuse_everything(shape: str, subject: ox.NamedNode) -> Mutant:
    nothing = ox.Quad(subject, ox.NamedNode(SH + "in"), ox.NamedNode(PREFIXES["rdf"] + "nil"))
    return Mutant("refuse everything", shape, "in ()", (), (nothing,))


def shapes_without_example(of: tuple[Example, ...], kind: str) -> list[str]:
    """Return the shapes that no failing example misses, or that no passing example is held against."""
    bench = Bench(of)
    off = deactivate_a_shape(shapes())
    probes = off if kind == "fail" else (refuse_everything(m.shape, m.new[0].subject) for m in off)
    return [probe.shape for probe in probes if not bench.killer(probe, (kind,))]


@pytest.mark.parametrize("kind", ["pass", "fail"])
@pytest.mark.slow
def test_19_every_shape_has_an_example(kind: str) -> None:
    assert shapes_without_example(examples(), kind) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pass", "fail"])
def test_19_a_shape_without_example_is_found(kind: str) -> None:
    others = tuple(example for example in examples() if example.name != "Reference")
    lacking = shapes_without_example(others, kind)
    assert len(lacking) == 5
    assert all(name.startswith("bris:Reference") for name in lacking)


@pytest.mark.slow
def test_19_no_mutant_survives() -> None:
    result = score(mutants(shapes()), examples())
    assert not result.faults(), result.table()
    assert {mutant.operator for mutant in result.killed} == set(OPERATORS), "an operator is idle"


def test_19_the_shapes_as_they_are_survive() -> None:
    assert Bench(examples()).killer(Mutant("nothing", "bris:Claim", "", (), ())) is None


@pytest.mark.slow
def test_19_a_survivor_is_named() -> None:
    """Take one failing node away, and the constraint that only it broke can be lost unseen."""
    node = EX + "latitude-too-far-north"
    weaker = tuple(without(example, node) for example in examples() if example.name == "Place")
    latitude = [m for m in mutants(shapes()) if m.shape == "bris:Place-latitude"]
    assert not score(latitude, examples()).survived
    assert [m.change for m in score(latitude, weaker).survived] == [
        "sh:maxInclusive 90.0^^xsd:decimal",
        "sh:maxInclusive 90.0^^xsd:decimal to sh:maxInclusive 91.0^^xsd:decimal",
    ]


def without(example: Example, node: str) -> Example:
    name = write(ox.NamedNode(node))
    assert any(row.focus == name for row in example.expected)
    return replace(
        example,
        failing=tuple(q for q in example.failing if q.subject != ox.NamedNode(node)),
        expected=type(example.expected)(
            row for row in example.expected.elements() if row.focus != name
        ),
    )


def test_19_the_list_of_those_that_cannot_die_is_held_to_its_word() -> None:
    dead, alive = (Mutant("drop", f"bris:{name}", "sh:class", (), ()) for name in ("A", "B"))
    gone = ("drop", "bris:C", "sh:class")
    assert Score((dead,), (alive,), frozenset({alive.key})).faults() == []
    assert Score((dead,), (alive,), frozenset()).faults() == [f"survives: {alive.key}"]
    assert Score((dead,), (alive,), frozenset({alive.key, dead.key, gone})).faults() == [
        f"listed, and dies: {dead.key}",
        f"listed, and is no mutant: {gone}",
    ]
