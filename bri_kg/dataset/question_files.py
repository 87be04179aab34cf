"""Question files: a `#+` header and a SELECT query, read once when a release is built.

Keys beyond grlc's are `summary_zh`, `formerly` (names that the question had), `params` and `columns`; and for
the page that people read `groups` (the column under whose values rows stand), `lists` (columns whose values
stand together where rows differ in nothing else) and `see_also` (questions that are near); and for the
search `asked_as` (other words in which people put the question, by language). A parameter's `in_summary` holds, by
language, the words of the summary in whose place its value is told.
An unknown or malformed key is an error with its line.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NoReturn

from bri_kg.dataset.headers import Stored, read_stored
from bri_kg.dataset.questions import TYPES, Parameter, Question, plain
from bri_kg.dataset.resources import Resources
from bri_kg.names import expand, nearest

_KEYS = (
    "summary", "summary_zh", "description", "tags", "formerly", "params", "columns", "groups", "lists",
    "see_also", "asked_as",
)  # fmt: skip
_REQUIRED = ("summary", "summary_zh", "columns")
_LANGUAGES = ("en", "zh")
_PARAM_KEYS = {"type", "class", "default", "label", "in_summary"}
_WRITTEN: dict[type, str] = {list: "a list: [one, two]", dict: "a mapping: {name: …}"}


def read_index(resources: Resources) -> dict[str, Question]:
    """Return every question under queries/questions, by name. Raise InputError as `read_question` does."""
    index = {path.stem: read_question(path) for path in resources.query_files("questions")}
    for path in resources.query_files("questions"):
        for name in index[path.stem].see_also:
            if name not in index:
                stored = read_stored(path, "a question file", _KEYS)
                _refuse(stored, "see_also", f"there is no question {name!r}", name, index)
    return index


def read_question(path: Path) -> Question:
    """Return the question in a file. Raise InputError with file and line for a malformed header."""
    stored = read_stored(path, "a question file", _KEYS, _REQUIRED)
    columns = _structured(stored, "columns", dict)
    for name, kind in columns.items():
        if not isinstance(name, str):
            raise stored.fault(
                f"{name!r} is no name of a column",
                "write it as text",
                stored.entries["columns"].line,
            )
        if not isinstance(kind, str) or kind not in TYPES:
            raise stored.fault(
                f"column {name!r} has no type",
                f"give it one of {sorted(TYPES)}",
                stored.entries["columns"].line,
            )
    return Question(
        name=stored.name,
        file=path.name,
        summary=stored.wording("en"),
        summary_zh=stored.wording("zh"),
        description=stored.value("description") or "",
        tags=_words(stored, "tags"),
        formerly=_words(stored, "formerly"),
        groups=next(iter(_columns(stored, columns, "groups")), None),
        lists=_columns(stored, columns, "lists"),
        see_also=_words(stored, "see_also"),
        asked_as=_asked_as(stored),
        columns={str(name): str(kind) for name, kind in columns.items()},
        query=stored.query,
        params=tuple(
            _parameter(str(name), spec, stored)
            for name, spec in _structured(stored, "params", dict).items()
        ),
    )


def _words(stored: Stored, key: str) -> tuple[str, ...]:
    words = _structured(stored, key, list)
    if not all(map(_is_single, words)):
        message, line = f"an entry of {key!r} is no single value", stored.entries[key].line
        raise stored.fault(message, f"write {_WRITTEN[list]}", line)
    return tuple(map(str, words))


def _asked_as(stored: Stored) -> dict[str, tuple[str, ...]]:
    """Return the other words of a question by language. Raise InputError for anything but texts in en and zh."""
    given = _structured(stored, "asked_as", dict)
    for language, texts in given.items():
        is_right = language in _LANGUAGES and isinstance(texts, list) and texts
        if not is_right or not all(isinstance(text, str) and text.strip() for text in texts):
            raise stored.fault(
                f"'asked_as' gives no texts in en or zh: {language!r}",
                "write {en: [one, two], zh: [one]}",
                stored.entries["asked_as"].line,
            )
    return {str(language): tuple(texts) for language, texts in given.items()}


def _columns(stored: Stored, columns: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Return what a key names among the columns, where one and its label are one; `groups` is one name."""
    one = stored.value(key) if key == "groups" else None
    named = (one,) if one else () if key == "groups" else _words(stored, key)
    known = {name.removesuffix("Label") for name in columns}
    for name in named:
        if name not in known:
            _refuse(stored, key, f"{key!r} names no column: {name!r}", name, known)
    return named


