"""Stored questions as functions: called with their parameters, documented by their wording."""

from __future__ import annotations

import inspect
import keyword
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from bri_kg.dataset.questions import Parameter, Question, find_question
from bri_kg.errors import UsageError
from bri_kg.plain import Shown
from bri_kg.rdf.rows import Rows

# What `ask` takes beside parameters.
_RESERVED: Final = ("lang", "limit")
_ANNOTATIONS: Final[Mapping[str, type]] = {"integer": int, "decimal": float, "boolean": bool}

Ask = Callable[..., Rows]


class UnknownQuestionError(UsageError, KeyError):
    """There is no question of this name; a KeyError too, as a mapping raises."""


class StoredQuestion(Question):
    """A question that gives its rows when it is called: `question(partner="UNESCO", lang="zh", limit=5)`."""

    def __init__(self, question: Question, ask: Ask) -> None:
        """Make the question callable by `ask(name, lang=…, limit=…, **parameters)`."""
        super().__init__(**vars(question))
        # A frozen dataclass; these are no part of what it says of itself as plain data.
        object.__setattr__(self, "_ask", ask)
        object.__setattr__(self, "__doc__", described(question))
        object.__setattr__(self, "__name__", question.name)
        object.__setattr__(self, "__signature__", signature(question))

    def __call__(self, *, lang: str = "en", limit: int | None = None, **params: object) -> Rows:
        """Return the rows of the question; see `KnowledgeGraph.ask`."""
        ask: Ask = vars(self)["_ask"]
        return ask(self.name, lang=lang, limit=limit, **params)

    def __repr__(self) -> str:
        return f"<question {self.name}{vars(self)['__signature__']}>"


class Questions(Shown, Mapping[str, StoredQuestion]):
    """Questions by name, in order. A name that is not there raises UsageError with the nearest one."""

    def __init__(
        self,
        questions: Mapping[str, StoredQuestion],
        search: Callable[[str], Iterable[str]],
    ) -> None:
        """Hold the questions; `search(words)` gives the names of those that words find, best first."""
        self._questions = dict(questions)
        self._search = search

    def __getitem__(self, name: str) -> StoredQuestion:
        if name in self._questions:
            return self._questions[name]
        try:
            find_question({key: vars(value) for key, value in self._questions.items()}, name)
        except UsageError as error:
            raise UnknownQuestionError(
                error.code, error.message, why=error.why, fix=error.fix
            ) from None
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._questions

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    def __repr__(self) -> str:
        return f"<{len(self)} questions: {', '.join(self) or 'none'}>"

    @property
    def tags(self) -> dict[str, int]:
        """The tags with the number of questions that bear them, most used first."""
        counts = Counter(tag for question in self.values() for tag in question.tags)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def tagged(self, *tags: str) -> Questions:
        """Return the questions that bear every one of these tags."""
        return self._only(name for name, q in self.items() if set(tags) <= set(q.tags))

    def about(self, words: str) -> Questions:
        """Return the questions whose name, wording or tags hold these words, best first."""
        return self._only(name for name in self._search(words) if name in self)

    def _only(self, names: Iterable[str]) -> Questions:
        return Questions({name: self._questions[name] for name in names}, self._search)


def described(question: Question) -> str:
    """Return what `help` says of a question: wording, parameters and columns."""
    parts = [f"{question.summary}\n{question.summary_zh}"]
    if question.description:
        parts.append(question.description)
    parameters = [
        *map(_parameter, question.params),
        "lang: en or zh, default 'en'",
        "limit: integer, default None (all rows)",
    ]
    parts.append("Parameters:\n" + "\n".join(f"    {line}" for line in parameters))
    columns = ", ".join(f"{name} ({kind})" for name, kind in question.columns.items())
    parts.append(f"Columns: {columns}")
    if question.tags:
        parts.append(f"Tags: {', '.join(question.tags)}")
    return "\n\n".join(parts)


def signature(question: Question) -> inspect.Signature:
    """Return the signature: keyword parameters, those without a default first."""
    wanted = [p for p in question.params if _is_keyword(p.name)]
    ordered = sorted(wanted, key=lambda p: p.default is not None)
    parameters = [_keyword(p.name, _default(p), _ANNOTATIONS.get(p.type, str)) for p in ordered]
    return inspect.Signature(
        [*parameters, _keyword("lang", "en", str), _keyword("limit", None, int | None)],
        return_annotation=Rows,
    )


def _parameter(parameter: Parameter) -> str:
    kind = f"{parameter.type} ({parameter.cls})" if parameter.cls else parameter.type
    default = "required" if parameter.default is None else f"default {parameter.default!r}"
    return f"{parameter.name}: {kind}, {default}: {parameter.label['en']}; {parameter.label['zh']}"


def _default(parameter: Parameter) -> object:
    return inspect.Parameter.empty if parameter.default is None else parameter.default


def _keyword(name: str, default: object, annotation: object) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def _is_keyword(name: str) -> bool:
    """Return whether Python can take it as a keyword argument; a variable of SPARQL may be called `class`."""
    return name.isidentifier() and not keyword.iskeyword(name) and name not in _RESERVED
