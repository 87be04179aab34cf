"""JSON-LD 1.1 for web developers: the context of the ontology, plain JSON under it, one thing as a tree."""

from __future__ import annotations

from bri_kg.publishing.jsonld.compact import dataset_document
from bri_kg.publishing.jsonld.context import build_context, context_text
from bri_kg.publishing.jsonld.definitions import Context, read_context
from bri_kg.publishing.jsonld.frames import (
    Description,
    describe,
    frame_document,
    linked_document,
)

__all__ = [
    "Context",
    "Description",
    "build_context",
    "context_text",
    "dataset_document",
    "describe",
    "frame_document",
    "linked_document",
    "read_context",
]
