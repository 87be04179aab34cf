"""The page of a thing: what it is, what is said of it, by whom, and how far it has come about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from bri_kg import __version__, sparql
from bri_kg.answers.claim_sentences import names_speaker, said
from bri_kg.answers.claim_words import gap_word, name
from bri_kg.answers.description_model import Description
from bri_kg.answers.fact_groups import narrower_roles, role_beyond, summed_up
from bri_kg.answers.glossary import CLAIM, WORDS
from bri_kg.answers.identifiers import registered
from bri_kg.answers.model import Claim, Explanation, Source
from bri_kg.answers.neighbours import ties
from bri_kg.answers.rivals import rivals_of_count
from bri_kg.answers.standing import claims_of
from bri_kg.names import expand
from bri_kg.publishing.pages.words import WORDS as TERM_WORDS
from bri_kg.rdf.text_files import read_text
from bri_kg.web.explorer.drawn_answers import neighbours_picture
from bri_kg.web.explorer.overview_page import ground_of
from bri_kg.web.explorer.page import Page, of_document
from bri_kg.web.explorer.page_words import CLAIM_WORD
from bri_kg.web.explorer.reference import term_of
from bri_kg.web.explorer.thing_parts import PART, going_on, part_asked, parts
from bri_kg.web.site import Site

NETWORK: Final = "network"
"""The part that is a page with all neighbours."""
FEW_NEIGHBOURS: Final = 6
_EXPLAINED: Final = frozenset(
    (
        "claim", "passage", "fact", "leaves open", "inferred by the editors", "open list", "comparison",
        "planned", "pledged", "target", "expected", "proposed",
    )
)  # fmt: skip
_PLAIN_CLAIM: Final = "说法"
# What is no word for readers: tags with what they hold, and queries.
_NO_TEXT: Final = re.compile(r"<pre\b.*?</pre>|<svg\b.*?</svg>|<[^>]*>", re.DOTALL)
WHOLE: Final[Mapping[str, str]] = MappingProxyType({})


def thing_page(
    site: Site,
    page: Page,
    described: Description,
    asked: Mapping[str, str] = WHOLE,
) -> str:
    """Return the page of a thing, or that on which a part of it goes on."""
    listed = parts(described)
    narrower = narrower_roles(ground_of(site, page))
    told = {
        "it": described,
        "heading": _heading(page, described),
        "parts": listed,
        "of_kind": lambda kind: [one for one in listed if one.kind == kind],
        "gap_word": partial(gap_word, page),
        "rivals": partial(rivals_of_count, described),
        "registered": registered,
        "role_beyond": partial(role_beyond, narrower=narrower),
        "summed_up": partial(summed_up, page, narrower=narrower),
        "claims": {claim.iri: claim for claim in _own_claims(described)},
        "meanings_in": partial(_meanings_in, page),
        "a_claim_is": _plainly(CLAIM.in_language(page.lang)[1]),
    }
    iri = described.thing.iri
    if asked.get(PART) == NETWORK and (whole := neighbours_picture(page, described)):
        return of_document(page, "thing_network.html", iri, network=whole, **told)
    if (part := part_asked(listed, asked)) is not None:
        return of_document(page, "thing_part.html", iri, part=part, **told)
    return of_document(
        page,
        "thing.html",
        iri,
        network=neighbours_picture(page, described, FEW_NEIGHBOURS),
        term=term_of(site, page, iri),
        term_words=TERM_WORDS[page.lang],
        expand=expand,
        explained=_explained(site, page, described),
        query=_query(site, described),
        sources=_sources(described),
        release=site.release[:12],
        version=__version__,
        **told,
    )


def thing_of(site: Site, page: Page, iri: str, asked: Mapping[str, str] = WHOLE) -> str:
    """Return the page of the thing with this IRI, wherever it stands. Raise UsageError where nothing is known."""
    return thing_page(site, page, site.graph.describe(iri, lang=page.lang, texts=page.texts), asked)


_CITED: Final = re.compile(r"<small>([\w.-]+ \d+–\d+)</small>")


def pages_going_on(described: Description) -> tuple[dict[str, str], ...]:
    """Return what to ask of `thing_page` for each page on which something of a thing goes on."""
    network = ({PART: NETWORK},) if next(ties(described), None) else ()
    return (*network, *going_on(parts(described)))


def _meanings_in(page: Page, html: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a page that are not those of everyday, each with what it means."""
    text = _NO_TEXT.sub(" ", html).casefold()
    told = [word for word in WORDS if word.en in _EXPLAINED]
    own = [(CLAIM_WORD if word is CLAIM else None, *word.in_language(page.lang)) for word in told]
    cited = _CITED.search(html)
    return (
        *(
            (page.say(shown) if shown else word, _plainly(meaning))
            for shown, word, meaning in own
            if _occurs(_plainly(word), text)
        ),
        *(((cited[1], page.say(page.words.SPAN)),) if cited else ()),
    )


def _occurs(word: str, text: str) -> bool:
    """Return whether a text has a word, in English in the plural too."""
    return bool(re.search(rf"\b{re.escape(word)}s?\b" if word.isascii() else re.escape(word), text))


def _plainly(text: str) -> str:
    """Return a text with the plain word of pages for the Chinese term of the ontology."""
    return text.replace(CLAIM.zh, _PLAIN_CLAIM)


def _heading(page: Page, described: Description) -> str:
    """Return what the page is called: its thing, a claim by what it says."""
    if described.claim is None:
        return name(described.thing)
    claim = replace(described.claim, times=(), open_list=False)
    return said(page, claim if names_speaker(page, claim) else replace(claim, speakers=()))


def _explained(site: Site, page: Page, described: Description) -> Explanation | None:
    if described.claim is None:
        return None
    return site.graph.explain(described.thing.iri, lang=page.lang, texts=page.texts)


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
    found = {
        one.source.slug: one.source for claim in _own_claims(described) for one in claim.evidence
    }
    return tuple(source for _, source in sorted(found.items()))


def _own_claims(described: Description) -> tuple[Claim, ...]:
    """Return the claims that tell of a thing, those aside that are only compared with them."""
    return claims_of(replace(described, compared=(), nearby=()))
