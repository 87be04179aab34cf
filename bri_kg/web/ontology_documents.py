"""The ontology as documents: the whole, its modules, alignments and shapes, and the versions that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.names import BASE, PREFIXES
from bri_kg.publishing.one_ontology import of_files, one_ontology
from bri_kg.rdf.parsing import read_rdf

ONTOLOGY: Final = BASE + "ontology"
SHAPES: Final = BASE + "shapes"
Read = Callable[[], list[ox.Quad]]

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_IS_ONTOLOGY: Final = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_VERSION: Final = ox.NamedNode(PREFIXES["owl"] + "versionIRI")


def ontology_documents(resources: Resources) -> dict[str, Read]:
    """Return what reads each document, by IRI: an ontology has one of its own and one of its version.

    Of older versions there is the whole ontology and nothing of a module alone.
    """
    documents: dict[str, Read] = {}
    for path in sorted((resources.ontology / "releases").glob("*.ttl")):
        documents[f"{ONTOLOGY}/{path.stem}"] = _reading([path])
    shapes = resources.shape_files()
    for path in (*resources.ontology_files(), *shapes):
        documents |= dict.fromkeys(_named_in(path), _reading([path]))
    # The umbrella only imports: whoever fetches it wants the terms.
    whole = [ONTOLOGY, *_named_in(resources.ontology / "bri.ttl")]
    return (
        documents
        | dict.fromkeys(whole, lambda: one_ontology(resources))
        | {SHAPES: _reading(shapes)}
    )


def _reading(paths: Iterable[Path]) -> Read:
    return lambda: list(of_files(paths))


def _named_in(path: Path) -> Iterator[str]:
    """Yield the IRI of the ontology in a file, and of its version."""
    if not path.is_file():
        return
    quads = list(read_rdf(path))
    headers = {q.subject for q in quads if q.predicate == _TYPE and q.object == _IS_ONTOLOGY}
    for quad in quads:
        if (
            quad.subject in headers
            and quad.predicate == _VERSION
            and isinstance(quad.object, ox.NamedNode)
        ):
            yield quad.object.value
    yield from (header.value for header in headers if isinstance(header, ox.NamedNode))
