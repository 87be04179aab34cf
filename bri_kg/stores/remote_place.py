"""A store at an address as a place to work in: asked, changed, and read triple by triple."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from bri_kg.rdf.rows import Rows
from bri_kg.stores.remote import RemoteStore
from bri_kg.stores.remote_changes import change
from bri_kg.stores.remote_faults import refused, stopped
from bri_kg.stores.remote_results import NotWholeError, triples_of
from bri_kg.stores.wire import cut_short

_TRIPLES: Final = "application/n-triples"


class RemotePlace:
    """Implements `bri_kg.stores.work_graphs.Place`."""

    def __init__(self, store: RemoteStore) -> None:
        self._store = store

    def select(self, query: str) -> Rows:
        """Return the rows of a query, all of them."""
        return self._store.select(query)

    def change(self, update: str) -> None:
        """Do an update that may be done twice."""
        change(self._store, update)

    def triples(self, query: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT query as they come, so that they are never held together.

        Raise InputError where the answer breaks off; that it is all there, its reader has to count.
        """
        url, rest = self._store.services.query, b""
        for piece in self._store.wire.pieces(url, {"query": query}, _TRIPLES):
            if piece.status != 200:
                raise refused(piece, url)
            if state := piece.headers.get("x-sql-state"):
                raise stopped(url, state, piece.headers.get("x-sql-message", ""))
            lines, end, rest = (rest + piece.body).rpartition(b"\n")
            yield from _read(lines + end, url)
        if rest.strip():
            raise cut_short(url, "its last line has no end")


def _read(lines: bytes, url: str) -> Iterator[ox.Triple]:
    try:
        for quad in triples_of(lines):
            yield quad.triple
    except NotWholeError as error:
        raise cut_short(url, str(error)) from None
