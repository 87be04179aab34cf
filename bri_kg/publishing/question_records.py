"""Questions as RDF: each stored query as a `sh:SPARQLSelectExecutable`, with wording, keywords and parameters.

The form is that of SHACL Advanced Features: executables of section 5, parameters of section 3. `sh:select` runs as
it stands; `schema:text` is the same query with its parameters as variables, for a term in place of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.questions import Parameter, Question, as_sent, default_bindings
from bri_kg.names import BASE, PREFIXES, expand

QUESTION: Final = BASE + "question/"
_SH, _DCTERMS, _SCHEMA = PREFIXES["sh"], PREFIXES["dcterms"], PREFIXES["schema"]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_CLASSES = ("SPARQLExecutable", "SPARQLSelectExecutable")
_LANGUAGE = Parameter(
    "lang", "string", {"en": "the language of labels: en or zh", "zh": "标签的语言：en 或 zh"}
)
Term = ox.NamedNode | ox.Literal


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
        yield from _parameters(node, question)


def _values(question: Question) -> Iterator[tuple[str, ox.Literal]]:
    yield _SH + "select", ox.Literal(as_sent(question, default_bindings(question)))
    yield _SCHEMA + "text", ox.Literal(as_sent(question, {}))
    yield _DCTERMS + "identifier", ox.Literal(question.name)
    yield _DCTERMS + "title", ox.Literal(question.summary, language="en")
    yield _DCTERMS + "title", ox.Literal(question.summary_zh, language="zh")
    for language, texts in question.asked_as.items():
        for text in texts:
            yield PREFIXES["skos"] + "altLabel", ox.Literal(text, language=language)
    if question.description:
        yield _DCTERMS + "description", ox.Literal(question.description, language="en")
    for tag in question.tags:
        yield _SCHEMA + "keywords", ox.Literal(tag, language="en")
    yield _DCTERMS + "creator", ox.Literal("The bri-kg project")


def _parameters(record: ox.NamedNode, question: Question) -> Iterator[ox.Quad]:
    """Yield the parameters of a record, in their order, `lang` last where the query has it.

    The name of one is the last part of its `sh:path`, and of the variable in the query.
    """
    defaults = default_bindings(question)
    known = [*question.params, *([_LANGUAGE] if _LANGUAGE.name in defaults else [])]
    for order, parameter in enumerate(known):
        node = ox.NamedNode(f"{record.value}#{parameter.name}")
        yield ox.Quad(record, ox.NamedNode(_SH + "parameter"), node)
        yield ox.Quad(node, _TYPE, ox.NamedNode(_SH + "Parameter"))
        for name, value in _of_parameter(parameter, defaults.get(parameter.name)):
            yield ox.Quad(node, ox.NamedNode(_SH + name), value)
        whole = ox.Literal(str(order), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
        yield ox.Quad(node, ox.NamedNode(_SH + "order"), whole)


def _of_parameter(parameter: Parameter, default: Term | None) -> Iterator[tuple[str, Term]]:
    yield "path", ox.NamedNode(f"{BASE}question#{parameter.name}")
    for language, text in parameter.label.items():
        yield "name", ox.Literal(text, language=language)
    if parameter.type == "iri":
        yield "nodeKind", ox.NamedNode(_SH + "IRI")
    else:
        yield "datatype", ox.NamedNode(PREFIXES["xsd"] + parameter.type)
    if parameter.cls:
        yield "class", ox.NamedNode(expand(parameter.cls) or parameter.cls)
    if default is not None:
        yield "defaultValue", default
    is_optional = ox.NamedNode(PREFIXES["xsd"] + "boolean")
    yield "optional", ox.Literal(str(default is not None).lower(), datatype=is_optional)
