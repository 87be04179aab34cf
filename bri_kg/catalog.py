"""The OASIS XML catalogue of an ontology: which file an `owl:imports` means, so that Protégé opens it offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from bri_kg.files import read_rdf
from bri_kg.names import PREFIXES
from bri_kg.resources import Resources

FILE: Final = "catalog-v001.xml"
_TYPE = PREFIXES["rdf"] + "type"
_ONTOLOGY = PREFIXES["owl"] + "Ontology"
_VERSION = PREFIXES["owl"] + "versionIRI"


def catalog_text(resources: Resources) -> str:
    """Return the file `catalog-v001.xml`: each ontology and version IRI with its file, relative to it."""
    entries = sorted(
        (iri, path.relative_to(resources.ontology).as_posix())
        for path in resources.ontology_files()
        for iri in ontology_iris(path)
    )
    lines = (
        f'    <uri id="bri-kg" name={quoteattr(iri)} uri={quoteattr(file)}/>\n'
        for iri, file in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f"{''.join(lines)}</catalog>\n"
    )


def ontology_iris(path: Path) -> Iterator[str]:
    """Yield the IRI of the ontology that a file holds, and of its version."""
    for quad in read_rdf(path):
        is_ontology = quad.predicate.value == _TYPE and quad.object == ox.NamedNode(_ONTOLOGY)
        if is_ontology and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value
        if quad.predicate.value == _VERSION and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value
