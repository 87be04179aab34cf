"""The names that a graph knows, as they are written: of things, of vague times and amounts, of kinds and units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from bri_kg.names import BRI, QUANTITY, TIME, VOCABULARY
from bri_kg.stores.memory import Store
from bri_kg.texts.quantity_words import unit_patterns
from bri_kg.texts.suggestions.found_in_text import Lexicon, Name
from bri_kg.texts.workbook.known import Known

_NAMES: Final = """SELECT DISTINCT ?node ?name WHERE {
  { ?node skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name }
  UNION { ?claim a bri:NameClaim ; bri:hasSubject ?node ; bri:name ?name }
  FILTER (isIRI(?node) && isLiteral(?name)) FILTER NOT EXISTS { ?node owl:deprecated true } }"""
_THINGS: Final = frozenset(BRI + name for name in ("Actor", "Place", "Undertaking"))
_KIND: Final = VOCABULARY + "kind"
_UNIT: Final = VOCABULARY + "unit"
_NEAR: Final = 0.86  # as the check of a workbook has it


def lexicon_of(store: Store, known: Known) -> Lexicon:
    """Return what can be found in a text; `known` are the names of the same graph."""
    things, kinds = known.things(_THINGS), known.concepts(frozenset({_KIND}))
    units = known.concepts(frozenset({_UNIT}))
    names = [(str(row.value("node")), str(row.value("name"))) for row in store.select(_NAMES)]
    labels: dict[str, list[str]] = defaultdict(list)
    for node, name in names:
        if node in units:
            labels[node].append(name)
    return Lexicon(
        things=tuple(_of(names, things)),
        times=tuple(name for name in names if name[0].startswith(TIME)),
        amounts=tuple(name for name in names if name[0].startswith(QUANTITY)),
        kinds=tuple(_of(names, kinds)),
        units=unit_patterns(labels),
        classes={node: frozenset(known.classes_of(node)) for node in things},
        near=lambda name: tuple(known.near(name, things, at_least=_NEAR)),
    )


def _of(names: Iterable[Name], nodes: frozenset[str]) -> list[Name]:
    return [name for name in names if name[0] in nodes]
