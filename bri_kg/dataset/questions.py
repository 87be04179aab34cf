"""Questions: stored queries with wording and typed parameters, and the terms that a call gives these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.errors import UsageError
from bri_kg.names import PREFIXES, expand, nearest
from bri_kg.plain import Shown
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Bindings, Selecting

_LONGEST = 40
_NUMBER = re.compile(
    rf"([+-]?(?=[0-9.]{{1,{_LONGEST + 1}}}(?:[eE]|$))(?:[0-9]{{1,{_LONGEST}}}(?:\.[0-9]*)?|\.[0-9]+))"
    r"(?:[eE]([+-]?[0-9]{1,2}))?"
)
_ONE_NAME = re.compile("[!-~]*")  # no words of a sentence, and no Chinese
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TYPES = {"iri", "string", "integer", "decimal", "boolean"}
_WORDS = ("tags", "formerly", "lists", "see_also")
_TRUTHS = {
    ox.Literal(digit, datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")): ox.Literal(
        bool(int(digit))
    )
    for digit in "01"
}


@dataclass(frozen=True)
class Parameter:
    """A variable that the asker may set: its type, for IRIs a class, a default, and labels by language.

    `in_summary` holds, by language, the words of the question's summary that stand for it.
    """

    name: str
    type: str
    label: dict[str, str]
    cls: str | None = None
    default: str | None = None
    in_summary: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question(Shown):
    """A stored SELECT query with its wording.

    For people its answer is told under the values of the column `groups`; rows that differ in `lists`
    only are one. `see_also` names questions that are near to it. `asked_as` holds, by language, other
    words in which people put the question.
    """

    name: str
    file: str
    summary: str
    summary_zh: str
    description: str
    tags: tuple[str, ...]
    columns: dict[str, str]
    query: str
    params: tuple[Parameter, ...] = field(default=())
    formerly: tuple[str, ...] = field(default=())
    groups: str | None = None
    lists: tuple[str, ...] = field(default=())
    see_also: tuple[str, ...] = field(default=())
    asked_as: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the question as plain data for the index of a release."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Question:
        """Return the question that `to_json` described."""
        params = tuple(Parameter(**p) for p in data["params"])
        words = {key: tuple(data[key]) for key in _WORDS}
        asked_as = {language: tuple(texts) for language, texts in data["asked_as"].items()}
        return Question(**{**data, **words, "params": params, "asked_as": asked_as})

    def wording(self, language: str) -> str:
        """Return the question in the language, English where there is no other."""
        return self.summary_zh if language == "zh" else self.summary


def find_question(index: Mapping[str, Any], name: str) -> Question:
    """Return the question of this name. Raise UsageError with its new name, the nearest one, or how to search."""
    if name in index:
        return Question.from_json(index[name])
    for new, data in index.items():
        if name in data["formerly"]:
            raise UsageError(
                code="BRI110",
                message=f"there is no question {name!r} any more",
                why=f"{new!r} answers it now: {data['summary']}",
                fix=f"ask {new!r}; `bri-kg questions {new}` shows its parameters",
            )
    if not _ONE_NAME.fullmatch(name):
        raise UsageError(
            code="BRI110",
            message=f"there is no question {name!r}",
            fix=f"`bri-kg search {name}` finds the questions that tell of these words",
        )
    near = nearest(name, index, at_least=0.4)
    raise UsageError(
        code="BRI110",
        message=f"there is no question {name!r}",
        fix=(f"did you mean {near!r}? " if near else "") + "`bri-kg questions` lists them all",
    )


def once_each(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return parameters by name. Raise UsageError for one that is given twice."""
    params: dict[str, str] = {}
    for name, value in given:
        if name in params:
            raise UsageError(
                code="BRI115", message=f"parameter {name!r} is given twice", fix="give it once"
            )
        params[name] = value
    return params


def plain(value: object) -> str | None:
    """Return a value of Python, pyoxigraph or rdflib as the text that an asker would write."""
    if value is None:
        return None
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value.value
    return str(value).lower() if isinstance(value, bool) else str(value)


