"""The start page: what this is, in three sentences, and one fact with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping

from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.site import Site


def start_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the start page."""
    return filled(page, "start.html")
