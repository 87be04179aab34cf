"""A dataset put into a store at an address, so that it is there whole or not at all.

Its pieces arrive in staging graphs, are read back and compared there, and come into their places by one update
request. A note in a graph of its own says what is loaded, so that the next load knows what it may take out.
Standards: SPARQL 1.1 Update and Graph Store HTTP Protocol.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bri_kg.errors import BriKgError
from bri_kg.names import IN_STORES
from bri_kg.stores.load_faults import (
    changed_since,
    default_graph_needed,
    foreign_data,
    not_as_sent,
    not_atomic,
    not_changed,
    not_loaded,
    nothing_loaded,
    seen_while_loading,
    taken_over,
    unknown_state,
)
from bri_kg.stores.load_updates import (
    LOCK,
    NOTE,
    Target,
    arrived_in,
    dropping,
    held_by,
    inserting,
    left_over,
    locking,
    noted_quads,
    switch,
    unloading,
)
from bri_kg.stores.remote import RemoteStore
from bri_kg.stores.remote_changes import WRITTEN, change, send
from bri_kg.stores.staging import STAGING, Load, Piece

_ASKED_AT_ONCE: Final = 200


@dataclass(frozen=True)
class Note:
    """What a store holds of ours: `triples` in the default graph's part, which is `into`, and `quads` in `graphs`."""

    digest: str
    label: str
    triples: int
    quads: int
    into: str | None
    graphs: frozenset[str]


@dataclass(frozen=True)
class Manner:
    """How a store does what the standards leave open; found by trying, in a graph of ours that goes again."""

    is_union: bool
    is_atomic: bool


@dataclass(frozen=True)
class Plan:
    """What a load is going to do: what is there before, what stands in the way, and what comes."""

    load: Load
    target: Target
    note: Note | None
    present: int
    in_the_way: tuple[str, ...]
    other_graphs: int

    @property
    def is_done(self) -> bool:
        """Whether the store holds this load already, as far as its note and its counts tell."""
        note = self.note
        return (
            note is not None
            and note.digest == self.load.digest
            and note.into == self.target.graph
            and note.triples == self.present
        )

    @property
    def foreign(self) -> int:
        """The triples in the place of the default graph's part that no load of ours has put there."""
        ours = self.note.triples if self.note and self.note.into == self.target.graph else 0
        return self.present - ours

    @property
    def is_fresh(self) -> bool:
        """Whether no place of the load holds anything that would be asked for meanwhile."""
        return not (self.note or self.present or self.in_the_way)


