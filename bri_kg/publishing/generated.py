"""The files of the ontology and the documentation that follow from others, and which of them are stale.

catalog-v001.xml   where each ontology IRI is found, for Protégé, in every folder with an ontology
context.jsonld     the JSON-LD context
sssom/*.sssom.tsv  the alignments as tables
releases/*.ru      the update that moves data of the last release to this one
docs/stores.md     what each triple store answers
"""

from __future__ import annotations

from pathlib import Path

from bri_kg.dataset.resources import Resources
from bri_kg.publishing.catalogues import catalogs
from bri_kg.publishing.jsonld import context_text
from bri_kg.publishing.jsonld.definitions import FILE as CONTEXT
from bri_kg.publishing.release_updates import updates
from bri_kg.publishing.sssom import ENDING, tables
from bri_kg.publishing.store_pages import store_pages


def generated(resources: Resources) -> dict[Path, bytes]:
    """Return every generated file with what it should hold."""
    ontology = resources.ontology
    texts = {
        **catalogs(resources),
        ontology / CONTEXT: context_text(resources),
        **{ontology / "sssom" / name: text for name, text in tables(resources).items()},
        **{ontology / "releases" / name: text for name, text in updates(resources).items()},
        **store_pages(resources.base.graph.parent / "docs"),
    }
    return {path: text.encode() for path, text in texts.items()}


def stale(resources: Resources) -> list[Path]:
    """Return the generated files that are missing, differ, or come from an alignment that is gone."""
    wanted = generated(resources)
    differ = [p for p, data in wanted.items() if not p.is_file() or p.read_bytes() != data]
    left = set((resources.ontology / "sssom").glob(f"*{ENDING}")) - wanted.keys()
    return [*differ, *sorted(left)]
