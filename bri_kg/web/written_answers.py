"""The whole answer to a query as bytes, in the format asked for, or an error: never a part of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final, TypeVar, cast

import pyoxigraph as ox

from bri_kg.errors import InputError, RefusedError
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.row_formats import not_in_xml, write_boolean, write_rows
from bri_kg.rdf.rows import Rows
from bri_kg.sparql.columns import in_order_of_appearance
from bri_kg.stores.datasets import Wanted, wanted_by
from bri_kg.stores.memory import Store

_One = TypeVar("_One")
ROWS: Final = "rows"
TRIPLES: Final = "triples"
# In CSV, the engine quotes no IRI that has a comma, as those of passages have: docs/upstream.md.
_BY_ENGINE: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}
# What stands once a row, and never inside a value, where it would be escaped; and how many there are besides.
_ROW_ENDS: Final = {
    "json": (b'}},{"', -1),
    "xml": (b"</result>", 0),
    "tsv": (b"\n", 1),
}
_NOT_XML: Final = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


@dataclass(frozen=True)
class Most:
    """The largest answer: rows or triples, and bytes. With `first`, so many are enough; 0: all are wanted."""

    rows: int
    size: int
    first: int = 0


@dataclass(frozen=True)
class Written:
    """An answer: whether it is rows or triples, its format, how it is written in it, and whether it was cut."""

    kind: str
    format: str
    body: bytes
    cut: bool = False


class TooMuchError(InputError):
    """An answer is larger than one may be."""


class NotTakenError(Exception):
    """The client takes no format for this kind of answer: rows or triples."""


def written_answer(
    store: Store,
    query: str,
    wanted: Wanted | None,
    base: str | None,
    formats: dict[str, str],
    most: Most,
) -> Written:
    """Return the answer to a query; `formats` are those that the client takes, by kind of answer.

    `wanted` and `base` are as for `Store.evaluate`.

    Raises what `Store.evaluate` does, NotTakenError, RefusedError for a FROM that names no graph of the store,
    TooMuchError, and UsageError for an answer that its format cannot hold.
    """
    if wanted is None:
        _refuse_absent(store, query, base)
    found = store.evaluate(query, wanted=wanted, base=base)
    kind = TRIPLES if isinstance(found, ox.QueryTriples) else ROWS
    name = formats.get(kind)
    if not name:
        raise NotTakenError(kind)
    with store.reading(query, None):
        if isinstance(found, ox.QueryBoolean):
            return Written(kind, name, write_boolean(bool(found), name).encode())
        if isinstance(found, ox.QuerySolutions):
            body, cut = _rows(found, query, name, most)
        else:
            body, cut = _triples(found, name, most)
        return Written(kind, name, body, cut)


def _refuse_absent(store: Store, query: str, base: str | None) -> None:
    try:
        named = wanted_by(query, base)
    except SyntaxError:
        return  # for the engine to say
    for graph in (*named.default, *named.named):
        if not store.oxigraph.contains_named_graph(graph):
            raise RefusedError(
                "BRI303",
                f"there is no graph {graph} here",
                why="FROM chooses among the graphs of the store, and nothing is fetched",
                fix="leave the FROM line out; the named graphs are those of claims",
            )


def _rows(found: ox.QuerySolutions, query: str, name: str, most: Most) -> tuple[bytes, bool]:
    names = tuple(variable.value for variable in found.variables)
    columns = in_order_of_appearance(query, names)
    if columns == names and name in _BY_ENGINE and not most.first:
        out = _Bounded(name, most)
        found.serialize(cast("IO[bytes]", out), _BY_ENGINE[name])
        return out.body(), False
    solutions = (tuple(solution[column] for column in columns) for solution in found)
    rows, cut = _up_to(solutions, ROWS, most)
    body = write_rows(Rows(columns, cast("tuple[tuple[ox.NamedNode, ...], ...]", rows)), name)
    return _fitting(body.encode(), most), cut


def _triples(found: ox.QueryTriples, name: str, most: Most) -> tuple[bytes, bool]:
    triples, cut = _up_to(_each_once(found), TRIPLES, most)
    quads = (ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return _fitting(write_graph(quads, name), most), cut


def _each_once(found: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    seen: set[ox.Triple] = set()
    for triple in found:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _up_to(found: Iterable[_One], kind: str, most: Most) -> tuple[tuple[_One, ...], bool]:
    """Return the first of what was found, all where all are wanted, and whether there are more."""
    wanted = most.first or most.rows
    taken = tuple(islice(found, wanted + 1))
    if len(taken) > most.rows and not most.first:
        raise _too_many(kind, most)
    return taken[:wanted], len(taken) > wanted


def _fitting(body: bytes, most: Most) -> bytes:
    if len(body) > most.size:
        raise _too_large(most)
    return body


class _Bounded:
    """Where an engine writes rows to: it is stopped when there are too many, or too many bytes."""

    def __init__(self, name: str, most: Most) -> None:
        self._name, self._most = name, most
        self._out = io.BytesIO()
        self._rows = 0
        self._last = b""

    def write(self, chunk: bytes) -> int:
        """Take a chunk. Raise TooMuchError where it is too much, UsageError where XML cannot hold it."""
        end, besides = _ROW_ENDS[self._name]
        seen = self._last + chunk
        self._rows += seen.count(end)
        self._last = seen[max(0, len(seen) - len(end) + 1) :]
        if self._rows > self._most.rows + besides:
            raise _too_many(ROWS, self._most)
        if self._out.tell() + len(chunk) > self._most.size:
            raise _too_large(self._most)
        if self._name == "xml" and (wrong := next(_NOT_XML.finditer(seen), None)):
            raise not_in_xml(wrong[0].decode())
        # A bare carriage return would be read as a line feed (XML 1.0, 2.11).
        self._out.write(chunk.replace(b"\r", b"&#13;") if self._name == "xml" else chunk)
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: all is here already."""

    def body(self) -> bytes:
        """Return all that was written."""
        return self._out.getvalue()


def _too_many(kind: str, most: Most) -> TooMuchError:
    return TooMuchError(
        "BRI803",
        f"the answer has more than {most.rows:,} {kind}",
        why="a part of an answer is never sent for the whole",
        fix="ask for a part with ORDER BY, LIMIT and OFFSET",
    )


def _too_large(most: Most) -> TooMuchError:
    return TooMuchError(
        "BRI804",
        f"the answer is larger than {most.size / 1e6:,.0f} MB",
        why="a part of an answer is never sent for the whole",
        fix="ask for a part with ORDER BY, LIMIT and OFFSET",
    )
