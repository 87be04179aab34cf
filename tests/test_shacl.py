"""The fast engine gives the reference's report, on the whole graph and on broken copies of it."""

from __future__ import annotations

import random
from collections import Counter

import pyoxigraph as ox
import pytest

from bri_kg.files import read_rdf
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BRI, CLAIM
from bri_kg.shacl import ShaclReport, has_fast_engine, validate_shapes

pytestmark = pytest.mark.skipif(not has_fast_engine(), reason="the extra `fast` is not installed")


def summary(report: ShaclReport) -> Counter[tuple[str | None, ...]]:
    return Counter(
        (r.focus, r.path, r.value, r.component, r.severity, r.shape) for r in report.results
    )


@pytest.fixture(scope="module")
def asserted(kg: KnowledgeGraph) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(path=str(kg.release.part("asserted")), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def shapes(kg: KnowledgeGraph) -> tuple[ox.Quad, ...]:
    return tuple(quad for path in kg.resources.shape_files() for quad in read_rdf(path))


def test_the_whole_graph(asserted: tuple[ox.Quad, ...], shapes: tuple[ox.Quad, ...]) -> None:
    assert summary(validate_shapes(asserted, shapes)) == Counter()
    assert summary(validate_shapes(asserted, shapes, reference=True)) == Counter()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_broken_copies(
    asserted: tuple[ox.Quad, ...], shapes: tuple[ox.Quad, ...], seed: int
) -> None:
    """Drop triples of claims, and give others a wrong object, at random."""
    dice = random.Random(seed)
    broken = [quad for quad in asserted if dice.random() > 0.03 or not _is_of_a_claim(quad)]
    places = [i for i, quad in enumerate(broken) if _is_of_a_claim(quad)]
    for i in dice.sample(places, 60):
        quad = broken[i]
        wrong = dice.choice(
            [ox.Literal("wrong"), ox.NamedNode("https://w3id.org/bri-kg/id/org/cas")]
        )
        broken[i] = ox.Quad(quad.subject, quad.predicate, wrong)
    found = summary(validate_shapes(broken, shapes))
    assert sum(found.values()) > 30
    assert found == summary(validate_shapes(broken, shapes, reference=True))


def _is_of_a_claim(quad: ox.Quad) -> bool:
    return str(quad.subject).startswith(f"<{CLAIM}") and quad.predicate.value.startswith(BRI)
