"""The page of a thing: what it is, what is said of it, by whom, and how far it has come about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__, sparql
from bri_kg.answers.claim_words import gap_word, name, said, verb
from bri_kg.answers.description_model import Count, Description, StatedFact
from bri_kg.answers.identifiers import registered
from bri_kg.answers.model import Claim, Comparison, Explanation, Source
from bri_kg.answers.rivals import rivals_of_count, rivals_of_fact
from bri_kg.rdf.text_files import read_text
from bri_kg.web.explorer.page import CitedPassage, Page, of_document
from bri_kg.web.explorer.thing_parts import going_on, part_asked, parts
from bri_kg.web.site import Site

WHOLE: Final[Mapping[str, str]] = MappingProxyType({})


def thing_page(
    site: Site,
    page: Page,
    described: Description,
    passages: Iterable[CitedPassage] = (),
    asked: Mapping[str, str] = WHOLE,
) -> str:
    """Return the page of a thing, or that on which a part of it goes on; `passages` are those of a source."""
    listed = parts(described, passages)
    told = {
        "it": described,
        "heading": _heading(page, described),
        "network": None,
        "parts": listed,
        "of_kind": lambda kind: [one for one in listed if one.kind == kind],
        "verb": partial(verb, page),
        "gap_word": partial(gap_word, page),
        "rivals": partial(_rivals, described),
        "registered": registered,
    }
    iri = described.thing.iri
    if (part := part_asked(listed, asked)) is not None:
        return of_document(page, "thing_part.html", iri, part=part, **told)
    return of_document(
        page,
        "thing.html",
        iri,
        explained=_explained(site, page, described),
        query=_query(site, described),
        sources=_sources(described),
        release=site.release[:12],
        version=__version__,
        **told,
    )


def thing_of(site: Site, page: Page, iri: str, asked: Mapping[str, str] = WHOLE) -> str:
    """Return the page of the thing with this IRI, wherever it stands. Raise UsageError where nothing is known."""
    return thing_page(
        site, page, site.graph.describe(iri, lang=page.lang, texts=page.texts), (), asked
    )


def pages_going_on(
    described: Description, passages: Iterable[CitedPassage] = ()
) -> tuple[dict[str, str], ...]:
    """Return what to ask of `thing_page` for each page on which something of a thing goes on."""
    return going_on(parts(described, passages))


def _heading(page: Page, described: Description) -> str:
    """Return what the page is called: its thing, a claim by what it says."""
    if described.claim is None:
        return name(described.thing)
    return said(page, replace(described.claim, times=(), speakers=(), open_list=False))


def _explained(site: Site, page: Page, described: Description) -> Explanation | None:
    if described.claim is None:
        return None
    return site.graph.explain(described.thing.iri, lang=page.lang, texts=page.texts)


def _rivals(described: Description, one: StatedFact | Count) -> tuple[Comparison, ...]:
    of = rivals_of_count if isinstance(one, Count) else rivals_of_fact
    return of(described, one)  # type: ignore[operator]


def _query(site: Site, described: Description) -> str | None:
    """Return the query that gives what the page tells, None for what no query can name."""
    name = "triples-of-thing" if described.triples else "facts-of-thing"
    try:
        thing = ox.NamedNode(described.thing.iri)
    except ValueError:
        return None
    text = read_text(site.graph.resources.queries / "answers" / f"{name}.rq", "a stored query")
    return sparql.bind(text, {"thing": thing})


def _sources(described: Description) -> tuple[Source, ...]:
    """Return the sources that what is said of a thing rests on, each once, by slug."""
    claims: list[Claim] = [
        *(claim for group in described.facts for one in group.facts for claim in one.claims),
        *(one.claim for one in described.quantities),
        *described.statements,
        *described.ahead,
        *([described.claim] if described.claim else []),
    ]
    found = {one.source.slug: one.source for claim in claims for one in claim.evidence}
    return tuple(source for _, source in sorted(found.items()))