class Loader:
    """Loads into one store. `into` names the graph that takes the part of the default graph, if not that itself."""

    def __init__(self, store: RemoteStore, into: str | None = None) -> None:
        self._store = store
        self._target = self._place(into)

    def _place(self, into: str | None) -> Target:
        return Target(into, self._store.kind)

    def note(self) -> Note | None:
        """Return what the note in the store says; None where there is none."""
        rows = self._store.select(
            f"SELECT ?p ?o WHERE {{ GRAPH <{NOTE}> {{ <{NOTE}> ?p ?o }} }}"
        ).rows
        said: dict[str, list[str]] = {}
        for name, value in rows:
            if name is not None and value is not None:
                said.setdefault(str(name.value).removeprefix(IN_STORES), []).append(
                    str(value.value)
                )
        if not {"digest", "label", "triples", "quads"} <= said.keys():
            return None
        return Note(
            said["digest"][0],
            said["label"][0],
            int(said["triples"][0]),
            int(said["quads"][0]),
            said["into"][0] if "into" in said else None,
            frozenset(said.get("graph", ())),
        )

    def plan(self, load: Load) -> Plan:
        """Return what loading would do; nothing is written. Raise RefusedError where the store has no default graph."""
        if self._target.graph is None and self._store.kind == "virtuoso":
            raise default_graph_needed(self._store.place)
        note = self.note()
        ours = frozenset() if note is None else note.graphs
        in_the_way = tuple(sorted(self._held_of(load.graphs) - ours))
        others = self._graphs() - len(ours) - len(in_the_way)
        if self._target.graph is not None and self._held_of((self._target.graph,)):
            others -= 1
        present = self._count(self._target)
        return Plan(load, self._target, note, present, in_the_way, max(others, 0))

    def run(
        self,
        plan: Plan,
        *,
        replace: bool = False,
        reached: Callable[[int], None] = lambda _: None,
    ) -> Manner:
        """Load as planned, and return how the store does things; `reached` is told how many pieces have arrived.

        With `replace`, what stands in the places of the load goes, whoever has put it there. Raise
        BriKgError where the store does not take it; what it answered before it answers then too.
        """
        if not replace:
            if plan.note is not None:
                self._refuse_changed(plan.note)
            if plan.foreign or plan.in_the_way:
                where = self._where(self._target)
                raise foreign_data(self._store.place, plan.foreign, where, plan.in_the_way)
        manner = self._manner()
        self._refuse_manner(plan, manner, replace=replace)
        token = secrets.token_hex(16)
        self._change(locking(token))
        self._stage(plan.load, reached)
        self._switch(plan, token)
        return manner

    def unload(self, *, replace: bool = False) -> Note | None:
        """Take out what the note says is loaded, what unfinished loads have left, and nothing else; return the note.

        Raise RefusedError where there is neither, or where others have written there since, unless `replace`.
        """
        note, left = self.note(), self._left_over()
        if note is None and not left:
            raise nothing_loaded(self._store.place)
        if note is not None and not replace:
            self._refuse_changed(note)
        token = secrets.token_hex(16)
        self._change(locking(token))
        old = None if note is None else self._place(note.into)
        self._change(unloading(token, old))
        if self.note() is not None:
            raise taken_over(self._store.place)
        self._tidy([*left, *sorted(note.graphs if note else ()), NOTE, LOCK])
        return note

    def _refuse_changed(self, note: Note) -> None:
        place = self._place(note.into)
        if (present := self._count(place)) != note.triples:
            raise changed_since(self._store.place, note.triples, present, self._where(place))
        if (present := self._number(noted_quads())) != note.quads:
            raise changed_since(self._store.place, note.quads, present, "a graph of the load")

    def _refuse_manner(self, plan: Plan, manner: Manner, *, replace: bool) -> None:
        # Of those that show every graph, RDF4J alone is known to write to its own default graph and to no other.
        if self._target.graph is None and manner.is_union and self._store.kind != "rdf4j":
            raise default_graph_needed(self._store.place)
        if replace or plan.is_fresh:
            return
        if manner.is_union:
            raise seen_while_loading(self._store.place)
        if not manner.is_atomic:
            raise not_atomic(self._store.place)

    def _manner(self) -> Manner:
        """Return what the store does, tried in a graph of ours."""
        # A name of its own: what a killed loader has left must not be taken for an answer.
        probe = f"{STAGING}probe/{secrets.token_hex(8)}"
        triple = f"<{probe}> <{probe}> <{probe}>"
        put = f"INSERT DATA {{ GRAPH <{probe}> {{ {triple} }} }}"
        # No one can fetch it, so that the second operation fails, and the first with it where they are one.
        send(self._store, f"{put} ;\nLOAD <urn:bri-kg:nothing> INTO GRAPH <{probe}>")
        is_atomic = not self._store.evaluate(f"ASK {{ GRAPH <{probe}> {{ {triple} }} }}")
        self._change(put)
        is_union = self._store.evaluate(f"ASK {{ {triple} }}")
        self._change(dropping((probe,)))
        return Manner(is_union, is_atomic)

    def _stage(self, load: Load, reached: Callable[[int], None]) -> None:
        wanted = {piece.graph for piece in load.pieces}
        left = self._left_over()
        if old := [graph for graph in left if graph not in wanted]:
            self._change(dropping(old))
        for number, piece in enumerate(load.pieces, 1):
            # What an earlier run has brought whole is used.
            if piece.graph not in left or not self._holds(piece):
                self._send(piece)
                if not self._holds(piece):
                    self._change(dropping((piece.graph,)))
                    raise not_as_sent(self._store.place, piece.graph)
            reached(number)

    def _send(self, piece: Piece) -> None:
        """Send a piece, which takes the place of what its graph held; so it may be sent twice."""
        url = self._store.services.graph_store
        if url is None:
            self._change(inserting(piece))
            return
        answer = self._store.wire.put(
            "PUT", url, {"graph": piece.graph}, piece.body, "application/n-triples", again=True
        )
        if answer.status not in WRITTEN:
            raise not_changed(answer, url)

    def _holds(self, piece: Piece) -> bool:
        there = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{piece.graph}> {{ ?s ?p ?o }} }}"
        return piece.is_held(self._store.construct(there))

    def _switch(self, plan: Plan, token: str) -> None:
        old = None if plan.note is None else self._place(plan.note.into)
        plain = [piece.graph for piece in plan.load.pieces if not piece.rows]
        # Some stores take two spellings of a number for one, and hold a triple less.
        arrived = self._number(arrived_in(plain)) if plain else 0
        arrived += sum(piece.default for piece in plan.load.pieces if piece.rows)
        clear = plan.foreign != 0
        update = switch(plan.load, token, plan.target, old, arrived, clear=clear)
        try:
            self._change(update)
        except BriKgError as error:
            # The answer may be lost, and the work done.
            if not self._is_switched(plan.load, error):
                raise
        note = self.note()
        if note is None or note.digest != plan.load.digest:
            raise (
                not_loaded(self._store.place)
                if self._is_first(token)
                else taken_over(self._store.place)
            )
        if note.triples != self._count(self._target):
            raise not_loaded(self._store.place)
        gone = () if plan.note is None else plan.note.graphs - note.graphs
        self._tidy([*(piece.graph for piece in plan.load.pieces), *sorted(gone), LOCK])

    def _is_first(self, token: str) -> bool:
        """Return whether no other load has begun since."""
        return self._store.evaluate(f"ASK {{ {held_by(token)} }}")

    def _is_switched(self, load: Load, error: BriKgError) -> bool:
        try:
            note = self.note()
        except BriKgError:
            raise unknown_state(self._store.place) from error
        return note is not None and note.digest == load.digest

    def _tidy(self, graphs: list[str]) -> None:
        """Drop graphs that are empty: some stores go on to list them."""
        for start in range(0, len(graphs), _ASKED_AT_ONCE):
            self._change(dropping(graphs[start : start + _ASKED_AT_ONCE]))

    def _held_of(self, names: tuple[str, ...]) -> frozenset[str]:
        """Return which of these graphs hold something."""

        def held() -> Iterator[str]:
            for start in range(0, len(names), _ASKED_AT_ONCE):
                some = " ".join(f"<{name}>" for name in names[start : start + _ASKED_AT_ONCE])
                query = (
                    f"SELECT DISTINCT ?g WHERE {{ VALUES ?g {{ {some} }} GRAPH ?g {{ ?s ?p ?o }} }}"
                )
                yield from (str(row.value("g")) for row in self._store.select(query))

        return frozenset(held())

    def _graphs(self) -> int:
        """Return how many named graphs hold something that is not for our own use."""
        query = (
            "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
            f"FILTER (!STRSTARTS(STR(?g), '{IN_STORES}')) }}"
        )
        return self._number(query)

    def _count(self, target: Target) -> int:
        return self._number(target.counting())

    def _number(self, query: str) -> int:
        return int(str(self._store.select(query)[0].value("n")))

    def _left_over(self) -> list[str]:
        return [str(row.value("g")) for row in self._store.select(left_over())]

    def _where(self, target: Target) -> str:
        return "its default graph" if target.graph is None else f"the graph {target.graph}"

    def _change(self, update: str) -> None:
        change(self._store, update)
