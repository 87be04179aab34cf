"""How far the stored questions reach: the terms of the ontology that questions read and data fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.dataset.questions import Question
from bri_kg.names import BRI, PREFIXES, expand
from bri_kg.stores.memory import Store

# Annotation properties describe terms and concepts; nobody asks for them, and they do not count;
# nor do deprecated terms, which no data should use.
_POPULATED = """SELECT DISTINCT ?term (COUNT(DISTINCT ?instance) AS ?instances) (COUNT(?value) AS ?triples) WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty }
  FILTER NOT EXISTS { ?term owl:deprecated true }
  ?term a ?kind .
  OPTIONAL { { ?instance a ?term } UNION { ?subject ?term ?value } }
} GROUP BY ?term ORDER BY ?term"""
_ABOVE = "SELECT DISTINCT ?term ?above WHERE { ?term rdfs:subClassOf+|rdfs:subPropertyOf+ ?above }"


@dataclass(frozen=True)
class Reach:
    """A class or property, its instances or triples, and the passing questions that read it."""

    term: str
    populated: int
    questions: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        """Whether a question reads the term; what this graph does not fill, another collection does."""
        return bool(self.questions)

    @property
    def why(self) -> str | None:
        """What a term lacks that is not covered; None where it is."""
        if self.is_covered:
            return None
        return "no question that passes reads it" + (
            "" if self.populated else ", and it has no data"
        )


def reach(store: Store, passing: Iterable[Question]) -> tuple[Reach, ...]:
    """Return every class, object and datatype property of the ontology with the questions that read it.

    A question reads the terms that its query names and what stands above them (who asks for
    programmes asks for undertakings); with them the defaults of its parameters, and what stands below
    these where it asks for that. Those that count are `passing`: they give their stored answer.
    """
    readers: dict[str, list[str]] = {}
    above = _above(store)
    for question in passing:
        named = named_iris(question.query) | _by_default(question, above)
        for term in named.union(*(above.get(iri, ()) for iri in named)):
            readers.setdefault(term, []).append(question.name)
    return tuple(
        Reach(term, populated, tuple(readers.get(term, ())))
        for term, populated in _populated(store)
    )


def _by_default(question: Question, above: Mapping[str, set[str]]) -> set[str]:
    """Return the IRIs that parameters stand for by default, and the properties below them that are followed."""
    defaults = {
        expand(parameter.default) or parameter.default
        for parameter in question.params
        if parameter.type == "iri" and parameter.default
    }
    if "rdfs:subPropertyOf* ?" not in question.query:
        return defaults
    return defaults | {term for term, higher in above.items() if higher & defaults}


def named_iris(query: str) -> set[str]:
    """Return the IRIs that a query names, prefixed names expanded; comments and prefixes left out."""
    found: set[str] = set()
    prefixes = dict(PREFIXES)
    tokens = [token for token in sparql.tokens(query) if token.kind != "comment"]
    for before, token in zip([None, *tokens], tokens, strict=False):
        declares = before is not None and before.kind == "pname" and before.text.endswith(":")
        if token.kind == "iri" and declares and before is not None:
            prefixes[before.text[:-1]] = token.text[1:-1]
        elif token.kind == "iri":
            found.add(token.text[1:-1])
        elif token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            if local and prefix in prefixes:
                found.add(prefixes[prefix] + local.replace("\\", ""))
    return found


def _populated(store: Store) -> Iterator[tuple[str, int]]:
    for row in store.select(_POPULATED):
        term = str(row.value("term"))
        if term.startswith(BRI):
            yield term, _number(row["instances"]) + _number(row["triples"])


def _above(store: Store) -> dict[str, set[str]]:
    above: dict[str, set[str]] = {}
    for row in store.select(_ABOVE):
        above.setdefault(str(row.value("term")), set()).add(str(row.value("above")))
    return above


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, ox.Literal) else 0
