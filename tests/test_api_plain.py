"""Results as plain data: every kind of value, and nothing that JSON cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import ClassVar

import pyoxigraph as ox
import pytest

from bri_kg.plain import Plain, plain, to_plain

XSD = "http://www.w3.org/2001/XMLSchema#"


class Rank(Enum):
    NORMAL = "normal"


@dataclass(frozen=True)
class Inner:
    path: Path
    when: date


@dataclass(frozen=True)
class Outer(Plain):
    also_plain: ClassVar[tuple[str, ...]] = ("size",)

    inner: tuple[Inner, ...]
    counts: Mapping[Rank, int]
    large: tuple[int, ...] = field(default=(), repr=False)

    @property
    def size(self) -> int:
        return len(self.inner)


@dataclass(frozen=True)
class Lazy:
    numbers: tuple[int, ...]

    def plain_value(self) -> object:
        return self.numbers


def test_nested_dataclasses_become_dictionaries_in_the_order_of_their_fields() -> None:
    found = Outer((Inner(Path("a.ttl"), date(2017, 5, 14)),), {Rank.NORMAL: 2}, (1, 2)).to_dict()
    assert found == {
        "inner": [{"path": "a.ttl", "when": "2017-05-14"}],
        "counts": {"normal": 2},
        "size": 1,
    }
    assert list(found) == ["inner", "counts", "size"]
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (float("nan"), "NaN"),
        (float("-inf"), "-INF"),
        (0.5, 0.5),
        (True, True),
        (frozenset({"b", "a"}), ["a", "b"]),
        (ox.NamedNode("http://e/a"), {"type": "uri", "value": "http://e/a"}),
        (ox.BlankNode("b"), {"type": "bnode", "value": "b"}),
        (ox.Literal("a"), {"type": "literal", "value": "a"}),
        (ox.Literal("a", language="zh"), {"type": "literal", "value": "a", "xml:lang": "zh"}),
        (
            ox.Literal("1", datatype=ox.NamedNode(XSD + "integer")),
            {"type": "literal", "value": "1", "datatype": XSD + "integer"},
        ),
        ({ox.NamedNode("http://e/a"): [1]}, {"http://e/a": [1]}),
        ((number for number in (1, 2)), [1, 2]),
        (Lazy((1, 2)), [1, 2]),
    ],
)
def test_values(value: object, expected: object) -> None:
    assert plain(value) == expected


def test_triples_and_quads() -> None:
    node = ox.NamedNode("http://e/a")
    term = {"type": "uri", "value": "http://e/a"}
    parts = {"subject": term, "predicate": term, "object": term}
    assert plain(ox.Triple(node, node, node)) == parts
    assert plain(ox.Quad(node, node, node)) == {**parts, "graph": None}
    assert plain(ox.Quad(node, node, node, node)) == {**parts, "graph": term}


@pytest.mark.parametrize("value", [object(), b"bytes", {1: 2}, Outer])
def test_what_cannot_be_plain_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)


def test_only_a_dataclass_becomes_a_dictionary() -> None:
    for value in ({"a": 1}, Outer):
        with pytest.raises(TypeError):
            to_plain(value)
