"""`bri-kg export`: the graph, or a part of it, for another tool."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.files import read_rdf
from bri_kg.output import emit_graph
from bri_kg.questions import Question
from bri_kg.records import question_records
from bri_kg.release import PARTS, open_release
from bri_kg.resources import Resources, find


def run(args: Namespace) -> int:
    """Write the asked part in the asked format, N-Quads by default; JSON-LD under the ontology's context."""
    from bri_kg.jsonld import dataset_document, read_context

    resources = find(args.graph)
    quads = _quads(args.part, resources)
    return emit_graph(
        quads, args, "nq", lambda kept: dataset_document(kept, read_context(resources))
    )


def _quads(part: str, resources: Resources) -> Iterable[ox.Quad]:
    if part == "ontology":
        return (quad for path in resources.ontology_files() for quad in read_rdf(path))
    if part == "shapes":
        return (quad for path in resources.shape_files() for quad in read_rdf(path))
    if part == "questions":
        index = open_release(resources).index()
        return question_records(map(Question.from_json, index.values()))
    return _released(PARTS if part == "all" else (part,), resources)


def _released(parts: Iterable[str], resources: Resources) -> Iterator[ox.Quad]:
    release = open_release(resources)
    for part in parts:
        yield from ox.parse(path=str(release.part(part)), format=ox.RdfFormat.N_QUADS)
