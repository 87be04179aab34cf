"""No stored check outgrows the graph: each is asked of some sources, and of five times as many."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from bri_kg.checking.checks import Check, read_checks
from bri_kg.dataset.resources import find
from bri_kg.names import PREFIXES
from bri_kg.stores.memory import Store
from corpora import grow
from corpora_whole import layers_of

pytestmark = pytest.mark.slow

SOURCES = (20, 100)
# What takes less says nothing of growth; five times as much may take five times as long, with room for noise.
NOTABLE = 0.2
TIMES = 5**1.5

# How it was once said that no comparison holds two claims: all comparisons are read for each pair.
SLOW = "FILTER NOT EXISTS { ?comparison a bri:Comparison ; bri:compares ?focus , ?value }"
NOW = "FILTER NOT EXISTS { ?comparison bri:compares ?focus , ?value }"


# How cited characters were once sought among those that are left out: each of a source against each.
ALL_PAIRS = """
PREFIX bri: <https://w3id.org/bri-kg/ontology#>
SELECT DISTINCT ?focus ?value WHERE {
  ?focus bri:omissionReason ?reason ; bri:isPassageOf ?source ; bri:begin ?begin ; bri:end ?end .
  ?claim bri:evidence|bri:hasContext ?value .
  ?value bri:isPassageOf ?source ; bri:begin ?citedBegin ; bri:end ?citedEnd .
  FILTER (?citedBegin < ?end && ?begin < ?citedEnd)
}
"""


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> list[Store]:
    return [told(tmp_path_factory.mktemp("corpus"), sources) for sources in SOURCES]


@pytest.fixture(scope="module")
def stores_of_one_source(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> list[Store]:
    """The same, but all of it is told by one source."""
    return [
        told(tmp_path_factory.mktemp("corpus"), sources, one_source=True) for sources in SOURCES
    ]


def told(folder: Path, sources: int, *, one_source: bool = False) -> Store:
    folders = grow(folder, sources, one_source=one_source)
    layers = layers_of(find(folders, alone=True))
    return Store(quad for quads in layers.values() for quad in quads)


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> list[Check]:
    resources = find()
    return [
        check
        for room in ("claims", "facts", "candidates")
        for check in read_checks(resources, room)
    ]


def seconds(query: str, store: Store) -> float:
    """Return the CPU time that a query takes, the less of two."""

    def each() -> Iterator[float]:
        for _ in range(2):
            begun = time.process_time()
            assert sum(1 for _ in store.select(query)) >= 0
            yield time.process_time() - begun

    return min(each())


def outgrows(query: str, stores: list[Store]) -> str | None:
    """Return how a query grows, where that is more than the graph does."""
    few, many = (seconds(query, store) for store in stores)
    return f"{few:.2f} s, {many:.2f} s" if many > NOTABLE and many > TIMES * few else None


def has_a_greater_answer(query: str, stores: list[Store]) -> bool:
    """Return whether the answer itself outgrows the graph, such as pairs of claims that a source tells twice."""
    few, many = (len(store.select(query).rows) for store in stores)
    return few > 0 and many > TIMES * few


def test_no_check_outgrows_the_graph(stores: list[Store], checks: list[Check]) -> None:
    assert len(checks) > 50
    grown = {check.name: outgrows(check.query, stores) for check in checks}
    assert {name: how for name, how in grown.items() if how} == {}


def test_no_check_outgrows_a_source(stores_of_one_source: list[Store], checks: list[Check]) -> None:
    """Candidates are left out: they are pairs of claims of two sources, which one source has none of."""
    asked = [check for check in checks if check.file.parent.name != "candidates"]
    assert len(asked) > 30
    grown = {
        check.name: outgrows(check.query, stores_of_one_source)
        for check in asked
        if not has_a_greater_answer(check.query, stores_of_one_source)
    }
    assert {name: how for name, how in grown.items() if how} == {}
    assert len(asked) - len(grown) < 3
    [check] = [check for check in checks if check.name == "left-out-and-cited"]
    store = stores_of_one_source[0]
    found = rows(check.query, store)
    assert found and found == rows(ALL_PAIRS, store)
    assert outgrows(ALL_PAIRS, stores_of_one_source)


def test_neighbours_are_those_of_all_pairs_however_long_they_are(checks: list[Check]) -> None:
    [check] = [check for check in checks if check.name == "left-out-and-cited"]
    chosen = random.Random(20)
    for _ in range(20):
        store = Store(ox.parse(passages(chosen), format=ox.RdfFormat.TURTLE))
        found = rows(check.query, store)
        assert found and found == rows(ALL_PAIRS, store)


def passages(chosen: random.Random) -> str:
    """Return passages of two sources, cited or left out, some longer than a passage may be."""

    def one(number: int) -> str:
        begin, length = chosen.randrange(6000), chosen.choice((1, 20, 299, 300, 301, 650, 2000))
        place = f"bri:begin {begin} ; bri:end {begin + length} ; bri:isPassageOf <s{number % 2}> ."
        if number % 3:
            return f"<{number}> {place} <c{number}> bri:{chosen.choice(('evidence', 'hasContext'))} <{number}> ."
        return f"<{number}> bri:omissionReason <why> ; {place}"

    head = f"@prefix bri: <{PREFIXES['bri']}> . @base <https://example.org/> . "
    return head + "\n".join(map(one, range(90)))


def rows(query: str, store: Store) -> set[tuple[str, str]]:
    return {(str(row["focus"]), str(row["value"])) for row in store.select(query)}


def test_a_check_that_reads_all_comparisons_for_each_pair_would_be_seen(
    stores: list[Store], checks: list[Check]
) -> None:
    [check] = [check for check in checks if check.name == "listed-otherwise"]
    assert NOW in check.query
    assert outgrows(check.query.replace(NOW, SLOW), stores)
