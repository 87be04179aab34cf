"""Stored questions over HTTP: `/questions/cofounders?partner=UNESCO` gives the rows of `bri-kg ask`."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cached_property
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.answers.options import check_lang
from bri_kg.dataset.questions import Question
from bri_kg.errors import UsageError
from bri_kg.names import nearest
from bri_kg.rdf.row_formats import write_rows
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.html_pages import HTML, Page, page_headers
from bri_kg.web.negotiation import ROW_OFFERS, Offer, taken
from bri_kg.web.parameter_choices import choices
from bri_kg.web.problems import ProblemError, not_acceptable
from bri_kg.web.question_pages import questions_page
from bri_kg.web.refusals import in_thread, language_of
from bri_kg.web.site import Site
from bri_kg.web.site_links import Links

JSON: Final = "application/json"
# What every question takes beside its own parameters.
OF_ALL: Final = ("format", "lang", "limit")
ROW_FORMS: Final = tuple(dict.fromkeys(offer.format for offer in ROW_OFFERS))
LIST_OFFERS: Final = (Offer("json", JSON), Offer("html", "text/html"))
_VARY: Final = "Accept, Accept-Language"
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_.\-]+")


def routes(site: Site) -> list[Route]:
    """Return the routes of the stored questions."""
    answers = QuestionAnswers(site)
    return [
        Route("/questions", answers.listed),
        Route("/questions/{name}", answers.rows),
        Route("/questions/{name}/choices/{parameter}", answers.choices),
    ]


class QuestionAnswers:
    """The questions of one site, and their answers."""

    def __init__(self, site: Site) -> None:
        """Answer for this site."""
        self._site = site
        self._links = Links(site.public_url)

    async def listed(self, request: Request) -> Response:
        """Answer with all questions: wording, parameters, columns; as JSON, or as a page."""
        return await in_thread(self._list, request)

    async def rows(self, request: Request) -> Response:
        """Answer with the rows of one question."""
        return await in_thread(self._rows, request)

    async def choices(self, request: Request) -> Response:
        """Answer with what a parameter may be, with names, as JSON."""
        return await in_thread(self._choices, request)

    def _list(self, request: Request) -> Response:
        lang = _language(request)
        offer = _offer(request, request.query_params.get("format"), LIST_OFFERS)
        tag = tag_of(self._site.release, self._links.public_url, offer.media_type, lang)
        if has_still(request, tag):
            return not_modified(tag, _VARY)
        if offer.format == "json":
            return finished(request, self._records, JSON, tag=tag, vary=_VARY)
        html = questions_page(Page(self._links, lang), self._site.graph.questions.values())
        headers = page_headers(html, lang)
        return finished(request, html.encode(), HTML, tag=tag, vary=_VARY, headers=headers)

    @cached_property
    def _records(self) -> bytes:
        return _json([record(one, self._links) for one in self._site.graph.questions.values()])

    def _rows(self, request: Request) -> Response:
        question = self._question(request.path_params["name"])
        given = _once_each(request)
        offer = _offer(request, given.pop("format", None), ROW_OFFERS)
        lang, limit = _language(request), _limit(given.pop("limit", None))
        given.pop("lang", None)
        asked = (f"{key}={value}" for key, value in sorted(given.items()))
        tag = tag_of(self._site.release, question.name, offer.media_type, lang, str(limit), *asked)
        if has_still(request, tag):
            return not_modified(tag, _VARY)
        rows = self._site.graph.ask(question.name, lang=lang, limit=limit, **given)
        headers = {"Content-Language": lang}
        if _FILE_NAME.fullmatch(question.name):
            file = f"{question.name}.{offer.format}"
            headers["Content-Disposition"] = f'inline; filename="{file}"'
        if rows.truncated:
            headers["BRI-KG-Cut"] = f"the first {len(rows.rows)} rows only"
        body = write_rows(rows, offer.format).encode()
        return finished(request, body, offer.written, tag=tag, vary=_VARY, headers=headers)

    def _choices(self, request: Request) -> Response:
        question = self._question(request.path_params["name"])
        name, lang = request.path_params["parameter"], _language(request)
        known = {one.name: one for one in question.params}
        if name not in known:
            near = nearest(name, known)
            raise ProblemError(
                404,
                "BRI111",
                f"question {question.name!r} has no parameter {name!r}",
                fix=f"did you mean {near!r}?"
                if near
                else f"its parameters are: {', '.join(known) or 'none'}",
            )
        tag = tag_of(self._site.release, question.name, name, lang)
        if has_still(request, tag):
            return not_modified(tag, _VARY)
        body = _json(choices(self._site.graph, known[name], lang))
        return finished(request, body, JSON, tag=tag, vary=_VARY)

    def _question(self, name: str) -> Question:
        try:
            return self._site.graph.questions[name]
        except UsageError as error:
            near = nearest(name, self._site.graph.questions, at_least=0.4)
            meant = f"did you mean {near!r}? " if near else ""
            fix = f"{meant}{self._links.public_url}/questions lists them all"
            raise ProblemError(404, error.code, error.message, why=error.why, fix=fix) from None


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
        raise UsageError(
            "BRI202", f"rows cannot be written as {asked}", fix=f"use one of: {', '.join(known)}"
        )
    return known[asked]


def _not_acceptable(offers: tuple[Offer, ...]) -> ProblemError:
    if offers is ROW_OFFERS:
        return not_acceptable("rows")
    listed = ", ".join(offer.media_type for offer in offers)
    return ProblemError(
        406,
        "BRI802",
        "the answer is given in none of the formats that are asked for",
        fix=f"ask for one of: {listed}",
    )


def _once_each(request: Request) -> dict[str, str]:
    """Return the parameters of the address. Raise UsageError where one is given twice."""
    pairs = request.query_params.multi_items()
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise UsageError("BRI115", f"parameter {name!r} is given twice", fix="give it once")
    return dict(pairs)


def _language(request: Request) -> str:
    asked = request.query_params.get("lang")
    if asked is not None:
        check_lang(asked)
    return language_of(request)


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch("0*[1-9][0-9]{0,8}", text, re.ASCII):
        raise UsageError(
            "BRI125",
            f"the limit {text!r} is no whole number above 0",
            fix="leave it out for all rows",
        )
    return int(text)


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
