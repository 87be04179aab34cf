"""Where a stored question has rows of things near to what was asked about, and which near question has some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from bri_kg.answers.node_lookups import is_concept, linked, schemes_of, types_of
from bri_kg.answers.values_meant import wanted_by
from bri_kg.dataset.questions import Parameter, Question, answered, default_bindings
from bri_kg.names import PREFIXES, expand
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Guarded

_BROADER = ox.NamedNode(PREFIXES["skos"] + "broader")
_TOP = ox.NamedNode(PREFIXES["skos"] + "topConceptOf")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_MOST = 6
_MOST_TOPS = 24
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


def questions_of(
    store: Guarded, questions: Iterable[Question], node: str, lang: str
) -> tuple[tuple[Question, str, int], ...]:
    """Return the few questions that are made for what a node is and have rows of it, those of most rows first."""
    fitting = [one for one in questions if _is_made_for(store, one, node)]
    found = sorted(rows_of_near_questions(store, fitting, node, lang), key=lambda one: -one[2])
    return tuple(found[:_MOST])


def other_choices(
    store: Guarded, question: Question, values: Values, parameter: Parameter
) -> tuple[tuple[str, int], ...]:
    """Return the widest concepts of a vocabulary that have rows in place of the one given, each with how many."""
    given = values[parameter.name]
    schemes = schemes_of(store.quads, given.value)
    tops = sorted(
        quad.subject.value
        for scheme in schemes
        for quad in store.quads.quads_for_pattern(None, _TOP, ox.NamedNode(scheme))
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value != given.value
    )
    if len(tops) > _MOST_TOPS:
        return ()
    return tuple(rows_of_others(store, question, values, given.value, tops))


def linked_as_meant(store: Guarded, question: Question, node: str) -> tuple[str, ...]:
    """Return what stands in a fact with a thing and is what the question is asked of by default: a body's speaker."""
    found: tuple[str, ...] = ()
    for parameter in question.params:
        default = expand(parameter.default or "")
        if parameter.cls and default and not is_concept(store.quads, default):
            apart = types_of(store.quads, default) - types_of(store.quads, node)
            found += tuple(
                one
                for one in linked(store.quads, node)
                if apart and apart <= types_of(store.quads, one)
            )
    return found if len(found) <= _MOST else ()


def _is_made_for(store: Guarded, question: Question, node: str) -> bool:
    """Return whether the first parameter takes such a thing for its class or vocabulary."""
    parameter = next((p for p in question.params if p.type == "iri"), None)
    if parameter is None:
        return False
    wanted = wanted_by(store.quads, parameter)
    return bool(wanted.cls or wanted.schemes) and wanted.takes(store.quads, node)


def broader(store: Guarded, node: str) -> tuple[str, ...]:
    """Return the concepts that are directly broader than one."""
    found = store.quads.quads_for_pattern(ox.NamedNode(node), _BROADER, None)
    return tuple(sorted(q.object.value for q in found if isinstance(q.object, ox.NamedNode)))


def _is(value: Term, node: str) -> bool:
    return isinstance(value, ox.NamedNode) and value.value == node