def bindings(
    question: Question, given: Mapping[str, object], language: str, resolve: Any
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the RDF terms for the question's variables: given values, else defaults, and `?lang`.

    `resolve(text, class)` turns an IRI argument into a node. Raises UsageError for a
    parameter that is unknown, missing or of the wrong type.
    """
    known = {p.name for p in question.params}
    for name in given:
        if name not in known:
            raise unknown_parameter(question, name)
    return _terms(question, question.params, given, language, resolve)


def unknown_parameter(question: Question, name: str) -> UsageError:
    """Return the error for a parameter that a question does not have, with the nearest one."""
    known = [parameter.name for parameter in question.params]
    near = nearest(name, known)
    return UsageError(
        code="BRI111",
        message=f"question {question.name!r} has no parameter {name!r}",
        fix=f"did you mean {near!r}?"
        if near
        else f"its parameters are: {', '.join(known) or 'none'}",
    )


def _terms(
    question: Question,
    params: Iterable[Parameter],
    given: Mapping[str, object],
    language: str,
    resolve: Any,
) -> dict[str, ox.NamedNode | ox.Literal]:
    values: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter in params:
        text = plain(given.get(parameter.name, parameter.default))
        if text is None:
            raise UsageError(
                code="BRI112",
                message=f"question {question.name!r} needs the parameter {parameter.name!r}: "
                f"{parameter.label[language]}",
                fix=f"add --param {parameter.name}=…",
            )
        values[parameter.name] = _term(parameter, text, resolve)
    if _asks_language(question.query):
        values["lang"] = ox.Literal(language)
    return values


@lru_cache(maxsize=512)
def _asks_language(query: str) -> bool:
    return any(token.kind == "var" and token.text[1:] == "lang" for token in sparql.tokens(query))


def default_bindings(
    question: Question, language: str = "en"
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the defaults of the parameters, and `?lang`; one without a default stays a variable."""
    with_default = tuple(p for p in question.params if p.default is not None)
    return _terms(question, with_default, {}, language, _named)


def answered(
    question: Question, store: Selecting, values: Bindings, limit: int | None = None
) -> Rows:
    """Return the rows that a store gives for a question; raise as its `select` does.

    In columns that the question declares as boolean, 1 and 0 are true and false: Virtuoso knows no booleans.
    """
    rows = store.select(question.query, values, file=question.file, limit=limit)
    truths = [question.columns.get(name) == "boolean" for name in rows.columns]
    if not any(truths):
        return rows

    def read(row: tuple[Term | None, ...]) -> tuple[Term | None, ...]:
        return tuple(
            _TRUTHS.get(term, term) if is_truth and isinstance(term, ox.Literal) else term
            for term, is_truth in zip(row, truths, strict=True)
        )

    return Rows(rows.columns, tuple(map(read, rows.rows)), rows.truncated)


def as_sent(question: Question, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Return the query that runs as it stands on any engine: values in place, prefixes declared."""
    sparql.refuse_deep(question.query, file=question.file)
    return sparql.bind(_with_prefixes(question.query), values)


@lru_cache(maxsize=512)
def _with_prefixes(query: str) -> str:
    from bri_kg.sparql.prologue import with_prefixes

    return with_prefixes(query, PREFIXES)


def _named(text: str, cls: str | None) -> ox.NamedNode:
    try:
        return ox.NamedNode(expand(text) or text)
    except ValueError:
        raise UsageError(
            code="BRI113",
            message=f"{text!r} is no IRI",
            fix="write an IRI, or a name with a known prefix such as bri-org:cas",
        ) from None


def _term(parameter: Parameter, text: str, resolve: Any) -> ox.NamedNode | ox.Literal:
    if _LONE_SURROGATE.search(text):
        raise UsageError(
            code="BRI113",
            message=f"the value of parameter {parameter.name!r} is no text: {text!r}",
            why="it holds a byte or a half of a character that stands for none in UTF-8",
            fix="write it in UTF-8",
        )
    if parameter.type == "iri":
        cls = expand(parameter.cls) if parameter.cls else None
        node = resolve(text, cls)
        assert isinstance(node, ox.NamedNode)
        return node
    if parameter.type == "string":
        return ox.Literal(text)
    lexical = _lexical(parameter.type, text)
    if lexical is None:
        raise UsageError(
            code="BRI113",
            message=f"parameter {parameter.name!r} must be of type {parameter.type}, and {text!r} is not",
            fix={
                "integer": "write a whole number such as 2018",
                "decimal": "write a number such as 80",
                "string": "send it as UTF-8: a lone surrogate is no character",
            }.get(parameter.type, "write true or false"),
        )
    return ox.Literal(lexical, datatype=ox.NamedNode(PREFIXES["xsd"] + parameter.type))


def _lexical(datatype: str, text: str) -> str | None:
    if datatype == "boolean":
        return text if text in {"true", "false"} else None
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    mantissa, exponent = match.groups()
    if datatype == "integer":
        return None if exponent or not mantissa.lstrip("+-").isdigit() else str(int(mantissa))
    # Written out, 1e999999999 would fill the memory.
    return f"{Decimal(match[0]):f}" if abs(int(exponent or 0)) <= _LONGEST else None
