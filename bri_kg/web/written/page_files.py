"""One file after another: pages in a language, what is told of a thing as data, answers as data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

from bri_kg import __version__
from bri_kg.errors import BriKgError
from bri_kg.rdf.row_formats import write_rows
from bri_kg.web.explorer.editor import EDITOR, editor_page
from bri_kg.web.explorer.editor_files import editor_files
from bri_kg.web.explorer.other_answers import Answers
from bri_kg.web.explorer.page import POLICY, Page, written_policy
from bri_kg.web.explorer.page_addresses import START
from bri_kg.web.explorer.question_answer import OF_PAGE, whole_answer
from bri_kg.web.explorer.question_left_out import left_out_page
from bri_kg.web.explorer.search_index import index_file, search_index
from bri_kg.web.explorer.searching import KEY as SEARCH
from bri_kg.web.explorer.told_problems import problem_page
from bri_kg.web.linked_library import Library
from bri_kg.web.refusals import problem_of
from bri_kg.web.site import Site
from bri_kg.web.written.file_names import ASSETS, Query, answer_file, data_file, page_file
from bri_kg.web.written.page_keys import is_page, made_at
from bri_kg.web.written.site_plan import Plan
from bri_kg.web.written.site_planning import LANGUAGES, answers_of
from bri_kg.web.written.written_addresses import DATA_FORMS, QUESTIONS, ROW_FORMS, Linked, Written

_SHOWN: Final = 12  # of a digest
_DATA_WITH: Final = LANGUAGES[0]


@dataclass(frozen=True)
class File:
    """A file of a copy: its name in the folder, the number of its bytes and their SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Task:
    """What is to be made: the page at a key, or about an IRI, in a language."""

    lang: str
    key: str = START
    query: Query = ()
    iri: str = ""

    @property
    def question(self) -> str:
        """The name of the question whose page it is; empty for any other page."""
        name = self.key.removeprefix(QUESTIONS)
        return name if name != self.key else ""

    def goes_on_at(self, key: str, query: Query, iri: str) -> bool:
        """Return whether a page is one on which this one goes on: of a thing, a list, or an answer."""
        if self.iri or iri:
            return iri == self.iri
        own, other = (
            tuple(one for one in of if one[0] not in OF_PAGE) for of in (self.query, query)
        )
        return own == other and list_of(key) == list_of(self.key)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Task:
        """Return the task that plain data tell of."""
        query = tuple((name, value) for name, value in told["query"])
        return cls(told["lang"], told["key"], query, told["iri"])


@dataclass
class Done:
    """The files that were written, the pages that they lead to, and those that they are."""

    files: list[File] = field(default_factory=list)
    linked: set[Linked] = field(default_factory=set)
    made: set[Linked] = field(default_factory=set)


