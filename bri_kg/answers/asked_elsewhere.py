"""Where a stored question has rows of things near to what was asked about, and which near question has some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from bri_kg.dataset.questions import Question, answered, default_bindings
from bri_kg.names import PREFIXES, expand
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Guarded

_BROADER = ox.NamedNode(PREFIXES["skos"] + "broader")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
Values = Mapping[str, ox.NamedNode | ox.Literal]


def rows_of_others(
    store: Guarded, question: Question, values: Values, node: str, others: Iterable[str]
) -> Iterator[tuple[str, int]]:
    """Yield the things that have rows when they stand in the place of one, each with how many."""
    for other in others:
        swapped = {n: ox.NamedNode(other) if _is(v, node) else v for n, v in values.items()}
        if count := len(answered(question, store, swapped, None).rows):
            yield other, count


def rows_of_near_questions(
    store: Guarded, near: Iterable[Question], node: str, lang: str
) -> Iterator[tuple[Question, str, int]]:
    """Yield the questions that have rows of a thing, with the parameter that takes it and how many rows."""
    for question in near:
        parameter = next((p for p in question.params if p.type == "iri"), None)
        others = (p for p in question.params if p is not parameter)
        if parameter is None or any(p.default is None for p in others):
            continue
        cls = expand(parameter.cls or "")
        if cls and ox.Quad(ox.NamedNode(node), _TYPE, ox.NamedNode(cls)) not in store.quads:
            continue
        own = default_bindings(question, lang) | {parameter.name: ox.NamedNode(node)}
        if count := len(answered(question, store, own, None).rows):
            yield question, parameter.name, count


def broader(store: Guarded, node: str) -> tuple[str, ...]:
    """Return the concepts that are directly broader than one."""
    found = store.quads.quads_for_pattern(ox.NamedNode(node), _BROADER, None)
    return tuple(sorted(q.object.value for q in found if isinstance(q.object, ox.NamedNode)))


def _is(value: Term, node: str) -> bool:
    return isinstance(value, ox.NamedNode) and value.value == node
