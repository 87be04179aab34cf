"""What is known of a node, looked up by pattern or one small query: for answers that are told at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.names import BRI, CLAIM, PREFIXES
from bri_kg.stores.selecting import Guarded, Quads

_NAMINGS: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label")
_MEANINGS: Final = (PREFIXES["skos"] + "definition", PREFIXES["rdfs"] + "comment")
_EVIDENCE: Final = ox.NamedNode(BRI + "evidence")
_FACTUALITY: Final = ox.NamedNode(BRI + "factuality")
_POSITION: Final = BRI + "PositionClaim"
_SUBJECT, _ROLE, _OBJECT = (
    ox.NamedNode(BRI + name) for name in ("hasSubject", "role", "hasObject")
)
_OPEN_LIST: Final = ox.NamedNode(BRI + "openList")
_SCHEME: Final = ox.NamedNode(PREFIXES["skos"] + "inScheme")
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_MOST_READ: Final = 100_000  # in a store of millions
_IS_COMPARED: Final = (
    "ASK {{ {{ SELECT ?claim WHERE {{ ?claim ?part {node} }} LIMIT {most} }}"
    " ?comparison bri:compares ?claim }}"
)


def label_of(store: Quads, node: str, lang: str) -> str | None:
    """Return a node's label in the language, else in English or without a language; None where it has none."""
    return _text(store, node, _NAMINGS, (lang, "en", None))


def meaning_of(store: Quads, node: str, lang: str) -> str | None:
    """Return what a node is defined as in the language, or in none; None where it is not defined so."""
    return _text(store, node, _MEANINGS, (lang, None))


def claims_that_name(store: Quads, node: str) -> list[str]:
    """Return the claims that name a node, as far as a bounded look shows them."""
    naming = islice(store.quads_for_pattern(None, None, ox.NamedNode(node)), _MOST_READ)
    subjects = {quad.subject.value for quad in naming if isinstance(quad.subject, ox.NamedNode)}
    return sorted(one for one in subjects if _values(store, one, _EVIDENCE))


def factualities(store: Quads, claims: Iterable[str]) -> set[str]:
    """Return how far what some claims say has come about, by IRI."""
    return {value for one in claims for value in _values(store, one, _FACTUALITY)}


def has_open_list(store: Quads, claims: Iterable[str]) -> bool:
    """Return whether one of some claims gives a list that is open."""
    return any("true" in _values(store, one, _OPEN_LIST) for one in claims)


def claims_naming(store: Quads, node: str) -> int:
    """Return how many claims name a node, as far as a bounded look shows them."""
    return len(claims_that_name(store, node))


def is_concept(store: Quads, node: str) -> bool:
    """Return whether a node is a concept of a vocabulary."""
    return ox.Quad(ox.NamedNode(node), _TYPE, ox.NamedNode(PREFIXES["skos"] + "Concept")) in store


def schemes_of(store: Quads, node: str) -> set[str]:
    """Return the vocabularies that a concept stands in."""
    return _values(store, node, _SCHEME)


def types_of(store: Quads, node: str) -> set[str]:
    """Return the classes of a node."""
    return _values(store, node, _TYPE)


def linked(store: Quads, node: str) -> tuple[str, ...]:
    """Return what stands in a triple of the default graph with a node, claims apart."""
    own, graph = ox.NamedNode(node), ox.DefaultGraph()
    pairs: list[object] = [q.subject for q in store.quads_for_pattern(None, None, own, graph)]
    pairs += [q.object for q in store.quads_for_pattern(own, None, None, graph)]
    nodes = {one.value for one in islice(pairs, _MOST_READ) if isinstance(one, ox.NamedNode)}
    return tuple(sorted(one for one in nodes if not one.startswith(CLAIM)))


def posts_of(store: Quads, node: str, lang: str) -> tuple[str, ...]:
    """Return the posts that claims give to somebody, each with the body that it is in."""
    found = []
    for claim in claims_that_name(store, node):
        if _POSITION in types_of(store, claim) and node in _values(store, claim, _SUBJECT):
            parts = (*_values(store, claim, _ROLE), *_values(store, claim, _OBJECT))
            found.append(", ".join(label_of(store, one, lang) or one for one in parts))
    return tuple(dict.fromkeys(found))


def is_compared(store: Guarded, node: str) -> bool:
    """Return whether a claim that names a node is compared, as far as a bounded look shows it."""
    return bool(store.evaluate(_IS_COMPARED.format(node=ox.NamedNode(node), most=_MOST_READ)))


def instances_of(store: Quads, cls: str) -> list[str]:
    """Return the IRIs of the instances of a class, sorted, as far as a bounded look shows them."""
    typed = islice(store.quads_for_pattern(None, _TYPE, ox.NamedNode(cls)), _MOST_READ)
    return sorted({q.subject.value for q in typed if isinstance(q.subject, ox.NamedNode)})


def _text(
    store: Quads, node: str, properties: Iterable[str], langs: Iterable[str | None]
) -> str | None:
    for one in properties:
        texts = {
            quad.object.language: quad.object.value
            for quad in store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(one), None)
            if isinstance(quad.object, ox.Literal)
        }
        for wanted in langs:
            if wanted in texts:
                return texts[wanted]
    return None


def _values(store: Quads, node: str, prop: ox.NamedNode) -> set[str]:
    found = store.quads_for_pattern(ox.NamedNode(node), prop, None)
    return {q.object.value for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)}
