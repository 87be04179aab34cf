"""Addresses in a folder of files: each from the place of the page that writes it, so that the folder can be moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

from bri_kg.names import BASE, BRI
from bri_kg.web.explorer.editor import EDITOR
from bri_kg.web.explorer.page_addresses import START, THING, WELL_KNOWN, part_of
from bri_kg.web.explorer.question_answer import OF_PAGE
from bri_kg.web.site_links import KEPT
from bri_kg.web.written.file_names import (
    ASSETS,
    Query,
    answer_file,
    data_file,
    document_of,
    page_file,
    thing_file,
)
from bri_kg.web.written.site_plan import Plan

DATA_FORMS: Final = ("ttl", "nt", "jsonld")
ROW_FORMS: Final = ("csv", "json")
QUESTIONS: Final = "questions/"
_TERMS: Final = "terms/"
_WEB: Final = ("https://", "http://")
Linked = tuple[str, Query, str]
"""A page by its key and parameters, or by the IRI that it is about and parameters."""


@dataclass(frozen=True)
class Written:
    """Addresses of one page of a copy; what it leads to is noted, so that it is written too."""

    plan: Plan
    is_page: Callable[[str], bool]
    """Whether the explorer has a page with this key."""
    lang: str
    here: str = START
    query: Query = ()
    place: str | None = None
    """The file of the page, where it is not the one that its key says."""
    linked: set[Linked] = field(default_factory=set, compare=False)

    @property
    def file(self) -> str:
        """The file in which the page stands."""
        return self.place or self._file(self.lang)

    @property
    def canonical(self) -> str:
        """The file by which the page is cited."""
        return self._file(self.lang)

    def of(self, key: str, /, **query: str) -> str:
        """Return the address of a page; of what is not written, of the nearest page that is."""
        if key == THING and "iri" in query:
            return self.thing(query["iri"]) or self.of(START)
        if key.startswith(_TERMS):
            return self.thing(BRI + key.removeprefix(_TERMS)) or self.of(START)
        query.pop("lang", None)
        if key == EDITOR and query:
            return f"{self.of(key)}#{urlencode(query)}"
        form = query.pop("format", None)
        if key.startswith(QUESTIONS):
            of_page: dict[str, str] = {name: query.pop(name) for name in OF_PAGE if name in query}
            asked = self.plan.answered(key.removeprefix(QUESTIONS), query)
            if form in ROW_FORMS and asked is not None:
                return self._to(answer_file(self.lang, key, _sorted(asked), form))
            query = {} if asked is None else asked | _going_on(of_page)
        if not self.has(key):
            key, query = START, {}
        self.linked.add((key, _sorted(query), ""))
        return self._to(page_file(self.lang, key, _sorted(query)))

    def has(self, key: str, /, **query: str) -> bool:
        """Return whether there is a page, or data, at this key with these parameters."""
        name = key.removeprefix(QUESTIONS)
        if name == key:
            return self.is_page(key) and (f"{key}/" != QUESTIONS or bool(self.plan.questions))
        form = query.pop("format", None)
        if form in ROW_FORMS and self.plan.is_given and self.here != key:
            return False  # what a store answers to, and in time, is known at its own page alone
        return form in (None, *ROW_FORMS) and self.plan.answered(name, query) is not None

    def thing(self, iri: str) -> str | None:
        """Return the address of the page of a thing; of what has none, its IRI where it is elsewhere in the web."""
        document = document_of(iri)
        if document in self.plan.has_page:
            fragment = iri[len(document) :].removeprefix("#")
            mark = f"#{quote(fragment, safe=KEPT)}" if fragment else ""
            return self.part(document, part_of(iri)) + mark
        is_elsewhere = iri.startswith(_WEB) and not iri.startswith(BASE)
        # What a store of the user's speaks of is nobody else's to look up, but what W3C defines.
        return iri if is_elsewhere and (not self.plan.is_given or WELL_KNOWN.match(iri)) else None

    def part(self, source: str, begin: int) -> str:
        """Return the address of the part of a source that begins at a character."""
        return self._about(source, (("from", str(begin)),) if begin else ())

    def here_with(self, **query: str) -> str:
        """Return the address of this very page with other parameters."""
        asked = dict(self.query) | {name: str(value) for name, value in query.items()}
        if self.here in self.plan.has_page:
            return self._about(self.here, _sorted(asked))
        return self.of(self.here, **asked)

    def data(self, iri: str, form: str) -> str | None:
        """Return the address of what is told of a thing in a form, None where it is not written."""
        if form not in DATA_FORMS or document_of(iri) not in self.plan.has_page:
            return None
        return self._to(data_file(iri, form))

    def asset(self, name: str) -> str:
        """Return the address of a file of `bri_kg/web/assets`."""
        return self._to(f"{ASSETS}/{name}")

    def in_language(self, lang: str) -> str:
        """Return the address of this very page in a language."""
        return self._to(self._file(lang))

    def _about(self, iri: str, query: Query) -> str:
        if query:
            self.linked.add(("", query, iri))
        return self._to(thing_file(self.lang, iri, query))

    def _file(self, lang: str) -> str:
        if self.here in self.plan.has_page:
            return thing_file(lang, self.here, self.query)
        return page_file(lang, self.here, self.query)

    def _to(self, file: str) -> str:
        return _relative(file, self.file)


def _going_on(of_page: Mapping[str, str]) -> dict[str, str]:
    """Return the number of a page behind the first; a copy shows all views of an answer on one."""
    number = of_page.get("page", "1")
    return {} if number == "1" else {"page": number}


def _relative(file: str, page: str) -> str:
    """Return the way from a page to a file, both by their names in the folder."""
    to, at = file.split("/"), page.split("/")
    same = 0
    while same < len(at) - 1 and same < len(to) - 1 and at[same] == to[same]:
        same += 1
    return "../" * (len(at) - 1 - same) + "/".join(to[same:])


def _sorted(query: dict[str, str]) -> Query:
    return tuple(sorted(query.items()))
