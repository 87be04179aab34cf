"""`bri-kg questions [NAME]`: what can be asked, or one question with its parameters."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

import pyoxigraph as ox

from bri_kg.output import emit_rows
from bri_kg.questions import Question, find_question
from bri_kg.release import open_release
from bri_kg.resources import find
from bri_kg.rows import Rows


def run(args: Namespace) -> int:
    """List the questions, or the parameters of one."""
    index = open_release(find(args.graph)).index()
    if args.name:
        return emit_rows(_parameters(find_question(index, args.name), args.lang), args)
    questions = [Question.from_json(index[name]) for name in sorted(index)]
    rows = [
        (_text(q.name), _text(q.wording(args.lang)), _text(", ".join(p.name for p in q.params)))
        for q in questions
    ]
    return emit_rows(_cut(("question", "wording", "parameters"), rows, args.limit), args)


def _parameters(question: Question, language: str) -> Rows:
    rows = [
        (
            _text(p.name),
            _text(f"{p.type} ({p.cls})" if p.cls else p.type),
            _text(p.default) if p.default is not None else None,
            _text(p.label.get(language, p.label["en"])),
        )
        for p in question.params
    ]
    return Rows(("parameter", "type", "default", "meaning"), tuple(rows))


def _cut(
    columns: tuple[str, ...], rows: Sequence[tuple[ox.Literal, ...]], limit: int | None
) -> Rows:
    kept = rows if limit is None else rows[:limit]
    return Rows(columns, tuple(kept), truncated=len(kept) < len(rows))


def _text(text: str) -> ox.Literal:
    return ox.Literal(text)
