"""What the scripts of the SPARQL editor read of the graph, over HTTP: it stands among the assets, and is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.web.explorer.editor_described import DESCRIBED, described
from bri_kg.web.explorer.page_words import LANGUAGES
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.read_routes import read_route
from bri_kg.web.refusals import in_thread
from bri_kg.web.site import Site

_SCRIPT: Final = "text/javascript; charset=utf-8"
_VARY: Final = "Accept"


def routes(site: Site) -> list[Route]:
    """Return a route for each language; it comes before that of the assets."""
    return [
        read_route(f"/assets/{DESCRIBED.format(lang=lang)}", _answer(site, lang))
        for lang in LANGUAGES
    ]


def _answer(site: Site, lang: str) -> Callable[[Request], Awaitable[Response]]:
    def answer(request: Request) -> Response:
        tag = tag_of(site.release, DESCRIBED, lang)
        if has_still(request, tag):
            return not_modified(tag, _VARY, site.release)
        body = described(site.graph, lang)
        return finished(request, body, _SCRIPT, tag=tag, vary=_VARY, release=site.release)

    async def told(request: Request) -> Response:
        return await in_thread(site.turns, answer, request)

    return told