class Maker:
    """Writes the files of one copy into a folder."""

    def __init__(self, site: Site, folder: Path, plan: Callable[[], Plan]) -> None:
        """Write into this folder by a plan, which may come later."""
        self._site = site
        self._folder = folder
        self._read_plan = plan
        self._library = Library(site)

    @cached_property
    def plan(self) -> Plan:
        """What the copy holds."""
        return self._read_plan()

    def answers(self, question: str) -> tuple[Answers, ...]:
        """Return which choices of a question have an answer."""
        return answers_of(self._site.graph, self._site.graph.questions[question])

    def make(self, tasks: Iterable[Task]) -> Done:
        """Write what tasks ask for, and the pages on which it goes on: they share what takes long."""
        done, waiting = Done(), list(tasks)
        languages = dict.fromkeys(task.lang for task in waiting)
        known = set(waiting)
        while waiting:
            task = waiting.pop(0)
            self._make(task, done)
            done.made.add((task.key, task.query, task.iri))
            more = [
                Task(lang, *linked)
                for linked in sorted(done.linked - done.made)
                if task.goes_on_at(*linked)
                for lang in languages
            ]
            waiting += [one for one in more if one not in known]
            known.update(more)
        return done

    def leave_out(self, tasks: Iterable[Task], seconds: float) -> Done:
        """Write, in place of each page of a question, the one that says that it took longer than so many seconds."""
        done = Done()
        for task in tasks:
            at = Written(self.plan, is_page, task.lang, task.key, task.query, linked=done.linked)
            question = self._site.graph.questions[task.question]
            html = left_out_page(self._page(at), question, seconds)
            done.files.append(written(self._folder, at.file, html.encode()))
            for form in ROW_FORMS:  # of a language that was done before the time was over
                (self._folder / answer_file(task.lang, task.key, task.query, form)).unlink(True)
            begun = (self._folder / at.file).with_suffix("")
            for file in begun.glob("page-*.html"):
                file.unlink()
        return done

    def _make(self, task: Task, done: Done) -> None:
        for name, content in self._thing(task, done) if task.iri else self._keyed(task, done):
            done.files.append(written(self._folder, name, content))

    def _thing(self, task: Task, done: Done) -> Iterator[tuple[str, bytes]]:
        iri = task.iri
        at = Written(self.plan, is_page, task.lang, iri, task.query, linked=done.linked)
        page = self._page(at)
        yield (
            at.file,
            self._told(
                page, lambda: str(self._library.told(iri, "html", page, task.query).content)
            ),
        )
        if task.lang == _DATA_WITH and not task.query:
            for form in DATA_FORMS:
                content = self._library.told(iri, form, page).content
                assert isinstance(content, bytes)
                yield data_file(iri, form), content

    def _keyed(self, task: Task, done: Done) -> Iterator[tuple[str, bytes]]:
        if task.key == EDITOR:
            yield from self._editor(task, done)
            return
        found = made_at(task.key)
        assert found is not None, task.key
        made, fields = found
        asked = {**dict(task.query), **fields}
        places = [page_file(task.lang, task.key, task.query)]
        if task.key == START and task.lang == LANGUAGES[0]:
            places.append("index.html")
        for place in places:
            at = Written(self.plan, is_page, task.lang, task.key, task.query, place, done.linked)
            page = replace(self._page(at), others=self.plan.answers.get(task.question, ()))
            yield place, self._told(page, partial(made, self._site, page, asked))
        if task.key == SEARCH:
            yield from self._index(task)
        if task.question:
            yield from self._rows(task)

    def _editor(self, task: Task, done: Done) -> Iterator[tuple[str, bytes]]:
        """Yield the editor, whose engine and data stand beside it."""
        at = Written(self.plan, is_page, task.lang, EDITOR, linked=done.linked)
        yield at.file, editor_page(self._site, self._page(at), {}).encode()
        if task.lang == _DATA_WITH:
            files = editor_files(self._site.graph, at)
            yield from ((f"{ASSETS}/{name}", content) for name, content in files)

    def _index(self, task: Task) -> Iterator[tuple[str, bytes]]:
        """Yield what the search looks things up in; addresses in it are from the folder that holds all others."""
        page = self._page(Written(self.plan, is_page, task.lang, place="index.html"))
        index = search_index(self._site.graph, page)
        yield f"{ASSETS}/{index_file(task.lang)}", index.script.encode()

    def _rows(self, task: Task) -> Iterator[tuple[str, bytes]]:
        """Yield the answer of a question as data; where it cannot be asked, its page says why."""
        if any(name in OF_PAGE for name, _ in task.query):
            return  # the answer goes on, and stands whole beside its first page
        question = self._site.graph.questions[task.question]
        try:
            values = self._site.graph.bind(question, dict(task.query), task.lang)
            rows = whole_answer(self._site, question, values)
        except BriKgError:
            return
        for form in ROW_FORMS:
            content = write_rows(rows, form).encode()
            yield answer_file(task.lang, task.key, task.query, form), content

    def _page(self, at: Written) -> Page:
        canonical = f"{self.plan.at}{at.canonical}" if self.plan.at else None
        return Page(
            at,
            at.lang,
            is_written=True,
            canonical=canonical,
            copy_of=f"bri-kg {__version__} ({self.plan.release[:_SHOWN]})",
            policy=written_policy(POLICY),
            most_pages=self.plan.most_pages,
        )

    def _told(self, page: Page, made: Callable[[], str]) -> bytes:
        """Return a page; of what cannot be told, the page that says why, so that no link is dead."""
        try:
            html = made()
        except BriKgError as error:
            html = problem_page(page, problem_of(error), self._site.spoken)
        return html.encode()


def list_of(key: str) -> str:
    """Return the key of the first page of a list."""
    first, _, number = key.rpartition("/")
    return first if number.isdecimal() else key


def written(folder: Path, name: str, content: bytes) -> File:
    """Write a file of a copy, and return what is noted of it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File(name, len(content), hashlib.sha256(content).hexdigest())
