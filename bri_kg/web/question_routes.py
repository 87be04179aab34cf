"""Stored questions over HTTP: `/questions/cofounders?partner=UNESCO` gives the rows of `bri-kg ask`."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.answers.options import check_lang, check_limit
from bri_kg.answers.parameter_choices import choices
from bri_kg.dataset.questions import Question, once_each, unknown_parameter
from bri_kg.errors import UsageError
from bri_kg.names import nearest
from bri_kg.rdf.row_formats import unknown_format, write_rows
from bri_kg.web.explorer.page import HTML, Page, page_headers
from bri_kg.web.explorer.page_addresses import START
from bri_kg.web.explorer.page_routes import answered, page_for, refused
from bri_kg.web.explorer.question_answer import question_page
from bri_kg.web.explorer.question_index import questions_page
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.negotiation import ROW_OFFERS, Offer, taken
from bri_kg.web.problems import ProblemError, not_acceptable
from bri_kg.web.read_routes import read_route
from bri_kg.web.refusals import in_thread, language_of, mended_so, problem_of
from bri_kg.web.site import Site
from bri_kg.web.site_links import Links

JSON: Final = "application/json"
# What every question takes beside its own parameters.
OF_ALL: Final = ("format", "lang", "limit")
ROW_FORMS: Final = tuple(dict.fromkeys(offer.format for offer in ROW_OFFERS))
PAGE_OFFERS: Final = (*ROW_OFFERS, Offer("html", "text/html"))
LIST_OFFERS: Final = (Offer("json", JSON), Offer("html", "text/html"))
_VARY: Final = "Accept, Accept-Language"
_WHOLE: Final = re.compile("[0-9]{1,9}", re.ASCII)
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_.\-]+")


def routes(site: Site) -> list[Route]:
    """Return the routes of the stored questions."""
    answers = QuestionAnswers(site)
    return [
        read_route("/questions", answers.listed),
        read_route("/questions/{question_name}", answers.rows),
        read_route("/questions/{question_name}/choices/{parameter}", answers.choices),
    ]


class QuestionAnswers:
    """The questions of one site, and their answers."""

    def __init__(self, site: Site) -> None:
        """Answer for this site."""
        self._site = site
        self._links = Links(site.public_url)

    async def listed(self, request: Request) -> Response:
        """Answer with all questions: wording, parameters, columns; as JSON, or as a page."""
        return await in_thread(self._site.turns, self._list, request)

    async def rows(self, request: Request) -> Response:
        """Answer with the rows of one question, or with its page for people."""
        if not _wants_page(request):
            return await in_thread(self._site.turns, self._rows, request)
        try:
            return await in_thread(self._site.turns, self._page, request)
        except ProblemError as problem:
            return refused(self._site, page_for(self._site, request, START), problem)

    async def choices(self, request: Request) -> Response:
        """Answer with what a parameter may be, with names, as JSON."""
        return await in_thread(self._site.turns, self._choices, request)

    def _list(self, request: Request) -> Response:
        lang = _language(request)
        offer = _offer(request, request.query_params.get("format"), LIST_OFFERS)
        tag = tag_of(self._site.release, self._links.public_url, offer.media_type, lang)
        if has_still(request, tag):
            return not_modified(tag, _VARY, self._site.release)
        if offer.format == "json":
            return finished(
                request, self._records, JSON, tag=tag, vary=_VARY, release=self._site.release
            )
        page = page_for(self._site, request, "questions")
        html = questions_page(self._site, page)
        headers = page_headers(page)
        return finished(
            request,
            html.encode(),
            HTML,
            tag=tag,
            vary=_VARY,
            release=self._site.release,
            headers=headers,
        )

    @cached_property
    def _records(self) -> bytes:
        return _json([record(one, self._links) for one in self._site.graph.questions.values()])

    def _rows(self, request: Request) -> Response:
        question = self._question(request.path_params["question_name"])
        given = once_each(request.query_params.multi_items())
        offer = _offer(request, given.pop("format", None), ROW_OFFERS)
        lang, limit = _language(request), _limit(given.pop("limit", None))
        given.pop("lang", None)
        asked = (f"{key}={value}" for key, value in sorted(given.items()))
        tag = tag_of(self._site.release, question.name, offer.media_type, lang, str(limit), *asked)
        if has_still(request, tag):
            return not_modified(tag, _VARY, self._site.release)
        rows = self._site.graph.ask(question.name, lang=lang, limit=limit, **given)
        headers = {"Content-Language": lang}
        if _FILE_NAME.fullmatch(question.name):
            file = f"{question.name}.{offer.format}"
            headers["Content-Disposition"] = f'inline; filename="{file}"'
        if rows.truncated:
            headers["BRI-KG-Cut"] = f"the first {len(rows.rows)} rows only"
        body = write_rows(rows, offer.format).encode()
        return finished(
            request,
            body,
            offer.written,
            tag=tag,
            vary=_VARY,
            release=self._site.release,
            headers=headers,
        )

    def _page(self, request: Request) -> Response:
        question = self._question(request.path_params["question_name"])
        asked = once_each(request.query_params.multi_items())
        own = {parameter.name for parameter in question.params}
        for name in OF_ALL:
            if name not in own:
                asked.pop(name, None)
        _language(request)
        page = page_for(self._site, request, f"questions/{question.name}", asked)
        try:
            return answered(request, self._site, page, lambda: self._made(page, question, asked))
        except _FaultyError as faulty:
            headers = {"Content-Type": HTML, "Cache-Control": "no-store", "Vary": _VARY}
            return Response(faulty.html, 400, headers | page_headers(page))

    def _made(self, page: Page, question: Question, asked: dict[str, str]) -> str:
        made = question_page(self._site, page, question, asked)
        if made.is_faulty:
            raise _FaultyError(made.html)
        return made.html

    def _choices(self, request: Request) -> Response:
        question = self._question(request.path_params["question_name"])
        name, lang = request.path_params["parameter"], _language(request)
        parameter = next((one for one in question.params if one.name == name), None)
        if parameter is None:
            raise problem_of(unknown_parameter(question, name), 404)
        tag = tag_of(self._site.release, question.name, name, lang)
        if has_still(request, tag):
            return not_modified(tag, _VARY, self._site.release)
        body = _json(choices(self._site.graph, parameter, lang))
        return finished(request, body, JSON, tag=tag, vary=_VARY, release=self._site.release)

    def _question(self, name: str) -> Question:
        try:
            return self._site.graph.questions[name]
        except UsageError as error:
            near = nearest(name, self._site.graph.questions, at_least=0.4)
            url = self._links.public_url
            fix = f"{url}/questions lists them all"
            if near:
                fix = f"did you mean {near!r}? {url}/questions lists them all"
            raise mended_so(error, 404, fix, error.why) from None


class _FaultyError(Exception):
    """A form that was filled in wrongly, as the page that says so."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html


