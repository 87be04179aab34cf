"""How a tool is declared: its name, what it says of itself, its arguments; and how a call is held against that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.neutral_text import brief
from bri_kg.assistant.result_frame import STATUSES, Answer
from bri_kg.errors import UsageError
from bri_kg.names import nearest

Answering = Callable[[Desk, Arguments], Answer]
AnsweringLater = Callable[[Desk, Arguments, str], Awaitable[Answer]]
_TYPES: Final[dict[str, type]] = {"string": str, "integer": int, "object": dict}
_LONGEST: Final = 2_000  # characters of an argument that is no query


@dataclass(frozen=True)
class Argument:
    """An argument: its type in JSON Schema, what it is, the values or bounds that it has."""

    name: str
    about: str
    type: str = "string"
    choices: tuple[str, ...] = ()
    most: int = _LONGEST
    default: Any = None
    required: bool = False

    def schema(self) -> dict[str, Any]:
        """Return its JSON Schema."""
        made: dict[str, Any] = {"type": self.type}
        if self.about:
            made["description"] = self.about
        if self.choices:
            made["enum"] = list(self.choices)
        if self.default is not None:
            made["default"] = self.default
        if self.type == "integer":
            made |= {"minimum": 1, "maximum": self.most}
        return made

    def check(self, value: Any) -> None:
        """Raise UsageError for a value that it does not take."""
        is_type = isinstance(value, _TYPES[self.type]) and not isinstance(value, bool)
        if not is_type:
            raise _wrong(self.name, f"is no {self.type}", f"give a JSON {self.type}")
        if self.choices and value not in self.choices:
            raise _wrong(
                self.name, f"has no value {brief(value)!r}", f"use {_listed(self.choices)}"
            )
        if isinstance(value, str) and (len(value) > self.most or not value.strip()):
            told = "is empty" if not value.strip() else f"is longer than {self.most} characters"
            raise _wrong(
                self.name, told, "give less" if value.strip() else "leave it out, or fill it"
            )
        if isinstance(value, int) and not 1 <= value <= self.most:
            raise _wrong(self.name, "is out of bounds", f"give a number from 1 to {self.most}")


LANG: Final = Argument("lang", "", choices=("en", "zh"), default="en")
CURSOR: Final = Argument("cursor", "`next` of the result before, to continue it")


@dataclass(frozen=True)
class Declared:
    """A tool. `answering` runs in a thread; `later` waits for something else, and knows its client."""

    name: str
    title: str
    about: str
    arguments: tuple[Argument, ...]
    sections: tuple[str, ...]
    answering: Answering | None = None
    later: AnsweringLater | None = None

    @property
    def all_arguments(self) -> tuple[Argument, ...]:
        """Its arguments, with those that every tool has."""
        return (*self.arguments, LANG, CURSOR)

    def input_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of its arguments."""
        given = self.all_arguments
        return {
            "type": "object",
            "properties": {one.name: one.schema() for one in given},
            "required": [one.name for one in given if one.required],
            "additionalProperties": False,
        }

    def output_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of its results."""
        return output_schema((*self.sections, "continued"))

    def checked(self, given: Any) -> Arguments:
        """Return the arguments of a call, with defaults. Raise UsageError for what it does not take."""
        known = {one.name: one for one in self.all_arguments}
        arguments: Arguments = {} if given is None else dict(given)
        for name, value in arguments.items():
            if name not in known:
                raise self._unknown(name, list(known))
            if value is not None:
                known[name].check(value)
        given_ones = {name: value for name, value in arguments.items() if value is not None}
        for one in known.values():
            if one.required and one.name not in given_ones:
                raise UsageError(
                    "BRI850",
                    f"{self.name} needs the argument {one.name!r}",
                    fix="give it: the list of tools says what it is",
                )
        defaults = {one.name: one.default for one in known.values()}
        return defaults | given_ones

    def _unknown(self, name: str, known: list[str]) -> UsageError:
        near = nearest(name[:_LONGEST], known)
        return UsageError(
            "BRI850",
            f"{self.name} has no argument {brief(name)!r}",
            fix=f"did you mean {near!r}?" if near else f"use {_listed(known)}",
        )


def output_schema(sections: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON Schema of results whose items stand in these sections."""
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    named = {
        "type": "object",
        "properties": {"name": text, "id": text},
        "required": ["name"],
    }
    passage = {
        "type": "object",
        "properties": {
            "cite": text,
            "source": text,
            "begin": {"type": "integer"},
            "end": {"type": "integer"},
            "digest": text,
            "role": text,
            "address": text,
            "words": text,
        },
        "required": ["cite", "source", "begin", "end", "digest"],
    }
    item = {
        "type": "object",
        "properties": {
            "section": {"type": "string", "enum": list(sections)},
            "factuality": texts,
            "come_about": {"type": "boolean"},
            "speakers": texts,
            "open_list": {"type": "boolean"},
            "passages": {"type": "array", "items": {"$ref": "#/$defs/passage"}},
            "differs": {"type": "array", "items": {"type": "object"}},
            "subject": {"$ref": "#/$defs/named"},
            "property": {"$ref": "#/$defs/named"},
            "object": {"$ref": "#/$defs/named"},
        },
        "required": ["section"],
    }
    return {
        "type": "object",
        "properties": {
            "status": {"type": "string", "enum": list(STATUSES)},
            "told": text,
            "release": text,
            "lang": text,
            "total": {"type": "integer"},
            "next": {"type": ["string", "null"]},
            "open_list": {"type": "boolean"},
            "sections": {"type": "object", "additionalProperties": {"type": "integer"}},
            "near": {"type": "array", "items": {"type": "object"}},
            "sources": {"type": "array", "items": {"type": "object"}},
            "items": {"type": "array", "items": item},
        },
        "required": ["status", "told", "release", "total", "next", "items"],
        "$defs": {"named": named, "passage": passage},
    }


def _wrong(name: str, told: str, fix: str) -> UsageError:
    return UsageError("BRI850", f"the argument {name!r} {told}", fix=fix)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names)
