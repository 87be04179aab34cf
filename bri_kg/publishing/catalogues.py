"""The OASIS XML catalogue of an ontology: which file an `owl:imports` means, so that Protégé opens it offline."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.names import PREFIXES
from bri_kg.rdf.parsing import read_rdf

FILE: Final = "catalog-v001.xml"
_TYPE = PREFIXES["rdf"] + "type"
_ONTOLOGY = PREFIXES["owl"] + "Ontology"
_VERSION = PREFIXES["owl"] + "versionIRI"


def catalogs(resources: Resources) -> dict[Path, str]:
    """Return the text of each catalogue by its path: one in every folder from which an ontology is opened.

    Protégé reads the one that lies beside the opened file and no other.
    """
    files = resources.ontology_files()
    folders = {path.parent for path in files if any(ontology_iris(path))}
    return {folder / FILE: _catalog(folder, files) for folder in sorted(folders)}


def _catalog(folder: Path, files: list[Path]) -> str:
    """Return a catalogue: each ontology and version IRI with its file, relative to the folder."""
    entries = sorted(
        (iri, Path(os.path.relpath(path, folder)).as_posix())
        for path in files
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
