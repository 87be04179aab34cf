"""Stored questions for the words of somebody who knows none of them: by what they ask, and by the things they take."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.asked_words import says, without_filler
from bri_kg.answers.other_spellings import found_as_spelled, is_named_by
from bri_kg.answers.question_choice import holds_word, meant_words, wording_of
from bri_kg.answers.search import Hit, Hits
from bri_kg.answers.word_matching import Word, words_of
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.names import PREFIXES, expand
from bri_kg.stores.selecting import Quads

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_SCHEME: Final = ox.NamedNode(PREFIXES["skos"] + "inScheme")
_CONCEPT: Final = PREFIXES["skos"] + "Concept"
# What counts, where a rare word of the wording counts as one: a wording that people use, a word of the
# explanation, a thing that a parameter of its class takes, one that any parameter would take.
_PHRASE: Final = 2.0
_EXPLAINED: Final = 0.4
_TAKEN: Final = 0.8
_TAKEN_AS_ANY: Final = 0.5
_LEAST: Final = 0.45  # of the best: what fits less is left out
_MOST: Final = 12
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
    store: Quads, questions: Iterable[Question], words: str, find: FindOfKind
) -> tuple[Fitting, ...]:
    """Return the questions that fit words best: by what they say, and by what they take of the things named."""
    given, asked = list(questions), words_of(words)
    found = [hit for kind in _KINDS for hit in _named(words, kind, find)]
    meant = meant_words(given, words)
    told = {q.name: frozenset(w for w in meant if holds_word(wording_of(q), w)) for q in given}
    explained = {q.name: frozenset(w for w in meant if holds_word(q.description, w)) for q in given}
    rarity = {word: _rarity(word, told, explained) for word in meant}
    scored: list[tuple[float, Fitting]] = []
    for one in given:
        takes = tuple(_takes(store, one, found))
        score = sum(rarity[word] for word in told[one.name])
        score += _EXPLAINED * sum(rarity[w] for w in explained[one.name] - told[one.name])
        score += _PHRASE * any(says(asked, text) for of in one.asked_as.values() for text in of)
        score += max((share for _, _, share in takes), default=0.0)
        if score:
            best: dict[str, Hit] = {}
            for name, hit, _ in sorted(takes, key=lambda taken: -taken[2]):
                best.setdefault(name, hit)
            scored.append((score, Fitting(one, tuple(best.items()))))
    scored.sort(key=lambda one: -one[0])
    least = _LEAST * scored[0][0] if scored else 0.0
    return tuple(one for score, one in scored[:_MOST] if score >= least)


def _named(words: str, kind: str, find: FindOfKind) -> Iterator[Hit]:
    """Yield the things of a kind that are named among words which may also ask: by whole names, then the best."""
    meant = without_filler(words_of(words))
    text = " ".join("-".join(word.parts) for word in meant)
    hits = list(found_as_spelled(lambda spelt: find(spelt, kind), text)) if text else []
    whole = [replace(hit, weight=1.0) for hit in hits if is_named_by(hit.matched, text)]
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
        return _TAKEN if ox.Quad(node, _TYPE, ox.NamedNode(cls)) in store else 0.0
    if hit.kind == "concept":
        beside = expand(parameter.default or "")
        return _TAKEN if cls and beside and _scheme(store, node) & _scheme(store, beside) else 0.0
    return 0.0 if cls or _is_term(parameter) else _TAKEN_AS_ANY


def _is_term(parameter: Parameter) -> bool:
    return (expand(parameter.default or "") or "").startswith(PREFIXES["bri"])


def _scheme(store: Quads, node: ox.NamedNode | str) -> set[str]:
    subject = ox.NamedNode(node) if isinstance(node, str) else node
    return {str(quad.object) for quad in store.quads_for_pattern(subject, _SCHEME, None)}
