"""The graph as users hold it: ask, query, describe, look names up."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.dataset.questions import Question, bindings, find_question
from bri_kg.dataset.release import Release, open_release
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError, UsageError
from bri_kg.names import BASE, BRI, PREFIXES, expand, shorten
from bri_kg.rdf.inputs import AS_IT_IS, Reading
from bri_kg.rdf.rows import Rows
from bri_kg.stores.memory import Store

if TYPE_CHECKING:
    import rdflib

_LABELS = """SELECT ?node ?name WHERE {
  { ?node skos:prefLabel ?name } UNION { ?node skos:altLabel ?name } UNION { ?node bri:knownAs ?name }
  FILTER (STRSTARTS(STR(?node), "https://w3id.org/bri-kg/")) }"""

_ANY_LABELS = """SELECT ?node ?name WHERE {
  VALUES ?naming { skos:prefLabel skos:altLabel bri:knownAs rdfs:label }
  ?node ?naming ?name FILTER (isIRI(?node)) }"""
_MANY = 20_000  # names; among more, looking for a near one takes longer than the query

# What a bri-kg dataset holds: a term of the ontology as subject, as predicate, or named graphs.
_NEEDED = {
    "the ontology": ("Claim", None, False),
    "claims with evidence (bri:evidence)": (None, "evidence", False),
    "facts in the graphs of their claims (named graphs)": (None, None, True),
}


class KnowledgeGraph:
    """A dataset with its questions. Made by `bri_kg.open()`; nothing in it is changed by reading."""

    def __init__(self, resources: Resources, store: Store, release: Release | None = None) -> None:
        self.resources = resources
        self._store = store
        self._own = release

    @cached_property
    def release(self) -> Release:
        """The release of the graph; beside a store of the user's it gives the questions."""
        return self._own or open_release(self.resources)

    @property
    def is_given(self) -> bool:
        """Whether the dataset is a store of the user's and not the graph's own."""
        return self._own is None

    def require_dataset(self) -> None:
        """Raise InputError when a store of the user's lacks what questions about claims need."""
        if not self.is_given:
            return
        lacking = [what for what, pattern in _NEEDED.items() if not self._has(*pattern)]
        if lacking:
            raise InputError(
                code="BRI266",
                message="the store holds no bri-kg dataset",
                why="it lacks " + ", ".join(lacking),
                fix="load what `bri-kg export --format nq` writes; `bri-kg query` works on any data",
            )

    def _has(self, subject: str | None, predicate: str | None, named: bool) -> bool:
        if named:
            return next(self.store.named_graphs(), None) is not None
        node, by = (ox.NamedNode(BRI + name) if name else None for name in (subject, predicate))
        found = self.store.quads_for_pattern(node, by, None, ox.DefaultGraph())
        return next(found, None) is not None

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store that holds the dataset."""
        return self._store.oxigraph

    @property
    def guarded(self) -> Store:
        """The same store behind read-only queries that open no door to the network."""
        return self._store

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every stored question by name."""
        return {name: Question.from_json(data) for name, data in self.release.index().items()}

    def ask(
        self, question: str, *, lang: str = "en", limit: int | None = None, **params: object
    ) -> Rows:
        """Return the rows of a stored question; parameters by name, IRIs as IRI, prefixed name or label.

        Terms of pyoxigraph and rdflib are taken too. Raises UsageError for an unknown question or
        language, and for unknown, missing or ill-typed parameters.
        """
        _check_limit(limit)
        self.require_dataset()
        stored = find_question(self.release.index(), question)
        return self._store.select(
            stored.query, self.bind(stored, params, lang), file=stored.file, limit=limit
        )

    def bind(self, question: Question, params: Mapping[str, object], lang: str) -> dict[str, Any]:
        """Return the RDF terms that the question's variables take for these parameters."""
        if lang not in ("en", "zh"):
            raise UsageError(
                code="BRI124", message=f"there is no language {lang!r}", fix="use en or zh"
            )
        return bindings(question, params, lang, self.resolve)

    def query(self, query: str, *, limit: int | None = None) -> Rows:
        """Return the rows of a SPARQL SELECT query; our prefixes need not be declared.

        Raises QuerySyntaxError, RefusedError for SERVICE, LOAD, FROM and updates, and UsageError
        for a query of another form.
        """
        _check_limit(limit)
        form = sparql.query_form(query)
        if form in ("ASK", "CONSTRUCT", "DESCRIBE"):
            raise UsageError(
                code="BRI123",
                message=f"{form} gives no rows",
                fix="use kg.store (pyoxigraph) or `bri-kg query`, or write a SELECT query",
            )
        return self._store.select(query, limit=limit)

    def graph(self) -> rdflib.Dataset:
        """Return the dataset as a new rdflib Dataset, one named graph per claim with facts."""
        import rdflib

        from bri_kg.rdf.terms import to_rdflib

        dataset = rdflib.Dataset()
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace, replace=True)
        default = dataset.default_graph
        for quad in self.store:
            named = isinstance(quad.graph_name, ox.NamedNode)
            target = dataset.graph(to_rdflib(quad.graph_name)) if named else default
            target.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        return dataset

    def resolve(self, text: str, cls: str | None = None) -> ox.NamedNode:
        """Return the node for an IRI, a prefixed name, or an exact name or alias in any language.

        With `cls`, the node must be an instance of that class. Raises UsageError: unknown (with
        the nearest name), ambiguous (listed), or of another class.
        """
        given = text[1:-1] if text.startswith("<") and text.endswith(">") else text
        iri = expand(given) or (given if "://" in given else None)
        node = self._known(iri, text) if iri else self._named(text, cls)
        if cls and not self._is_a(node, cls):
            raise UsageError(
                code="BRI122",
                message=f"{shorten(node.value)} is no {shorten(cls)}",
                fix=f"name an instance of {shorten(cls)}",
            )
        return node

    def _known(self, iri: str, text: str) -> ox.NamedNode:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            raise UsageError(
                code="BRI120",
                message=f"{text!r} is no IRI",
                fix="write an IRI, a prefixed name or a name",
            ) from None
        pattern = (node, None, None, ox.DefaultGraph())
        if next(self.store.quads_for_pattern(*pattern), None) or next(
            self.store.quads_for_pattern(None, None, node, ox.DefaultGraph()), None
        ):
            return node
        known = {
            shorten(q.subject.value)
            for q in islice(
                self.store.quads_for_pattern(None, ox.NamedNode(PREFIXES["rdf"] + "type"), None),
                _MANY + 1,
            )
            if isinstance(q.subject, ox.NamedNode)
        }
        near = difflib.get_close_matches(shorten(iri), _few(known), n=1, cutoff=0.6)
        raise UsageError(
            code="BRI120",
            message=f"the graph does not know {text!r}",
            fix=f"did you mean {near[0]}?"
            if near
            else "give an IRI, a prefixed name or the exact name of something in the graph",
        )

    def _named(self, text: str, cls: str | None) -> ox.NamedNode:
        names: dict[str, set[str]] = {}
        for row in self._store.select(_ANY_LABELS if self.is_given else _LABELS):
            names.setdefault(str(row.value("name")), set()).add(str(row.value("node")))
        exact = names.get(text) or {
            n for name, nodes in names.items() if name.casefold() == text.casefold() for n in nodes
        }
        # A name that stands for a thing and, say, for a concept is no puzzle where a class is asked.
        fitting = {n for n in exact if cls is None or self._is_a(ox.NamedNode(n), cls)} or exact
        if len(fitting) == 1:
            return ox.NamedNode(next(iter(fitting)))
        if fitting:
            raise UsageError(
                code="BRI121",
                message=f"{text!r} is the name of several things",
                why=", ".join(sorted(shorten(n) for n in fitting)),
                fix="give one of these instead",
            )
        near = difflib.get_close_matches(text, _few(names), n=1, cutoff=0.5)
        raise UsageError(
            code="BRI120",
            message=f"the graph does not know {text!r}",
            fix=f"did you mean {near[0]!r}?"
            if near
            else f"give an IRI under {BASE}, a prefixed name or an exact name",
        )

    def _is_a(self, node: ox.NamedNode, cls: str) -> bool:
        quad = ox.Quad(node, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(cls))
        return quad in self.store


def _few(names: Collection[str]) -> list[str]:
    return sorted(names) if len(names) <= _MANY else []


def _check_limit(limit: int | None) -> None:
    if limit is not None and limit < 1:
        raise UsageError(
            code="BRI125",
            message=f"the limit {limit} is not above 0",
            fix="leave it out for all rows",
        )


def open_graph(
    graph: str | os.PathLike[str] | None = None,
    *,
    store: str | os.PathLike[str] | None = None,
    once: bool = False,
    show: bool = False,
    reading: Reading = AS_IT_IS,
) -> KnowledgeGraph:
    """Open the packaged graph, the one in `graph`, or the data in `store`; see `bri_kg.open`.

    `once` is for a single query: the store in the cache, read-only, opens faster than a graph
    loads into memory, but answers more slowly. `show` draws progress where a big file is loaded;
    `reading` says how a file in `store` is read.
    """
    resources = find(graph)
    if store is not None:
        from bri_kg.stores.loading import open_place

        return KnowledgeGraph(resources, open_place(os.fspath(store), reading=reading, show=show))
    release = open_release(resources)
    return KnowledgeGraph(resources, release.read_only() if once else release.store(), release)
