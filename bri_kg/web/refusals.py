"""What cannot be answered, said to people as a page and to programs as problem+json."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bri_kg.errors import BriKgError
from bri_kg.plain import visible
from bri_kg.web.html_pages import Page, as_response, refusal_page
from bri_kg.web.negotiation import best_language, best_media_type
from bri_kg.web.problems import PROBLEM, problem_of
from bri_kg.web.site_links import Links

LANGUAGES = ("en", "zh")
VARY = "Accept, Accept-Language"


def language_of(request: Request) -> str:
    """Return the language of a page: the one asked for by `lang`, else by Accept-Language."""
    asked = request.query_params.get("lang")
    return (
        asked
        if asked in LANGUAGES
        else best_language(request.headers.get("accept-language"), LANGUAGES)
    )


def refused(request: Request, links: Links, error: BriKgError, status: int) -> Response:
    """Return the answer for an error: a page where one is liked better than JSON."""
    headers = {"Vary": VARY}
    liked = best_media_type(
        request.headers.get("accept"), (PROBLEM, "application/json", "text/html")
    )
    if liked != "text/html":
        return problem_of(error, status, headers=headers)
    parts = (visible(part) if part else None for part in (error.why, error.fix))
    html = refusal_page(Page(links, language_of(request)), status, visible(error.message), *parts)
    return as_response(html, status, headers | {"Cache-Control": "no-store"})
