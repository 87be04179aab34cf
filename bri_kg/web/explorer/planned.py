"""What has not come about: at a glance, then plan by plan with who says it, who is to do it, by when, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from bri_kg.answers.plan_outlines import outline
from bri_kg.answers.plan_sentences import plain_sentence
from bri_kg.answers.plans import ahead, plans
from bri_kg.web.explorer import plan_words
from bri_kg.web.explorer.overview_page import ground_of, overview
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.paging import paged, pages
from bri_kg.web.site import Site

KEY: Final = "planned"
_AT_ONCE: Final = 60  # claims


def planned_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return what is planned, pledged, aimed at, expected, proposed or called off: at a glance, then one by one."""
    ground = ground_of(site, page)
    shown = paged(ahead(ground), asked, _AT_ONCE, page.most_pages)
    found = plans(ground, (one.claim for one in shown.items))
    told = outline(found)
    return overview(
        page,
        "planned.html",
        shown=shown,
        outline=told,
        digest=plan_words,
        plan_at=dict(enumerate(found, 1)),
        adding=[place for place in range(1, len(found) + 1) if place not in told.places],
        plan_sentence=partial(plain_sentence, page),
        address=lambda number: page.at.of(KEY if number == 1 else f"{KEY}/{number}"),
    )


def planned_keys(site: Site, page: Page) -> Iterator[str]:
    """Yield the keys of the pages of plans behind the first."""
    for number in range(2, pages(len(ahead(ground_of(site, page))), _AT_ONCE) + 1):
        yield f"{KEY}/{number}"
