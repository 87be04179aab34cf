"""`bri-kg questions --accept`: answers that changed are shown row by row, and stored beside their questions."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size

from bri_kg.cli.destinations import goes_to_file
from bri_kg.cli.messages.speaking import in_language
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import choose_format, emit
from bri_kg.cli.show.layout import Page
from bri_kg.cli.talking import talk
from bri_kg.dataset.expected import NewAnswer, expected_file, new_answers
from bri_kg.dataset.questions import Question, default_bindings, find_question
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import UsageError
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.text_files import write_file

_STORED = (
    "{changed} of {asked} answers are stored anew",
    "{asked} 个答案中有 {changed} 个已重新保存",
)
_CHANGED = ("{name}: {how}", "{name}：{how}")
_NEW = ("{name}: no answer was stored", "{name}：此前没有保存答案")
_EMPTY = (
    "{name}: the new answer has no rows, which proves nothing",
    "{name}：新答案没有行，证明不了什么",
)


def accept(args: Namespace) -> int:
    """Show how the answers of the named questions, or of all, differ from the stored ones; store them; 0.

    Raise UsageError where there is no checkout to store them in. Every question is answered before
    the first answer is stored.
    """
    choose_format(args, ("text",), "text")
    _refuse_elsewhere(find(args.graph, alone=args.alone), args.store)
    kg = open_for(args)
    index = kg.release.index()
    names = args.accept or _stored_with_top(kg.resources, sorted(index))
    questions = [find_question(index, name) for name in names]

    def answer(question: Question) -> Rows:
        values = default_bindings(question)
        return kg.guarded.select(question.query, values, file=question.file)

    changed = list(new_answers(kg.resources, questions, answer))
    page = _page(args)
    emit(
        "".join(f"{line}\n" for new in changed for line in _shown(page, new)), args, for_people=True
    )
    for new in changed:
        write_file(new.file, new.content.encode())
    for new in changed:
        if new.content.count("\n") < 2:
            talk(args, page.say(_EMPTY, name=new.question))
    talk(args, page.say(_STORED, changed=len(changed), asked=len(questions)))
    return 0


def _page(args: Namespace) -> Page:
    if goes_to_file(args) or not sys.stdout or not sys.stdout.isatty():
        return Page(columns=sys.maxsize, lang=args.lang)
    return Page(get_terminal_size().columns, sys.stdout.encoding, args.lang)


def _shown(page: Page, new: NewAnswer) -> Iterator[str]:
    if new.difference is None:
        yield from page.lines(page.say(_NEW, name=new.question))
    else:
        how = in_language(str(new.difference), page.lang)
        yield from page.lines(page.say(_CHANGED, name=new.question, how=how))
    for row in new.lines():
        yield from page.lines(row[2:], indent=2, first=row[:2])


def _refuse_elsewhere(resources: Resources, store: str | None) -> None:
    """Raise UsageError where the questions do not stand beside the graph that answers them."""
    if store is not None:
        raise UsageError(
            code="BRI292",
            message="answers of a store are not kept: those of the graph are",
            fix="leave out --store",
        )
    top = resources.top
    beside = top.queries.resolve().parent == top.graph.resolve().parent
    if resources.release is not None or not beside:
        raise UsageError(
            code="BRI294",
            message="there is no place to store answers in",
            why="the installed questions are not changed in place"
            if resources.release is not None
            else f"{str(top.graph)!r} has no queries/ beside it",
            fix="work in a checkout, or name a collection by --graph",
        )


def _stored_with_top(resources: Resources, names: Sequence[str]) -> list[str]:
    """Return the questions of the top layer, and those below of which it stores an answer."""
    own = {path.stem for path in resources.top.query_files("questions")}
    return [name for name in names if name in own or expected_file(resources, name).is_file()]
