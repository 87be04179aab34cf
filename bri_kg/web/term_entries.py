"""What a document of the ontology says of its terms, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.scope import in_language
from bri_kg.names import PREFIXES, shorten
from bri_kg.rdf.terms import Term
from bri_kg.web.explorer.page import Entry

_SKOS, _SH, _DCTERMS, _RDFS = (PREFIXES[name] for name in ("skos", "sh", "dcterms", "rdfs"))
_TYPE: Final = PREFIXES["rdf"] + "type"
_LABELS: Final = (_SKOS + "prefLabel", _SH + "name", _RDFS + "label", _DCTERMS + "title")
_NOTES: Final = (_SKOS + "definition", _SH + "message", _SH + "description")
Said = dict[str, dict[str, list[Term]]]


def entries(quads: Iterable[ox.Quad], lang: str) -> list[Entry]:
    """Return what is said of each node that is of some kind, by its IRI."""
    said = _said(quads)
    return [
        Entry(
            anchor=_anchor(iri),
            name=shorten(iri),
            label=_first(properties, _LABELS, lang),
            iri=iri,
            kinds=tuple(
                shorten(kind.value) for kind in properties[_TYPE] if isinstance(kind, ox.NamedNode)
            ),
            notes=tuple(
                note for name in _NOTES if (note := _first(properties, (name,), lang)) is not None
            ),
        )
        for iri, properties in sorted(said.items())
        if _TYPE in properties
    ]


def title_of(quads: Iterable[ox.Quad], iri: str, lang: str) -> str | None:
    """Return the title of a document, or of the ontology whose version it is."""
    return _of_header(quads, iri, _DCTERMS + "title", lang)


def abstract_of(quads: Iterable[ox.Quad], iri: str, lang: str) -> str | None:
    """Return the abstract of a document, as `title_of` its title."""
    return _of_header(quads, iri, _DCTERMS + "abstract", lang)


def _of_header(quads: Iterable[ox.Quad], iri: str, name: str, lang: str) -> str | None:
    titled = {node: said for node, said in _said(quads).items() if name in said}
    # Of several ontologies in one document, it is that of none.
    header = titled.get(iri) or (next(iter(titled.values())) if len(titled) == 1 else {})
    return _first(header, (name,), lang)


def _said(quads: Iterable[ox.Quad]) -> Said:
    said: Said = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            said[quad.subject.value][quad.predicate.value].append(quad.object)
    return said


def _first(properties: dict[str, list[Term]], names: Iterable[str], lang: str) -> str | None:
    for name in names:
        if found := in_language(properties.get(name, ()), lang):
            return found.value
    return None


def _anchor(iri: str) -> str:
    return iri.partition("#")[2] or iri.rpartition("/")[2]
