"""Stored questions over HTTP: `/questions/cofounders?partner=UNESCO` gives the rows of `bri-kg ask`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.dataset.questions import Question
from bri_kg.errors import BriKgError, UsageError
from bri_kg.names import nearest
from bri_kg.rdf.row_formats import write_rows
from bri_kg.web.entity_tags import CACHED, entity_tag, has_still, not_modified
from bri_kg.web.html_pages import Page, as_response
from bri_kg.web.negotiation import best_media_type
from bri_kg.web.parameter_choices import choices
from bri_kg.web.problems import problem_of
from bri_kg.web.question_pages import questions_page
from bri_kg.web.refusals import LANGUAGES, VARY, language_of, refused
from bri_kg.web.row_answers import NoFormatError, one_of, row_format
from bri_kg.web.site import Site
from bri_kg.web.site_links import Links

# What every question takes beside its own parameters.
OF_ALL: Final = ("lang", "format", "limit")
_LISTED: Final = {"json": "application/json", "html": "text/html"}
_TOO_MUCH: Final = 3
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_.\-]+")
# What only a terminal can do.
_COMMAND: Final = re.compile(r"\s*(?:Else: )?`bri-kg [^`]*`[^.;?]*[.;?]?")


class UnknownNameError(UsageError):
    """There is no question or parameter of this name (404)."""


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
        return await _guarded(request, self._links, self._list)

    async def rows(self, request: Request) -> Response:
        """Answer with the rows of one question."""
        return await _guarded(request, None, self._rows)

    async def choices(self, request: Request) -> Response:
        """Answer with what a parameter may be, with names, as JSON."""
        return await _guarded(request, None, self._choices)

    def _list(self, request: Request) -> Response:
        lang = _language(request)
        asked = request.query_params.get("format")
        if asked is None:
            media_type = best_media_type(request.headers.get("accept"), tuple(_LISTED.values()))
            asked = next((name for name, one in _LISTED.items() if one == media_type), None)
        if asked is None:
            raise NoFormatError(
                "BRI190",
                "this is not told in a format that you accept",
                fix=f"ask for one of {', '.join(_LISTED.values())}",
            )
        one_of("format", asked, _LISTED)
        tag = entity_tag(self._site.release, self._links.public_url, "questions", asked, lang)
        if has_still(request, tag):
            return not_modified(tag, VARY)
        headers = _headers(tag)
        if asked == "json":
            return _json(self._records, headers)
        page = Page(self._links, lang)
        return as_response(
            questions_page(page, self._site.graph.questions.values()), headers=headers
        )

    @cached_property
    def _records(self) -> list[dict[str, Any]]:
        return [record(question, self._links) for question in self._site.graph.questions.values()]

    def _rows(self, request: Request) -> Response:
        question = self._question(request.path_params["name"])
        given = _once_each(request)
        name, media_type = row_format(request.headers.get("accept"), given.pop("format", None))
        lang, limit = _language(request), _limit(given.pop("limit", None))
        given.pop("lang", None)
        asked = (f"{key}={value}" for key, value in sorted(given.items()))
        tag = entity_tag(self._site.release, question.name, media_type, lang, str(limit), *asked)
        if has_still(request, tag):
            return not_modified(tag, VARY)
        rows = self._site.graph.ask(question.name, lang=lang, limit=limit, **given)
        headers = _headers(tag) | {"Content-Language": lang}
        if _FILE_NAME.fullmatch(question.name):
            headers["Content-Disposition"] = f'inline; filename="{question.name}.{name}"'
        if rows.truncated:
            headers["Bri-Kg-Cut"] = f"the first {len(rows.rows)} rows only"
        return Response(write_rows(rows, name), headers=headers, media_type=media_type)

    def _choices(self, request: Request) -> Response:
        question = self._question(request.path_params["name"])
        name, lang = request.path_params["parameter"], _language(request)
        parameter = next((p for p in question.params if p.name == name), None)
        if parameter is None:
            known = [p.name for p in question.params]
            near = nearest(name, known)
            raise UnknownNameError(
                "BRI111",
                f"question {question.name!r} has no parameter {name!r}",
                fix=f"did you mean {near!r}?"
                if near
                else f"its parameters are: {', '.join(known) or 'none'}",
            )
        tag = entity_tag(self._site.release, question.name, name, lang)
        if has_still(request, tag):
            return not_modified(tag, VARY)
        return _json(choices(self._site.graph, parameter, lang), _headers(tag))

    def _question(self, name: str) -> Question:
        try:
            return self._site.graph.questions[name]
        except UsageError as error:
            near = nearest(name, self._site.graph.questions, at_least=0.4)
            raise UnknownNameError(
                error.code,
                error.message,
                why=error.why,
                fix=(f"did you mean {near!r}? " if near else "")
                + f"{self._links.public_url}/questions lists them all",
            ) from None


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


async def _guarded(
    request: Request, pages: Links | None, answer: Callable[[Request], Response]
) -> Response:
    """Return the answer, or what is wrong: as a page too, where `pages` makes links for one."""
    try:
        return await run_in_threadpool(answer, request)
    except BriKgError as error:
        told = _for_programs(error)
        status = _status(error)
        if pages:
            return refused(request, pages, told, status)
        return problem_of(told, status, headers={"Vary": VARY})


def _status(error: BriKgError) -> int:
    if isinstance(error, UnknownNameError):
        return 404
    if isinstance(error, NoFormatError):
        return 406
    if error.exit_code == _TOO_MUCH:
        return 503
    return 400 if isinstance(error, UsageError) else 409


def _for_programs(error: BriKgError) -> BriKgError:
    """Return the error without the commands that mend it on a terminal."""
    fix = _COMMAND.sub("", error.fix or "").strip(" ;")
    return UsageError(error.code, error.message, why=error.why, fix=fix or None)


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
        one_of("language", asked, dict.fromkeys(LANGUAGES))
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


def _headers(tag: str) -> dict[str, str]:
    return {
        "ETag": tag,
        "Vary": VARY,
        "Cache-Control": CACHED,
        "X-Content-Type-Options": "nosniff",
    }


def _json(content: object, headers: Mapping[str, str]) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Response(text, headers=dict(headers), media_type="application/json")
