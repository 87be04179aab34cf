"""The pages of the explorer that stand at no IRI: each with its key, and what makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.routing import Route

from bri_kg.names import BRI
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import THING
from bri_kg.web.explorer.page_routes import Made, page_route
from bri_kg.web.explorer.things import thing_of
from bri_kg.web.site import Site


def _named_thing(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    return thing_of(site, page, asked.get("iri", ""))


def _term(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    return thing_of(site, page, BRI + asked["name"])


PAGES: Final[Mapping[str, Made]] = {
    THING: _named_thing,
    "terms/{name:path}": _term,
}
"""Each page by its key, with fields for parts of the path."""


def routes(site: Site) -> list[Route]:
    """Return the routes of the pages of a site."""
    return [page_route(site, f"/{key}", made) for key, made in PAGES.items()]
