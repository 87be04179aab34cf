"""The SPARQL editor: a form that works alone, and what its scripts are told of the graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.answers.term_list import listed_terms
from bri_kg.dataset.questions import Question, default_bindings
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, PREFIXES, shorten
from bri_kg.sparql.prologue import with_prefixes
from bri_kg.web.endpoint import ENDPOINT
from bri_kg.web.explorer import editor_words
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.explorer.page_addresses import Addresses
from bri_kg.web.site import Site

EDITOR: Final = "editor"
DESCRIBED: Final = "editor/described.{lang}.js"
"""The asset that tells the scripts of a graph in a language."""
_FIRST: Final = """PREFIX bri: <https://w3id.org/bri-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name WHERE {
  ?thing a bri:Organization ; skos:prefLabel ?name .
  FILTER (LANG(?name) = "%s")
}
ORDER BY ?name
LIMIT 20
"""
_SLOT: Final = "SLOT"


def editor_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the editor with the query, or the stored question, that is asked for."""
    questions = site.graph.questions
    example = asked.get("example")
    query = asked.get("query") or first_query(page.lang)
    if example in questions:
        query = as_example(questions[example], page.lang)
    return rendered(page, questions.values(), query, endpoint=page.at.of(ENDPOINT.strip("/")))


def rendered(
    page: Page,
    questions: Iterable[Question],
    query: str,
    *,
    endpoint: str | None = None,
    size: str = "",
    told: str | None = None,
    patterns: list[list[str]] | None = None,
) -> str:
    """Return the page; without an endpoint its queries are answered in the browser, or (`told` says why) not at all.

    `size` says how much a browser reads for that.
    """
    return filled(
        page,
        "editor.html",
        questions=tuple(questions),
        query=query,
        endpoint=endpoint,
        size=size,
        told=told,
        editor=editor_words,
        described=page.at.asset(DESCRIBED.format(lang=page.lang)),
        patterns=json.dumps(address_patterns(page.at) if patterns is None else patterns),
    )


def first_query(lang: str) -> str:
    """Return the query that stands there where none is asked for."""
    return _FIRST % lang


def as_example(question: Question, lang: str) -> str:
    """Return the query of a question as it runs anywhere: prefixes declared, defaults in place."""
    values = default_bindings(question, lang)
    query = sparql.bind(question.query, values)
    for value in values.values():
        name = shorten(value.value)
        if isinstance(value, ox.NamedNode) and name != value.value:
            query = query.replace(f"<{value.value}>", name)
    return with_prefixes(query, PREFIXES)


def described(graph: KnowledgeGraph, lang: str) -> bytes:
    """Return the script that tells of a graph: prefixes, terms and what they mean, questions, and words."""
    words: dict[str, Any] = {
        name: wording[lang == "zh"] for name, wording in editor_words.IN_BROWSER.items()
    }
    for name, (one, several) in editor_words.COUNTED.items():
        words[name] = [one[lang == "zh"], several[lang == "zh"]]
    told = {
        "base": BASE,
        "prefixes": PREFIXES,
        "terms": _terms(graph, lang),
        "examples": {one.name: as_example(one, lang) for one in graph.questions.values()},
        "words": words,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"(window.briEditor = window.briEditor || {{}}).described = {text};\n".encode()


def address_patterns(at: Addresses) -> list[list[str]]:
    """Return how IRIs are addressed, the narrowest first: their beginning, and the address with a gap for the rest."""
    found = []
    for begin in (BRI, BASE, "https://", "http://"):
        address = at.thing(begin + _SLOT)
        if address is not None and _SLOT in address:
            found.append([begin, *address.split(_SLOT)])
    return found


def _terms(graph: KnowledgeGraph, lang: str) -> list[dict[str, str]]:
    listed = listed_terms(graph.guarded, graph.resources, lang)
    named = ((shorten(one.iri), one) for one in listed)
    return [
        {"name": name, "label": one.label, "definition": one.definition}
        for name, one in named
        if name != one.iri
    ]
