"""Stored questions for the words of somebody who knows none of them: by what they ask, and by the things they take."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.asked_words import asks_number, says, without_filler
from bri_kg.answers.node_lookups import schemes_of, types_of
from bri_kg.answers.other_spellings import found_as_spelled, is_named_by
from bri_kg.answers.question_choice import holds_word, meant_words, wording_of
from bri_kg.answers.search import Hit, Hits
from bri_kg.answers.word_matching import Word, words_of
from bri_kg.dataset.questions import Parameter, Question, answered, default_bindings
from bri_kg.names import PREFIXES, expand
from bri_kg.stores.selecting import Guarded, Quads

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_CONCEPT: Final = PREFIXES["skos"] + "Concept"
# What counts, where a rare word of the wording counts as one: a wording that people use, a word of the
# explanation, a thing that a parameter of its class takes, one that any parameter would take.
_PHRASE: Final = 2.0
_EXPLAINED: Final = 0.4
_TAKEN: Final = 0.8
_TAKEN_AS_ANY: Final = 0.5
# A parameter whose default is of the very class of the thing: a person for a question that is asked of speakers.
_TAKEN_AS_DEFAULT: Final = 0.3
# A question of numbers, where no number is asked for.
_UNASKED: Final = 0.5
_COUNT: Final = "count"
_LEAST: Final = 0.45  # of the best: what fits less is left out
_MOST: Final = 12
_MOST_TRIED: Final = 30
_NUMBERS: Final = ("decimal", "integer")
_MOST_NAMED: Final = 4
_KINDS: Final = ("thing", "concept")
FindOfKind = Callable[[str, str], Hits]
"""Gives what a search for words finds of a kind."""
Held = Mapping[str, frozenset[Word]]


@dataclass(frozen=True)
class Fitting:
    """A question that fits, and what of the things found its parameters take: by parameter, the best."""

    question: Question
    takes: tuple[tuple[str, Hit], ...] = ()


def fitting_questions(
    guarded: Guarded, questions: Iterable[Question], words: str, find: FindOfKind
) -> tuple[Fitting, ...]:
    """Return the questions that fit words best: by what they say, and by what they have rows of among what is named."""
    store = guarded.quads
    given, asked = list(questions), words_of(words)
    found = [hit for kind in _KINDS for hit in _named(words, kind, find)]
    meant = meant_words(given, words)
    told = {q.name: frozenset(w for w in meant if holds_word(wording_of(q), w)) for q in given}
    explained = {q.name: frozenset(w for w in meant if holds_word(q.description, w)) for q in given}
    rarity = {word: _rarity(word, told, explained) for word in meant}
    is_number = asks_number(words)
    scored: list[tuple[float, float, Fitting]] = []
    for one in given:
        takes = tuple(_takes(store, one, found))
        score = sum(rarity[word] for word in told[one.name])
        score += _EXPLAINED * sum(rarity[w] for w in explained[one.name] - told[one.name])
        score += _PHRASE * any(says(asked, text) for of in one.asked_as.values() for text in of)
        share = max((share for _, _, share in takes), default=0.0)
        if not is_number and _COUNT in one.tags:
            score *= _UNASKED
        if not is_number and any(p.type in _NUMBERS for p in one.params):
            share *= _UNASKED
        if score or share:
            best: dict[str, Hit] = {}
            for name, hit, _ in sorted(takes, key=lambda taken: -taken[2]):
                best.setdefault(name, hit)
            scored.append((score + share, share, Fitting(one, tuple(best.items()))))
    scored.sort(key=lambda one: -one[0])
    kept = [_as_it_has_rows(guarded, *one) for one in scored[:_MOST_TRIED]]
    kept.sort(key=lambda one: -one[0])
    least = _LEAST * kept[0][0] if kept else 0.0
    return tuple(one for score, one in kept[:_MOST] if score and score >= least)


def _as_it_has_rows(
    store: Guarded, score: float, share: float, one: Fitting
) -> tuple[float, Fitting]:
    """Return a question with its score; where it has no rows of what it would take, this counts for nothing."""
    if not one.takes or all(p.type != "iri" or p.default is None for p in one.question.params):
        return score, one
    values = default_bindings(one.question)
    values |= {name: ox.NamedNode(hit.node) for name, hit in one.takes}
    if answered(one.question, store, values, 1).rows:
        return score, one
    return score - share, one


def _named(words: str, kind: str, find: FindOfKind) -> Iterator[Hit]:
    """Yield the things of a kind that are named among words which may also ask: by whole names, then the best."""
    meant = without_filler(words_of(words))
    text = " ".join("-".join(word.parts) for word in meant)
    hits = list(found_as_spelled(lambda spelt: find(spelt, kind), text)) if text else []
    whole = [replace(hit, weight=1.0) for hit in hits if is_named_by(hit.matched, words)]
    best = max((hit.weight for hit in hits), default=0.0)
    rest = [hit for hit in hits if hit.weight == best]
    longest = sorted(whole, key=lambda hit: -len(hit.matched))
    yield from islice(dict.fromkeys([*longest, *rest]), _MOST_NAMED)


def _rarity(word: Word, *held: Held) -> float:
    """Return between 0 and 1 how much a word tells questions apart."""
    number = len(held[0])
    holding = sum(any(word in of[name] for of in held) for name in held[0])
    return math.log((1 + number) / holding) / math.log(1 + number) if holding else 0.0


def _takes(
    store: Quads, question: Question, found: Sequence[Hit]
) -> Iterator[tuple[str, Hit, float]]:
    for parameter in question.params:
        for hit in found:
            if share := _share(store, parameter, hit):
                yield parameter.name, hit, share * hit.weight


def _share(store: Quads, parameter: Parameter, hit: Hit) -> float:
    """Return how well a parameter takes a thing: 0 where it does not."""
    if parameter.type != "iri" or hit.kind not in _KINDS:
        return 0.0
    node, cls = ox.NamedNode(hit.node), expand(parameter.cls or "")
    if cls and cls != _CONCEPT:
        if ox.Quad(node, _TYPE, ox.NamedNode(cls)) not in store:
            return 0.0
        default = expand(parameter.default or "")
        is_alike = default and types_of(store, default) <= types_of(store, hit.node)
        return _TAKEN + _TAKEN_AS_DEFAULT if is_alike else _TAKEN
    if hit.kind == "concept":
        beside = expand(parameter.default or "")
        return (
            _TAKEN
            if cls and beside and schemes_of(store, hit.node) & schemes_of(store, beside)
            else 0.0
        )
    return 0.0 if cls or _is_term(parameter) else _TAKEN_AS_ANY


def _is_term(parameter: Parameter) -> bool:
    return (expand(parameter.default or "") or "").startswith(PREFIXES["bri"])
