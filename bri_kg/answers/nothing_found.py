"""No rows, and why that may be: what the graph knows of the things that were asked for. It is no "no"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.face_words import NOT_A_NO, Both, Speaker
from bri_kg.answers.node_lookups import claims_naming
from bri_kg.answers.stored_answers import Answer
from bri_kg.dataset.questions import Question
from bri_kg.names import BRI, PREFIXES, expand, shorten
from bri_kg.rdf.terms import Term
from bri_kg.stores.selecting import Quads

_NAMED: Final[Both] = ("{label} ({name})", "{label}（{name}）")
_NO_CLAIM: Final[Both] = (
    "The graph knows {thing}; no claim names it.",
    "图谱中有{thing}；没有说法提到它。",
)
_ONE_CLAIM: Final[Both] = (
    "The graph knows {thing}; 1 claim names it.",
    "图谱中有{thing}；有 1 条说法提到它。",
)
_CLAIMS: Final[Both] = (
    "The graph knows {thing}; {n} claims name it.",
    "图谱中有{thing}；有 {n} 条说法提到它。",
)
_NOT_KNOWN: Final[Both] = (
    "No source says what is asked here. {no_answer}",
    "没有来源说到此处所问。{no_answer}",
)
_NOT_COMPARED: Final[Both] = (
    'This question finds no comparison here. That is "not found", not "they agree"; '
    "conflicts looks at whatever a compared claim names.",
    "此问题在此没有找到比较。这是“未找到”，不是“一致”；conflicts 查看所比较的说法提到的一切。",
)
_COMPARES: Final = "bri:compares"  # in the query of what is asked of comparisons
_TERM: Final = (BRI, PREFIXES["skos"])


@dataclass(frozen=True)
class Nothing:
    """Why nothing was found, in sentences; the things that were asked for, as IRIs; whether of comparisons.

    `is_changed` is whether the question has defaults that may find more.
    """

    sentences: tuple[str, ...]
    asked: tuple[str, ...]
    is_compared: bool
    is_changed: bool


def nothing_found(
    speaker: Speaker, store: Quads, question: Question, values: Mapping[str, Term], answer: Answer
) -> Nothing:
    """Return that no source says what is asked, and what is known of the things asked for."""
    asked = _asked(question, values)
    nodes = tuple(dict.fromkeys(asked.values()))
    is_compared = bool(asked) and _COMPARES in question.query
    told = _NOT_COMPARED if is_compared else _NOT_KNOWN
    return Nothing(
        (
            *(_known(speaker, store, node, answer) for node in nodes),
            speaker.say(told, no_answer=speaker.say(NOT_A_NO)),
        ),
        nodes,
        _COMPARES in question.query,
        any(p.default is not None and values.get(p.name) is not None for p in question.params),
    )


def _asked(question: Question, values: Mapping[str, Term]) -> dict[str, str]:
    """Return the things that were asked for, by parameter, those that the asker named before the defaults."""
    things = {
        p.name: term.value
        for p in question.params
        if isinstance(term := values.get(p.name), ox.NamedNode) and not term.value.startswith(_TERM)
    }
    defaults = {p.name: expand(p.default) or p.default for p in question.params if p.default}
    return dict(sorted(things.items(), key=lambda item: item[1] == defaults.get(item[0])))


def _known(speaker: Speaker, store: Quads, node: str, answer: Answer) -> str:
    label, name = answer.label(node), shorten(node)
    thing = speaker.say(_NAMED, label=label, name=name) if label else name
    count = claims_naming(store, node)
    return speaker.say(
        _ONE_CLAIM if count == 1 else _CLAIMS if count else _NO_CLAIM, thing=thing, n=count
    )
