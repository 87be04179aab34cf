"""The ontology as one ontology, for tools that read one file and follow no imports, or know no SKOS.

It has the header of the umbrella and no imports; terms are defined by it, and not by the module that they stand
in. Labels and definitions stand a second time as `rdfs:label` and `rdfs:comment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import read_rdf

_UMBRELLA: Final = ox.NamedNode(BASE + "ontology")
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_ONTOLOGY: Final = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_IMPORTS: Final = ox.NamedNode(PREFIXES["owl"] + "imports")
_DEFINED_BY: Final = ox.NamedNode(PREFIXES["rdfs"] + "isDefinedBy")
_PLAINLY: Final = {
    ox.NamedNode(PREFIXES[prefix] + name): ox.NamedNode(PREFIXES["rdfs"] + plain)
    for prefix, name, plain in (
        ("skos", "prefLabel", "label"),
        ("skos", "definition", "comment"),
        ("dcterms", "title", "label"),
        ("dcterms", "abstract", "comment"),
    )
}


def of_files(paths: Iterable[Path]) -> Iterator[ox.Quad]:
    """Yield the triples of Turtle files, with labels of blank nodes that are the same in every run."""
    labels = StableLabels()
    return (quad for path in paths for quad in labels.of(read_rdf(path)))


def one_ontology(resources: Resources) -> list[ox.Quad]:
    """Return the umbrella, modules, vocabularies and alignments as one ontology."""
    return merged(list(of_files(resources.ontology_files())), _UMBRELLA)


def merged(quads: list[ox.Quad], umbrella: ox.NamedNode) -> list[ox.Quad]:
    """Return the triples of several ontologies as those of one, which keeps the header of `umbrella`."""
    headers = {q.subject for q in quads if q.predicate == _TYPE and q.object == _ONTOLOGY}
    others = headers - {umbrella}
    kept = [
        _defined_by(umbrella, quad) if quad.object in others else quad
        for quad in quads
        if quad.subject not in others and quad.predicate != _IMPORTS
    ]
    plainly = [
        ox.Quad(quad.subject, _PLAINLY[quad.predicate], quad.object)
        for quad in kept
        if quad.predicate in _PLAINLY
    ]
    return kept + plainly


def _defined_by(umbrella: ox.NamedNode, quad: ox.Quad) -> ox.Quad:
    return (
        ox.Quad(quad.subject, quad.predicate, umbrella) if quad.predicate == _DEFINED_BY else quad
    )
