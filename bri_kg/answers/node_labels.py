"""The label of a node, looked up without a query: for answers that are told at once."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES

_NAMINGS: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label")


def label_of(store: ox.Store, node: str, lang: str) -> str | None:
    """Return a node's label in the language, else in English or without a language; None where it has none."""
    for naming in _NAMINGS:
        labels = {
            quad.object.language: quad.object.value
            for quad in store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(naming), None)
            if isinstance(quad.object, ox.Literal)
        }
        for wanted in (lang, "en", None):
            if wanted in labels:
                return labels[wanted]
    return None
