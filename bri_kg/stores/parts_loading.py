"""A release too large to be held, brought into a store at an address one part after another.

Unlike `remote_loading`, what has come is there at once: such a release goes into a dataset of its own, to which
readers are led when it is whole. A note says which parts are in, so that a load that was ended goes on from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import RefusedError
from bri_kg.names import IN_STORES
from bri_kg.stores.load_faults import default_graph_needed, not_changed
from bri_kg.stores.load_updates import Target
from bri_kg.stores.release_parts import ReleaseFolder, ReleasePart
from bri_kg.stores.remote import RemoteStore
from bri_kg.stores.remote_changes import WRITTEN, change

NOTE: Final = IN_STORES + "parts"
_OF: Final = f"<{NOTE}> <{IN_STORES}release>"
_HOLDS: Final = f"<{NOTE}> <{IN_STORES}holds>"
_AT_A_TIME: Final = 50_000
_IN_AN_UPDATE: Final = 2_500


@dataclass(frozen=True)
class PartsPlan:
    """What is to be brought, and which of it is there."""

    release: ReleaseFolder
    there: frozenset[str]

    @property
    def missing(self) -> tuple[ReleasePart, ...]:
        """The parts that have not come yet."""
        return tuple(part for part in self.release.parts if part.sha256 not in self.there)


class PartsLoader:
    """Brings a release into one store. `into` names the graph that takes the part of the default graph."""

    def __init__(self, store: RemoteStore, into: str | None = None) -> None:
        self._store = store
        self._target = Target(into, store.kind)

    def plan(self, release: ReleaseFolder) -> PartsPlan:
        """Return what is to be done; nothing is written.

        Raise RefusedError where the store holds data of others or another release.
        """
        if self._target.graph is None and self._store.kind == "virtuoso":
            raise default_graph_needed(self._store.place)
        begun = self._noted(_OF)
        if begun - {release.sha256}:
            raise self._in_use("another release was brought there")
        if not begun and self._store.evaluate(f"ASK {{ {self._target.put} }}"):
            raise self._in_use("it holds triples that this release has not brought")
        return PartsPlan(release, self._noted(_HOLDS))

    def run(self, plan: PartsPlan, reached: Callable[[int], None] = lambda _: None) -> int:
        """Send what is missing; return how many quads that were. `reached` is told how many parts are there.

        Raise InputError for a part that is not the one of the manifest, and BriKgError where the
        store does not take it; what has come stays, and the next run goes on from it.
        """
        self._note(_OF, plan.release.sha256)
        quads = 0
        for number, part in enumerate(
            plan.missing, 1 + len(plan.release.parts) - len(plan.missing)
        ):
            part.refuse_changed()
            quads += sum(map(self._bring, _by(part.lines(), self._size)))
            self._note(_HOLDS, part.sha256)
            reached(number)
        return quads

    @property
    def _size(self) -> int:
        return _IN_AN_UPDATE if self._bulk_url is None else _AT_A_TIME

    @property
    def _bulk_url(self) -> str | None:
        """Where the store takes N-Quads as they are, by a protocol of its own."""
        kind, services = self._store.kind, self._store.services
        if kind == "rdf4j":
            return services.update
        return services.graph_store if kind in ("oxigraph", "fuseki") else None

    def _bring(self, lines: list[bytes]) -> int:
        quads = list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
        url = self._bulk_url
        if url is None:
            change(self._store, _insertion(quads, self._target))
            return len(quads)
        body = b"".join(lines)
        if (graph := self._target.graph) is not None:
            body = "".join(f"{_placed(quad, graph)} .\n" for quad in quads).encode()
        answer = self._store.wire.put("POST", url, {}, body, "application/n-quads", again=True)
        if answer.status not in WRITTEN:
            raise not_changed(answer, url)
        return len(quads)

    def _note(self, what: str, value: str) -> None:
        change(self._store, f'INSERT DATA {{ GRAPH <{NOTE}> {{ {what} "{value}" }} }}')

    def _noted(self, what: str) -> frozenset[str]:
        rows = self._store.select(f"SELECT ?o WHERE {{ GRAPH <{NOTE}> {{ {what} ?o }} }}")
        return frozenset(str(value.value) for (value,) in rows.rows if value is not None)

    def _in_use(self, why: str) -> RefusedError:
        return RefusedError(
            code="BRI766",
            message=f"{self._store.place} is in use, and a release comes in part by part",
            why=f"{why}, so that answers would mix both",
            fix="load into a fresh dataset, and lead readers there when it is whole",
        )


def _insertion(quads: Iterable[ox.Quad], target: Target) -> str:
    by_graph: dict[str | None, list[str]] = defaultdict(list)
    for quad in quads:
        graph = quad.graph_name
        name = graph.value if isinstance(graph, ox.NamedNode) else target.graph
        by_graph[name].append(f"{quad.triple} .\n")
    blocks = (
        "".join(lines) if name is None else f"GRAPH <{name}> {{\n{''.join(lines)}}}\n"
        for name, lines in by_graph.items()
    )
    return f"INSERT DATA {{\n{''.join(blocks)}}}"


def _placed(quad: ox.Quad, graph: str) -> ox.Quad:
    if not isinstance(quad.graph_name, ox.DefaultGraph):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))


def _by(lines: Iterator[bytes], count: int) -> Iterator[list[bytes]]:
    while some := list(islice(lines, count)):
        yield some
