"""Pages over HTTP: made in a thread when it is the client's turn, kept by clients as long as the release is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.dataset.questions import once_each
from bri_kg.web.explorer.page import HTML, Page, page_headers
from bri_kg.web.explorer.page_addresses import START, Served
from bri_kg.web.explorer.told_problems import problem_page
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.problems import ProblemError
from bri_kg.web.read_routes import read_route
from bri_kg.web.refusals import in_thread, language_of
from bri_kg.web.site import Site

Made = Callable[[Site, Page, Mapping[str, str]], str]
"""Makes a page of a site from what was asked: the parameters of its path and its query, without the language."""
VARY: Final = "Accept, Accept-Language"


def page_route(site: Site, path: str, made: Made) -> Route:
    """Return the route of a page."""
    return read_route(path, page_answer(site, made))


def page_answer(site: Site, made: Made) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers with a page; errors of ours are told on a page too."""

    def answer(request: Request) -> Response:
        key = request.url.path.removeprefix(urlsplit(site.public_url).path).strip("/")
        asked = once_each(request.query_params.multi_items())
        asked.pop("lang", None)
        page = page_for(site, request, key, asked)
        given = {name: str(value) for name, value in request.path_params.items()}
        return answered(request, site, page, lambda: made(site, page, asked | given))

    async def told(request: Request) -> Response:
        try:
            return await in_thread(site.turns, answer, request)
        except ProblemError as problem:
            return refused(site, page_for(site, request, START), problem)

    return told


def page_for(
    site: Site, request: Request, here: str, asked: Mapping[str, str] = MappingProxyType({})
) -> Page:
    """Return the page at a key, or about an IRI, as this request asks for it."""
    lang = language_of(request)
    query = tuple(sorted(asked.items()))
    at = Served(site.public_url, lang, here, query, has_all=site.graph.is_given)
    return Page(at, lang, canonical=at.canonical, texts=texts_for(site, request))


def answered(request: Request, site: Site, page: Page, made: Callable[[], str]) -> Response:
    """Return a page, or that the client holds it still."""
    at = page.at.in_language(page.lang)
    tag = tag_of(site.release, site.public_url, at, page.lang, str(page.texts is not None))
    if has_still(request, tag):
        return not_modified(tag, VARY, site.release)
    body = made().encode()
    headers = page_headers(page)
    return finished(request, body, HTML, tag=tag, vary=VARY, release=site.release, headers=headers)


def refused(site: Site, page: Page, problem: ProblemError) -> Response:
    """Return a problem as a page."""
    html = problem_page(page, problem, site.spoken)
    headers = {"Content-Type": HTML, "Cache-Control": "no-store", "Vary": VARY}
    return Response(html, problem.status, headers | page_headers(page) | problem.headers)


def texts_for(site: Site, request: Request) -> Path | None:
    """Return the texts whose words this client may see, None for none."""
    return site.words.shown_at(urlsplit(f"//{request.headers.get('host', '')}").hostname)
