"""The resources: the ontology file by file, and the pages on modelling and on SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bri_kg.dataset.resources import Resources, document
from bri_kg.errors import UsageError
from bri_kg.rdf.text_files import read_text

_PAGES: Final = {
    "sparql": "How to ask in SPARQL: prefixes, the shape of claims and facts, examples",
    "modelling": "How documents are modelled: claims, factuality, quantities, times, disagreement",
}
_MARKDOWN, _TURTLE = "text/markdown", "text/turtle"


@dataclass(frozen=True)
class Matter:
    """Something to read: its address, what it is called and told as, its media type and its file."""

    uri: str
    name: str
    about: str
    media_type: str
    file: Path

    def text(self) -> str:
        """Return what stands in it."""
        return read_text(self.file, "a resource")


def matters(resources: Resources) -> tuple[Matter, ...]:
    """Return all that there is to read, the pages first."""
    return (*_pages(), *_ontology(resources))


def matter(resources: Resources, uri: str) -> Matter:
    """Return what stands at an address. Raise UsageError where nothing does."""
    known = {one.uri: one for one in matters(resources)}
    if uri in known:
        return known[uri]
    raise UsageError("BRI854", f"there is no resource {uri[:200]!r}", fix="list the resources")


def _pages() -> Iterator[Matter]:
    for name, told in _PAGES.items():
        file = document(f"{name}.md")
        if file.is_file():
            yield Matter(f"bri-kg://docs/{name}", name, told, _MARKDOWN, file)


def _ontology(resources: Resources) -> Iterator[Matter]:
    for file in resources.ontology_files():
        place = file.relative_to(resources.ontology).with_suffix("").as_posix()
        room, _, name = place.rpartition("/")
        told = f"the ontology: {name} ({room})" if room else "the ontology: header and imports"
        yield Matter(f"bri-kg://ontology/{place}", name, told, _TURTLE, file)
