"""Everything that a site tells of an IRI, by form and language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from bri_kg.answers.description_model import Description
from bri_kg.answers.model import Fact, Named, Text
from bri_kg.answers.resolving import Naming
from bri_kg.answers.scope import iri as iri_of
from bri_kg.answers.scope import text as text_of
from bri_kg.names import BRI, PREFIXES, expand, nearest
from bri_kg.publishing.jsonld import Context, read_context
from bri_kg.publishing.jsonld.definitions import FILE as CONTEXT
from bri_kg.publishing.question_records import QUESTION, question_records
from bri_kg.rdf.terms import Term
from bri_kg.web import thing_documents
from bri_kg.web.explorer.page import Page, terms_page
from bri_kg.web.explorer.page_words import SHAPES as SHAPES_TITLE
from bri_kg.web.explorer.question_index import question_record_page
from bri_kg.web.explorer.source_pages import begin_of, source_page
from bri_kg.web.explorer.terms_index import terms_index
from bri_kg.web.explorer.things import thing_page
from bri_kg.web.ontology_documents import ONTOLOGY, SHAPES, Read, ontology_documents
from bri_kg.web.refusals import NothingKnownError
from bri_kg.web.site import Site
from bri_kg.web.site_links import Links
from bri_kg.web.term_entries import abstract_of, entries, title_of
from bri_kg.web.thing_documents import (
    Cut,
    around_at_most,
    cut_document,
    graph_document,
    thing_document,
)

_MOST_TERMS: Final = 150  # that are told on one page; of more there is an index
_KEPT: Final = 32  # documents, those asked for last
_FEW: Final = 4  # descriptions: what is told of a thing goes on over several pages
_SCHEMA: Final = PREFIXES["schema"]
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_IS_SOURCE: Final = ox.NamedNode(BRI + "Source")
# What schema.org calls what is of no class of its own there, by class.
_KINDS: Final = {
    BRI + "Claim": "Claim",
    BRI + "Source": "CreativeWork",
    PREFIXES["skos"] + "Concept": "DefinedTerm",
    PREFIXES["skos"] + "ConceptScheme": "DefinedTermSet",
}


@dataclass(frozen=True)
class Told:
    """A document: its text (HTML) or bytes, the classes of schema.org of its thing, whether it is cut."""

    content: str | bytes
    kinds: tuple[str, ...]
    is_cut: bool = False


class Library:
    """The documents of one site; it is immutable, so that what takes long is made once."""

    def __init__(self, site: Site) -> None:
        """Tell what this site holds."""
        self.links = Links(site.public_url)
        self._site = site
        self._graph = site.graph
        self._store = site.graph.guarded.quads
        self._kept = lru_cache(_KEPT)(self._made)
        self._described = lru_cache(_FEW)(self._in_words)

    @cached_property
    def ontologies(self) -> dict[str, Read]:
        """What reads each document of the ontology, by IRI."""
        return ontology_documents(self._graph.resources)

    @cached_property
    def _context(self) -> Context:
        return read_context(self._graph.resources)

    def context_file(self) -> bytes:
        """Return the JSON-LD context of the ontology, as its file is."""
        return (self._graph.resources.ontology / CONTEXT).read_bytes()

    def known(self, iris: Iterable[str]) -> str:
        """Return the first of these that something is told of. Raise NothingKnownError where none is."""
        possible = tuple(dict.fromkeys(iris))
        for iri in possible:
            if iri in self.ontologies or self._question(iri) or self._is_in_store(iri):
                return iri
        raise NothingKnownError(unquote(possible[0]), self._near(possible[0]))

    def told(
        self, iri: str, form: str, page: Page, asked: tuple[tuple[str, str], ...] = ()
    ) -> Told:
        """Return the document about a known IRI in one form; HTML is the page, or the part that is `asked` for."""
        return self._kept(iri, form, page, asked)

    def _made(self, iri: str, form: str, page: Page, asked: tuple[tuple[str, str], ...]) -> Told:
        if iri in self.ontologies:
            return Told(self._ontology(iri, form, page), (_SCHEMA + "DefinedTermSet",))
        if question := self._question(iri):
            quads = list(question_records([self._graph.questions[question]]))
            content = (
                question_record_page(page, self._graph.questions[question], iri)
                if form == "html"
                else graph_document(quads, self._context, form)
            )
            return Told(content, (_SCHEMA + "CreativeWork",))
        node = ox.NamedNode(iri)
        if form == "html" and self._is_source(node):
            content = source_page(self._site, page, iri, begin_of(dict(asked)))
            return Told(content, self._kinds(node))
        most = thing_documents.MOST_TOLD if form == "html" else thing_documents.MOST
        cut = around_at_most(self._store, node, most)
        content = (
            self._page(node, page, cut, dict(asked))
            if form == "html"
            else cut_document(cut, self._context, form)
            if cut
            else thing_document(self._store, node, self._context, form)
        )
        return Told(content, self._kinds(node), cut is not None)

    def _page(self, node: ox.NamedNode, page: Page, cut: Cut | None, asked: dict[str, str]) -> str:
        if cut:
            return thing_page(self._site, page, _in_part(node, cut), asked)
        return thing_page(self._site, page, self._described(node, page.lang, page.texts), asked)

    def _in_words(self, node: ox.NamedNode, lang: str, texts: Path | None) -> Description:
        return self._graph.describe(node, lang=lang, texts=texts)

    def _ontology(self, iri: str, form: str, page: Page) -> str | bytes:
        quads = self.ontologies[iri]()
        if form != "html":
            return graph_document(quads, self._context, form)
        title, abstract = (of(quads, iri, page.lang) for of in (title_of, abstract_of))
        title = title or (page.say(SHAPES_TITLE) if iri == SHAPES else iri)
        found = entries(quads, page.lang)
        if len(found) > _MOST_TERMS:
            return terms_index(self._site, page, iri, title, abstract, found)
        return terms_page(page, iri, title, abstract, found)

    def _is_source(self, node: ox.NamedNode) -> bool:
        return ox.Quad(node, _TYPE, _IS_SOURCE, ox.DefaultGraph()) in self._store

    def _question(self, iri: str) -> str | None:
        name = iri.removeprefix(QUESTION)
        return name if name != iri and name in self._graph.questions else None

    def _is_in_store(self, iri: str) -> bool:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        default = ox.DefaultGraph()
        return any(
            next(iter(self._store.quads_for_pattern(subject, None, value, default)), None)
            is not None
            for subject, value in ((node, None), (None, node))
        )

    def _near(self, iri: str) -> str | None:
        """Return the address of what is spelt most like it: a document, a question, or what the graph speaks of."""
        if iri.startswith((ONTOLOGY, QUESTION)):
            questions = (QUESTION + name for name in self._graph.questions)
            near = nearest(iri, (*self.ontologies, *questions))
        else:
            near = Naming(self._graph.guarded, own=not self._graph.is_given).nearest_to(iri)
        return self.links.to(expand(near) or near) if near else None

    def _kinds(self, node: ox.NamedNode) -> tuple[str, ...]:
        quads = self._store.quads_for_pattern(node, _TYPE, None, ox.DefaultGraph())
        types = sorted(q.object.value for q in quads if isinstance(q.object, ox.NamedNode))
        own = [one for one in types if one.startswith(_SCHEMA)]
        other = [_SCHEMA + _KINDS[one] for one in types if one in _KINDS]
        return ((own or other or [_SCHEMA + "Thing"])[0],)


def _in_part(node: ox.NamedNode, cut: Cut) -> Description:
    """Return a description of nothing but the first triples: what has too many is described by none."""

    triples = tuple(
        Fact(Named(iri_of(quad.subject)), Named(quad.predicate.value), _node(quad.object))
        for quad in cut.quads
        if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple)
    )
    nothing: tuple[()] = ()
    return Description(
        thing=Named(node.value),
        types=nothing,
        definition=None,
        names=nothing,
        identifiers=nothing,
        references=nothing,
        facts=nothing,
        quantities=nothing,
        claim=None,
        ahead=nothing,
        statements=nothing,
        silenced=nothing,
        left_open=nothing,
        compared=nothing,
        nearby=nothing,
        triples=triples,
    )


def _node(value: Term) -> Named | Text:
    return text_of(value) if isinstance(value, ox.Literal) else Named(iri_of(value))
