"""What the pages that tell of the whole graph stand on: its data, in the language of the page."""

from __future__ import annotations

from bri_kg.answers.scope import Ground
from bri_kg.web.explorer.page import Page
from bri_kg.web.site import Site


def ground_of(site: Site, page: Page) -> Ground:
    """Return the ground of answers for a page; none of them asks what the files alone say."""
    graph = site.graph
    return Ground(
        graph.guarded, graph.resources, graph.resolve, lambda: graph.guarded, page.lang, page.texts
    )
