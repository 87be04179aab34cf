"""The form of a question: a field for each parameter, what may be chosen, what is wrong with what was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.face_words import say
from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.parameter_choices import choices
from bri_kg.dataset.questions import Parameter, Question, unknown_parameter
from bri_kg.errors import UsageError
from bri_kg.names import BRI, expand, shorten
from bri_kg.rdf.text_files import read_text
from bri_kg.web.explorer.page_words import CHOOSE
from bri_kg.web.refusals import problem_of
from bri_kg.web.site import Site

_MOST_IN_LIST: Final = 150  # more are looked up by name, which a browser completes
_MOST_NAMED: Final = 300
_OF_THINGS: Final = "choices-of-things.rq"
_BY_IRI: Final = "give an IRI"  # how a fix begins where nothing like what was given is known
_NUMBERS: Final = ("integer", "decimal")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and how to mend it; `asks_for_iri` is whether that is by writing what a program would."""

    message: str
    fix: str | None
    asks_for_iri: bool = False


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """A field: its parameter, its label, its value, what can be chosen, and the fault of what was given.

    `is_closed` is whether nothing else may be given: a list to choose from. `hint` is what the value is called,
    where that is not what stands in the field.
    """

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...]
    is_closed: bool
    is_number: bool
    hint: str | None
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


def form_of(
    site: Site, question: Question, given: Mapping[str, str], lang: str, *, is_fillable: bool = True
) -> Form:
    """Return the form of a question as it was filled in; an empty field is one that was not.

    Where it is not fillable, since no server takes it, nothing is looked up to choose from.
    """
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
        value = values.get(parameter.name)
        fields.append(
            _field(site, parameter, text, value, fault, lang)
            if is_fillable
            else _unfilled(parameter, text, fault, lang)
        )
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

    fix = problem.fix or ""
    return Fault(said(problem.message), said(fix) or None, fix.startswith(_BY_IRI))


def _unfilled(parameter: Parameter, text: str | None, fault: Fault | None, lang: str) -> Field:
    return Field(
        name=parameter.name,
        label=parameter.label.get(lang, parameter.label["en"]),
        value=text or "",
        choices=(),
        is_closed=False,
        is_number=parameter.type in _NUMBERS,
        hint=None,
        is_required=parameter.default is None,
        fault=fault,
    )


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
    shown = text or "" if fault or value is None else _short(parameter, value)
    # What is not in the list can be mended only where it can be typed.
    is_listed = any(choice.value == shown for choice in named)
    is_closed = found["complete"] and len(named) <= _MOST_IN_LIST and is_listed
    if not is_closed and value is not None and not fault:
        shown = _typed(site, parameter, value, shown, lang)
    listed = named[:_MOST_NAMED] or _things(site, parameter, lang)
    if fault and fault.asks_for_iri and listed:
        fault = replace(fault, fix=say(lang, CHOOSE))
    return Field(
        name=parameter.name,
        label=parameter.label.get(lang, parameter.label["en"]),
        value=shown,
        choices=listed,
        is_closed=is_closed,
        is_number=parameter.type in _NUMBERS,
        hint=_called(site, parameter, value, shown, lang),
        is_required=parameter.default is None,
        fault=fault,
    )


def _short(parameter: Parameter, value: ox.NamedNode | ox.Literal) -> str:
    return shorten(value.value) if parameter.type == "iri" else value.value


def _typed(
    site: Site, parameter: Parameter, value: ox.NamedNode | ox.Literal, short: str, lang: str
) -> str:
    """Return a thing as people would type it: by its name where that means no other."""
    name = (
        label_of(site.graph.guarded.quads, value.value, lang) if parameter.type == "iri" else None
    )
    try:
        cls = expand(parameter.cls) if parameter.cls else None
        is_it = name is not None and site.graph.resolve(name, cls) == value
    except UsageError:
        return short
    return name if is_it and name else short


def _called(
    site: Site,
    parameter: Parameter,
    value: ox.NamedNode | ox.Literal | None,
    shown: str,
    lang: str,
) -> str | None:
    if parameter.type != "iri" or value is None:
        return None
    name = label_of(site.graph.guarded.quads, value.value, lang)
    return name if name != shown else None


def _things(site: Site, parameter: Parameter, lang: str) -> tuple[Choice, ...]:
    """Return things that may be meant where any may, as many as a page can hold."""
    default = expand(parameter.default or "") or ""
    if parameter.type != "iri" or parameter.cls or default.startswith(BRI):
        return ()
    query = read_text(site.graph.resources.queries / "answers" / _OF_THINGS, "a stored query")
    rows = site.graph.guarded.select(query, {"lang": ox.Literal(lang)}, limit=_MOST_NAMED)
    found = (Choice(shorten(str(row.value("node"))), str(row.value("name"))) for row in rows)
    return tuple(sorted(found, key=lambda choice: choice.label))
