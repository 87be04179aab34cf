"""`bri-kg export`: the graph, or a part of it, for another tool."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from bri_kg.files import read_rdf
from bri_kg.output import emit_graph
from bri_kg.questions import Question
from bri_kg.records import question_records
from bri_kg.release import PARTS, Release, open_release
from bri_kg.resources import find


def run(args: Namespace) -> int:
    """Write the asked part in the asked format, N-Quads by default."""
    resources = find(args.graph)
    if args.part == "ontology":
        return emit_graph(_read(resources.ontology_files()), args, "nq")
    if args.part == "shapes":
        return emit_graph(_read(resources.shape_files()), args, "nq")
    release = open_release(resources)
    if args.part == "questions":
        questions = map(Question.from_json, release.index().values())
        return emit_graph(question_records(questions), args, "nq")
    return emit_graph(_quads(release, PARTS if args.part == "all" else (args.part,)), args, "nq")


def _quads(release: Release, parts: Iterable[str]) -> Iterator[ox.Quad]:
    for part in parts:
        yield from ox.parse(path=str(release.part(part)), format=ox.RdfFormat.N_QUADS)


def _read(files: Iterable[Path]) -> Iterator[ox.Quad]:
    return chain.from_iterable(map(read_rdf, files))
