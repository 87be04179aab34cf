"""The parts that others take: of the dataset, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.dataset.questions import Question
from bri_kg.dataset.release import PARTS, open_release
from bri_kg.dataset.resources import Resources
from bri_kg.errors import UsageError
from bri_kg.publishing.one_ontology import of_files, one_ontology
from bri_kg.publishing.question_records import question_records

OF_DATASET: Final = ("all", *PARTS)
COLLECTION: Final = "collection"
BESIDE_IT: Final = ("ontology", "shapes", "questions", COLLECTION)


def part_quads(part: str, resources: Resources) -> Iterable[ox.Quad]:
    """Return the quads of a part of `OF_DATASET` or `BESIDE_IT`. Raise UsageError where there is no such part."""
    if part == "ontology":
        return one_ontology(resources)
    if part == "shapes":
        return of_files(resources.shape_files())
    if part == "questions":
        index = open_release(resources).index()
        return question_records(map(Question.from_json, index.values()))
    if part == COLLECTION:
        return _collection(resources)
    return open_release(resources).quads(PARTS if part == "all" else (part,))


def _collection(resources: Resources) -> list[ox.Quad]:
    """Return what the top collection adds to what it lies over: beside that, it makes the whole.

    Raise UsageError where there is no collection.
    """
    if not resources.over:
        raise UsageError(
            "BRI884",
            "there is no collection to export",
            fix="add --graph DIR, or stand in the folder of a collection",
        )
    below = set(open_release(resources.under_top()).quads())
    return [quad for quad in open_release(resources).quads() if quad not in below]


def asks_in_graphs(question: Question) -> bool:
    """Return whether a question asks in named graphs, and so has no answer where they are left out."""
    return any(token.text.upper() == "GRAPH" for token in sparql.tokens(question.query))
