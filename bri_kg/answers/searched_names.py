"""The names that a search knows: of what a store holds, and of the questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.name_index import Name
from bri_kg.dataset.name_list import Named, names_in
from bri_kg.dataset.question_tags import tag_name
from bri_kg.dataset.questions import Question
from bri_kg.dataset.release import Release
from bri_kg.dataset.resources import Resources
from bri_kg.names import is_named_here
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.selecting import Guarded

_LABELS: Final = ("prefLabel", "label")
Labels = Mapping[tuple[str, str], str]
"""Labels by node and language."""


@dataclass(frozen=True)
class SearchedNames:
    """Names in no order, labels by node and language, and how many names of the store were not wanted."""

    names: tuple[Name, ...]
    labels: Labels
    left_out: int = 0


def label_in(labels: Labels, node: str, lang: str) -> str | None:
    """Return the label of a node in the language, else in another; None where it has none."""
    known = (labels.get((node, tag)) for tag in (lang, "en", "zh", ""))
    return next((text for text in known if text), None)


def searched_names(
    store: Guarded,
    resources: Resources,
    questions: Iterable[Question],
    release: Release | None = None,
    is_wanted: Callable[[str], bool] | None = None,
) -> SearchedNames:
    """Return the names of what is wanted in a store, of everything where None, and all of questions.

    The release of the store lists its names, of which those under our base count; else they are read.
    """
    given = release.name_list()["names"] if release else names_in(store, resources)
    kept = _Kept(given, is_wanted)
    labels: dict[tuple[str, str], str] = {}
    names = tuple(
        name for name in _of_store(kept, labels) if not release or is_named_here(name.node)
    )
    return SearchedNames((*names, *_of_questions(questions)), labels, kept.left_out)


def class_of(
    store: Guarded, resources: Resources, node: str, lang: str
) -> tuple[str | None, str | None]:
    """Return the class of a node, with its label in the language where it has one."""
    values: dict[str, ox.NamedNode | ox.Literal] = {
        "node": ox.NamedNode(node),
        "lang": ox.Literal(lang),
    }
    for row in store.select(search_query(resources, "classes"), values, file="classes.rq", limit=1):
        label = row.value("label")
        return str(row.value("class")), None if label is None else str(label)
    return None, None


def search_query(resources: Resources, name: str) -> str:
    """Return the text of a query of the search."""
    return read_text(resources.queries / "search" / f"{name}.rq", "a query of the search")


class _Kept:
    """Names of what is wanted, and how many were left out."""

    def __init__(self, names: Iterable[Named], is_wanted: Callable[[str], bool] | None) -> None:
        self._names = names
        self._is_wanted = is_wanted
        self.left_out = 0

    def __iter__(self) -> Iterator[Named]:
        for name in self._names:
            if self._is_wanted is None or self._is_wanted(name[0]):
                yield name
            else:
                self.left_out += 1


def _of_store(names: Iterable[Named], labels: dict[tuple[str, str], str]) -> Iterator[Name]:
    known_as: dict[str, str] = {}
    for node, naming, text, language, kind in names:
        is_label = naming.endswith(_LABELS)
        if is_label:
            labels.setdefault((node, language), text)
        yield Name(node, kind, text, is_label)
        if kind == "term" or is_named_here(node, "source/"):
            known_as[node] = kind
    for node, kind in known_as.items():  # isFoundedBy, cas-decade
        yield Name(node, kind, re.split("[#/]", node)[-1], is_label=False)


def _of_questions(questions: Iterable[Question]) -> Iterator[Name]:
    for question in questions:
        for text in (question.name, question.summary, question.summary_zh):
            yield Name(question.name, "question", text, is_label=True)
        for text in (text for texts in question.asked_as.values() for text in texts):
            yield Name(question.name, "question", text, is_label=False)
        for tag in question.tags:
            for text in dict.fromkeys((tag, tag_name(tag, "zh"))):
                yield Name(question.name, "question", text, is_label=False)
