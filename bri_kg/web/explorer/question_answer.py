"""A question on a page: its form, its answers with their passages, and the pictures that suit them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from bri_kg.answers.answer_layout import (
    Headed,
    Part,
    groups_of,
    headed,
    heading_of,
    lacks_name,
    not_told,
    parts_of,
    runs_of,
    shared_columns,
    size_of,
    with_columns,
)
from bri_kg.answers.answer_pictures import MAP, NETWORK, TIMES, Pictures, pictures_of
from bri_kg.answers.answer_sentences import (
    how_many_in_words,
    how_many_things,
    in_one_sentence,
    none_come_about,
    of_open_lists,
    status,
)
from bri_kg.answers.cells import EVIDENCE, Cell, Record, columns_of
from bri_kg.answers.column_names import column_name
from bri_kg.answers.compared_tellings import comparison_of_tellings
from bri_kg.answers.face_words import ROWS, counted
from bri_kg.answers.model import Comparison
from bri_kg.answers.nothing_found import Nothing, nothing_found
from bri_kg.answers.passage_model import Passage
from bri_kg.answers.presumed_one import names_and_things, presumed_one
from bri_kg.answers.stored_answers import Answer, answer_to, records_of
from bri_kg.dataset.questions import Question, answered, as_sent
from bri_kg.rdf.rows import Rows
from bri_kg.stores.selecting import Bindings
from bri_kg.web.explorer.answer_drawings import (
    map_picture,
    mark_of,
    network_picture,
    times_picture_of,
)
from bri_kg.web.explorer.copy_words import REST_OF_LIST, ROWS_WRITTEN
from bri_kg.web.explorer.overview_page import ground_of
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.explorer.paging import pages
from bri_kg.web.explorer.question_form import Form, form_of
from bri_kg.web.site import Site

ANSWERS: Final = "answers"
TABLE: Final = "table"
VIEWS: Final = (ANSWERS, TABLE, NETWORK, MAP, TIMES)
OF_PAGE: Final = ("view", "page")
"""What the page of every question takes beside its own parameters."""
_BESIDE: Final = ("role", "time")
_MOST_ROWS: Final = 1000
MOST_WRITTEN: Final = 10_000
"""Rows of an answer in a copy as data: of more, only so many are written."""
_NO_ANSWER: Final = {
    "answer": None,
    "together": None,
    "network": None,
    "map": None,
    "times": None,
    "view": ANSWERS,
}
_ON_A_PAGE: Final = 30
_IN_A_TABLE: Final = 100


@dataclass(frozen=True)
class Told:
    """An answer as it is shown: its number, its name or that it has none, its parts, its passages by column.

    `beside` is what needs no label, as a role or a time. Answers that share their passages have them once, at the
    last; `span` are their numbers then.
    """

    number: int
    first: Cell | None
    name: Cell | None
    unnamed: str
    beside: tuple[Cell, ...]
    marks: str
    is_ahead: bool
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    others: tuple[tuple[str, Passage], ...]
    span: str
    goes_on: bool
    """Whether the next answer has the same passages, which stand there."""


@dataclass(frozen=True)
class Group:
    """Answers below one heading: how many there are, what is told of all, those that are shown."""

    heading: str | None
    size: str
    shared: tuple[Part, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Made:
    """A page, and whether what was given was faulty."""

    html: str
    is_faulty: bool


def question_page(site: Site, page: Page, question: Question, asked: Mapping[str, str]) -> Made:
    """Return the page of a question as it is asked: parameters, `view` and `page`."""
    own = {parameter.name for parameter in question.params}
    of_page = {name: asked[name] for name in OF_PAGE if name in asked and name not in own}
    given = {name: text for name, text in asked.items() if name not in of_page and text}
    form = form_of(site, question, given, page.lang, is_fillable=not page.is_written)
    key = f"questions/{question.name}"
    head = {
        "question": question,
        "form": form,
        "given": given,
        "key": key,
        "unsaid_of": lambda answer: [
            (label, value) for label, value in answer.parameters if value.text not in answer.wording
        ],
        "asked": lambda **more: _address(page, key, given, more),
        "address_of": lambda cell: _address_of(page, cell),
        "wording_of": lambda name: _wording(site, page, name),
    }
    if form.is_faulty:
        html = filled(page, "question.html", **head, **_NO_ANSWER)
        return Made(html, is_faulty=True)
    if page.is_written:
        whole = whole_answer(site, question, form.values)
        rows, is_cut = whole.up_to(_MOST_ROWS), whole.truncated
    else:
        rows, is_cut = answered(question, site.graph.guarded, form.values, _MOST_ROWS), False
    answer = answer_to(page, site.graph.guarded, question, form.values, rows, page.texts)
    found = records_of(page, answer)
    body = _body(site, page, answer, found, of_page)
    if is_cut:
        body["notes"] = [*body["notes"], page.say(ROWS_WRITTEN, most=MOST_WRITTEN)]
    if not found:
        body["nothing"] = _nothing(site, page, question, form, answer)
    html = filled(
        page,
        "question.html",
        **head,
        answer=answer,
        status=status(page, answer) if found else None,
        together=_together(site, page, question, form, answer),
        sparql=as_sent(question, form.values),
        curl=_curl(site, page, question, given),
        python=_python(site, page, question, given),
        **body,
    )
    return Made(html, is_faulty=False)


def _body(
    site: Site, page: Page, answer: Answer, found: Sequence[Record], of_page: Mapping[str, str]
) -> dict[str, Any]:
    pictures = pictures_of(page, site.graph.guarded.quads, answer, found)
    views = (ANSWERS, TABLE, *pictures.kinds) if found else ()
    view = of_page.get("view", ANSWERS)
    view = view if view in views else ANSWERS
    order = [number for of in _groups(answer, found) for number in of]
    most = _IN_A_TABLE if view == TABLE else _ON_A_PAGE
    every = pages(len(order), most)
    last = min(every, page.most_pages or every)
    at = min(_whole(of_page.get("page", "")), last)
    shown = order[(at - 1) * most : at * most] if view in (ANSWERS, TABLE) else order
    told = [found[number] for number in sorted(shown)]
    common = _common_mark(page, found)
    head = headed(answer, found).head
    presumed = presumed_one(page, ground_of(site, page), found, head)
    unmarked = [replace(one, marks=()) for one in found] if common else found
    return {
        "view": view,
        "views": views,
        "number_of_page": at,
        "last_page": last if view in (ANSWERS, TABLE) else 1,
        "summed": in_one_sentence(page, answer, found, head) if found else None,
        "count": how_many_in_words(page, answer, found, told)
        if found
        else counted(page.lang, ROWS, 0),
        "things_told": names_and_things(page, found, head, presumed)
        or how_many_things(page, found, head),
        "presumed": presumed,
        "notes": [
            note
            for note in (
                none_come_about(page, answer, found),
                of_open_lists(page, answer),
                _rest(page, len(order) - last * most),
            )
            if note
        ],
        "mark_of_all": common if view == ANSWERS else "",
        "groups": _told(page, answer, unmarked, set(shown)) if view == ANSWERS else (),
        "table": _table(page, answer, found, sorted(shown)) if view == TABLE else None,
        **_drawn(page, answer, pictures, view),
        "nothing": None,
    }


def _common_mark(page: Page, found: Sequence[Record]) -> str:
    """Return how far all of several answers have come about, where that is the same and no plan is among them."""
    marks = {mark_of(page, one) for one in found}
    is_said_once = len(found) > 1 and len(marks) == 1 and not any(one.is_ahead for one in found)
    return marks.pop() if is_said_once else ""


def whole_answer(site: Site, question: Question, values: Bindings) -> Rows:
    """Return the rows of a question as a copy holds them, `MOST_WRITTEN` at most; kept, where that is done.

    They are asked for once, for the pages of an answer and for what is written of it as data.
    """
    key = ("?", question.name, tuple(sorted(values.items())))

    def read() -> Rows:
        return answered(question, site.graph.guarded, values, MOST_WRITTEN)

    return read() if site.graph.kept is None else site.graph.kept.rows(key, read)


def _rest(page: Page, left_out: int) -> str | None:
    """Return how many answers stand on no page of a copy."""
    return counted(page.lang, REST_OF_LIST, left_out) if left_out > 0 else None


def _drawn(page: Page, answer: Answer, pictures: Pictures, view: str) -> dict[str, object]:
    """Return the picture of a view; a written page, which no server changes, has them all."""

    def wanted(kind: str) -> bool:
        return kind in pictures.kinds and (view == kind or page.is_written)

    return {
        "network": network_picture(page, pictures.links, answer.wording)
        if wanted(NETWORK)
        else None,
        "map": map_picture(page, pictures.places) if wanted(MAP) else None,
        "times": times_picture_of(page, pictures.times) if wanted(TIMES) else None,
    }


def _groups(answer: Answer, found: Sequence[Record]) -> list[tuple[int, ...]]:
    return groups_of(found) if answer.groups else [tuple(range(len(found)))]


def _told(
    page: Page, answer: Answer, found: Sequence[Record], shown: set[int]
) -> tuple[Group, ...]:
    by = headed(answer, found)
    if not answer.groups:
        return (Group(None, "", (), _in_runs(page, answer, found, sorted(shown), by)),)
    groups = groups_of(found)
    once = shared_columns(found, groups)
    made = []
    for numbers in groups:
        kept = [number for number in numbers if number in shown]
        if not kept:
            continue
        first = found[numbers[0]]
        rest = [with_columns(record, record.cells.keys() - once) for record in found]
        made.append(
            Group(
                heading_of(page, answer, first).text.capitalize(),
                size_of(page, answer, found, numbers, by.head),
                tuple(
                    Part(column, column_name(page, column), cell)
                    for column, cell in with_columns(first, once).cells.items()
                ),
                _in_runs(page, answer, rest, kept, by),
            )
        )
    return tuple(made)


def _in_runs(
    page: Page, answer: Answer, found: Sequence[Record], numbers: Sequence[int], by: Headed
) -> tuple[Told, ...]:
    return tuple(
        _one(page, answer, found[number], number, by, run)
        for run in runs_of(answer, found, numbers, by)
        for number in run
    )


def _one(
    page: Page, answer: Answer, record: Record, number: int, by: Headed, run: Sequence[int]
) -> Told:
    cited = record.passages if number == run[-1] else ()
    parts = parts_of(page, record, by)
    unnamed = not_told(page, by.head) if lacks_name(record, by) else ""
    return Told(
        number + 1,
        record.cells.get(by.first) if by.first else None,
        record.cells.get(by.head),
        unnamed,
        tuple(
            part.cell for part in parts if part.column in _BESIDE and part.cell.text not in unnamed
        ),
        mark_of(page, record),
        record.is_ahead,
        tuple(part for part in parts if part.column not in _BESIDE),
        tuple(answer.passages[iri] for name, iri in cited if name == EVIDENCE),
        tuple(
            (column_name(page, name), answer.passages[iri])
            for name, iri in cited
            if name != EVIDENCE
        ),
        f"{run[0] + 1}–{run[-1] + 1}" if len(run) > 1 else "",
        number != run[-1],
    )


def _table(
    page: Page, answer: Answer, found: Sequence[Record], numbers: Sequence[int]
) -> dict[str, object]:
    """Return the head of the table and its rows: cells, marks, passages."""
    columns = columns_of(answer.rows, found)
    return {
        "head": [column_name(page, name) for name in columns],
        "rows": [
            (
                number + 1,
                [found[number].cells.get(name) for name in columns],
                found[number],
                [answer.passages[iri] for _, iri in found[number].passages],
            )
            for number in numbers
        ],
        "is_marked": any(record.marks for record in found),
    }


def _together(
    site: Site, page: Page, question: Question, form: Form, answer: Answer
) -> Comparison | None:
    """Return what the editors say of how the answers go together, of a thing that is compared."""
    if not answer.compared or not 1 < len(answer.rows) <= _ON_A_PAGE:
        return None
    return comparison_of_tellings(ground_of(site, page), question, form.values)


def _nothing(site: Site, page: Page, question: Question, form: Form, answer: Answer) -> Nothing:
    return nothing_found(page, site.graph.guarded.quads, question, form.values, answer)


def _address(page: Page, key: str, given: Mapping[str, str], more: Mapping[str, object]) -> str:
    """Return the address of the question with these parameters, shown so; what goes without saying is left out."""
    told = {name: str(value) for name, value in more.items() if (name, value) != ("view", ANSWERS)}
    return page.at.of(key, **given, **told)


def _address_of(page: Page, cell: Cell) -> str | None:
    return page.at.thing(cell.term.value) if isinstance(cell.term, ox.NamedNode) else None


def _wording(site: Site, page: Page, name: str) -> str:
    return site.graph.questions[name].wording(page.lang)


def _whole(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _curl(site: Site, page: Page, question: Question, given: Mapping[str, str]) -> str:
    query = urlencode({**given, "lang": page.lang, "format": "csv"})
    return f"curl '{site.public_url}/questions/{question.name}?{query}'"


def _python(site: Site, page: Page, question: Question, given: Mapping[str, str]) -> str:
    opened = 'bri_kg.open(store="…")' if site.graph.is_given else "bri_kg.open()"
    plain = all(name.isidentifier() for name in given)
    named = [f"{name}={text!r}" for name, text in given.items()]
    told = [
        repr(question.name),
        *(named if plain else [f"**{dict(given)!r}"]),
        f"lang={page.lang!r}",
    ]
    return f"import bri_kg\n\nrows = {opened}.ask({', '.join(told)})\nframe = rows.to_pandas()"
