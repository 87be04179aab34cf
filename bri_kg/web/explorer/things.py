"""The page of a thing: what it is, what is said of it, by whom, and how far it has come about."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.description_model import Description
from bri_kg.web.explorer.page import CitedPassage, Page, of_document
from bri_kg.web.site import Site


def thing_page(page: Page, described: Description, passages: Iterable[CitedPassage]) -> str:
    """Return the page of a thing; `passages` are those of a source."""
    return of_document(
        page, "thing.html", described.thing.iri, it=described, passages=tuple(passages)
    )


def thing_of(site: Site, page: Page, iri: str) -> str:
    """Return the page of the thing with this IRI, wherever it stands. Raise UsageError where nothing is known."""
    return thing_page(page, site.graph.describe(iri, lang=page.lang, texts=page.texts), ())
