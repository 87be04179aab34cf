"""The pages of a site in this process, without a server: asked as a client would, and looked at."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from html.parser import HTMLParser

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.web.app import PAGES
from bri_kg.web.problems import MEDIA_TYPE, ProblemError
from bri_kg.web.site import NO_WORDS, Site, Words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

URL = "http://testserver"
Get = Callable[..., httpx.Response]


def routes_of(site: Site) -> list[Route]:
    return [route for routes in PAGES for route in routes(site)]


def client(graph: KnowledgeGraph, base: str = "", words: Words = NO_WORDS) -> TestClient:
    """A client of the pages alone, which stand under a base path."""
    site = Site(graph, URL + base, "a-release", words)
    routes = routes_of(site)
    app = Starlette(
        routes=[Mount(base, routes=routes)] if base else routes,
        exception_handlers={ProblemError: _refused},
    )
    # Nothing is taken packed unless a test asks for it.
    headers = {"Accept-Encoding": "identity"}
    return TestClient(app, base_url=URL, follow_redirects=False, headers=headers)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return Response(error.document(), error.status, error.headers, MEDIA_TYPE)


class Seen(HTMLParser):
    """What a browser would find in a page: anchors, links, scripts, handlers, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.lang: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if name == "id":
                self.anchors.append(value or "")
            if name in ("href", "src", "action"):
                self.links.append(value or "")
            if tag == "html" and name == "lang":
                self.lang = value

    def handle_data(self, data: str) -> None:
        self.text += data
