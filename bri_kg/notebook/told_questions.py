"""Stored questions: their wording, and how each is called."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.face_words import PARAMETERS, QUESTIONS, TAGS, Both, counted, say
from bri_kg.dataset.question_tags import tag_name
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, line, run, spaced

_COLUMNS: Both = ("columns", "列")
_REQUIRED: Both = ("required", "必填")


def question(given: Question, lang: str) -> Block:
    """Return a question: its wording in both languages, parameters with their defaults, columns, tags."""
    wordings = (Run(given.summary, "en", Look.STRONG), Run(given.summary_zh, "zh", Look.STRONG))
    told = (
        *(Block((one,)) for one in wordings),
        *([Block((run(given.description),))] if given.description else []),
        *_parameters(given.params, lang),
        _listed(_COLUMNS, given.columns, lang),
        _listed(TAGS, (tag_name(tag, lang) for tag in given.tags), lang),
    )
    return Block((run(f'kg.ask("{given.name}")', Look.CODE),), told, Frame.STATED)


def questions(given: Iterable[Question], lang: str) -> Block:
    """Return questions by name, each with its wording."""
    found = tuple(given)
    lines = (Block(spaced(run(one.name, Look.CODE), Run(one.wording(lang), lang))) for one in found)
    return Block((run(counted(lang, QUESTIONS, len(found)), Look.QUIET),), tuple(lines))


def _parameters(params: Iterable[Parameter], lang: str) -> tuple[Block, ...]:
    inside = tuple(Block(_parameter(one, lang)) for one in params)
    return (Block((run(say(lang, PARAMETERS), Look.QUIET),), inside),) if inside else ()


def _parameter(given: Parameter, lang: str) -> Line:
    kind = f"{given.type} ({given.cls})" if given.cls else given.type
    default = say(lang, _REQUIRED) if given.default is None else f"= {given.default!r}"
    label = Run(given.label[lang], lang)
    return spaced(
        line(run(given.name, Look.CODE), run(default, Look.CODE)), label, run(kind, Look.QUIET)
    )


def _listed(wording: Both, names: Iterable[str], lang: str) -> Block:
    return Block(line(run(say(lang, wording), Look.QUIET), ", ".join(names)))
