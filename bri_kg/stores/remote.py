"""A store at an address, asked by the SPARQL 1.1 Protocol; every query passes the guard that the embedded store has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.names import PREFIXES
from bri_kg.rdf.rows import Rows, python_value
from bri_kg.rdf.terms import Term
from bri_kg.sparql.columns import in_order_of_appearance
from bri_kg.sparql.cutting import at_most, counting, is_distinct
from bri_kg.sparql.prologue import with_prefixes
from bri_kg.stores.addresses import Given, Services, candidates, checked
from bri_kg.stores.memory import wrong_form
from bri_kg.stores.remote_faults import no_service, refused, row_limit, stopped
from bri_kg.stores.remote_quads import RemoteQuads
from bri_kg.stores.remote_results import NotWholeError, rows_of, triples_of, truth_of
from bri_kg.stores.selecting import Bindings, Guarded
from bri_kg.stores.wire import Answer, Wire, cut_short

_JSON: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_NOT_HERE: Final = (400, 404, 405, 406, 410, 415, 501)
# They look for the graphs of FROM among their own.
_FETCHES_NOTHING: Final = ("oxigraph", "fuseki", "rdf4j")
_SERVERS: Final = {"oxigraph": "oxigraph", "fuseki": "fuseki", "virtuoso": "virtuoso"}
# Servers stop after a round number of rows, and most do not say so.
_ROUND: Final = 500


class RemoteStore(Guarded):
    """The dataset that a SPARQL service answers from. Nothing is sent before something is asked."""

    def __init__(self, address: str, given: Given | None = None) -> None:
        self.given = given or Given()
        self.place = checked(address)
        self.wire = Wire(self.place, self.given)
        self._server = ""

    @cached_property
    def services(self) -> Services:
        """Where the store is asked, changed and given graphs: found by asking. Raise InputError."""
        tried = candidates(self.place, self.given)
        if self.given.query is not None:
            return tried[0]
        for services in tried:
            answer = self._asked(services.query, "ASK {}", _JSON)
            if answer.status == 200 and _is_truth(answer.body):
                self._server = answer.headers.get("server", "")
                return services
            if answer.status not in (200, *_NOT_HERE):
                raise refused(answer, services.query)
        raise no_service(self.place, [services.query for services in tried])

    @property
    def server(self) -> str:
        """The name and version that the server gives; known once it has answered."""
        return self._server

    @property
    def kind(self) -> str:
        """The kind of the store: what its server says, else what its address looks like."""
        kind = self.services.kind
        return next((k for k, name in _SERVERS.items() if name in self.server.lower()), kind)

    @property
    def quads(self) -> RemoteQuads:
        """Its quads, looked up by pattern, each time by a query."""
        return RemoteQuads(self.select)

    def select(
        self,
        query: str,
        values: Bindings | None = None,
        *,
        file: str | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Return rows as any store does; a limit is told to the server, so that no more rows travel."""
        wanted = query if limit is None else at_most(query, limit + 1)
        found = super().select(wanted, values, file=file, limit=limit)
        if self.kind != "virtuoso" or not is_distinct(query):
            return found
        # It leaves rows with empty cells in more than once.
        once = found.once_each()
        if len(once) == len(found) or not found.truncated:
            return once
        return super().select(query, values, file=file).once_each().up_to(limit)

    def _found(
        self, query: str, values: Bindings | None, file: str | None
    ) -> tuple[tuple[str, ...], Iterator[tuple[Term | None, ...]]]:
        if sparql.query_form(query) not in ("SELECT", None):
            raise wrong_form("SELECT", file)
        sent = self._guarded(query, values, file)
        columns, rows = self._rows(sent, query, file)
        order = in_order_of_appearance(query, columns)
        places = [columns.index(name) for name in order]
        return order, (tuple(row[place] for place in places) for row in rows)

    def _rows(
        self, sent: str, query: str, file: str | None
    ) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
        answer = self._answered(sent, _JSON, query, file)
        try:
            columns, rows = rows_of(answer.body)
        except NotWholeError as error:
            raise cut_short(self.services.query, str(error)) from None
        self._refuse_cut(sent, len(rows), answer)
        return columns, rows

    def _refuse_cut(self, sent: str, number: int, answer: Answer) -> None:
        """Raise InputError where the server has stopped after a number of rows of its own."""
        told = answer.headers.get("x-sparql-maxrows", "")
        reached = told.isdigit() and number >= int(told)
        if not number or (number % _ROUND and not reached):
            return
        query = counting(sent)
        if query is None:
            return
        _, rows = rows_of(self._answered(query, _JSON, query, None).body)
        there_are = python_value(rows[0][0]) if rows else None
        if isinstance(there_are, int) and there_are > number:
            raise row_limit(self.services.query, number, there_are)

    def construct(self, query: str, *, file: str | None = None) -> Iterator[ox.Quad]:
        """Yield the triples of a CONSTRUCT or DESCRIBE query; see `Guarded.construct`."""
        if sparql.query_form(query) not in ("CONSTRUCT", "DESCRIBE", None):
            raise wrong_form("CONSTRUCT or DESCRIBE", file)
        answer = self._answered(self._guarded(query, None, file), _TRIPLES, query, file)
        if not {"content-length", "transfer-encoding"} & answer.headers.keys():
            raise cut_short(self.services.query, "neither its length nor its end is told")
        try:
            yield from triples_of(answer.body)
        except NotWholeError as error:
            raise cut_short(self.services.query, str(error)) from None

    def evaluate(
        self, query: str, values: Bindings | None = None, *, file: str | None = None
    ) -> bool:
        """Return the truth of an ASK query; the other forms have methods of their own."""
        if sparql.query_form(query) not in ("ASK", None):
            raise wrong_form("ASK", file)
        answer = self._answered(self._guarded(query, values, file), _JSON, query, file)
        try:
            return truth_of(answer.body)
        except NotWholeError as error:
            raise cut_short(self.services.query, str(error)) from None

    def _guarded(self, query: str, values: Bindings | None, file: str | None) -> str:
        sparql.refuse_deep(query, file=file)
        datasets = self.kind in _FETCHES_NOTHING
        sparql.refuse_network(query, file=file, datasets=datasets)
        sparql.refuse_updates(query, file=file)
        return with_prefixes(sparql.bind(query, values or {}), PREFIXES)

    def _answered(self, sent: str, accept: str, query: str, file: str | None) -> Answer:
        answer = self._asked(self.services.query, sent, accept)
        self._server = self._server or answer.headers.get("server", "")
        if answer.status != 200:
            if answer.status in (400, 500):
                _diagnose(query, sent, file)
            raise refused(answer, self.services.query)
        if state := answer.headers.get("x-sql-state"):
            raise stopped(self.services.query, state, answer.headers.get("x-sql-message", ""))
        return answer

    def _asked(self, url: str, query: str, accept: str) -> Answer:
        return self.wire.form(url, {"query": query}, accept, again=True)


def _is_truth(body: bytes) -> bool:
    try:
        truth_of(body)
    except NotWholeError:
        return False
    return True


def _diagnose(query: str, sent: str, file: str | None) -> None:
    """Raise QuerySyntaxError where the embedded engine cannot read the query either: it says where."""
    try:
        ox.Store().query(sent)
    except SyntaxError as error:
        from bri_kg.sparql.diagnosis import syntax_error

        raise syntax_error(query, error, file, prefixes=PREFIXES) from None
    except (OSError, RuntimeError):
        return
