"""Questions as RDF: each stored query as a `sh:SPARQLSelectExecutable`, with wording and keywords.

The form is that of SHACL Advanced Features, section 5; title, description and keywords are what
catalogues of example queries read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bri_kg.dataset.questions import Question, as_sent, default_bindings
from bri_kg.names import BASE, PREFIXES

QUESTION = BASE + "question/"
_SH, _DCTERMS, _SCHEMA = PREFIXES["sh"], PREFIXES["dcterms"], PREFIXES["schema"]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_CLASSES = ("SPARQLExecutable", "SPARQLSelectExecutable")


def question_records(questions: Iterable[Question]) -> Iterator[ox.Quad]:
    """Yield the triples of one record a question.

    Its query runs as it stands: with prefixes, the defaults of its parameters, and labels in English.
    """
    for question in questions:
        node = ox.NamedNode(QUESTION + question.name)
        for name in _CLASSES:
            yield ox.Quad(node, _TYPE, ox.NamedNode(_SH + name))
        for predicate, value in _values(question):
            yield ox.Quad(node, ox.NamedNode(predicate), value)


def _values(question: Question) -> Iterator[tuple[str, ox.Literal]]:
    yield _SH + "select", ox.Literal(as_sent(question, default_bindings(question)))
    yield _DCTERMS + "identifier", ox.Literal(question.name)
    yield _DCTERMS + "title", ox.Literal(question.summary, language="en")
    yield _DCTERMS + "title", ox.Literal(question.summary_zh, language="zh")
    if question.description:
        yield _DCTERMS + "description", ox.Literal(question.description, language="en")
    for tag in question.tags:
        yield _SCHEMA + "keywords", ox.Literal(tag, language="en")
    yield _DCTERMS + "creator", ox.Literal("The bri-kg project")
