"""What is written of a graph: all that has an IRI of ours, of a store of the user's what it says most of."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.parameter_choices import choices
from bri_kg.dataset.questions import Parameter, Question, answered
from bri_kg.errors import BriKgError, InputError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, IN_STORES, expand, shorten
from bri_kg.publishing.question_records import QUESTION
from bri_kg.web.explorer.other_answers import Answers, Choice
from bri_kg.web.linked_library import Library
from bri_kg.web.written.file_names import document_of

_DEFAULT: Final = ox.DefaultGraph()
_NAMES: Final = frozenset(
    expand(name)
    for name in ("rdfs:label", "skos:prefLabel", "schema:name", "foaf:name", "dcterms:title")
) | {"http://schema.org/name", "http://purl.org/dc/elements/1.1/title"}
# What has an IRI under `id/` but is a value, a note or a judgement of the editors.
_ENTITY: Final = re.compile(
    re.escape(f"{BASE}id/") + "(?!(comparison|note|quantity|reference|time)/)[a-z]+/"
)
LANGUAGES: Final = ("en", "zh")


@dataclass(frozen=True)
class Things:
    """The IRIs of which there is a page, and the number of those left out."""

    written: tuple[str, ...]
    left_out: int


def things_of(graph: KnowledgeGraph, library: Library, most: int | None) -> Things:
    """Return the things that a copy of this graph tells of, `most` of them at most, with names first."""
    documents = {*library.ontologies, *(QUESTION + name for name in graph.questions)}
    if not graph.is_given:
        documents |= {one for one in _named_by_us(graph) if not one.startswith(IN_STORES)}
        kept = sorted(documents)
        return Things(tuple(kept[:most]), len(kept[most:]) if most is not None else 0)
    best = _Best(most)
    for iri, (is_named, said) in _subjects(graph):
        best.offer((not is_named, -said, iri))
    return Things(tuple(sorted({*documents, *best.kept()})), best.seen - len(best.kept()))


def questions_of(graph: KnowledgeGraph) -> tuple[str, ...]:
    """Return the names of the questions that the dataset holds an answer to: all, or none."""
    try:
        graph.require_dataset()
    except InputError:
        return ()
    return tuple(graph.questions)


def answers_of(graph: KnowledgeGraph, question: Question) -> tuple[Answers, ...]:
    """Return, of each parameter of a question, which of its choices have an answer, the others at their default."""
    if any(one.default is None for one in question.params):
        return ()
    return tuple(_answers(graph, question, one) for one in question.params)


def _answers(graph: KnowledgeGraph, question: Question, parameter: Parameter) -> Answers:
    found: list[Choice] = []
    empty: list[Choice] = []
    for value, labels in _choices(graph, parameter):
        if value == parameter.default:
            continue
        try:
            values = graph.bind(question, {parameter.name: value}, LANGUAGES[0])
            rows = len(answered(question, graph.guarded, values, None).rows)
        except BriKgError:  # a value that cannot be asked for is no choice
            continue
        (found if rows else empty).append(Choice(value, labels, rows))
    default = None if parameter.default is None else str(parameter.default)
    return Answers(parameter.name, default, tuple(found), tuple(empty))


def _choices(graph: KnowledgeGraph, parameter: Parameter) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each value with its name in each language, in the order of the English ones.

    Where the question names no class, they are what may be asked of in the place of the default.
    """
    named = {
        lang: {one["value"]: one["label"] for one in choices(graph, parameter, lang)["choices"]}
        for lang in LANGUAGES
    }
    if not named["en"] and parameter.type == "iri" and parameter.cls is None:
        named = _beside_default(graph, expand(parameter.default or "") or "")
    for value, label in sorted(named["en"].items(), key=lambda pair: (pair[1], pair[0])):
        yield value, {"en": label, "zh": named["zh"].get(value, label)}


def _beside_default(graph: KnowledgeGraph, default: str) -> dict[str, dict[str, str]]:
    """Return the names of what is of the sort of the default: terms of the ontology, or what claims speak of."""
    is_term = default.startswith(BRI)
    sort = [
        one
        for one in sorted(set(_named_by_us(graph)))
        if (one.startswith(BRI) if is_term else _ENTITY.match(one))
    ]
    store = graph.guarded.quads
    return {
        lang: {shorten(one): label for one in sort if (label := label_of(store, one, lang))}
        for lang in LANGUAGES
    }


def _named_by_us(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the IRIs of ours that the dataset says anything of: of documents and terms, not of passages."""
    for quad in graph.guarded.quads.quads_for_pattern(None, None, None, _DEFAULT):
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
                yield document_of(term.value)


def _subjects(graph: KnowledgeGraph) -> Iterator[tuple[str, tuple[bool, int]]]:
    """Yield what the store speaks of: whether it has a name, and how many triples tell of it.

    The store gives its triples by subject, so that nothing is kept.
    """
    quads = graph.guarded.quads.quads_for_pattern(None, None, None, _DEFAULT)
    for subject, said in groupby(quads, key=lambda quad: quad.subject):
        if isinstance(subject, ox.NamedNode):
            predicates = [quad.predicate.value for quad in said]
            yield subject.value, (not _NAMES.isdisjoint(predicates), len(predicates))


class _Best:
    """The least of what is offered, so many at most; what is offered twice is kept once."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._heap: list[_Reversed] = []
        self.seen = 0

    def offer(self, rank: tuple[bool, int, str]) -> None:
        self.seen += 1
        if self._most is None or len(self._heap) < self._most:
            heapq.heappush(self._heap, _Reversed(rank))
        elif self._heap and rank < self._heap[0].rank:
            heapq.heapreplace(self._heap, _Reversed(rank))

    def kept(self) -> set[str]:
        return {one.rank[2] for one in self._heap}


@dataclass(frozen=True)
class _Reversed:
    rank: tuple[bool, int, str]

    def __lt__(self, other: _Reversed) -> bool:
        return self.rank > other.rank
