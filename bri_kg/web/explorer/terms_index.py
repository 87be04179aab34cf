"""The page of a document with many terms: an anchor for each, at which IRIs end, and the way on to its own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bri_kg.names import BASE, shorten
from bri_kg.web.explorer.overview_page import needed
from bri_kg.web.explorer.page import Entry, Page, of_document
from bri_kg.web.explorer.reference import shape_addresses
from bri_kg.web.site import Site

_DEFINED: Final = (f"{BASE}ontology#", f"{BASE}shapes#")


def terms_index(
    site: Site, page: Page, iri: str, title: str, abstract: str | None, terms: Sequence[Entry]
) -> str:
    """Return the page of a document as an index of what it defines; concepts stand in their vocabularies."""
    own = [term for term in terms if term.iri.startswith(_DEFINED)]
    shapes = shape_addresses(site, page)

    def address(term: Entry) -> str | None:
        there = page.at.thing(term.iri)
        return shapes.get(shorten(term.iri), there if term.iri.startswith(_DEFINED[0]) else None)

    return of_document(
        page,
        "terms_index.html",
        iri,
        **needed(page),
        title=title,
        abstract=abstract,
        terms=[(term, address(term)) for term in own],
        others=len(terms) - len(own),
    )
