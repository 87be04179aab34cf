"""The start page: what this is, in three sentences, and one fact with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bri_kg import __version__
from bri_kg.answers.model import Comparison, Explanation
from bri_kg.answers.overview import telling_fact, totals
from bri_kg.answers.scope import iri
from bri_kg.web.explorer.overview_page import ground_of, overview
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.question_index import by_topic
from bri_kg.web.site import Site

_MOST_RIVALS: Final = 1
_SHOWN_OF_RELEASE: Final = 12  # of a digest, which whoever cites it copies whole from a header


def start_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the start page."""
    ground = ground_of(site, page)
    fact = telling_fact(ground)
    told = None
    if fact is not None:
        told = site.graph.explain(*map(iri, fact), lang=page.lang, texts=page.texts)
    return overview(
        page,
        "start.html",
        totals=totals(ground),
        told=told,
        rivals=_rivals(told) if told else (),
        sources=len({p.source.iri for c in told.said_by for p in c.evidence}) if told else 0,
        count=len(site.graph.questions),
        topics=by_topic(page, site.graph.questions.values()),
        release=site.release[:_SHOWN_OF_RELEASE],
        version=__version__,
    )


def _rivals(told: Explanation) -> tuple[Comparison, ...]:
    """Return what differs over the fact itself, else over its claims: first what holds most of these against others."""
    own = {claim.iri for claim in told.said_by}

    def of_own(one: Comparison) -> int:
        return len(own & {claim.iri for claim in one.claims})

    over = [one for one in told.differs if one.iri in told.on_fact]
    return tuple(sorted(over or told.differs, key=lambda one: (-of_own(one), one.iri)))[
        :_MOST_RIVALS
    ]
