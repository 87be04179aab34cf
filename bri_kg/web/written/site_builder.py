"""`bri-kg build site`: every page of the explorer as a file, beside its place first, moved there when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bri_kg import __version__
from bri_kg.errors import InputError, UsageError
from bri_kg.progress import Progress
from bri_kg.stores.addresses import is_address
from bri_kg.stores.folders import beside, move_into
from bri_kg.web.assets_route import asset, asset_names
from bri_kg.web.explorer.editor_files import NOT_READ
from bri_kg.web.explorer.other_answers import Answers, answers_from
from bri_kg.web.linked_library import Library
from bri_kg.web.problems import Spoken
from bri_kg.web.site import Site
from bri_kg.web.snapshots import Place, Snapshot, take
from bri_kg.web.written.file_names import ASSETS
from bri_kg.web.written.page_crew import Crew, crew
from bri_kg.web.written.page_files import File, Task, list_of
from bri_kg.web.written.page_files import written as put
from bri_kg.web.written.page_keys import keys_without_fields
from bri_kg.web.written.page_worker import PLAN, Given, Message
from bri_kg.web.written.site_folder import MANIFEST, SUMS, manifest, sitemaps, sums
from bri_kg.web.written.site_plan import Plan
from bri_kg.web.written.site_planning import LANGUAGES, questions_of, things_of
from bri_kg.web.written.written_addresses import QUESTIONS, Linked

MOST_OF_STORE: Final = 2000
"""The pages of things, in each language, of a store of the user's, where no number is given."""
SECONDS_OF_STORE: Final = 30.0
"""The time that a question of such a store may take in both languages, where none is given."""
PAGES_OF_LIST: Final = 10
"""The pages of one list of such a store: of answers, comparisons, plans, documents."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the address of the copy, the most things that it tells of, how it is made."""

    at: str | None = None
    most: int | None = None
    processes: int | None = None
    spoken: Spoken | None = None
    show: bool = False
    seconds: float | None = None
    """The time in which a question is answered, or it is left out."""


@dataclass(frozen=True)
class Built:
    """What was written, and what was not."""

    pages: int
    files: int
    size: int
    left_out: int
    """The things that have no page."""
    has_other_answers: bool
    """Whether answers for other parameters than the defaults were written."""
    late: tuple[str, ...] = ()
    """The questions that were left out, since they took too long."""
    seconds: float | None = None
    """The time that each was given."""
    lists_are_cut: int | None = None
    """How many pages of one list were written, where not all were."""


@dataclass
class _Made:
    files: list[File] = field(default_factory=list)
    linked: set[Linked] = field(default_factory=set)
    done: set[Linked] = field(default_factory=set)
    late: set[str] = field(default_factory=set)

    def take(self, reply: Message) -> None:
        """Note what was written, and what it leads to."""
        self.files += [File(**one) for one in reply["files"]]
        self.linked |= _pages_told(reply["linked"])
        self.done |= _pages_told(reply["made"])


def build_site(place: Place, folder: Path, wanted: Wanted) -> Built:
    """Write the site of a graph into a folder, in place of what is there. Raise InputError where that cannot be."""
    if place.store is not None and is_address(place.store):
        raise UsageError(
            code="BRI912",
            message="build site reads a folder or a file, and no store at an address",
            fix="name a folder made by `bri-kg load`, or an RDF file",
        )
    snapshot = take(place)
    try:
        fix = "name a folder that may be written"
        at = folder.resolve()
        with beside(at, ".bri-kg-site-", "the site", fix, is_private=False) as made:
            try:
                built = _written(place, snapshot, made, wanted)
                move_into(made, at)
            except OSError as error:
                raise InputError(
                    code="BRI217",
                    message=f"{str(folder)!r} cannot be written",
                    why=error.strerror or str(error),
                    fix="check the path, its folder and the room on the disk",
                ) from None
            return built
    finally:
        snapshot.remove()


