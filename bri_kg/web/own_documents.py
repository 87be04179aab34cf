"""What the server says of itself: the description of the service, of the dataset (VoID), and its questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.questions import Question
from bri_kg.publishing.catalogue_records import service, void
from bri_kg.publishing.question_records import question_records
from bri_kg.rdf.graphs import write_graph
from bri_kg.stores.memory import Store
from bri_kg.web.written_answers import TRIPLES, NotTakenError, Written

INDEX: Final = "questions.json"
SERVICE: Final = "service"
VOID: Final = "void"
EXAMPLES: Final = "examples"


def written_document(store: Store, folder: Path, name: str, format_name: str) -> Written:
    """Return a document: `void`, `examples`, or `service` and the address of the endpoint behind a space.

    `folder` is that of the store; the index of the questions lies beside it. Raise NotTakenError where the
    client takes no format of RDF.
    """
    if not format_name:
        raise NotTakenError(TRIPLES)
    body = write_graph(_quads(store, folder, name), format_name)
    return Written(TRIPLES, format_name, body)


def _quads(store: Store, folder: Path, name: str) -> Iterator[ox.Quad]:
    if name == EXAMPLES:
        index = json.loads((folder.parent / INDEX).read_text(encoding="utf-8"))
        return question_records(Question.from_json(data) for _, data in sorted(index.items()))
    if name == VOID:
        return void(store, (), "")
    return service(store, name.partition(" ")[2])
