"""The alignments as SSSOM tables: one a foreign vocabulary, a row a triple from a term of ours to one of theirs.

SSSOM is the Simple Standard for Sharing Ontological Mappings; the form is its TSV serialization with the
metadata in front, as YAML behind `#`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import BASE, BRI, PREFIXES, shorten
from bri_kg.rdf.parsing import read_rdf

ENDING: Final = ".sssom.tsv"
PREDICATES: Final = frozenset(
    [
        PREFIXES["rdfs"] + "subClassOf",
        PREFIXES["rdfs"] + "subPropertyOf",
        PREFIXES["owl"] + "equivalentClass",
        PREFIXES["owl"] + "equivalentProperty",
        *(PREFIXES["skos"] + f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    ]
)  # fmt: skip
_SEMAPV: Final = "https://w3id.org/semapv/vocab/"
_KINDS: Final = {
    PREFIXES["owl"] + "Class": "owl class",
    PREFIXES["owl"] + "ObjectProperty": "owl object property",
    PREFIXES["owl"] + "DatatypeProperty": "owl data property",
    PREFIXES["owl"] + "AnnotationProperty": "owl annotation property",
}
_WITHOUT_KIND: Final = "rdfs resource"


@dataclass(frozen=True, order=True)
class Mapping:
    """A row: its fields are the columns, as SSSOM names them."""

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    mapping_justification: str
    subject_type: str
    object_type: str


def tables(resources: Resources) -> dict[str, str]:
    """Return the text of each table by the name of its file: `org.ttl` gives `org.sssom.tsv`.

    Raises InputError when an alignment maps to something without a prefix of ours.
    """
    known = [quad for path in resources.ontology_files() for quad in read_rdf(path)]
    labels = {
        q.subject.value: q.object.value
        for q in known
        if q.predicate.value == PREFIXES["skos"] + "prefLabel"
        and isinstance(q.subject, ox.NamedNode)
        and isinstance(q.object, ox.Literal)
        and q.object.language == "en"
    }
    kinds = {
        q.subject.value: _KINDS[q.object.value]
        for q in known
        if isinstance(q.subject, ox.NamedNode)
        and isinstance(q.object, ox.NamedNode)
        and q.object.value in _KINDS
    }
    return {
        path.stem + ENDING: _table(path, labels, kinds)
        for path in sorted((resources.ontology / "alignments").glob("*.ttl"))
    }


def mapping_triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of an alignment that map: a term of ours, a mapping predicate, a term of theirs."""
    for quad in quads:
        if (
            quad.predicate.value in PREDICATES
            and isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith(BRI)
            and isinstance(quad.object, ox.NamedNode)
            and not quad.object.value.startswith(BASE)
        ):
            yield quad


def _table(path: Path, labels: dict[str, str], kinds: dict[str, str]) -> str:
    quads = list(read_rdf(path))
    rows = sorted(
        Mapping(
            subject_id=_curie(str(quad.subject.value), path),  # type: ignore[union-attr]
            subject_label=labels.get(str(quad.subject.value), ""),  # type: ignore[union-attr]
            predicate_id=_curie(quad.predicate.value, path),
            object_id=_curie(str(quad.object.value), path),  # type: ignore[union-attr]
            mapping_justification="semapv:ManualMappingCuration",
            subject_type=kinds.get(str(quad.subject.value), _WITHOUT_KIND),  # type: ignore[union-attr]
            object_type=kinds.get(str(quad.object.value), _WITHOUT_KIND),  # type: ignore[union-attr]
        )
        for quad in mapping_triples(quads)
    )
    lines = [
        *_metadata(path.stem, quads, rows),
        "\t".join(field.name for field in fields(Mapping)),
        *("\t".join(astuple(row)) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _metadata(name: str, quads: list[ox.Quad], rows: list[Mapping]) -> Iterator[str]:
    said = {q.predicate.value: q.object.value for q in quads if isinstance(q.object, ox.NamedNode)}
    titles = (
        q.object.value
        for q in quads
        if isinstance(q.object, ox.Literal)
        and q.predicate.value == PREFIXES["dcterms"] + "title"
        and q.object.language == "en"
    )
    used = {
        value.partition(":")[0] for row in rows for value in (row.subject_id, row.predicate_id, row.object_id)
    }  # fmt: skip
    yield "# curie_map:"
    for prefix in sorted(used | {"semapv"}):
        yield f"#   {prefix}: {_text(PREFIXES.get(prefix, _SEMAPV))}"
    pairs = {
        "mapping_set_id": f"{BASE}ontology/sssom/{name}{ENDING}",
        "mapping_set_version": __version__,
        "mapping_set_title": next(titles, name),
        "license": said.get(PREFIXES["dcterms"] + "license", ""),
    }
    for key, value in pairs.items():
        if value:
            yield f"# {key}: {_text(value)}"
    lists = {
        "creator_label": "The bri-kg project",
        "mapping_set_source": f"{BASE}ontology/alignment/{name}",
        "see_also": said.get(PREFIXES["rdfs"] + "seeAlso", ""),
    }
    for key, value in lists.items():
        if value:
            yield f"# {key}:"
            yield f"#   - {_text(value)}"


def _text(value: str) -> str:
    # A JSON string is a YAML string.
    return json.dumps(value, ensure_ascii=False)


def _curie(iri: str, path: Path) -> str:
    short = shorten(iri)
    if short == iri:
        raise InputError(
            code="BRI282",
            file=str(path),
            message=f"<{iri}> has no prefix, and a table of mappings takes no full IRIs",
            fix="give its namespace a prefix in bri_kg/names.py",
        )
    return short