def _refuse(stored: Stored, key: str, message: str, name: str, known: Collection[str]) -> NoReturn:
    near = nearest(name, sorted(known))
    fix = f"did you mean {near!r}?" if near else f"use one of {', '.join(sorted(known))}"
    raise stored.fault(message, fix, stored.entries[key].line)


def _structured(stored: Stored, key: str, kind: type) -> Any:
    """Return the list or mapping that a key holds, empty where it holds nothing."""
    import yaml

    if key not in stored.entries:
        return kind()
    entry = stored.entries[key]
    try:
        value = _parsed(entry.text)
    except yaml.MarkedYAMLError as error:
        at = entry.line + (error.problem_mark.line if error.problem_mark else 0)
        message = f"the value of {key!r} is no YAML: {error.problem}"
        raise stored.fault(message, "mend the header line", at) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # Odd characters, dates that no calendar has, and brackets without end.
        message = f"the value of {key!r} is no YAML: {error}"
        raise stored.fault(message, "mend the header line", entry.line) from None
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise stored.fault(f"{key!r} is of the wrong type", f"write {_WRITTEN[kind]}", entry.line)
    return value


@lru_cache(maxsize=2000)
def _parsed(text: str) -> Any:
    """Return what a text of YAML says, to be read only: a graph that changes is opened anew with the same questions."""
    import yaml

    return yaml.load(text, _loader())


@cache
def _loader() -> Any:
    """Return a safe loader of YAML without aliases, which may stand for any number of values, and huge numbers."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.MarkedYAMLError(problem="an alias is not taken here", problem_mark=mark)
            return super().compose_node(parent, index)

    def integer(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
        number = int(loader.construct_yaml_int(node))
        str(number)  # raises ValueError where Python does not write it out
        return number

    Loader.add_constructor("tag:yaml.org,2002:int", integer)
    return Loader


def _is_single(value: object) -> bool:
    return isinstance(value, str | int | float | datetime.date)


def _parameter(name: str, spec: object, stored: Stored) -> Parameter:
    found: Mapping[str, Any] = spec if isinstance(spec, dict) else {}
    line = stored.entries["params"].line

    def require(holds: bool, message: str, fix: str) -> None:
        if not holds:
            raise stored.fault(message, fix, line)

    kind, label, cls, default = (found.get(key) for key in ("type", "label", "class", "default"))
    require(
        isinstance(kind, str) and kind in TYPES,
        f"parameter {name!r} has no type",
        f"give it one of {sorted(TYPES)}",
    )
    unknown = sorted(map(str, set(found) - _PARAM_KEYS))
    require(
        not unknown,
        f"parameter {name!r} has an unknown key {''.join(unknown[:1])!r}",
        f"use {sorted(_PARAM_KEYS)}",
    )
    require(
        isinstance(label, dict)
        and {"en", "zh"} <= set(label)
        and all(map(_is_single, label.values())),
        f"parameter {name!r} lacks a label in en and zh",
        "add `label: {en: …, zh: …}`",
    )
    require(
        cls is None or (isinstance(cls, str) and expand(cls) is not None),
        f"the class of parameter {name!r} has no known prefix",
        "write bri:Organization",
    )
    require(
        default is None or _is_single(default),
        f"the default of parameter {name!r} is no single value",
        "write one value",
    )
    in_summary = found.get("in_summary", {})
    require(
        isinstance(in_summary, dict)
        and all(str(words) in stored.wording(str(lang)) for lang, words in in_summary.items()),
        f"the words that parameter {name!r} has in the summary do not stand there",
        "write words of the summary, as `in_summary: {en: …, zh: …}`",
    )
    return Parameter(
        name=name,
        type=str(kind),
        label={str(language): str(text) for language, text in dict(label or {}).items()},
        cls=cls,
        default=plain(default),
        in_summary={str(language): str(words) for language, words in in_summary.items()},
    )
