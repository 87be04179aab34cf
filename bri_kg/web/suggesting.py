"""Suggestions while people type: `/search.json?q=silk&lang=en`, small, and kept as long as the release is."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.web.explorer.page_routes import VARY, page_for
from bri_kg.web.explorer.searching import KEY, suggestions
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.question_routes import JSON
from bri_kg.web.read_routes import read_route
from bri_kg.web.refusals import in_thread
from bri_kg.web.site import Site

PATH: Final = f"/{KEY}.json"


def routes(site: Site) -> list[Route]:
    """Return the route of the suggestions of a site."""

    def suggested(request: Request) -> Response:
        words = request.query_params.get("q", "")
        page = page_for(site, request, KEY)
        tag = tag_of(site.release, site.public_url, PATH, page.lang, words)
        if has_still(request, tag):
            return not_modified(tag, VARY, site.release)
        body = json.dumps(suggestions(site, page, words), ensure_ascii=False).encode()
        return finished(request, body, JSON, tag=tag, vary=VARY, release=site.release)

    async def answer(request: Request) -> Response:
        return await in_thread(site.turns, suggested, request)

    return [read_route(PATH, answer)]
