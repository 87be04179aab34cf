"""The start page: what this is, in three sentences, and one fact with the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bri_kg import __version__
from bri_kg.answers.model import Comparison, Explanation
from bri_kg.answers.overview import telling_fact, totals
from bri_kg.answers.scope import iri
from bri_kg.dataset.questions import Question
from bri_kg.web.explorer import overview_words
from bri_kg.web.explorer.overview_page import ground_of, overview
from bri_kg.web.explorer.page import Page
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
    questions = tuple(site.graph.questions.values())
    return overview(
        page,
        "start.html",
        totals=totals(ground),
        told=told,
        rivals=_rivals(told) if told else (),
        own_claims=[claim.iri for claim in told.said_by] if told else [],
        sources=len({p.source.iri for c in told.said_by for p in c.evidence}) if told else 0,
        questions=questions,
        topics=_topics(page, questions),
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


def _topics(
    page: Page, questions: Iterable[Question]
) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """Return questions by what their tags are called, in the order of these names."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        for tag in question.tags:
            name = overview_words.TOPIC_NAMES.get(tag)
            found.setdefault(page.say(name) if name else tag, []).append(question)
    return tuple((name, tuple(of)) for name, of in sorted(found.items()))
