"""Terms that a store uses and does not describe, and names of earlier releases, told by SELECT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from bri_kg.checking.retired_terms import retired_terms
from bri_kg.checking.store_data import NODES, in_parts, listed, paged
from bri_kg.checking.unknown_terms import BUILT_IN, NAMES_NO_NODE, Unknown, Use, told_unknown
from bri_kg.findings import Finding
from bri_kg.names import BASE, PREFIXES, is_named_here
from bri_kg.rdf.rows import python_value
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Guarded

_REPLACED_BY: Final = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")
_NO_NODE: Final = ", ".join(f"<{iri}>" for iri in sorted(NAMES_NO_NODE))
_UNDESCRIBED: Final = "FILTER NOT EXISTS { ?node ?said ?ofIt }"
_OURS: Final = f'STRSTARTS(STR(?node), "{BASE}")'
_KINDS: Final = (
    "owl:Class, rdfs:Class, rdf:Property, owl:ObjectProperty, owl:DatatypeProperty, "
    "owl:AnnotationProperty, rdfs:Datatype"
)
# Where each is looked for, and whether it is a word there.
_PLACES: Final = (
    (f"?s ?node ?o . FILTER ({_OURS}) {_UNDESCRIBED}", True),
    (f"?s a ?node . FILTER ({_OURS}) {_UNDESCRIBED}", True),
    (f"?s ?p ?node . FILTER ({_OURS} && ?p NOT IN ({_NO_NODE})) {_UNDESCRIBED}", False),
    (f"?s ?node ?o . FILTER (!{_OURS}) {_UNDESCRIBED}", True),
    (f"?s a ?node . FILTER (!{_OURS}) {_UNDESCRIBED}", True),
)
_USES: Final = f"""SELECT ?node (COUNT(DISTINCT ?s) AS ?nodes)
  (MIN(IF(isIRI(?s), STR(?s), "~")) AS ?first) WHERE {{
  VALUES ?node {{ %s }}
  {{ ?s ?node ?o }} UNION {{ ?s ?p ?node . FILTER (?p NOT IN ({_NO_NODE})) }}
}} GROUP BY ?node"""


def unknown_in(store: Guarded, lang: str) -> Iterator[Unknown]:
    """Yield each term of ours that the store does not describe, and foreign words like one that it declares."""
    words: dict[str, bool] = {}
    for pattern, is_word in _PLACES:
        for term in paged(store, pattern):
            if not term.value.startswith(BUILT_IN):
                words[term.value] = words.get(term.value, False) or is_word
    if words:
        uses = sorted(_uses(store, words), key=lambda use: use.term)
        yield from told_unknown(uses, _known(store, words), strict=False, lang=lang)


def _uses(store: Guarded, words: Mapping[str, bool]) -> Iterator[Use]:
    for some in in_parts(map(ox.NamedNode, words), NODES):
        for node, nodes, first in store.select(_USES % listed(some)).rows:
            assert node is not None
            number = python_value(nodes)
            assert isinstance(number, int)
            yield Use(node.value, words[node.value], "" if first is None else first.value, number)


def _known(store: Guarded, words: Iterable[str]) -> Iterator[str]:
    """Yield names that an unknown one may be meant for: those in its namespace, and declared foreign words."""
    spaces = {word[: max(word.rfind("/"), word.rfind("#")) + 1] for word in words}
    for space in sorted(space for space in spaces if is_named_here(space)):
        pattern = f'?node ?p ?o . FILTER (STRSTARTS(STR(?node), "{space}"))'
        yield from (node.value for node in paged(store, pattern))
    pattern = f"?node a ?kind . FILTER (?kind IN ({_KINDS}))"
    yield from (node.value for node in paged(store, pattern))


def retired_in(store: Guarded) -> Iterator[Finding]:
    """Yield a warning for each use of a name of an earlier release."""
    query = f"SELECT DISTINCT ?node ?new WHERE {{ ?node {_REPLACED_BY} ?new . FILTER ({_OURS} && isIRI(?new)) }}"
    replaced = [
        ox.Quad(old, _REPLACED_BY, new)
        for old, new in store.select(query).rows
        if isinstance(old, ox.NamedNode) and isinstance(new, ox.NamedNode)
    ]
    names = dict.fromkeys(quad.subject for quad in replaced)
    yield from retired_terms(_uses_of(store, names), replaced)  # type: ignore[arg-type]


def _uses_of(store: Guarded, names: Iterable[Term]) -> Iterator[ox.Quad]:
    for some in in_parts(names, NODES):
        for pattern in ("?s ?p ?node . BIND (?node AS ?o)", "?s ?node ?o . BIND (?node AS ?p)"):
            query = (
                f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?node {{ {listed(some)} }} {pattern} }}"
            )
            for s, p, o in store.select(query).rows:
                yield ox.Quad(s, p, o)  # type: ignore[arg-type]
