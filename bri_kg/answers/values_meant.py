"""What a value of a parameter stands for: where its name is one of several kinds, the kind that its question takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.name_index import RANKS, Reason
from bri_kg.answers.namesakes import common_name, namesakes
from bri_kg.answers.node_lookups import is_concept, label_of, linked, schemes_of
from bri_kg.answers.other_spellings import found_as_spelled
from bri_kg.answers.search import Hits
from bri_kg.answers.word_matching import words_of
from bri_kg.dataset.questions import Parameter
from bri_kg.errors import UsageError
from bri_kg.names import PREFIXES, expand
from bri_kg.stores.selecting import Quads
from bri_kg.texts.spellings import singular

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_CONCEPT: Final = PREFIXES["skos"] + "Concept"
_TERMS: Final = (PREFIXES["bri"], PREFIXES["skos"])
_MOST_ALIKE: Final = 6
_MOST_LINKED: Final = 12
_AMBIGUOUS: Final = "BRI121"
Find = Callable[[str, str], Hits]
"""Gives what a search for words finds of a kind: thing or concept."""


@dataclass(frozen=True)
class Wanted:
    """What a parameter takes: instances of a class, concepts of some schemes, any thing, or terms; else whatever."""

    cls: str | None = None
    schemes: frozenset[str] = frozenset()
    only_things: bool = False
    only_terms: bool = False

    def takes(self, store: Quads, node: str) -> bool:
        """Return whether a node is of this kind."""
        if self.cls:
            return ox.Quad(ox.NamedNode(node), _TYPE, ox.NamedNode(self.cls)) in store
        if self.schemes:
            return bool(self.schemes & schemes_of(store, node))
        if self.only_terms:
            return node.startswith(_TERMS)
        return not (self.only_things and (is_concept(store, node) or node.startswith(_TERMS)))

    @property
    def kind(self) -> str:
        """What a search for it looks among."""
        return "concept" if self.schemes else "thing"


@dataclass(frozen=True)
class Meant:
    """What a value may stand for: `named` goes by the very name and is of the kind that is wanted, `others` are not.

    `alike` are of that kind and hold its words, `linked` are of that kind and stand in a fact with it.
    """

    named: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


def wanted_by(store: Quads, parameter: Parameter) -> Wanted:
    """Return what a parameter takes, by its class, or else by what its default is."""
    cls, default = expand(parameter.cls or ""), expand(parameter.default or "")
    if cls and cls != _CONCEPT:
        return Wanted(cls=cls)
    if default is None:
        return Wanted()
    if default.startswith(_TERMS):
        return Wanted(only_terms=True)
    if schemes := schemes_of(store, default):
        return Wanted(schemes=frozenset(schemes))
    return Wanted(only_things=True)


def is_of_terms(parameter: Parameter) -> bool:
    """Return whether a parameter takes terms of the ontology."""
    return (expand(parameter.default or "") or "").startswith(_TERMS)


def meant_by(
    store: Quads,
    parameter: Parameter,
    text: str,
    resolve: Callable[[str], ox.NamedNode],
    find: Find,
) -> Meant:
    """Return what a text stands for as the value of a parameter. Raise UsageError where nothing is named or alike."""
    wanted = wanted_by(store, parameter)
    is_id = expand(text) is not None or text.startswith("<") or "://" in text
    try:
        called, error = _called(text, resolve), None
    except UsageError as unknown:
        called, error = (), unknown
    if called and not is_id:
        called = (*called, *_readings(store, text, called[0], find))
    named = tuple(node for node in dict.fromkeys(called) if wanted.takes(store, node))
    others = tuple(node for node in called if node not in named)
    alike = () if is_id and named else _alike(store, wanted, text, called, find)
    beside = () if named or not called else _linked(store, wanted, called)
    if error and not alike:
        raise error
    return Meant(named, others, tuple(one for one in alike if one not in called), beside)


def _called(text: str, resolve: Callable[[str], ox.NamedNode]) -> tuple[str, ...]:
    try:
        return (resolve(text).value,)
    except UsageError as error:
        if error.code != _AMBIGUOUS:
            raise
        return tuple(expand(one) or one for one in (error.why or "").split(", "))


def _readings(store: Quads, text: str, node: str, find: Find) -> tuple[str, ...]:
    """Return the others that a bare name may mean: of China its government, its state, its side."""
    bare = " ".join(singular(word.joined) for word in words_of(text))
    label = label_of(store, node, "en")
    if not label or bare != common_name(label):
        return ()
    return tuple(hit.node for hit in namesakes(node, label, find(bare, "thing")))


def _alike(
    store: Quads, wanted: Wanted, text: str, called: Iterable[str], find: Find
) -> tuple[str, ...]:
    """Return the few of the kind whose names hold all the words; none where these are many."""
    labels = (label_of(store, node, "en") for node in called)
    words = next((label for label in labels if label), text)
    try:
        hits = found_as_spelled(lambda spelt: find(spelt, wanted.kind), words[:200])
    except UsageError:  # no word in it
        return ()
    held = (hit.node for hit in hits if RANKS[hit.reason] < RANKS[Reason.SLIP])
    found = tuple(node for node in held if wanted.takes(store, node))
    return found if len(found) <= _MOST_ALIKE else ()


def _linked(store: Quads, wanted: Wanted, nodes: Iterable[str]) -> tuple[str, ...]:
    """Return those of a class that stand in a fact with some nodes: the sources that a publisher is named for."""
    if not wanted.cls:
        return ()
    each = (one for node in nodes for one in linked(store, node))
    found = tuple(dict.fromkeys(one for one in each if wanted.takes(store, one)))
    return found if len(found) <= _MOST_LINKED else ()
