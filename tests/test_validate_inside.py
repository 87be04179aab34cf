"""Validation inside a store gives the report that the same data has as a file."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from shacl_random import PROLOGUE, graphs

from bri_kg.checking.store_shapes import validate_inside
from bri_kg.rdf.parsing import parse_rdf
from bri_kg.shacl import ShaclReport, validate_shapes
from bri_kg.stores.memory import Store

_BLANK = re.compile(r"_:[\w-]+")


def quads(text: str) -> list[ox.Quad]:
    return list(parse_rdf(text, ox.RdfFormat.TURTLE, "it"))


def said(report: ShaclReport) -> Counter[tuple[str, ...]]:
    """The results, counted; blank nodes have other labels in each."""
    return Counter(
        tuple(_BLANK.sub("_:", part) for part in (*result.key, *map(str, result.messages)))
        for result in report.results
    )


def inside(data: list[ox.Quad], shapes: list[ox.Quad]) -> ShaclReport:
    return validate_inside(Store(data), shapes)


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(graphs())
def test_random_graphs(texts: tuple[str, str]) -> None:
    store, shapes = Store(quads(texts[0])), quads(texts[1])
    here = validate_shapes(store.quads, shapes)
    assert said(validate_inside(store, shapes)) == said(here)
