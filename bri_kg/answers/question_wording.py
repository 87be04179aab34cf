"""A question in the words of its summary, with what was chosen in place of "something"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bri_kg.dataset.questions import Parameter, Question
from bri_kg.names import expand

_CONCEPT: Final = expand("skos:Concept")
_ARTICLES: Final = ("a ", "an ")


def asked_wording(question: Question, lang: str, chosen: Mapping[str, str]) -> str:
    """Return the wording of a question with these labels of values, by parameter, where its summary stands for them."""
    told = question.wording(lang)
    for parameter in question.params:
        words, label = parameter.in_summary.get(lang), chosen.get(parameter.name)
        if words and label:
            told = told.replace(words, _in_place(parameter, words, label, lang), 1)
    return told


def _in_place(parameter: Parameter, words: str, label: str, lang: str) -> str:
    """Return what stands in place of "something": a thing by its name, a concept or a text as one: the kind “port”."""
    is_thing = parameter.type == "iri" and expand(parameter.cls or "") != _CONCEPT
    if is_thing:
        return label
    if lang == "zh":
        return f"“{label}”这一{words.removeprefix('某').removeprefix('一')}"
    article = next((one for one in _ARTICLES if words.startswith(one)), "")
    return f"the {words.removeprefix(article)} “{label}”"
