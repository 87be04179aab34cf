"""The embedded store, in memory or on disk: pyoxigraph, called directly and only through guarded queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.errors import BriKgError, InputError, UsageError
from bri_kg.names import PREFIXES
from bri_kg.rdf.terms import Term
from bri_kg.sparql.columns import in_order_of_appearance
from bri_kg.stores.datasets import Wanted, chosen
from bri_kg.stores.selecting import Bindings, Guarded

_TERMS: Final = frozenset((ox.NamedNode, ox.BlankNode, ox.Literal, type(None)))


class Store(Guarded):
    """A dataset that answers SPARQL 1.1 queries and opens no door to the network.

    It is in memory and holds `quads`, unless `disk` is an open store on disk and `place` its folder.
    """

    def __init__(
        self,
        quads: Iterable[ox.Quad] = (),
        *,
        disk: ox.Store | None = None,
        place: str | None = None,
    ) -> None:
        self.oxigraph = ox.Store() if disk is None else disk
        self.place = place
        if disk is None:
            self.add(quads)

    @property
    def quads(self) -> ox.Store:
        """Its quads: those of the engine itself."""
        return self.oxigraph

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads."""
        self.oxigraph.extend(quads)

    @contextmanager
    def holding(self, quads: Iterable[ox.Quad]) -> Iterator[None]:
        """Let the store hold more quads for a while: a second store would hold everything twice."""
        new = [quad for quad in quads if quad not in self.oxigraph]
        self.add(new)
        try:
            yield
        finally:
            for quad in new:
                self.oxigraph.remove(quad)

    def load(self, path: str) -> None:
        """Add an N-Quads file."""
        self.oxigraph.load(path=path, format=ox.RdfFormat.N_QUADS)

    def _found(
        self, query: str, values: Bindings | None, file: str | None
    ) -> tuple[tuple[str, ...], Iterator[tuple[Term | None, ...]]]:
        solutions = self.evaluate(query, values, file=file)
        if not isinstance(solutions, ox.QuerySolutions):
            raise wrong_form("SELECT", file)
        names = [variable.value for variable in solutions.variables]
        columns = in_order_of_appearance(query, names)
        return columns, self._rows(solutions, columns, query, file)

    def _rows(
        self, solutions: ox.QuerySolutions, columns: tuple[str, ...], query: str, file: str | None
    ) -> Iterator[tuple[Term | None, ...]]:
        names = [variable.value for variable in solutions.variables]
        places = None if list(columns) == names else [names.index(name) for name in columns]
        with self.reading(query, file):
            for solution in solutions:
                found = tuple(solution)
                terms = found if places is None else tuple(found[place] for place in places)
                if not _TERMS.issuperset(map(type, terms)):
                    raise _triple_term(next(t for t in terms if type(t) not in _TERMS), file)
                yield terms

    def construct(
        self, query: str, values: Bindings | None = None, *, file: str | None = None
    ) -> Iterator[ox.Quad]:
        """Yield the triples of a CONSTRUCT or DESCRIBE query; see `select` for the arguments and errors."""
        triples = self.evaluate(query, values, file=file)
        if not isinstance(triples, ox.QueryTriples):
            raise wrong_form("CONSTRUCT or DESCRIBE", file)
        with self.reading(query, file):
            for triple in triples:
                if isinstance(triple.object, ox.Triple):
                    raise _triple_term(triple.object, file)
                yield ox.Quad(triple.subject, triple.predicate, triple.object)

    def evaluate(
        self,
        query: str,
        values: Bindings | None = None,
        *,
        file: str | None = None,
        wanted: Wanted | None = None,
        base: str | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a read-only query of any form; see `select` for the arguments and errors.

        The graphs of `wanted` take the place of those that the query names; `base` is for relative IRIs.
        """
        sparql.refuse_unfit(query, file=file)
        try:
            with self.reading(query, file):
                return self._evaluate(sparql.bind(query, values or {}), wanted, base)
        except SyntaxError as error:
            from bri_kg.sparql.diagnosis import syntax_error

            raise syntax_error(query, error, file, prefixes=PREFIXES) from None

    def _evaluate(
        self, query: str, wanted: Wanted | None, base: str | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        taken = chosen(self.oxigraph, query, wanted, base)
        if taken is None:
            return self.oxigraph.query(query, prefixes=PREFIXES, base_iri=base)
        return taken.store.query(
            taken.query,
            prefixes=PREFIXES,
            base_iri=base,
            default_graph=list(taken.default),
            named_graphs=list(taken.named),
        )

    @contextmanager
    def reading(self, query: str, file: str | None) -> Iterator[None]:
        """Give what the engine says of a query, or of a damaged store on disk, in words that help."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            if isinstance(error, BriKgError):
                raise
            from bri_kg.sparql.functions import wrong_call

            if called := wrong_call(query, str(error), file):
                raise called from None
            if self.place is None:
                raise _not_answered(error, file) from None
            from bri_kg.stores.disk import damaged

            raise damaged(self.place, error) from None


def _not_answered(error: Exception, file: str | None) -> InputError:
    return InputError(
        code="BRI146",
        file=file,
        message=f"the engine cannot answer this query: {error}",
        fix="write it in another way",
    )


def _triple_term(value: object, file: str | None) -> InputError:
    return InputError(
        code="BRI107",
        file=file,
        message=f"triple terms (RDF 1.2) are not supported: {value}",
        fix="ask for subject, predicate and object in columns of their own",
    )


def wrong_form(wanted: str, file: str | None) -> InputError:
    """Return the error for a query of another form than the one that is wanted."""
    return InputError(
        code="BRI108",
        file=file,
        message=f"a {wanted} query is wanted here",
        fix=f"write a {wanted} query",
    )


def embedded(store: Guarded) -> Store:
    """Return the store, where its quads are in this process. Raise UsageError for one at an address."""
    if isinstance(store, Store):
        return store
    raise UsageError(
        "BRI720",
        "a store at an address answers queries, and this needs all its quads here",
        fix="export it to a file and name that, or leave out --engine",
    )
