"""What the reference says of each term and concept, gathered by the queries of queries/reference/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from bri_kg.checking.question_coverage import named_iris
from bri_kg.dataset.question_files import read_index
from bri_kg.dataset.resources import Resources
from bri_kg.names import BASE, shorten
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.rows import Row
from bri_kg.rdf.text_files import read_text
from bri_kg.stores.memory import Store

_T = TypeVar("_T")


@dataclass(frozen=True)
class Constraint:
    """What a shape asks, in the words of its message."""

    shape: str
    message: str
    severity: str


@dataclass(frozen=True)
class Term:
    """A class or property: names are prefixed ones, texts are in the language of the page."""

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    deprecated: bool
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    changes: tuple[str, ...]
    links: Mapping[str, tuple[str, ...]]
    alignments: tuple[tuple[str, str], ...]
    constraints: tuple[Constraint, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """A module with its terms, by kind and label."""

    name: str
    title: str
    abstract: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Concept:
    """A concept of a scheme; `broader` names its parents."""

    name: str
    label: str
    definition: str
    broader: tuple[str, ...]


@dataclass(frozen=True)
class Scheme:
    """A concept scheme with its concepts, by label."""

    name: str
    label: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Reference:
    """Everything that one page shows; `retired` is concept → what stands for it, `questions` name → wording."""

    language: str
    version: str
    modules: tuple[Module, ...]
    schemes: tuple[Scheme, ...]
    retired: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, str]


def read_reference(resources: Resources, language: str) -> Reference:
    """Gather the reference in `en` or `zh` from ontology, vocabularies, alignments, shapes and questions.

    Raises InputError for a file that cannot be read.
    """
    reader = _Reader(resources, language)
    return Reference(
        language=language,
        version=reader.version(),
        modules=reader.modules(),
        schemes=reader.schemes(),
        retired=reader.retired(),
        questions=reader.wordings,
    )


class _Reader:
    """One reading: the store and the language that every query is asked in."""

    def __init__(self, resources: Resources, language: str) -> None:
        files = (*resources.ontology_files(), *resources.shape_files())
        self._store = Store(quad for path in files for quad in read_rdf(path))
        self._folder = resources.queries / "reference"
        self._language = ox.Literal(language)
        index = read_index(resources)
        self.wordings = {name: index[name].wording(language) for name in sorted(index)}
        self._named = {name: named_iris(question.query) for name, question in index.items()}

    def version(self) -> str:
        rows = self._store.select(
            "SELECT ?version WHERE { ?ontology owl:versionInfo ?version }",
            {"ontology": ox.NamedNode(BASE + "ontology")},
        )
        return next((str(row.value("version")) for row in rows), "")

    def modules(self) -> tuple[Module, ...]:
        terms = self._terms()
        return tuple(
            Module(
                name=_text(row, "module").removeprefix(BASE + "ontology/"),
                title=_subject(_text(row, "title")),
                abstract=_text(row, "abstract"),
                terms=tuple(terms[_text(row, "module")]),
            )
            for row in self._rows("modules")
        )

    def schemes(self) -> tuple[Scheme, ...]:
        labels: dict[str, str] = {}
        concepts: dict[str, dict[str, Concept]] = {}
        for row in self._rows("concepts"):
            scheme, name = shorten(_text(row, "scheme")), shorten(_text(row, "concept"))
            labels[scheme] = _text(row, "schemeLabel")
            known = concepts.setdefault(scheme, {})
            parents = known[name].broader if name in known else ()
            more = (shorten(_text(row, "broader")),) if row["broader"] else ()
            known[name] = Concept(
                name,
                _text(row, "label"),
                _text(row, "definition"),
                tuple(sorted({*parents, *more})),
            )
        return tuple(
            Scheme(name.removeprefix(BASE), labels[name], tuple(concepts[name].values()))
            for name in sorted(labels, key=lambda name: labels[name])
        )

    def retired(self) -> dict[str, tuple[str, ...]]:
        found = self._grouped("retired", lambda row: _name(row, "other"))
        return {shorten(term): tuple(others) for term, others in found.items()}

    def _terms(self) -> dict[str, list[Term]]:
        notes = self._notes()
        links = self._links()
        alignments = self._grouped(
            "alignments", lambda r: (_name(r, "relation"), _name(r, "other"))
        )
        constraints = self._grouped("constraints", _constraint)
        found: dict[str, list[Term]] = {}
        for row in self._rows("terms"):
            iri = _text(row, "term")
            texts = notes.get(iri, {})
            found.setdefault(_text(row, "module"), []).append(
                Term(
                    iri=iri,
                    name=shorten(iri),
                    kind=_name(row, "kind").removeprefix("owl:"),
                    label=_text(row, "label"),
                    definition=_text(row, "definition"),
                    deprecated=row.value("deprecated") is True,
                    notes=tuple(texts.get("skos:scopeNote", ())),
                    examples=tuple(texts.get("skos:example", ())),
                    changes=tuple(texts.get("skos:changeNote", ())),
                    links=links.get(iri, {}),
                    alignments=tuple(alignments.get(iri, ())),
                    constraints=tuple(constraints.get(iri, ())),
                    questions=tuple(sorted(n for n, iris in self._named.items() if iri in iris)),
                )
            )
        return found

    def _notes(self) -> dict[str, dict[str, list[str]]]:
        notes: dict[str, dict[str, list[str]]] = {}
        for row in self._rows("notes"):
            texts = notes.setdefault(_text(row, "term"), {})
            texts.setdefault(_name(row, "note"), []).append(_text(row, "text"))
        return notes

    def _links(self) -> dict[str, dict[str, tuple[str, ...]]]:
        links: dict[str, dict[str, tuple[str, ...]]] = {}
        for row in self._rows("axioms"):
            by_relation = links.setdefault(_text(row, "term"), {})
            relation = _text(row, "relation")
            by_relation[relation] = (*by_relation.get(relation, ()), _name(row, "other"))
        return links

    def _grouped(self, query: str, make: Callable[[Row], _T]) -> dict[str, list[_T]]:
        grouped: dict[str, list[_T]] = {}
        for row in self._rows(query):
            grouped.setdefault(_text(row, "term"), []).append(make(row))
        return grouped

    def _rows(self, name: str) -> Iterable[Row]:
        path = self._folder / f"{name}.rq"
        text = read_text(path, "a query of the reference")
        values = {"lang": self._language} if "?lang" in text else {}
        return self._store.select(text, values, file=str(path))


def _constraint(row: Row) -> Constraint:
    severity = _name(row, "severity").removeprefix("sh:") if row["severity"] else "Violation"
    return Constraint(_name(row, "shape"), _text(row, "message"), severity)


def _subject(title: str) -> str:
    """Return the part of a module's title that tells it from the others, after the colon."""
    return re.split(r": |：", title, maxsplit=1)[-1]


def _text(row: Row, column: str) -> str:
    return str(row.value(column))


def _name(row: Row, column: str) -> str:
    return shorten(_text(row, column))