def _written(place: Place, snapshot: Snapshot, folder: Path, wanted: Wanted) -> Built:
    graph = snapshot.open(place)
    most = MOST_OF_STORE if wanted.most is None and graph.is_given else wanted.most
    things = things_of(graph, Library(Site(graph, "", snapshot.release)), most)
    questions = questions_of(graph)
    # Where things are left out, or a question may take long, nobody wants thousands of other answers.
    asked = () if graph.is_given or wanted.most else questions
    given = Given(place, str(snapshot.folder), snapshot.release, str(folder))
    seconds = SECONDS_OF_STORE if wanted.seconds is None and graph.is_given else wanted.seconds
    with crew(given, wanted.spoken, wanted.processes) as workers:
        plan = Plan(
            release=snapshot.release,
            things=things.written,
            questions=questions,
            answers=_answers(workers, asked, show=wanted.show),
            at=wanted.at,
            is_given=graph.is_given,
            most_pages=PAGES_OF_LIST if graph.is_given else None,
        )
        plan.write(snapshot.folder / PLAN)
        made = _pages(workers, plan, seconds, show=wanted.show)
    files = sorted(made.files, key=lambda one: one.name)
    pages = [one.name for one in files if one.name.endswith(".html")]
    files += [put(folder, f"{ASSETS}/{name}", asset(name) or b"") for name in _assets()]
    if plan.at:
        there = [name for name in pages if "/" in name]
        files += [put(folder, name, content) for name, content in sitemaps(plan.at, there)]
    told = {
        "version": __version__,
        "release": snapshot.release,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "at": plan.at,
        "pages": len(pages),
        "thingsLeftOut": things.left_out,
        "questionsLeftOut": sorted(made.late),
    }
    files.append(put(folder, MANIFEST, manifest(told)))
    put(folder, SUMS, sums(files))
    size = sum(one.size for one in files)
    return Built(
        pages=len(pages),
        files=len(files) + 1,
        size=size,
        left_out=things.left_out,
        has_other_answers=bool(asked),
        late=tuple(sorted(made.late)),
        seconds=seconds,
        lists_are_cut=plan.most_pages,
    )


def _assets() -> list[str]:
    """Return the names of what pages load; parts of the engine stand in a script that is made of them."""
    return sorted(name for name in asset_names() if not name.startswith(NOT_READ))


def _answers(
    workers: Crew, questions: Sequence[str], *, show: bool
) -> dict[str, tuple[Answers, ...]]:
    """Return the other answers of each question."""
    found = {}
    with Progress("looking for answers", len(questions), "questions", show=show) as progress:
        for message, reply in workers.each({"question": name} for name in questions):
            found[message["question"]] = tuple(answers_from(one) for one in reply["answers"])
            progress.reached(len(found))
    return {name: found[name] for name in questions}


def _pages(workers: Crew, plan: Plan, seconds: float | None, *, show: bool) -> _Made:
    """Write every page that is planned, then those that they lead to, until all are there.

    A page and its twin in the other language share what takes long, and so do the pages on which they go on.
    """
    made, tasks = _Made(), list(_planned(plan))
    made.done |= {(one.key, one.query, "") for one in tasks if not one.iri}
    messages = _together(tasks, lambda one: (one.key, one.query, one.iri), seconds)
    count = 0
    while messages:
        whole = count + sum(len(one["tasks"]) for one in messages)
        with Progress("writing pages", whole, "pages", show=show) as progress:
            late: list[Message] = []
            for message, reply in workers.each(messages):
                if "late" in reply:
                    late.append({"tasks": message["tasks"], **reply})
                    continue
                made.take(reply)
                count += len(message["tasks"])
                progress.reached(count)
        made.late |= {Task.of(one["tasks"][0]).question for one in late}
        new = sorted(made.linked - made.done)
        made.done |= made.linked
        tasks = [Task(lang, key, query, iri) for key, query, iri in new for lang in LANGUAGES]
        # An answer that was there in time is here again, and nothing on which it goes on is left out.
        messages = [*late, *_together(tasks, lambda one: (list_of(one.key), one.iri), None)]
    return made


def _pages_told(told: Iterable[Any]) -> set[Linked]:
    """Return the pages that plain data tell of."""
    return {(key, tuple((name, value) for name, value in query), iri) for key, query, iri in told}


def _together(
    tasks: Iterable[Task], shared: Callable[[Task], Hashable], seconds: float | None
) -> list[Message]:
    """Return messages with the tasks that share something; those of a question are done in time or not at all."""
    found: dict[Hashable, list[Task]] = {}
    for one in tasks:
        found.setdefault(shared(one), []).append(one)
    return [
        {"tasks": [asdict(one) for one in of]}
        | ({"seconds": seconds} if of[0].question and seconds is not None else {})
        for of in found.values()
    ]


def _planned(plan: Plan) -> Iterator[Task]:
    """Yield what is written whoever leads there: one page after the other, in each language."""
    for lang in LANGUAGES:
        for key in keys_without_fields():
            yield Task(lang, key)
        for name in plan.questions:
            yield Task(lang, QUESTIONS + name)
        for name, several in plan.answers.items():
            for one in several:
                for choice in one.found:
                    yield Task(lang, QUESTIONS + name, ((one.parameter, choice.value),))
        for iri in plan.things:
            yield Task(lang, iri=iri)
