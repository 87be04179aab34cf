"""What the pages that tell of the whole graph share: the data they stand on, and the words of their templates."""

from __future__ import annotations

from typing import Any

from bri_kg.answers.claim_words import gap_word
from bri_kg.answers.scope import Ground
from bri_kg.web.explorer import overview_words
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.site import Site


def ground_of(site: Site, page: Page) -> Ground:
    """Return the ground of answers for a page; none of them asks what the files alone say."""
    graph = site.graph
    return Ground(
        graph.guarded,
        graph.resources,
        graph.resolve,
        lambda: graph.guarded,
        page.lang,
        page.texts,
        graph.kept,
    )


def overview(page: Page, template: str, **values: object) -> str:
    """Return a template filled with these values and what `said.html` needs."""
    return filled(page, template, **needed(page), **values)


def needed(page: Page) -> dict[str, Any]:
    """Return what `said.html` needs, for templates that are filled otherwise."""
    return {
        "own": overview_words,
        "gap_word": lambda gap: gap_word(page, gap),
    }
