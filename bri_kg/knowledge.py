"""The graph as users hold it: ask, query, describe, look names up."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.answers.options import check_lang, check_limit, name_of
from bri_kg.answers.resolving import Naming
from bri_kg.dataset.questions import Question, answered, bindings, find_question
from bri_kg.dataset.release import Release, open_release
from bri_kg.dataset.requirements import require_dataset
from bri_kg.dataset.resources import Resources, find
from bri_kg.names import is_reference, written_prefixes
from bri_kg.rdf.given_data import paths_of
from bri_kg.rdf.reading import AS_IT_IS, Reading
from bri_kg.rdf.rows import Rows
from bri_kg.stores.memory import Store, embedded
from bri_kg.stores.selecting import Guarded

if TYPE_CHECKING:
    import rdflib

    from bri_kg.answers.absent_terms import UnknownTerm
    from bri_kg.answers.callable_questions import Questions
    from bri_kg.answers.description_model import Description
    from bri_kg.answers.kept_claims import KeptClaims
    from bri_kg.answers.model import Candidate, Claim, Comparison, Explanation
    from bri_kg.answers.scope import Ground
    from bri_kg.answers.search import Hits, Search
    from bri_kg.checking.compare_engines import EngineComparison
    from bri_kg.checking.ontology_checks import CheckReport
    from bri_kg.checking.shapes_alone import ShapesReport
    from bri_kg.checking.validation import Report
    from bri_kg.rdf.given_data import File, Files
    from bri_kg.rdf.graph_results import Graph
    from bri_kg.reasoner import Inference
    from bri_kg.stores.addresses import Given
    from bri_kg.stores.reference_store import ReferenceStore
    from bri_kg.texts.verification import SourceNames, Verification

Folder = str | os.PathLike[str] | None
"""A folder of texts: digests of passages are checked against them, and words are shown."""


class KnowledgeGraph:
    """A dataset with its questions. Made by `bri_kg.open()`; nothing in it is changed by reading."""

    def __init__(
        self,
        resources: Resources,
        store: Guarded,
        release: Release | None = None,
        kept: KeptClaims | None = None,
    ) -> None:
        self.resources = resources
        self.kept = kept
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
        if self.is_given:
            require_dataset(self._store.quads)

    @property
    def store(self) -> ox.Store:
        """The raw pyoxigraph store: nothing guards it, so that queries may use the network and change data.

        `query` reads the same behind a guard. Raises UsageError for a store at an address.
        """
        return embedded(self._store).oxigraph

    @property
    def guarded(self) -> Guarded:
        """The same store behind read-only queries that open no door to the network."""
        return self._store

    def answering(self, engine: str = "embedded") -> Guarded | ReferenceStore:
        """Return the dataset behind read-only queries, answered by an engine of `bri_kg.names.ENGINES`."""
        return self._reference if is_reference(engine) else self._store

    @cached_property
    def _reference(self) -> ReferenceStore:
        from bri_kg.stores.reference_store import ReferenceStore

        return ReferenceStore(self._own.quads() if self._own else self.store)

    @cached_property
    def questions(self) -> Questions:
        """Every stored question by name: `kg.questions["cofounders"](partner="UNESCO")`."""
        from bri_kg.answers.callable_questions import Questions, StoredQuestion

        stored = map(Question.from_json, dict(sorted(self.release.index().items())).values())
        return Questions(
            {question.name: StoredQuestion(question, self.ask) for question in stored},
            lambda words: (hit.node for hit in self.search(words, limit=None, kinds=("question",))),
        )

    def ask(
        self,
        question: str,
        *,
        lang: str = "en",
        limit: int | None = None,
        engine: str = "embedded",
        **params: object,
    ) -> Rows:
        """Return the rows of a stored question; parameters by name, IRIs as IRI, prefixed name or label.

        Terms of pyoxigraph and rdflib are taken too; the engine "reference" is rdflib. Raises UsageError
        for an unknown question, language or engine, and for unknown, missing or ill-typed parameters.
        """
        check_limit(limit)
        self.require_dataset()
        stored = find_question(self.release.index(), question)
        return answered(stored, self.answering(engine), self.bind(stored, params, lang), limit)

    def bind(self, question: Question, params: Mapping[str, object], lang: str) -> dict[str, Any]:
        """Return the RDF terms that the question's variables take for these parameters."""
        check_lang(lang)
        return bindings(question, params, lang, self.resolve)

    def explain(self, *what: object, lang: str = "en", texts: Folder = None) -> Explanation:
        """Return why something is known: of a claim, or of a fact by subject, predicate and object.

        Each is named as for `resolve`. With a folder of `texts`, digests are checked and words shown.
        Raises UsageError for what is no claim and no fact.
        """
        from bri_kg.answers.explanations import explain_claim, explain_fact
        from bri_kg.answers.fact_arguments import asked_for

        self.require_dataset()
        ground = self._ground(lang, texts)
        asked = asked_for(ground, [name_of(part) for part in what])
        if isinstance(asked, ox.NamedNode):
            return explain_claim(ground, asked)
        return explain_fact(ground, asked)

    def describe(self, thing: object, *, lang: str = "en", texts: Folder = None) -> Description:
        """Return all that is said of a thing, named as for `resolve`; `texts` as for `explain`."""
        from bri_kg.answers.descriptions import describe

        return describe(self._ground(lang, texts), self.resolve(name_of(thing)))

    def conflicts(
        self,
        thing: object = None,
        *,
        nature: object = None,
        lang: str = "en",
        texts: Folder = None,
    ) -> tuple[Comparison, ...]:
        """Return the comparisons of claims, by IRI: all, or those that concern a thing, or of a nature."""
        from bri_kg.answers.comparisons import conflicts

        self.require_dataset()
        chosen = None if nature is None else self.nature(nature)
        return conflicts(self._ground(lang, texts), self._maybe(thing), chosen)

    def candidates(
        self, thing: object = None, *, lang: str = "en", texts: Folder = None
    ) -> tuple[Candidate, ...]:
        """Return pairs of claims that look alike and that no comparison holds: all, or those that name a thing."""
        from bri_kg.answers.candidates import candidates

        self.require_dataset()
        return candidates(self._ground(lang, texts), self._maybe(thing))

    def claims(
        self,
        thing: object = None,
        *,
        source: object = None,
        cls: object = None,
        factuality: object = None,
        lang: str = "en",
        texts: Folder = None,
    ) -> tuple[Claim, ...]:
        """Return claims by IRI: of those that name a thing, of one source, class and factuality."""
        from bri_kg.answers.claims import choose_claims

        self.require_dataset()
        told = None if source is None else name_of(source)
        of = {"cls": self._maybe(cls), "factuality": self._maybe(factuality)}
        return choose_claims(self._ground(lang, texts), thing=self._maybe(thing), source=told, **of)

    def nature(self, text: object) -> ox.NamedNode:
        """Return the nature of disagreement of this IRI, prefixed name, local name or label."""
        from bri_kg.answers.comparisons import named_nature

        return named_nature(self._ground("en", None), name_of(text))

    def _maybe(self, text: object) -> ox.NamedNode | None:
        return None if text is None else self.resolve(name_of(text))

    def _ground(self, lang: str, texts: Folder) -> Ground:
        from bri_kg.answers.scope import Ground
        from bri_kg.texts.originals import sources_folder

        check_lang(lang)
        folder = None if texts is None else sources_folder(os.fspath(texts))
        whole = (self._store, self.resources, self.resolve, lambda: self._stated)
        return Ground(*whole, lang, folder, self.kept)

    @cached_property
    def _stated(self) -> Store:
        """What the files of the graph say, without facts and closure; made when it is first asked for."""
        return Store(self.release.quads(("asserted",)))

    def query(
        self,
        query: str,
        *,
        limit: int | None = None,
        file: str | None = None,
        engine: str = "embedded",
    ) -> Rows | Graph | bool:
        """Return what a SPARQL query gives; our prefixes need not be declared.

        Rows for SELECT, True or False for ASK, a Graph for CONSTRUCT and DESCRIBE; `limit` cuts rows
        or triples, `file` names the query in messages. Raises QuerySyntaxError, and RefusedError for
        what would use the network or change data.
        """
        check_limit(limit)
        form = sparql.query_form(query)
        store = self.answering(engine)
        if form == "ASK":
            return bool(store.evaluate(query, file=file))
        if form in ("CONSTRUCT", "DESCRIBE"):
            from bri_kg.rdf.graph_results import Graph

            return Graph.of(store.construct(query, file=file)).up_to(limit)
        return store.select(query, file=file, limit=limit)

    def search(
        self,
        words: str,
        *,
        lang: str = "en",
        limit: int | None = 10,
        kinds: Collection[str] | None = None,
    ) -> Hits:
        """Return what words of a name find: things, concepts, terms, questions, comparisons, the best first.

        Names count in every language; `lang` is that of the labels. Capitals, accents and hyphens
        do not count; Chinese is found inside longer names; where nothing is found, a word may be
        a letter away. `kinds` are some of `bri_kg.answers.search.KINDS` (None: all but claims).
        Raises UsageError where there is no word, and for an unknown kind or language.
        """
        check_limit(limit)
        check_lang(lang)
        return self._search.find(words, lang, limit, kinds)

    @cached_property
    def _search(self) -> Search:
        from bri_kg.answers.search import Search

        return Search(self._store, self.resources, self.questions, self._own)

    def validate(
        self,
        files: Files = (),
        shapes: Files | None = None,
        lang: str = "en",
        engine: str = "embedded",
        sources: File | None = None,
    ) -> Report | ShapesReport:
        """Validate the graph in stages, with `files` laid over it: findings then are about their nodes.

        Where the texts are at hand (`sources`, else BRI_KG_SOURCES), claims are held against their words.
        With `shapes` (files, or "bri"): SHACL alone. Raises InputError, RefusedError for network use.
        """
        check_lang(lang)
        if shapes is not None:
            from bri_kg.checking.shapes_alone import validate_alone

            names = paths_of(files), paths_of(shapes)
            return validate_alone(self.resources, *names, lang, engine=engine)
        from bri_kg.checking.validation import validate
        from bri_kg.texts.originals import texts_at_hand

        over = [Path(file) for file in paths_of(files)]
        return validate(self.resources, over, lang, engine=engine, sources=texts_at_hand(sources))

    def infer(self, data: object, ontology: object = None, engine: str = "embedded") -> Inference:
        """Return what follows by OWL 2 RL from data and an ontology (None: ours; an empty tuple: none).

        Both are paths, graphs of rdflib, or quads or triples of pyoxigraph, one or several; neither
        is changed. Raises InputError for malformed input, RefusedError for an import that is not there.
        """
        from bri_kg.dataset.infer_files import infer_over

        return infer_over(data, ontology, self.resources, engine=engine)

    def verify(self, folder: File | None = None, source: SourceNames = None) -> Verification:
        """Return the state of every source and passage against the texts, and what claims say beyond them.

        `folder` holds the texts (None: BRI_KG_SOURCES names it); `source` keeps to one or several, by slug,
        IRI or file name. Raises UsageError for an unknown source or where no folder is known.
        """
        from bri_kg.texts.originals import sources_folder
        from bri_kg.texts.verification import verification

        self.require_dataset()
        place = sources_folder(None if folder is None else os.fspath(folder))
        return verification(embedded(self._store), place, source)

    def check(
        self, files: Files | None = None, previous: File | None = None, lang: str = "en"
    ) -> CheckReport:
        """Hold an ontology against the rules of a good one: that in `files`, else ours.

        `previous` is the release before, from which no term may vanish. Raises InputError for what
        cannot be read.
        """
        from bri_kg.checking.ontology_checks import check_ontology

        check_lang(lang)
        before = None if previous is None else Path(previous)
        return check_ontology(self.resources, [Path(f) for f in paths_of(files)], before, lang)

    def compare(self, *, show: bool = False) -> EngineComparison:
        """Return where both engines agree and differ: on every question, the report, the closure.

        The questions are asked of the open dataset, with their defaults; report and closure are of the graph.
        """
        from bri_kg.checking.compare_engines import compare_graph

        stores, asked = (embedded(self._store), self._reference), tuple(self.questions.values())
        return compare_graph(self.resources, self.release, asked, stores, show=show)

    def unknown_terms(self, query: str) -> tuple[UnknownTerm, ...]:
        """Return the terms of a query that the data does not hold: why it may have no rows."""
        from bri_kg.answers.absent_terms import absent_terms

        return absent_terms(self._store.quads, query)

    def graph(self) -> rdflib.Dataset:
        """Return the dataset as a new rdflib Dataset, one named graph per claim with facts."""
        from bri_kg.stores.reference_store import ReferenceStore

        return ReferenceStore(self.store).with_prefixes(written_prefixes())

    def resolve(self, text: str, cls: str | None = None) -> ox.NamedNode:
        """Return the node for an IRI, a prefixed name, a name or alias, or the local name of a term.

        With `cls`, the node must be an instance of that class. Raises UsageError: unknown (with
        the nearest name), ambiguous (listed), or of another class.
        """
        return self._naming.resolve(text, cls)

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self._store, own=not self.is_given)


def open_graph(
    graph: Folder | Sequence[str | os.PathLike[str]] = None,
    *,
    alone: bool = False,
    store: str | os.PathLike[str] | None = None,
    once: bool = False,
    show: bool = False,
    reading: Reading = AS_IT_IS,
    given: Given | None = None,
) -> KnowledgeGraph:
    """Open the packaged graph, with the collections in `graph` over it, or the data in `store`; see `bri_kg.open`.

    `once` is for a single query: the store in the cache, read-only, opens faster than a graph
    loads into memory, but answers more slowly. `show` draws progress where a big file is loaded;
    `reading` says how a file in `store` is read, `given` more of a store at an address.
    """
    resources = find(graph, alone=alone)
    if store is not None:
        from bri_kg.stores.loading import open_any

        data = open_any(os.fspath(store), reading=reading, show=show, given=given)
        return KnowledgeGraph(resources, data)
    release = open_release(resources)
    return KnowledgeGraph(resources, release.read_only() if once else release.store(), release)
