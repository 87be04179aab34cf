"""Questions: stored queries with wording, typed parameters and expected rows.

The header of a question file is YAML in `#+` lines, after grlc; keys beyond grlc's are
`summary_zh`, `params` and `columns`. An unknown or malformed key is an error with its line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError, UsageError
from bri_kg.names import PREFIXES, expand
from bri_kg.rdf.files import read_text

_KEYS = {"summary", "summary_zh", "description", "tags", "params", "columns"}
_REQUIRED = ("summary", "summary_zh", "columns")
_PARAM_KEYS = {"type", "class", "default", "label"}
_KINDS: dict[str, type] = {"tags": list, "params": dict, "columns": dict}
_WRITTEN: dict[type, str] = {str: "text", list: "a list: [one, two]", dict: "a mapping: {name: …}"}
_LONGEST = 40
_NUMBER = re.compile(
    rf"([+-]?(?=[0-9.]{{1,{_LONGEST + 1}}}(?:[eE]|$))(?:[0-9]{{1,{_LONGEST}}}(?:\.[0-9]*)?|\.[0-9]+))"
    r"(?:[eE]([+-]?[0-9]{1,2}))?"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPES = {"iri", "string", "integer", "decimal", "boolean"}


@dataclass(frozen=True)
class Parameter:
    """A variable that the asker may set: its type, for IRIs a class, a default, and labels by language."""

    name: str
    type: str
    label: dict[str, str]
    cls: str | None = None
    default: str | None = None


@dataclass(frozen=True)
class Question:
    """A stored SELECT query with its wording."""

    name: str
    file: str
    summary: str
    summary_zh: str
    description: str
    tags: tuple[str, ...]
    columns: dict[str, str]
    query: str
    params: tuple[Parameter, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the question as plain data for the index of a release."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Question:
        """Return the question that `to_json` described."""
        params = tuple(Parameter(**p) for p in data["params"])
        return Question(**{**data, "tags": tuple(data["tags"]), "params": params})

    def wording(self, language: str) -> str:
        """Return the question in the language, English where there is no other."""
        return self.summary_zh if language == "zh" else self.summary


def find_question(index: Mapping[str, Any], name: str) -> Question:
    """Return the question of this name. Raises UsageError with the nearest name."""
    if name in index:
        return Question.from_json(index[name])
    near = difflib.get_close_matches(name, index, n=1, cutoff=0.4)
    raise UsageError(
        code="BRI110",
        message=f"there is no question {name!r}",
        fix=(f"did you mean {near[0]!r}? " if near else "") + "`bri-kg questions` lists them all",
    )


def read_index(resources: Resources) -> dict[str, Question]:
    """Read every question file under queries/questions, by name."""
    return {path.stem: read_question(path) for path in resources.query_files("questions")}


def read_question(path: Path) -> Question:
    """Read one question file. Raises InputError with file and line."""
    import yaml

    text = read_text(path, "a question file")
    header_lines = [
        (n, line) for n, line in enumerate(text.split("\n"), 1) if line.startswith("#+")
    ]
    offset = header_lines[0][0] if header_lines else 1

    def bad(message: str, fix: str, line: int | None = None) -> InputError:
        return InputError(
            code="BRI220", file=str(path), line=line or offset, message=message, fix=fix
        )

    def line_of(key: object) -> int:
        return next((n for n, t in header_lines if t[2:].strip().startswith(f"{key}:")), offset)

    try:
        header = yaml.safe_load("\n".join(line[2:] for _, line in header_lines))
    except yaml.MarkedYAMLError as error:
        at = offset + (error.problem_mark.line if error.problem_mark else 0)
        raise bad(
            f"the #+ header is no YAML: {error.problem}", "mend the header line", at
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # Odd characters, dates that no calendar has, and brackets without end.
        raise bad(f"the #+ header is no YAML: {error}", "mend the header") from None
    if not isinstance(header, dict):
        raise bad("the file has no #+ header", "begin it with `#+ summary: …`")
    for key in header:
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, n=1)
            raise bad(
                f"unknown header key {key!r}",
                f"did you mean {near[0]!r}?" if near else f"use {sorted(_KEYS)}",
                line_of(key),
            )
    for key in _REQUIRED:
        if not header.get(key):
            raise bad(f"the header lacks {key!r}", f"add `#+ {key}: …`")
    for key, value in header.items():
        kind = _KINDS.get(key, str)
        if not isinstance(value, kind) and value is not None:
            raise bad(f"{key!r} is of the wrong type", f"write {_WRITTEN[kind]}", line_of(key))
    for name, kind in header["columns"].items():
        if not isinstance(kind, str) or kind not in _TYPES:
            raise bad(
                f"column {name!r} has no type",
                f"give it one of {sorted(_TYPES)}",
                line_of("columns"),
            )
    params = header.get("params") or {}
    return Question(
        name=path.stem,
        file=path.name,
        summary=str(header["summary"]),
        summary_zh=str(header["summary_zh"]),
        description=str(header.get("description") or ""),
        tags=tuple(str(tag) for tag in header.get("tags") or []),
        columns={str(k): str(v) for k, v in header["columns"].items()},
        query="\n".join(line for line in text.split("\n") if not line.startswith("#+")).lstrip(
            "\n"
        ),
        params=tuple(_parameter(name, spec, bad) for name, spec in params.items()),
    )


def _parameter(name: str, spec: Any, bad: Any) -> Parameter:
    kind = spec.get("type") if isinstance(spec, dict) else None
    if not isinstance(kind, str) or kind not in _TYPES:
        raise bad(f"parameter {name!r} has no type", f"give it one of {sorted(_TYPES)}")
    if unknown := set(spec) - _PARAM_KEYS:
        raise bad(
            f"parameter {name!r} has an unknown key {sorted(unknown)[0]!r}",
            f"use {sorted(_PARAM_KEYS)}",
        )
    label = spec.get("label")
    if not isinstance(label, dict) or not {"en", "zh"} <= set(label):
        raise bad(f"parameter {name!r} lacks a label in en and zh", "add `label: {en: …, zh: …}`")
    cls = spec.get("class")
    if cls is not None and not (isinstance(cls, str) and expand(cls)):
        raise bad(f"the class of parameter {name!r} has no known prefix", "write bri:Organization")
    default = spec.get("default")
    if isinstance(default, list | dict):
        raise bad(f"the default of parameter {name!r} is no single value", "write one value")
    return Parameter(
        name=str(name),
        type=kind,
        label={str(k): str(v) for k, v in label.items()},
        cls=cls,
        default=_text(default),
    )


def _text(value: object) -> str | None:
    """A value of Python, pyoxigraph or rdflib as the text that an asker would write."""
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
    known = {p.name: p for p in question.params}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise UsageError(
                code="BRI111",
                message=f"question {question.name!r} has no parameter {name!r}",
                fix=f"did you mean {near[0]!r}?"
                if near
                else f"its parameters are: {', '.join(known) or 'none'}",
            )
    values: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter in question.params:
        text = _text(given.get(parameter.name, parameter.default))
        if text is None:
            raise UsageError(
                code="BRI112",
                message=f"question {question.name!r} needs the parameter {parameter.name!r}: {parameter.label['en']}",
                fix=f"add --param {parameter.name}=…",
            )
        values[parameter.name] = _term(parameter, text, resolve)
    if any(
        token.kind == "var" and token.text[1:] == "lang" for token in sparql.tokens(question.query)
    ):
        values["lang"] = ox.Literal(language)
    return values


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
