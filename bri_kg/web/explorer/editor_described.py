"""What the scripts of the SPARQL editor are told of a graph: its prefixes, terms and questions, and their own words."""

from __future__ import annotations

import json
from typing import Any, Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.answers.term_list import listed_terms
from bri_kg.dataset.questions import Question, default_bindings
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES, shorten
from bri_kg.sparql.prologue import with_prefixes
from bri_kg.web.explorer import editor_words

DESCRIBED: Final = "editor/described.{lang}.js"
"""The asset that tells it in a language; it is made, and no file of ours."""


def described(graph: KnowledgeGraph, lang: str) -> bytes:
    """Return the script that tells of a graph."""
    words: dict[str, Any] = {
        name: wording[lang == "zh"] for name, wording in editor_words.IN_BROWSER.items()
    }
    for name, (one, several) in editor_words.COUNTED.items():
        words[name] = [one[lang == "zh"], several[lang == "zh"]]
    return script(
        "described",
        {
            "base": BASE,
            "prefixes": PREFIXES,
            "terms": _terms(graph, lang),
            "examples": {one.name: as_example(one, lang) for one in graph.questions.values()},
            "words": words,
        },
    )


def as_example(question: Question, lang: str) -> str:
    """Return the query of a question as it runs anywhere: prefixes declared, defaults in place by short names."""
    values = default_bindings(question, lang)
    query = sparql.bind(question.query, values)
    for value in values.values():
        name = shorten(value.value)
        if isinstance(value, ox.NamedNode) and name != value.value:
            query = query.replace(f"<{value.value}>", name)
    return with_prefixes(query, PREFIXES)


def script(name: str, value: object) -> bytes:
    """Return a script that gives a value to the others, which run in pages from a disk too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"(window.briEditor = window.briEditor || {{}}).{name} = {text};\n".encode()


def _terms(graph: KnowledgeGraph, lang: str) -> list[dict[str, str]]:
    listed = listed_terms(graph.guarded, graph.resources, lang)
    named = ((shorten(one.iri), one) for one in listed)
    return [
        {"name": name, "label": one.label, "definition": one.definition}
        for name, one in named
        if name != one.iri
    ]
