"""`bri-kg questions [NAME]`: what can be asked, one question with its parameters, or `--coverage`.

The work is done in `bri_kg.dataset.questions`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from bri_kg.checking.question_coverage import reach
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import emit_rows, wants_all
from bri_kg.cli.talking import talk
from bri_kg.dataset.expected import passing
from bri_kg.dataset.questions import Question, find_question
from bri_kg.dataset.release import open_release
from bri_kg.dataset.resources import find
from bri_kg.errors import UsageError
from bri_kg.names import shorten
from bri_kg.rdf.rows import Rows
from bri_kg.stores.memory import embedded

EXAMPLES: Final = (
    ("what can be asked", "bri-kg questions"),
    ("the parameters of one, with their defaults", "bri-kg questions cofounders"),
    (
        "after a change to the graph, in a checkout",
        "bri-kg questions --accept --graph graph --alone",
    ),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "name",
        metavar="QUESTION",
        nargs="*",
        type=not_empty,
        help="the name of one, to show its parameters; or words that it tells of",
    )
    parser.add_argument("--tag", metavar="TAG", type=not_empty, help="only those with this tag")
    parser.add_argument(
        "--show", action="store_true", help="show the question of this name, and look for no words"
    )
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="which terms of the ontology the questions read; exit code 1 when one is left out",
    )
    parser.add_argument(
        "--accept",
        metavar="QUESTION",
        nargs="*",
        help="store the answers of these questions (default: of all) where they have changed, and "
        "show which rows; in a checkout only",
    )


def run(args: Namespace) -> int:
    """List the questions, the parameters of one, or the terms that they cover (1 when one is not)."""
    if args.accept is not None:
        return _accept(args)
    if args.coverage:
        return _coverage(args)
    index = open_release(find(args.graph, alone=args.alone)).index()
    questions = _chosen(index, args)
    if isinstance(questions, Question):
        return _one(questions, args)

    def show(rows: Rows) -> list[str]:
        from bri_kg.cli.show.question_pages import list_page  # of use to people only

        return list_page(args, questions[: len(rows)])

    rows = [
        (_text(q.name), _text(q.wording(args.lang)), _text(", ".join(p.name for p in q.params)))
        for q in questions
    ]
    return emit_rows(_cut(("question", "wording", "parameters"), rows, args.limit), args, show)


def _chosen(index: Mapping[str, Any], args: Namespace) -> Question | list[Question]:
    """Return the question of this name, else the questions of a tag that tell of some words."""
    words = " ".join(args.name)
    if args.show or words in index:
        return find_question(index, words)
    questions = [Question.from_json(index[name]) for name in sorted(index)]
    if not words and args.tag is None:
        return questions
    from bri_kg.answers.question_choice import of_tag, telling_of, telling_of_some

    chosen = questions if args.tag is None else of_tag(questions, args.tag)
    if not words:
        return chosen
    # One word that tells of nothing is a name that is misspelt, or one of former days.
    former = any(words in question.formerly for question in questions)
    found = [] if former else telling_of(chosen, words)
    if found:
        return found
    if former or _is_one_name(words):
        return find_question(index, words)
    some = telling_of_some(chosen, words)
    if some:
        talk(args, "no question tells of all these words; these tell of some")
    return some


def _is_one_name(words: str) -> bool:
    return words.isascii() and not any(map(str.isspace, words))


def _one(question: Question, args: Namespace) -> int:
    def show(_: Rows) -> list[str]:
        from bri_kg.cli.show.question_pages import question_page  # of use to people only

        return question_page(args, question, lambda: open_for(args, once=True))

    return emit_rows(_parameters(question, args.lang), args, show)


def _accept(args: Namespace) -> int:
    if args.name or args.coverage:
        raise UsageError(
            code="BRI123",
            message="--accept stands with another question or with --coverage",
            fix="name the questions behind --accept",
        )
    from bri_kg.cli.accept_answers import accept

    return accept(args)


def _coverage(args: Namespace) -> int:
    if args.name:
        raise UsageError(
            code="BRI118",
            message="--coverage is of all questions together",
            fix=f"leave out {' '.join(args.name)!r}, or --coverage",
        )
    kg = open_for(args)
    asked = passing(kg.resources, kg.questions.values(), lambda question: kg.ask(question.name))
    terms = reach(embedded(kg.guarded), asked)
    missing = [t for t in terms if not t.is_covered]
    rows = [
        (ox.NamedNode(t.term), ox.Literal(t.populated), _text(", ".join(t.questions)))
        for t in (terms if wants_all(args) else missing)
    ]
    if rows:
        emit_rows(_cut(("term", "populated", "questions"), rows, args.limit), args)
    for term in missing:
        talk(args, f"{shorten(term.term)}: {term.why}")
    covered = len(terms) - len(missing)
    percent = 100 * covered / len(terms)
    talk(args, f"{covered} of {len(terms)} terms are covered: {percent:.1f} %")
    return 1 if missing else 0


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
    columns: tuple[str, ...],
    rows: Sequence[tuple[ox.NamedNode | ox.Literal, ...]],
    limit: int | None,
) -> Rows:
    kept = rows if limit is None else rows[:limit]
    return Rows(columns, tuple(kept), truncated=len(kept) < len(rows))


def _text(text: str) -> ox.Literal:
    return ox.Literal(text)