def _wants_page(request: Request) -> bool:
    """Return whether the page is asked for: by name, or as browsers ask, who like HTML best."""
    asked = request.query_params.get("format")
    if asked is not None:
        return asked == "html"
    offer = taken(request.headers.get("accept"), PAGE_OFFERS)
    return offer is not None and offer.format == "html"


def record(question: Question, links: Links) -> dict[str, Any]:
    """Return what the list says of a question, as plain data."""
    address = f"{links.public_url}/questions/{question.name}"
    return {
        "name": question.name,
        "address": address,
        "summary": {"en": question.summary, "zh": question.summary_zh},
        "description": question.description,
        "tags": list(question.tags),
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "class": one.cls,
                "default": one.default,
                "label": one.label,
                "choices": f"{address}/choices/{one.name}",
            }
            for one in question.params
        ],
        "columns": question.columns,
    }


def _offer(request: Request, asked: str | None, offers: tuple[Offer, ...]) -> Offer:
    """Return the format of an answer: that of `format`, else the one that the client likes best."""
    if asked is None:
        offer = taken(request.headers.get("accept"), offers)
        if offer is None:
            raise _not_acceptable(offers)
        return offer
    known: dict[str, Offer] = {}
    for offer in offers:
        known.setdefault(offer.format, offer)
    if asked not in known:
        raise unknown_format(asked, known)
    return known[asked]


def _not_acceptable(offers: tuple[Offer, ...]) -> ProblemError:
    refused = not_acceptable("rows")
    listed = ", ".join(dict.fromkeys(offer.media_type for offer in offers))
    return mended_so(refused, refused.status, f"the formats are: {listed}")


def _language(request: Request) -> str:
    asked = request.query_params.get("lang")
    if asked is not None:
        check_lang(asked)
    return language_of(request)


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    number = int(text) if _WHOLE.fullmatch(text) else None
    check_limit(text if number is None else number)
    return number


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
