"""Which properties name, define or describe terms, whatever they are called, and which terms are retired.

The graph `<urn:bri-kg:words>` holds
    ?property rdfs:subPropertyOf rdfs:label        for a property that gives a term its name,
    ?property rdfs:subPropertyOf skos:definition   for one that defines it, or says with what its definition stands,
    ?property rdfs:subPropertyOf rdfs:comment      for one that describes it,
    ?property rdfs:subPropertyOf skos:note         for one that gives a note,
    ?term owl:deprecated true                      for a term that is deprecated or replaced by another.

A property is known by its local name, by its label where a file gives one, and by what it is a
sub-property of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.names import PREFIXES

WORDS: Final = ox.NamedNode("urn:bri-kg:words")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_ABOVE = ox.NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_COMMENT = ox.NamedNode(PREFIXES["rdfs"] + "comment")
_DEFINITION = ox.NamedNode(PREFIXES["skos"] + "definition")
_NOTE = ox.NamedNode(PREFIXES["skos"] + "note")
_DEPRECATED = ox.NamedNode(PREFIXES["owl"] + "deprecated")
_TRUE = ox.Literal(value=True)
_RETIRED_KINDS = {PREFIXES["owl"] + name for name in ("DeprecatedClass", "DeprecatedProperty")}
_REPLACED = re.compile(r"(is)?(replaced|superseded)by|termreplacedby|IAO_0100001", re.IGNORECASE)
_OF_SOMETHING_ELSE = re.compile(r"deprecat|obsol|version|change|licen|alternative", re.IGNORECASE)
# The kinds of words in the order in which a name is held against them; spaces and marks are left out of it.
_KINDS: Final = (
    (_LABEL, re.compile(r"(has|preferred|pref|main|display|rdfs)?(label|name|title)", re.IGNORECASE)),
    (_DEFINITION, re.compile(r".*(definition|elucidation)s?(with)?|IAO_0000(115|600)", re.IGNORECASE)),
    (_COMMENT, re.compile(r".*(description|comment|meaning|explanation|gloss)s?", re.IGNORECASE)),
    (_NOTE, re.compile(r".*notes?|IAO_0000(116|232)", re.IGNORECASE)),
)  # fmt: skip


def read_words(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of `<urn:bri-kg:words>` for some triples."""
    quads = list(quads)
    for property_, kind in _kinds(quads).items():
        yield ox.Quad(property_, _ABOVE, kind, WORDS)
    for term in {quad.subject for quad in quads if _retires(quad)}:
        yield ox.Quad(term, _DEPRECATED, _TRUE, WORDS)


def _kinds(quads: Iterable[ox.Quad]) -> dict[ox.NamedNode, ox.NamedNode]:
    """Return the kind of words that each property in use gives."""
    used = {quad.predicate for quad in quads}
    labels: dict[object, list[str]] = {}
    below: dict[object, list[ox.NamedNode]] = {}
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        if (
            quad.predicate == _LABEL
            and quad.subject in used
            and isinstance(quad.object, ox.Literal)
        ):
            labels.setdefault(quad.subject, []).append(quad.object.value)
        elif quad.predicate == _ABOVE:
            below.setdefault(quad.object, []).append(quad.subject)
    found = {
        property_: kind
        for property_ in used
        if (kind := _kind([_local_name(property_.value), *labels.get(property_, ())]))
    }
    # What lies below a comment may be any remark; below a name or a definition is another one.
    todo = [(one, kind) for one, kind in found.items() if kind in (_LABEL, _DEFINITION)]
    todo += [(kind, kind) for kind in (_LABEL, _DEFINITION)]
    for above, kind in todo:
        for property_ in below.get(above, ()):
            if property_ not in found:
                found[property_] = kind
                todo.append((property_, kind))
    return found


def _kind(names: Iterable[str]) -> ox.NamedNode | None:
    for name in names:
        plain = re.sub(r"[\s.-]", "", name)
        if _OF_SOMETHING_ELSE.search(plain):
            continue
        kind = next((kind for kind, pattern in _KINDS if pattern.fullmatch(plain)), None)
        if kind:
            return kind
    return None


def _local_name(iri: str) -> str:
    return re.sub(r"^.*[#/:]", "", iri)


def _retires(quad: ox.Quad) -> bool:
    """Return whether a triple says that its subject is deprecated, or what is to be used instead."""
    if not isinstance(quad.subject, ox.NamedNode):
        return False
    if quad.predicate == _TYPE:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value in _RETIRED_KINDS
    name = _local_name(quad.predicate.value)
    if name == "deprecated":
        return isinstance(quad.object, ox.Literal) and quad.object.value.lower() in ("true", "1")
    return bool(_REPLACED.fullmatch(name)) and not isinstance(quad.object, ox.BlankNode)
