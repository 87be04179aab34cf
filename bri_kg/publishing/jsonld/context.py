"""Make the JSON-LD 1.1 context of an ontology: a key for each class and property.

A key is the name of the term without a leading `is` or `has`: bri:isFoundedBy is `foundedBy`. The kind of
value comes from the range, "at most one" and the scheme of a concept from the shapes. IRIs stand in full: a
context with prefixes would shorten the identifiers of things too, and those are links.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import BRI, PREFIXES
from bri_kg.rdf.parsing import read_rdf
from bri_kg.stores.memory import Store

Definition = dict[str, Any]

# Everything has a name, but only a claim states one; and the source of a passage is what readers look for.
_KEYS: Final = {BRI + "name": "statedName", BRI + "isPassageOf": "source"}
# Reading against the arrow: from a thing to what speaks of it.
_REVERSE: Final = {
    "comparedIn": "compares",
    "contextOf": "hasContext",
    "evidenceOf": "evidence",
    "involvedIn": "involves",
    "states": "isStatedIn",
}
_TEXT: Final = {"@container": "@language"}
_TEXTS: Final = {"@container": ["@language", "@set"]}
_LINK: Final = {"@type": "@id"}
_LINKS: Final = {"@type": "@id", "@container": "@set"}
_MOMENT: Final = {"@type": PREFIXES["xsd"] + "dateTime"}
# Foreign properties that our own files use; the targets of alignments keep their IRIs.
_FOREIGN: Final[dict[str, tuple[str, Definition]]] = {
    "name": ("skos:prefLabel", _TEXT),
    "altLabel": ("skos:altLabel", _TEXTS),
    "hiddenLabel": ("skos:hiddenLabel", _TEXTS),
    "definition": ("skos:definition", _TEXT),
    "example": ("skos:example", _TEXTS),
    "scopeNote": ("skos:scopeNote", _TEXTS),
    "changeNote": ("skos:changeNote", _TEXTS),
    "broader": ("skos:broader", _LINKS),
    "inScheme": ("skos:inScheme", _LINK),
    "topConceptOf": ("skos:topConceptOf", _LINK),
    "exactMatch": ("skos:exactMatch", _LINKS),
    "closeMatch": ("skos:closeMatch", _LINKS),
    "broadMatch": ("skos:broadMatch", _LINKS),
    "narrowMatch": ("skos:narrowMatch", _LINKS),
    "relatedMatch": ("skos:relatedMatch", _LINKS),
    "abstract": ("dcterms:abstract", _TEXT),
    "bibliographicCitation": ("dcterms:bibliographicCitation", _TEXT),
    "created": ("dcterms:created", _MOMENT),
    "creator": ("dcterms:creator", _TEXTS),
    "issued": ("dcterms:issued", _MOMENT),
    "language": ("dcterms:language", {}),
    "license": ("dcterms:license", _LINK),
    "modified": ("dcterms:modified", _MOMENT),
    "publisher": ("dcterms:publisher", _TEXTS),
    "reference": ("dcterms:source", _LINKS),
    "replacedBy": ("dcterms:isReplacedBy", _LINKS),
    "title": ("dcterms:title", _TEXT),
    "homepage": ("foaf:homepage", _LINKS),
    "url": ("schema:url", _LINK),
    "definedBy": ("rdfs:isDefinedBy", _LINK),
    "domain": ("rdfs:domain", _LINKS),
    "range": ("rdfs:range", _LINKS),
    "seeAlso": ("rdfs:seeAlso", _LINKS),
    "subClassOf": ("rdfs:subClassOf", _LINKS),
    "subPropertyOf": ("rdfs:subPropertyOf", _LINKS),
    "deprecated": ("owl:deprecated", {"@type": PREFIXES["xsd"] + "boolean"}),
    "disjointWith": ("owl:disjointWith", _LINKS),
    "imports": ("owl:imports", _LINKS),
    "versionIRI": ("owl:versionIRI", _LINK),
    "versionInfo": ("owl:versionInfo", {}),
    "preferredNamespacePrefix": ("vann:preferredNamespacePrefix", {}),
    "preferredNamespaceUri": ("vann:preferredNamespaceUri", {}),
}
_FOREIGN_CLASSES: Final = {
    "AnnotationProperty": "owl:AnnotationProperty",
    "Class": "owl:Class",
    "Concept": "skos:Concept",
    "ConceptScheme": "skos:ConceptScheme",
    "DatatypeProperty": "owl:DatatypeProperty",
    "FunctionalProperty": "owl:FunctionalProperty",
    "ObjectProperty": "owl:ObjectProperty",
    "Ontology": "owl:Ontology",
    "SymmetricProperty": "owl:SymmetricProperty",
    "TransitiveProperty": "owl:TransitiveProperty",
}

_TERMS = """SELECT ?term ?kind ?range ?functional WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
  ?term a ?kind ; rdfs:isDefinedBy ?module .
  OPTIONAL { ?term rdfs:range ?range }
  BIND (EXISTS { ?term a owl:FunctionalProperty } AS ?functional) } ORDER BY ?term ?range"""
_SHAPES = """SELECT ?path ?class ?most ?scheme WHERE {
  ?shape sh:property ?part . ?part sh:path ?path .
  OPTIONAL { ?shape sh:targetClass ?class }
  OPTIONAL { ?part sh:maxCount ?most }
  OPTIONAL { ?part sh:node/sh:property ?in . ?in sh:path skos:inScheme ; sh:hasValue ?scheme }
  FILTER (isIRI(?path)) } ORDER BY ?path ?class ?scheme"""
_BELOW = "SELECT DISTINCT ?class ?above WHERE { ?class rdfs:subClassOf+ ?above }"
_CONCEPTS = "SELECT ?concept ?scheme WHERE { ?concept skos:inScheme ?scheme } ORDER BY ?concept"


def context_text(resources: Resources) -> str:
    """Return the file `context.jsonld` of an ontology."""
    document = {"@context": build_context(resources)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def build_context(resources: Resources) -> Definition:
    """Return the context of an ontology. Raises InputError when two terms would share a key."""
    files = (*resources.ontology_files(), *resources.shape_files())
    store = Store(quad for path in files for quad in read_rdf(path))
    shapes = _Shapes(store)
    classes: Definition = {key: _iri(name) for key, name in _FOREIGN_CLASSES.items()}
    properties: Definition = {
        key: {"@id": _iri(name), **rest} for key, (name, rest) in _FOREIGN.items()
    }
    for key, name in _REVERSE.items():
        properties[key] = {"@reverse": BRI + name, **_LINKS}
    for iri, kind, value_range, functional in _terms(store):
        key = _key(iri)
        table = classes if kind == "Class" else properties
        if key in table:
            raise InputError(
                code="BRI281",
                message=f"the key {key!r} would stand for two terms, one of them {iri}",
                fix="give one of them a key of its own in bri_kg/publishing/jsonld/context.py",
            )
        table[key] = iri if kind == "Class" else shapes.define(iri, kind, value_range, functional)
    for cls, scoped in shapes.scoped():
        classes[_key(cls)] = {"@id": cls, "@context": scoped}
    _tell_apart(classes, properties, shapes)
    keywords: Definition = {
        "@version": 1.1,
        "id": "@id",
        # Nothing but a plain alias: with a container, rdflib passes over what the classes scope.
        "type": "@type",
    }
    return {**keywords, **dict(sorted(classes.items())), **dict(sorted(properties.items()))}


class _Shapes:
    """What the shapes say of properties: at most one value, and the scheme of the concepts."""

    def __init__(self, store: Store) -> None:
        self._most: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._schemes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._concepts: dict[str, list[str]] = defaultdict(list)
        for row in store.select(_SHAPES):
            path, cls, most = str(row.value("path")), str(row.value("class")), row["most"]
            self._most[path].add((cls, most.value if isinstance(most, ox.Literal) else "many"))
            if row["scheme"] is not None:
                self._schemes[path][str(row.value("scheme"))].add(cls)
        self._below = {
            (str(row.value("class")), str(row.value("above"))) for row in store.select(_BELOW)
        }
        for row in store.select(_CONCEPTS):
            self._concepts[str(row.value("scheme"))].append(str(row.value("concept")))

    def _is_single(self, path: str) -> bool:
        """Return whether every class with a shape of the path has one that allows a single value, or inherits it."""
        tops = {cls for cls, most in self._most[path] if most == "1"}
        classes = {cls for cls, _ in self._most[path]}
        return bool(classes) and all(
            cls in tops or any((cls, top) in self._below for top in tops) for cls in classes
        )

    def colliding(self, scheme: str, keys: Iterable[str]) -> Definition:
        """Return the concepts of a scheme whose names are keys too: their scope must say which is meant."""
        vocabulary, taken = _vocabulary(scheme), set(keys)
        names = {iri.removeprefix(vocabulary): iri for iri in self._concepts[scheme]}
        return {name: iri for name, iri in names.items() if name in taken}

    def define(self, iri: str, kind: str, value_range: str | None, functional: bool) -> Definition:
        """Return the definition of one of our properties."""
        if kind == "DatatypeProperty":
            if value_range:
                return {"@id": iri, "@type": value_range}
            return {"@id": iri, **(_TEXT if iri in self._most else _TEXTS)}
        several = {} if functional or self._is_single(iri) else {"@container": "@set"}
        schemes = self._schemes.get(iri, {})
        if len(schemes) == 1:
            return {"@id": iri, **several, **_concepts(next(iter(schemes)))}
        return {"@id": iri, "@type": "@id", **several}

    def scoped(self) -> Iterator[tuple[str, Definition]]:
        """Yield, by class, the properties whose concepts come from a scheme that depends on the class."""
        found: dict[str, Definition] = defaultdict(dict)
        for path, schemes in sorted(self._schemes.items()):
            if len(schemes) < 2:
                continue
            for cls in sorted(set().union(*schemes.values())):
                mine = [scheme for scheme, classes in schemes.items() if cls in classes]
                if len(mine) == 1 and path.startswith(BRI) and cls.startswith(BRI):
                    several = {} if self._is_single(path) else {"@container": "@set"}
                    found[cls][_key(path)] = {"@id": path, **several, **_concepts(mine[0])}
        yield from sorted(found.items())


def _tell_apart(classes: Definition, properties: Definition, shapes: _Shapes) -> None:
    """Give the names that are keys outside to the concepts, within the scope of each scheme."""
    keys = {*classes, *properties, "id", "type"}
    scoped = [d.get("@context", {}) for d in classes.values() if isinstance(d, dict)]
    definitions = [*properties.values(), *(d for scope in scoped for d in scope.values())]
    for definition in definitions:
        scope = definition.get("@context")
        if scope:
            scope.update(shapes.colliding(scope["@vocab"].rstrip("/"), keys))


def _concepts(scheme: str) -> Definition:
    # The concept of a scheme by the last part of its name: "achieved", not an IRI.
    return {"@type": "@vocab", "@context": {"@vocab": _vocabulary(scheme)}}


def _vocabulary(scheme: str) -> str:
    return scheme.rstrip("/") + "/"


def _terms(store: Store) -> Iterable[tuple[str, str, str | None, bool]]:
    seen: set[str] = set()
    for row in store.select(_TERMS):
        iri = str(row.value("term"))
        if iri.startswith(BRI) and iri not in seen:
            seen.add(iri)
            value_range = str(row.value("range")) if row["range"] is not None else None
            functional = str(row.value("functional")).lower() == "true"
            yield iri, str(row.value("kind")).rpartition("#")[2], value_range, functional


def _key(iri: str) -> str:
    if iri in _KEYS:
        return _KEYS[iri]
    name = iri.removeprefix(BRI)
    match = re.fullmatch(r"(?:is|has)([A-Z])(.*)", name)
    return match[1].lower() + match[2] if match else name


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
