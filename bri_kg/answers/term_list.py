"""The terms that queries are written with: classes, properties and concepts, with what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.rdf.terms import Term
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded

MOST: Final = 5000
"""Of the terms of a store; one that has more is no ontology that somebody writes by."""


@dataclass(frozen=True)
class ListedTerm:
    """A class, property or concept (`kind`), with label and definition in one language, empty where there is none."""

    iri: str
    kind: str
    label: str
    definition: str


def listed_terms(store: Guarded, resources: Resources, lang: str) -> tuple[ListedTerm, ...]:
    """Return the terms of a store in the order of their IRIs, each once, `MOST` at most."""
    file = resources.queries / "answers" / "terms.rq"
    text = read_text(file, "a stored query")
    rows = store.select(text, {"lang": ox.Literal(lang)}, file=str(file), limit=4 * MOST)
    found: dict[str, ListedTerm] = {}
    for row in rows:
        iri = _text(row["term"])
        found.setdefault(
            iri, ListedTerm(iri, _text(row["kind"]), _text(row["label"]), _text(row["definition"]))
        )
    return tuple(islice(found.values(), MOST))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
