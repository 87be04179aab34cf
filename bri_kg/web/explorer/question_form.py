"""The form of a question: a field for each parameter, what may be chosen, what is wrong with what was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.parameter_choices import choices
from bri_kg.dataset.questions import Parameter, Question, unknown_parameter
from bri_kg.errors import UsageError
from bri_kg.names import shorten
from bri_kg.web.refusals import problem_of
from bri_kg.web.site import Site

_MOST_IN_LIST: Final = 150  # more are looked up by name, which a browser completes
_MOST_NAMED: Final = 300
_NUMBERS: Final = ("integer", "decimal")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and how to mend it."""

    message: str
    fix: str | None


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """A field: its parameter, its label, its value, what can be chosen, and the fault of what was given.

    `is_closed` is whether nothing else may be given: a list to choose from.
    """

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...]
    is_closed: bool
    is_number: bool
    is_required: bool
    fault: Fault | None


@dataclass(frozen=True)
class Form:
    """The fields of a question, the values that they come to, and faults that belong to no field."""

    fields: tuple[Field, ...]
    values: Mapping[str, ox.NamedNode | ox.Literal]
    faults: tuple[Fault, ...]

    @property
    def is_faulty(self) -> bool:
        """Whether the question cannot be asked so."""
        return bool(self.faults) or any(field.fault for field in self.fields)


def form_of(site: Site, question: Question, given: Mapping[str, str], lang: str) -> Form:
    """Return the form of a question as it was filled in; an empty field is one that was not."""
    filled_in = {name: text for name, text in given.items() if text}
    known = {parameter.name for parameter in question.params}
    faults = tuple(
        _fault(site, unknown_parameter(question, name), lang)
        for name in filled_in
        if name not in known
    )
    values: dict[str, ox.NamedNode | ox.Literal] = {}
    fields = []
    for parameter in question.params:
        text = filled_in.get(parameter.name)
        fault = None
        try:
            values |= _value(site, question, parameter, text, lang)
        except UsageError as error:
            fault = _fault(site, error, lang)
        fields.append(_field(site, parameter, text, values.get(parameter.name), fault, lang))
    if not question.params:
        values |= site.graph.bind(question, {}, lang)
    return Form(tuple(fields), values, faults)


def _value(
    site: Site, question: Question, parameter: Parameter, text: str | None, lang: str
) -> Mapping[str, ox.NamedNode | ox.Literal]:
    alone = Question.from_json({**question.to_json(), "params": [asdict(parameter)]})
    return site.graph.bind(alone, {} if text is None else {parameter.name: text}, lang)


def _fault(site: Site, error: UsageError, lang: str) -> Fault:
    problem = problem_of(error)

    def said(text: str) -> str:
        return site.spoken(text, lang) if site.spoken else text

    return Fault(said(problem.message), said(problem.fix) if problem.fix else None)


def _field(
    site: Site,
    parameter: Parameter,
    text: str | None,
    value: ox.NamedNode | ox.Literal | None,
    fault: Fault | None,
    lang: str,
) -> Field:
    found = choices(site.graph, parameter, lang)
    named = tuple(Choice(one["value"], one["label"]) for one in found["choices"])
    shown = _shown(parameter, text, value, fault)
    # What is not in the list can be mended only where it can be typed.
    is_listed = any(choice.value == shown for choice in named)
    is_closed = found["complete"] and len(named) <= _MOST_IN_LIST and is_listed
    return Field(
        name=parameter.name,
        label=parameter.label.get(lang, parameter.label["en"]),
        value=shown,
        choices=named[:_MOST_NAMED],
        is_closed=is_closed,
        is_number=parameter.type in _NUMBERS,
        is_required=parameter.default is None,
        fault=fault,
    )


def _shown(
    parameter: Parameter,
    text: str | None,
    value: ox.NamedNode | ox.Literal | None,
    fault: Fault | None,
) -> str:
    if fault or value is None:
        return text or ""
    return shorten(value.value) if parameter.type == "iri" else value.value
