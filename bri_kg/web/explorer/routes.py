"""The pages of the explorer that stand at no IRI: each with its key, and what makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from starlette.routing import Route

from bri_kg.names import BRI
from bri_kg.web.explorer import searching
from bri_kg.web.explorer.disagreements import disagreement_keys, disagreements_page
from bri_kg.web.explorer.editor import EDITOR, editor_page
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import THING
from bri_kg.web.explorer.page_routes import Made, page_route
from bri_kg.web.explorer.planned import planned_keys, planned_page
from bri_kg.web.explorer.reference import (
    checks_page,
    module_page,
    reference_keys,
    reference_page,
    rules_page,
    shapes_page,
    vocabulary_page,
)
from bri_kg.web.explorer.sources import source_keys, sources_page
from bri_kg.web.explorer.things import thing_of
from bri_kg.web.site import Site


def _named_thing(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    return thing_of(site, page, asked.get("iri", ""), asked)


def _term(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    return thing_of(site, page, BRI + asked["name"], asked)


PAGES: Final[Mapping[str, Made]] = {
    THING: _named_thing,
    "terms/{name:path}": _term,
    "disagreements": disagreements_page,
    "disagreements/{nature}": disagreements_page,
    "disagreements/{nature}/{part}": disagreements_page,
    "planned": planned_page,
    "planned/{part}": planned_page,
    "sources": sources_page,
    "sources/{part}": sources_page,
    "reference": reference_page,
    "reference/modules/{name}": module_page,
    "reference/vocabularies/{name}": vocabulary_page,
    "reference/vocabularies/{name}/{part}": vocabulary_page,
    "reference/shapes": shapes_page,
    "reference/shapes/{part}": shapes_page,
    "reference/checks": checks_page,
    "reference/rules": rules_page,
    searching.KEY: searching.search_page,
    EDITOR: editor_page,
}
"""Each page by its key, with fields for parts of the path."""


def routes(site: Site) -> list[Route]:
    """Return the routes of the pages of a site."""
    return [page_route(site, f"/{key}", made) for key, made in PAGES.items()]


def overview_keys(site: Site, page: Page) -> Iterator[str]:
    """Yield the keys of all pages that tell of the whole graph and need no question: each can be written as a file."""
    yield from ("disagreements", "planned", "sources", "reference")
    for keys in (disagreement_keys, planned_keys, source_keys, reference_keys):
        yield from keys(site, page)
